//! What a judgement has looked at: the exact ground on which a later change may matter to it.

use std::{cell::RefCell, collections::BTreeMap};

use crate::{asset::AssetClass, plan::Layer, position::BoundingBox};

/// What may be looked for at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// Assets of one class.
    Assets(AssetClass),
    /// Works of other sectors.
    Works,
    /// Requests that wait.
    Requests,
    /// Zones of the plan.
    Zones,
    /// Planned objects of one class.
    Planned(AssetClass),
    /// Lines of one layer of the plan.
    Lines(Layer),
}

/// The places that queries have looked at. A query notes what it searched, found or not: what comes to stand there later
/// would have been found.
#[derive(Debug, Default)]
pub struct Reads {
    boxes: RefCell<BTreeMap<Ground, BoundingBox>>,
}

impl Reads {
    /// Notes that something was looked for in a box. Boxes of one ground grow into one that holds them all.
    pub fn note(&self, ground: Ground, bounds: BoundingBox) {
        self.boxes.borrow_mut().entry(ground).and_modify(|noted| *noted = noted.joined(bounds)).or_insert(bounds);
    }

    /// The box that was looked at for each ground.
    #[must_use]
    pub fn into_boxes(self) -> BTreeMap<Ground, BoundingBox> {
        self.boxes.into_inner()
    }
}
