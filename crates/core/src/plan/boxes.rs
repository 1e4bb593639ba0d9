//! The boxes of a plan's parts.

use super::Plan;
use crate::position::BoundingBox;

/// The boxes of a plan's lines and planned objects, each in the plan's order. They are worked out once: most of a plan is
/// far away from any one question, which its boxes tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanBoxes {
    /// Of [`Plan::roads`].
    pub roads: Vec<BoundingBox>,
    /// Of [`Plan::constraints`].
    pub constraints: Vec<BoundingBox>,
    /// Of [`Plan::planned`].
    pub planned: Vec<BoundingBox>,
}

impl PlanBoxes {
    /// The boxes of a plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        Self {
            roads: plan.roads.iter().map(|road| road.shape.bounding_box()).collect(),
            constraints: plan.constraints.iter().map(|line| line.shape.bounding_box()).collect(),
            planned: plan.planned.iter().map(|twin| twin.shape.bounding_box()).collect(),
        }
    }
}
