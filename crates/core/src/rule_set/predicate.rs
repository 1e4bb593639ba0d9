//! The closed set of things that a rule can ask, each with its parameters.

use serde::{Deserialize, Serialize};

use crate::{
    asset::{AssetClass, MastClass, Surface},
    code_list::code_list,
    plan::Layer,
    request::Document,
    units::Metres,
};

code_list! {
    /// Which networks on neighbouring masts a spacing rule counts.
    SpacingBetween, "spacing counterparts" {
        /// Masts that carry a network other than the applicant's.
        OtherNetworks = "other_networks",
        /// Masts that carry the applicant's network.
        SameNetwork = "same_network",
        /// Every mast.
        AnyNetwork = "any_network",
    }
}

code_list! {
    /// Which side of a zone's edge a rule flags.
    ZoneSide, "sides of a zone" {
        /// The request lies inside.
        Inside = "inside",
        /// The request lies outside.
        Outside = "outside",
    }
}

code_list! {
    /// Which land a strip's width holds on.
    LandUse, "land uses" {
        /// Urban land and dwellings.
        Urban = "urban",
        /// Everywhere else.
        Elsewhere = "elsewhere",
    }
}

/// How wide the protected strip beside a line of the plan is, for some of the line's classes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Strip {
    /// The classes it holds for; every class when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub classes: Vec<String>,
    /// The land it holds on; all land when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub land: Option<LandUse>,
    /// Nearer than this is certainly inside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least_m: Option<Metres>,
    /// Farther than this is certainly outside, where the instrument gives a range; `least_m` when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most_m: Option<Metres>,
}

/// What a rule asks. A parameter that no authority has set is `None`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Predicate {
    /// The nearest counted mast is at least this far away.
    Spacing {
        /// Which masts count.
        between: SpacingBetween,
        /// Least distance on urban land.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        urban_m: Option<Metres>,
        /// Least distance elsewhere.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        non_urban_m: Option<Metres>,
        /// Masts and requests up to this height are exempt.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        exempt_height_m: Option<Metres>,
        /// Only requests up to this height are judged.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        up_to_height_m: Option<Metres>,
    },
    /// The structure is designed for at least so many operators.
    DesignedFor {
        /// Least number of operators.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        operators: Option<u32>,
    },
    /// No line of the same kind already stands along the requested route.
    NoParallelLine {
        /// Lines nearer than this run along the same street. Hatang's working assumption, not a legal number.
        corridor_m: Metres,
        /// Runs shorter than this, such as crossings, do not count. Hatang's working assumption.
        shortest_run_m: Metres,
    },
    /// No underground line with room already lies along the requested route.
    NoNewWhereRoom {
        /// Lines nearer than this run along the same street. Hatang's working assumption, not a legal number.
        corridor_m: Metres,
        /// Runs shorter than this, such as crossings, do not count. Hatang's working assumption.
        shortest_run_m: Metres,
    },
    /// The request keeps out of the strip beside every line of a layer of the plan.
    ClearOf {
        /// Which lines.
        layer: Layer,
        /// How wide the strips are. A line of a class that no strip names is not concerned.
        strips: Vec<Strip>,
        /// The strip is at least so many times the structure's height.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        heights: Option<f64>,
        /// So much vertical distance does as well.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        vertical_m: Option<Metres>,
        /// The instrument can be read in two ways, of which only one concerns the request: inside, nobody can tell.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        reading_open: bool,
    },
    /// Where the request crosses a line of the plan, it hangs high enough.
    CrossingClearance {
        /// Which lines.
        over: Layer,
        /// Least height of the lowest point above the surface, or above the structure's top.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least_m: Option<Metres>,
        /// Whether the height counts from the top of what is crossed.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        above_top: bool,
    },
    /// The request does not lie on the flagged side of these zones.
    NotInZone {
        /// Zone words of the plan.
        zones: Vec<String>,
        /// Which side is flagged.
        side: ZoneSide,
        /// Only structures from this height on are judged.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from_height_m: Option<Metres>,
        /// Only masts that declare one of these classes are flagged; whatever is requested when empty.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        mast_classes: Vec<MastClass>,
        /// Only what is new is judged, not what raises, strengthens or widens a structure that stands.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        new_only: bool,
    },
    /// The structure, with the building below it, stays below a height.
    BelowHeight {
        /// The height.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        below_m: Option<Metres>,
    },
    /// A mast that declares a small class has its dimensions.
    SmallMast {
        /// Most height as a share of the building below.
        share_of_building: f64,
        /// Most height.
        height_m: Metres,
        /// Most distance from the axis to the outermost part.
        half_width_m: Metres,
    },
    /// The structure lies deep enough below a surface.
    DepthUnder {
        /// The surface.
        surface: Surface,
        /// Least depth of the top layer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least_m: Option<Metres>,
        /// A document that makes up for less depth.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unless: Option<Document>,
    },
    /// One operator has no more boxes than this on one pole.
    BoxesPerOperator {
        /// Most boxes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        most: Option<u32>,
    },
    /// The dossier carries these documents.
    Dossier {
        /// Which.
        documents: Vec<Document>,
        /// Only where the request crosses a line of this layer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        crossing: Option<Layer>,
        /// Only while the plan of the year has not been issued.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        without_plan: bool,
    },
    /// The plan in force holds the requested structure.
    InPlan {
        /// Places nearer than this are the same. Hatang's working assumption, not a legal number.
        within_m: Metres,
    },
    /// So many structures of a class and quality stand in the territory.
    CountInTerritory {
        /// Which class.
        class: AssetClass,
        /// Least number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        least: Option<u32>,
        /// The quality, by the document that proves it.
        quality: Document,
    },
    /// The owner of works along the route places ducts that this many operators can use.
    WorksPlaceDucts {
        /// The sector whose works are meant.
        sector: String,
        /// Least number of operators.
        operators: u32,
    },
}

/// What a parameter counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterUnit {
    /// Metres.
    Metres,
    /// Operators, boxes, structures: whole numbers.
    Count,
    /// A share or a multiple.
    Factor,
}

/// One number of a predicate that an official may enter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Its name in the rule's file; of a strip `strips.<number>.<name>`, from 0.
    pub name: String,
    /// What it counts in.
    pub unit: ParameterUnit,
    /// Its value; absent while nobody has entered it.
    pub value: Option<f64>,
    /// Whether the rule cannot decide without it.
    pub required: bool,
    /// Whether it is Hatang's own working number rather than the instrument's.
    pub working: bool,
}

/// A parameter that cannot be set so.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum UnknownParameter {
    /// The predicate has no such number.
    #[error("the predicate has no parameter `{name}`")]
    Name {
        /// The name as given.
        name: String,
    },
    /// The number is none that the parameter can hold.
    #[error("`{name}` cannot be {value:?}")]
    Value {
        /// The parameter.
        name: String,
        /// The number as given.
        value: Option<f64>,
    },
}

/// A parameter's place in the predicate.
enum Slot<'a> {
    Optional(&'a mut Option<Metres>),
    Always(&'a mut Metres),
    Count(&'a mut Option<u32>),
    Whole(&'a mut u32),
    Factor(&'a mut Option<f64>),
    Share(&'a mut f64),
}

/// A parameter's name, whether the rule needs it, and whether it is a working number.
type Named<'a> = (String, bool, bool, Slot<'a>);

impl Predicate {
    /// The word that names the predicate in files.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Spacing { .. } => "spacing",
            Self::DesignedFor { .. } => "designed_for",
            Self::NoParallelLine { .. } => "no_parallel_line",
            Self::NoNewWhereRoom { .. } => "no_new_where_room",
            Self::ClearOf { .. } => "clear_of",
            Self::CrossingClearance { .. } => "crossing_clearance",
            Self::NotInZone { .. } => "not_in_zone",
            Self::BelowHeight { .. } => "below_height",
            Self::SmallMast { .. } => "small_mast",
            Self::DepthUnder { .. } => "depth_under",
            Self::BoxesPerOperator { .. } => "boxes_per_operator",
            Self::Dossier { .. } => "dossier",
            Self::InPlan { .. } => "in_plan",
            Self::CountInTerritory { .. } => "count_in_territory",
            Self::WorksPlaceDucts { .. } => "works_place_ducts",
        }
    }

    /// The numbers that an official may enter.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let mut copy = self.clone();
        let parameter = |(name, required, working, slot): Named<'_>| {
            let (unit, value) = match slot {
                Slot::Optional(metres) => (ParameterUnit::Metres, metres.map(Metres::get)),
                Slot::Always(metres) => (ParameterUnit::Metres, Some(metres.get())),
                Slot::Count(count) => (ParameterUnit::Count, count.map(f64::from)),
                Slot::Whole(count) => (ParameterUnit::Count, Some(f64::from(*count))),
                Slot::Factor(factor) => (ParameterUnit::Factor, *factor),
                Slot::Share(share) => (ParameterUnit::Factor, Some(*share)),
            };
            Parameter { name, unit, value, required, working }
        };
        copy.slots().into_iter().map(parameter).collect()
    }

    /// Sets one number, or takes it away where the rule may stand without it.
    ///
    /// # Errors
    /// [`UnknownParameter`] when there is no such parameter or it cannot hold the number.
    pub fn set(&mut self, name: &str, value: Option<f64>) -> Result<(), UnknownParameter> {
        let found = self.slots().into_iter().find(|(other, ..)| other == name);
        let Some((.., slot)) = found else { return Err(UnknownParameter::Name { name: name.to_owned() }) };
        let refused = || UnknownParameter::Value { name: name.to_owned(), value };
        let metres = |value: f64| Metres::new(value).map_err(|_| refused());
        let whole = |value: f64| whole(value).ok_or_else(refused);
        let factor = |value: f64| if value.is_finite() && 0.0 <= value { Ok(value) } else { Err(refused()) };
        match (slot, value) {
            (Slot::Optional(place), value) => *place = value.map(metres).transpose()?,
            (Slot::Count(place), value) => *place = value.map(whole).transpose()?,
            (Slot::Factor(place), value) => *place = value.map(factor).transpose()?,
            (Slot::Always(place), Some(value)) => *place = metres(value)?,
            (Slot::Whole(place), Some(value)) => *place = whole(value)?,
            (Slot::Share(place), Some(value)) => *place = factor(value)?,
            (Slot::Always(_) | Slot::Whole(_) | Slot::Share(_), None) => return Err(refused()),
        }
        Ok(())
    }

    fn slots(&mut self) -> Vec<Named<'_>> {
        let legal = |name: &str, required, slot| (name.to_owned(), required, false, slot);
        let working = |name: &str, slot| (name.to_owned(), true, true, slot);
        match self {
            Self::Spacing { urban_m, non_urban_m, exempt_height_m, up_to_height_m, .. } => vec![
                legal("urban_m", true, Slot::Optional(urban_m)),
                legal("non_urban_m", true, Slot::Optional(non_urban_m)),
                legal("exempt_height_m", false, Slot::Optional(exempt_height_m)),
                legal("up_to_height_m", false, Slot::Optional(up_to_height_m)),
            ],
            Self::DesignedFor { operators } => vec![legal("operators", true, Slot::Count(operators))],
            Self::NoParallelLine { corridor_m, shortest_run_m }
            | Self::NoNewWhereRoom { corridor_m, shortest_run_m } => vec![
                working("corridor_m", Slot::Always(corridor_m)),
                working("shortest_run_m", Slot::Always(shortest_run_m)),
            ],
            Self::ClearOf { strips, heights, vertical_m, .. } => {
                let of_strip = |(number, strip): (usize, _)| {
                    let Strip { least_m, most_m, .. }: &mut Strip = strip;
                    [
                        (format!("strips.{number}.least_m"), true, false, Slot::Optional(least_m)),
                        (format!("strips.{number}.most_m"), false, false, Slot::Optional(most_m)),
                    ]
                };
                let strips = strips.iter_mut().enumerate().flat_map(of_strip);
                let others = [
                    legal("heights", false, Slot::Factor(heights)),
                    legal("vertical_m", false, Slot::Optional(vertical_m)),
                ];
                strips.chain(others).collect()
            }
            Self::CrossingClearance { least_m, .. } | Self::DepthUnder { least_m, .. } => {
                vec![legal("least_m", true, Slot::Optional(least_m))]
            }
            Self::NotInZone { from_height_m, .. } => {
                vec![legal("from_height_m", false, Slot::Optional(from_height_m))]
            }
            Self::BelowHeight { below_m } => vec![legal("below_m", true, Slot::Optional(below_m))],
            Self::SmallMast { share_of_building, height_m, half_width_m } => vec![
                legal("share_of_building", true, Slot::Share(share_of_building)),
                legal("height_m", true, Slot::Always(height_m)),
                legal("half_width_m", true, Slot::Always(half_width_m)),
            ],
            Self::BoxesPerOperator { most } => vec![legal("most", true, Slot::Count(most))],
            Self::InPlan { within_m } => vec![working("within_m", Slot::Always(within_m))],
            Self::CountInTerritory { least, .. } => vec![legal("least", true, Slot::Count(least))],
            Self::WorksPlaceDucts { operators, .. } => vec![legal("operators", true, Slot::Whole(operators))],
            Self::Dossier { .. } => Vec::new(),
        }
    }
}

/// A count that is written as a number.
fn whole(value: f64) -> Option<u32> {
    let is_whole = value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and within range, see above")]
    is_whole.then_some(value as u32)
}
