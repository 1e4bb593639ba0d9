//! Whether a file's numbers are in the reference system that it is read in, judged by where they fall: the commune's
//! outline, and for what stands beside roads the roads. A suspicion is told with a correction by name; nothing is
//! corrected here.

mod fit;
mod landscape;
mod pairs;

use hatang_core::{AssetClass, Lonlat, Shape, Text};
use hatang_crs::{Crs, to_wgs84};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

pub(crate) use self::pairs::Pairs;
pub use self::pairs::{PairCheck, PairVerdict};
use self::{fit::RoadFit, landscape::Landscape};

/// What the detector may look at besides the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Surroundings {
    /// The commune's outline.
    pub outline: Shape,
    /// The axes of its registered roads.
    pub roads: Vec<Shape>,
}

/// The order of a position's two numbers in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Axes {
    /// Easting or longitude first, as files have it.
    #[default]
    EastFirst,
    /// Northing or latitude first.
    NorthFirst,
}

impl std::str::FromStr for Axes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "east-first" | "east_first" | "xy" => Ok(Self::EastFirst),
            "north-first" | "north_first" | "yx" => Ok(Self::NorthFirst),
            _ => Err(format!("`{text}` is neither `east-first` nor `north-first`")),
        }
    }
}

/// What came of looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrsVerdict {
    /// The numbers fall where they should, and nowhere better in another system.
    Fits,
    /// Another reading fits clearly better.
    Suspected,
    /// Nothing speaks against the declared system, and an error of a few hundred metres could not be seen.
    Undetectable,
    /// The numbers fall outside, and no known reading brings them in.
    Outside,
    /// There was no outline, or no position, to judge by.
    NotChecked,
}

/// A probable cause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CrsCause {
    /// VN-2000 numbers read as if they were WGS 84: 224 m off.
    DatumShiftMissing,
    /// WGS 84 numbers read as if they were VN-2000: 224 m off.
    DatumShiftNeedless,
    /// The two numbers are the other way round: VN-2000 writes X for the northing.
    SwappedAxes,
    /// Another zone of three degrees, perhaps another province's.
    WrongZone,
    /// UTM numbers read in a zone of three degrees, or the reverse.
    UtmForTm3,
    /// Another system.
    OtherSystem,
}

/// A reading that would fit, to be applied by the user as an option of the import.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// The system to declare.
    #[serde(serialize_with = "as_text", deserialize_with = "of_text")]
    pub crs: Crs,
    /// The order of axes to declare.
    pub axes: Axes,
    /// Why this would help.
    pub cause: CrsCause,
    /// What the button says.
    pub title: Text,
    /// How far the positions would move, in metres: the median.
    pub moves_m: u64,
    /// Share of positions inside the outline with this reading.
    pub inside_share: f64,
    /// Share of positions beside a road with this reading; none where roads say nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roadside_share: Option<f64>,
}

fn as_text<S: Serializer>(crs: &Crs, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(crs)
}

fn of_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Crs, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
}

/// What the file's own numbers say of its declared system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CrsCheck {
    /// What came of it.
    pub verdict: CrsVerdict,
    /// How many positions were looked at.
    pub positions: u32,
    /// Share of positions inside the outline as declared.
    pub inside_share: f64,
    /// Share of positions within [`ROADSIDE_M`] of a road as declared; none where roads say nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roadside_share: Option<f64>,
    /// Readings that would fit, the most probable first.
    pub corrections: Vec<Correction>,
    /// The sentence for people.
    pub message: Text,
}

/// What stands beside a road lies within this many metres of its axis.
pub const ROADSIDE_M: f64 = 20.0;
/// A reading is about this place when its positions lie this near, in metres.
const NEAR_M: f64 = 2_000.0;
/// Another reading must bring in this share of the positions.
const LEAST_INSIDE: f64 = 0.8;
/// A position this far outside the outline counts as inside, in metres.
const EDGE_M: f64 = 250.0;

/// One way to read the numbers, and where they fall then.
struct Reading {
    crs: Crs,
    axes: Axes,
    positions: Vec<Option<Lonlat>>,
    inside: f64,
    near: f64,
}

impl Reading {
    fn new(crs: Crs, axes: Axes, numbers: &[[f64; 2]], landscape: &Landscape) -> Self {
        let positions: Vec<Option<Lonlat>> = numbers
            .iter()
            .map(|&[x, y]| match axes {
                Axes::EastFirst => to_wgs84(crs, x, y).ok(),
                Axes::NorthFirst => to_wgs84(crs, y, x).ok(),
            })
            .collect();
        let share = |metres: f64| {
            let within = positions.iter().flatten().filter(|at| landscape.metres_outside(**at) <= metres).count();
            ratio(within, positions.len())
        };
        let near = share(NEAR_M);
        let inside = if 0.0 < near { share(EDGE_M) } else { 0.0 };
        Self { crs, axes, positions, inside, near }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand positions")]
fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Judges numbers read in `crs` with `axes`. `O(n × s)` in the positions, of which a few hundred are given, and the
/// segments of outline and roads.
pub(crate) fn check(
    class: AssetClass,
    crs: Crs,
    axes: Axes,
    numbers: &[[f64; 2]],
    surroundings: Option<&Surroundings>,
) -> CrsCheck {
    let Some(surroundings) = surroundings.filter(|_| !numbers.is_empty()) else {
        return outcome(CrsVerdict::NotChecked, numbers, None, None, Vec::new());
    };
    let landscape = Landscape::new(surroundings);
    let declared = Reading::new(crs, axes, numbers, &landscape);
    let others = Crs::all()
        .iter()
        .flat_map(|other| [(*other, axes), (*other, opposite(axes))])
        .filter(|other| *other != (crs, axes))
        .map(|(crs, axes)| Reading::new(crs, axes, numbers, &landscape))
        .filter(|reading| LEAST_INSIDE <= reading.inside);
    let others: Vec<Reading> = others.collect();
    let stands_by_roads = landscape.has_roads() && is_roadside(class);
    let correction = |reading: &Reading, fit: Option<&RoadFit>| correction(&declared, reading, fit);

    if 0.5 <= declared.near {
        // Here already: only a shift of a few hundred metres is in question, and only roads can tell.
        if others.is_empty() {
            return outcome(CrsVerdict::Fits, numbers, Some(&declared), None, Vec::new());
        }
        if !stands_by_roads {
            return outcome(CrsVerdict::Undetectable, numbers, Some(&declared), None, Vec::new());
        }
        let fit = RoadFit::of(&declared.positions, &landscape);
        let fits: Vec<(&Reading, RoadFit)> =
            others.iter().map(|other| (other, RoadFit::of(&other.positions, &landscape))).collect();
        let better: Vec<_> = fits.iter().filter(|(_, other)| other.clearly_beats(&fit)).collect();
        if !better.is_empty() {
            let corrections = ranked(better.into_iter().map(|(other, fit)| correction(other, Some(fit))).collect());
            return outcome(CrsVerdict::Suspected, numbers, Some(&declared), Some(fit.share), corrections);
        }
        let verdict = if fits.iter().all(|(_, other)| fit.clearly_beats(other)) {
            CrsVerdict::Fits
        } else {
            CrsVerdict::Undetectable
        };
        return outcome(verdict, numbers, Some(&declared), Some(fit.share), Vec::new());
    }
    if others.is_empty() {
        return outcome(CrsVerdict::Outside, numbers, Some(&declared), None, Vec::new());
    }
    let mut fits: Vec<(&Reading, Option<RoadFit>)> = others
        .iter()
        .map(|other| (other, stands_by_roads.then(|| RoadFit::of(&other.positions, &landscape))))
        .collect();
    // Of several systems that bring the positions in, the roads may leave one.
    let best = fits.iter().position(|(_, fit)| {
        fit.as_ref().is_some_and(|fit| {
            fits.iter().all(|(_, other)| {
                other.as_ref().is_some_and(|other| std::ptr::eq(other, fit) || fit.clearly_beats(other))
            })
        })
    });
    if let Some(best) = best {
        fits = vec![fits.swap_remove(best)];
    }
    let corrections = ranked(fits.iter().map(|(other, fit)| correction(other, fit.as_ref())).collect());
    outcome(CrsVerdict::Suspected, numbers, Some(&declared), None, corrections)
}

const fn opposite(axes: Axes) -> Axes {
    match axes {
        Axes::EastFirst => Axes::NorthFirst,
        Axes::NorthFirst => Axes::EastFirst,
    }
}

/// What stands along roads, so that its distance to them says something.
const fn is_roadside(class: AssetClass) -> bool {
    matches!(
        class,
        AssetClass::Pole
            | AssetClass::AerialRoute
            | AssetClass::Duct
            | AssetClass::Manhole
            | AssetClass::Trench
            | AssetClass::Cabinet
    )
}

/// The fewest changes first, then the most positions inside.
fn ranked(mut corrections: Vec<Correction>) -> Vec<Correction> {
    let rank = |cause: CrsCause| match cause {
        CrsCause::SwappedAxes => 0,
        CrsCause::DatumShiftMissing | CrsCause::DatumShiftNeedless => 1,
        CrsCause::WrongZone => 2,
        CrsCause::UtmForTm3 => 3,
        CrsCause::OtherSystem => 4,
    };
    corrections.sort_by(|a, b| {
        let roads = |one: &Correction| one.roadside_share.unwrap_or(0.0);
        b.inside_share
            .total_cmp(&a.inside_share)
            .then_with(|| roads(b).total_cmp(&roads(a)))
            .then_with(|| rank(a.cause).cmp(&rank(b.cause)))
    });
    corrections
}

fn correction(declared: &Reading, reading: &Reading, fit: Option<&RoadFit>) -> Correction {
    let cause = cause(declared, reading);
    let mut moves: Vec<f64> = declared
        .positions
        .iter()
        .zip(&reading.positions)
        .filter_map(|(from, to)| Some(hatang_core::geodesy::distance((*from)?, (*to)?).get()))
        .collect();
    moves.sort_by(f64::total_cmp);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "metres on the earth")]
    let moves_m = moves.get(moves.len() / 2).map_or(0, |metres| metres.round() as u64);
    let (crs, name) = (reading.crs, reading.crs.name());
    let swapped = if reading.axes == declared.axes {
        ("", "")
    } else {
        (", đảo thứ tự hai trục", " with the two axes swapped")
    };
    let title = Text::new(
        format!("Đọc lại theo {crs} ({name}){}", swapped.0),
        format!("Read again in {crs} ({name}){}", swapped.1),
    );
    Correction {
        crs,
        axes: reading.axes,
        cause,
        title,
        moves_m,
        inside_share: reading.inside,
        roadside_share: fit.map(|fit| fit.share),
    }
}

fn cause(declared: &Reading, reading: &Reading) -> CrsCause {
    let (from, to) = (declared.crs, reading.crs);
    let is_vn2000 = |crs: Crs| crs.operation().is_some();
    let same_plane = from.is_projected() == to.is_projected() && from.is_utm() == to.is_utm();
    if declared.axes != reading.axes {
        if from == to { CrsCause::SwappedAxes } else { CrsCause::OtherSystem }
    } else if from.is_projected() != to.is_projected() {
        CrsCause::OtherSystem
    } else if from.is_utm() != to.is_utm() {
        CrsCause::UtmForTm3
    } else if same_plane && is_vn2000(from) != is_vn2000(to) && (from.is_utm() || !from.is_projected()) {
        if is_vn2000(to) { CrsCause::DatumShiftMissing } else { CrsCause::DatumShiftNeedless }
    } else {
        CrsCause::WrongZone
    }
}

impl CrsCause {
    fn text(self) -> Text {
        match self {
            Self::DatumShiftMissing => Text::new(
                "tọa độ VN-2000 đang bị đọc như WGS 84 (lệch khoảng 224 m)",
                "VN-2000 coordinates are being read as WGS 84 (about 224 m off)",
            ),
            Self::DatumShiftNeedless => Text::new(
                "tọa độ WGS 84 đang bị đọc như VN-2000 (lệch khoảng 224 m)",
                "WGS 84 coordinates are being read as VN-2000 (about 224 m off)",
            ),
            Self::SwappedAxes => Text::new(
                "hai trục bị đảo: VN-2000 ghi X là tọa độ bắc, Y là tọa độ đông",
                "the two axes are swapped: VN-2000 writes X for the northing and Y for the easting",
            ),
            Self::WrongZone => Text::new(
                "sai múi chiếu: có vẻ dùng kinh tuyến trục của tỉnh khác",
                "the wrong zone: another province's central meridian seems to have been used",
            ),
            Self::UtmForTm3 => Text::new(
                "nhầm giữa lưới UTM (múi 6°) và lưới VN-2000 múi 3°",
                "UTM (zones of 6°) and VN-2000 zones of 3° have been confused",
            ),
            Self::OtherSystem => Text::new("tọa độ thuộc một hệ khác", "the coordinates are in another system"),
        }
    }
}

fn outcome(
    verdict: CrsVerdict,
    numbers: &[[f64; 2]],
    declared: Option<&Reading>,
    roadside_share: Option<f64>,
    corrections: Vec<Correction>,
) -> CrsCheck {
    CrsCheck {
        verdict,
        positions: u32::try_from(numbers.len()).unwrap_or(u32::MAX),
        inside_share: declared.map_or(0.0, |declared| declared.inside),
        roadside_share,
        message: message(verdict, &corrections),
        corrections,
    }
}

fn message(verdict: CrsVerdict, corrections: &[Correction]) -> Text {
    match (verdict, corrections) {
        (CrsVerdict::Suspected, [only]) => {
            let cause = only.cause.text();
            Text::new(
                format!("Hệ tọa độ có vẻ sai: {}. Đề nghị: {}.", cause.vi, lower_first(&only.title.vi)),
                format!("The reference system seems wrong: {}. Suggested: {}.", cause.en, lower_first(&only.title.en)),
            )
        }
        (CrsVerdict::Suspected, several) => {
            let listed = |text: fn(&Text) -> &str| {
                several
                    .iter()
                    .map(|one| format!("{} ({})", text(&one.title), text(&one.cause.text())))
                    .collect::<Vec<_>>()
                    .join("; ")
            };
            Text::new(
                format!(
                    "Hệ tọa độ có vẻ sai; các cách đọc sau đều đưa vị trí vào địa bàn: {}.",
                    listed(|text| &text.vi)
                ),
                format!(
                    "The reference system seems wrong; each of these readings brings the positions in: {}.",
                    listed(|text| &text.en)
                ),
            )
        }
        (CrsVerdict::Fits, _) => Text::new(
            "Tọa độ khớp với ranh giới và đường đã đăng ký theo hệ đã khai.",
            "The coordinates fit the outline and the registered roads in the declared system.",
        ),
        (CrsVerdict::Undetectable, _) => Text::new(
            "Tọa độ nằm trong địa bàn; từ tệp này không thể nhận ra sai lệch 224 m giữa VN-2000 và WGS 84 (quá ít công \
             trình ven đường hoặc không có đường để đối chiếu).",
            "The coordinates lie in the area; an error of 224 m between VN-2000 and WGS 84 cannot be seen from this file \
             (too few roadside structures, or no roads to compare with).",
        ),
        (CrsVerdict::Outside, _) => Text::new(
            "Phần lớn tọa độ nằm ngoài địa bàn và không hệ tọa độ nào đã biết đưa chúng vào trong.",
            "Most coordinates lie outside the area, and no known reference system brings them in.",
        ),
        (CrsVerdict::NotChecked, _) => Text::new(
            "Chưa kiểm tra hệ tọa độ: chưa nạp ranh giới hoặc tệp không có tọa độ đọc được.",
            "The reference system was not checked: no outline is loaded, or the file has no readable position.",
        ),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
