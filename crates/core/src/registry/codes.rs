//! Finding an asset by its owner's own code.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    asset::{Asset, AssetClass},
    codes::{AssetCode, OrganisationCode},
};

/// Slots by the hash of owner, class and code: small enough for a registry of millions, and every hit is looked at.
#[derive(Debug, Default)]
pub(super) struct CodeIndex(HashMap<u64, Slots>);

/// Nearly always one; two codes may share a hash, and two territories a code.
#[derive(Debug)]
enum Slots {
    One(u32),
    Several(Vec<u32>),
}

impl CodeIndex {
    pub(super) fn insert(&mut self, slot: u32, asset: &Asset) {
        let Some(key) = key_of(asset) else { return };
        match self.0.get_mut(&key) {
            None => {
                self.0.insert(key, Slots::One(slot));
            }
            Some(Slots::Several(slots)) => slots.push(slot),
            Some(one) => {
                if let Slots::One(first) = *one {
                    *one = Slots::Several(vec![first, slot]);
                }
            }
        }
    }

    pub(super) fn remove(&mut self, slot: u32, asset: &Asset) {
        let Some(key) = key_of(asset) else { return };
        let emptied = match self.0.get_mut(&key) {
            None => false,
            Some(Slots::One(only)) => *only == slot,
            Some(Slots::Several(slots)) => {
                slots.retain(|other| *other != slot);
                slots.is_empty()
            }
        };
        if emptied {
            self.0.remove(&key);
        }
    }

    /// Slots that may hold the asset of that code; the caller looks.
    pub(super) fn candidates(&self, owner: &OrganisationCode, class: AssetClass, code: &AssetCode) -> &[u32] {
        match self.0.get(&key(owner, class, code)) {
            None => &[],
            Some(Slots::One(slot)) => std::slice::from_ref(slot),
            Some(Slots::Several(slots)) => slots,
        }
    }
}

fn key_of(asset: &Asset) -> Option<u64> {
    asset.code.as_ref().map(|code| key(&asset.owner, asset.class(), code))
}

fn key(owner: &OrganisationCode, class: AssetClass, code: &AssetCode) -> u64 {
    let mut hasher = DefaultHasher::new();
    (owner, class, code).hash(&mut hasher);
    hasher.finish()
}
