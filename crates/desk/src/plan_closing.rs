//! Plans how to close coverage gaps with what already stands: the steps, the optimum beside them, before and after.

mod answer;
mod candidates;
mod costs;
mod told;

use std::sync::Arc;

use hatang_core::{Lonlat, NetworkCode, Planar, Viewer, asset::Technology, coverage_source::SourceId};
use hatang_coverage::{
    Environment, MissingTerrain, Reach, Station, reach,
    reach::{
        Flags, Unwatched,
        terrain::{cells_over_terrain, reach_over_terrain},
    },
    siting::{self, Candidate, Demand, Limits, Question, Ready},
};
use serde::{Deserialize, Serialize};

pub use hatang_coverage::siting::Preference;

pub use self::{
    candidates::{Option_, Spot},
    costs::{Cost, Costs},
    told::{Balance, Choice, ClosingPlan, Compared, Gain, Loss, PlannedPick, PlannedSteps, ToAsk},
};
use crate::{
    coverage_choice::{self, Laid, choose},
    desk::Desk,
    error::{DeskError, ErrorKind},
    job::{self, JobReport, Signal},
    run_coverage::{CoverageQuestion, CoverageRun, answer_coverage, may_see_cells, missing_terrain},
};

/// What a planner asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosingQuestion {
    /// The technology whose gaps are to be closed.
    pub technology: Technology,
    /// The network that would build; any of them when absent.
    #[serde(default)]
    pub network: Option<NetworkCode>,
    /// Where people are to be reached.
    #[serde(default)]
    pub environment: Environment,
    /// The word of the model, one of [`MODELS`](crate::coverage_choice::MODELS); the usual one when absent.
    #[serde(default)]
    pub model: Option<String>,
    /// The terrain of a model over terrain; the newest in force when absent.
    #[serde(default)]
    pub terrain: Option<SourceId>,
    /// Whether measurements correct the model.
    #[serde(default)]
    pub calibrated: bool,
    /// What may be spent in each phase, in million đồng; no limit when empty.
    #[serde(default)]
    pub phases: Vec<u64>,
    /// How many options may be picked in all.
    #[serde(default)]
    pub sites: Option<usize>,
    /// Options that are picked in any case, by key.
    #[serde(default)]
    pub forced: Vec<String>,
    /// Options that are not picked in any case, by key.
    #[serde(default)]
    pub forbidden: Vec<String>,
    /// Places that the planner has in mind for a new mast.
    #[serde(default)]
    pub new_sites: Vec<Lonlat>,
    /// What a less preferred means may be justified by.
    #[serde(default)]
    pub preference: Preference,
    /// What each means costs; the shipped placeholders when absent.
    #[serde(default)]
    pub costs: Option<Costs>,
    /// How many people a priority place counts as that has no weight of its own in the plan.
    #[serde(default = "usual_place_weight")]
    pub place_weight: u64,
    /// Whether to find the optimum too.
    #[serde(default = "yes")]
    pub exact: bool,
}

/// A planning assumption: a school or a cultural house counts as much as a small neighbourhood.
const fn usual_place_weight() -> u64 {
    50
}

const fn yes() -> bool {
    true
}

/// The kind of its jobs.
pub const KIND: &str = "closing_plan";

/// The most options that one question may name or bring, so that nobody can make the answer arbitrarily long.
const MOST: usize = 500;

/// Starts planning as a job.
///
/// # Errors
/// [`ErrorKind::Refused`] for those who may not see coverage by cell, [`ErrorKind::BadInput`] for a question too long.
pub fn start_closing_plan(desk: &Arc<Desk>, who: &Viewer, question: ClosingQuestion) -> Result<JobReport, DeskError> {
    may_plan(desk, who, &question)?;
    let asked = serde_json::to_value(&question).map_err(|error| unwritable(&error))?;
    let viewer = who.clone();
    Ok(job::start(desk, who, KIND, asked, move |desk, signal| {
        let plan = plan_closing(desk, &viewer, &question, signal)?;
        serde_json::to_value(plan).map_err(|error| unwritable(&error))
    }))
}

/// Plans. CPU-bound and long: call it off the asynchronous threads, or as a job.
///
/// # Errors
/// As for [`answer_coverage`]; `closing_plan.*` for a question that contradicts itself.
pub fn plan_closing(
    desk: &Desk,
    who: &Viewer,
    question: &ClosingQuestion,
    signal: &Signal,
) -> Result<ClosingPlan, DeskError> {
    may_plan(desk, who, question)?;
    signal.step("coverage", 0, 1)?;
    let usual = CoverageQuestion {
        environment: question.environment,
        ..CoverageQuestion::outdoors(question.technology, question.network.as_ref())
    };
    let choice = coverage_choice::Choice::of(question.model.as_deref(), question.terrain, question.calibrated)?;
    let run = answer_coverage(desk, &choose(desk, who, usual, &choice)?)?;
    let costs = question.costs.clone().unwrap_or_default();
    let found = candidates::find(desk, who, question, &run, &costs)?;
    let wanted = Wanted::of(&run, question.place_weight);
    let basis = Basis::of(desk, &run, &found)?;
    let mut options = Vec::with_capacity(found.len());
    let n_found = found.len();
    for (done, spot) in found.into_iter().enumerate() {
        signal.step("candidates", done, n_found)?;
        options.push(candidates::compute(spot, &basis, &wanted));
    }
    signal.step("steps", 0, 1)?;
    let (siting_question, limits) = state(question, &options, &wanted)?;
    let ready = Ready::new(&siting_question, &limits).map_err(|error| contradiction(&error, &options))?;
    let greedy = siting::greedy(&ready);
    let exact = if question.exact {
        signal.step("optimum", 0, 1)?;
        Some(siting::exact(&ready))
    } else {
        None
    };
    signal.step("failures", 0, 1)?;
    answer::of(desk, who, question, &basis, &costs, &options, &ready, &wanted, &greedy, exact)
}

fn may_plan(desk: &Desk, who: &Viewer, question: &ClosingQuestion) -> Result<(), DeskError> {
    if !desk.read(|registry| may_see_cells(registry, who, question.network.as_ref())) {
        return Err(if who.account.is_none() {
            DeskError::input(
                ErrorKind::SignInNeeded,
                "session.required",
                who.role,
                "Hãy đăng nhập để xem nội dung này.",
                "Sign in to see this.",
            )
        } else {
            DeskError::input(
                ErrorKind::Refused,
                "action.refused",
                who.role,
                "Phương án phủ sóng chỉ dành cho cơ quan quản lý và, với mạng của chính mình, cho doanh nghiệp.",
                "Closing plans are for officials and, for their own networks, for carriers.",
            )
        });
    }
    let longest = [question.forced.len(), question.forbidden.len(), question.new_sites.len(), question.phases.len()];
    match longest.into_iter().find(|length| MOST < *length) {
        Some(length) => Err(DeskError::input(
            ErrorKind::BadInput,
            "closing_plan.too_long",
            length,
            "Câu hỏi nêu quá 500 phương án, vị trí hoặc giai đoạn.",
            "The question names more than 500 options, places or phases.",
        )),
        None => Ok(()),
    }
}

/// Everybody who is out of reach, cell by cell.
struct Wanted {
    /// The raster cell of each.
    cells: Vec<usize>,
    demand: Vec<Demand>,
    /// The demand of each raster cell, if any.
    of_cell: Vec<Option<usize>>,
}

impl Wanted {
    fn of(run: &CoverageRun, place_weight: u64) -> Self {
        let mut of_cell: Vec<Option<Demand>> = vec![None; run.reach.grid.len()];
        let open = |cell: usize| !run.reach.covers(cell, &run.parameters);
        for residents in run.ground.people.residents().iter().filter(|r| 0 < r.people && open(r.cell)) {
            of_cell[residents.cell].get_or_insert_default().people += u64::from(residents.people);
        }
        let places = run.ground.places.iter().filter_map(|(place, at)| Some((place, run.reach.grid.cell_at(*at)?)));
        for (place, cell) in places.filter(|(_, cell)| open(*cell)) {
            let demand = of_cell[cell].get_or_insert_default();
            demand.places += 1;
            demand.places_weight += place.weight.map_or(place_weight, u64::from);
        }
        let mut wanted = Self { cells: Vec::new(), demand: Vec::new(), of_cell: vec![None; of_cell.len()] };
        for (cell, demand) in of_cell.into_iter().enumerate() {
            let Some(demand) = demand else { continue };
            wanted.of_cell[cell] = Some(wanted.demand.len());
            wanted.cells.push(cell);
            wanted.demand.push(demand);
        }
        wanted
    }
}

/// The run that gaps are those of, with ground wide enough for every option.
struct Basis<'r> {
    run: &'r CoverageRun,
    laid: Option<Laid>,
}

impl<'r> Basis<'r> {
    fn of(desk: &Desk, run: &'r CoverageRun, spots: &[Spot]) -> Result<Self, DeskError> {
        let own = run.stations.iter().map(|(_, station)| station.clone());
        let all: Vec<Station> = own.chain(spots.iter().map(|spot| spot.station.clone())).collect();
        let wider = |laid: &Laid| Laid::of(desk, laid.figures.terrain.clone(), &run.ground, &all);
        Ok(Self { run, laid: run.laid.as_ref().map(wider).transpose()? })
    }

    /// The probability that some stations offer in some cells of the run's raster, and what became of the stations.
    fn in_cells(&self, stations: &[Station], cells: &[usize]) -> Result<(Vec<f32>, Flags), MissingTerrain> {
        let run = self.run;
        if let Some(laid) = &self.laid {
            return cells_over_terrain(laid.on(&run.ground, &run.parameters), stations, cells);
        }
        let reach = reach(&run.ground.land, stations, &run.parameters);
        Ok((cells.iter().map(|cell| reach.probability[*cell]).collect(), reach.flags))
    }

    /// What some stations offer on the run's raster; none of them lacks ground.
    fn reach_of(&self, stations: &[Station]) -> Result<Reach, DeskError> {
        let run = self.run;
        let Some(laid) = &self.laid else { return Ok(reach(&run.ground.land, stations, &run.parameters)) };
        let reach = reach_over_terrain(laid.on(&run.ground, &run.parameters), stations, &Unwatched);
        let reach = reach.map_err(|missing| missing_terrain(&missing, &run.ground, &run.stations))?;
        Ok(reach.unwrap_or_else(|| unreachable!("nobody ends a run that nobody watches")))
    }

    fn covers(&self, probability: f32) -> bool {
        self.run.parameters.covered_at.value <= f64::from(probability)
    }
}

fn state(question: &ClosingQuestion, options: &[Option_], wanted: &Wanted) -> Result<(Question, Limits), DeskError> {
    let by_key = |key: &String| {
        options.iter().position(|option| option.spot.key == *key).ok_or_else(|| {
            DeskError::input(
                ErrorKind::BadInput,
                "closing_plan.option_unknown",
                key,
                "Không có phương án nào mang khóa này trong câu hỏi hiện tại.",
                "No option of this question has this key.",
            )
        })
    };
    let mut structures = Vec::new();
    let candidates = options
        .iter()
        .map(|option| Candidate {
            means: option.spot.means,
            cost: option.spot.cost,
            structure: option.spot.room.map(|room| {
                structures.push(room);
                structures.len() - 1
            }),
            covers: option.covers.clone(),
        })
        .collect();
    let limits = Limits {
        phases: question.phases.clone(),
        sites: question.sites,
        forced: question.forced.iter().map(by_key).collect::<Result<_, _>>()?,
        forbidden: question.forbidden.iter().map(by_key).collect::<Result<_, _>>()?,
        preference: question.preference,
    };
    Ok((Question { demand: wanted.demand.clone(), candidates, structures }, limits))
}

fn contradiction(error: &siting::InvalidQuestion, options: &[Option_]) -> DeskError {
    use siting::InvalidQuestion as Invalid;
    let key = |candidate: usize| options.get(candidate).map_or_else(String::new, |option| option.spot.key.clone());
    match *error {
        Invalid::Contradiction { candidate } => DeskError::input(
            ErrorKind::BadInput,
            "closing_plan.forced_and_forbidden",
            key(candidate),
            "Một phương án vừa bị bắt buộc vừa bị loại.",
            "An option is both forced and forbidden.",
        ),
        Invalid::ForcedWithoutRoom { candidate } => DeskError::input(
            ErrorKind::BadInput,
            "closing_plan.no_room",
            key(candidate),
            "Phương án bắt buộc không còn chỗ trống đã được xác nhận; hãy hỏi chủ sở hữu.",
            "A forced option has no place that is known to be free; ask its owner.",
        ),
        Invalid::ForcedBeyondLimits { cost, sites } => DeskError::input(
            ErrorKind::BadInput,
            "closing_plan.beyond_limits",
            format!("{cost}, {sites}"),
            "Riêng các phương án bắt buộc đã vượt kinh phí hoặc số lượng cho phép.",
            "The forced options alone exceed the money or the number allowed.",
        ),
        Invalid::Unknown { index, .. } => DeskError::input(
            ErrorKind::Internal,
            "closing_plan.inconsistent",
            index,
            "Câu hỏi không nhất quán.",
            "The question does not fit together.",
        ),
    }
}

fn unwritable(error: &serde_json::Error) -> DeskError {
    DeskError::input(
        ErrorKind::Internal,
        "job.unwritable",
        error,
        "Không ghi được kết quả.",
        "The result cannot be written.",
    )
}

/// The middle of a raster cell.
fn centre_of(run: &CoverageRun, cell: usize) -> Planar {
    let (column, row) = run.reach.grid.position(cell);
    run.reach.grid.centre(column, row)
}
