//! How many structures of one kind a territory has.

use hatang_core::{AssetClass, Document, RequestItem, Sight};

use crate::{finding::Outcome, missing::Missing, scene::Scene, wording};

/// Judges whether the territory has enough structures of a quality. The registry holds no such quality, so that standing
/// structures leave it open; a request that brings it settles it when one is asked for.
///
/// Source: the rule's instrument and article, for example QĐ 72/2025/QĐ-UBND Bắc Ninh, Art. 8(4).
pub(super) fn judge(
    class: AssetClass,
    least: Option<u32>,
    quality: Document,
    item: &RequestItem,
    scene: &Scene<'_>,
) -> Outcome {
    let Some(least) = least else { return Outcome::unset() };
    let (name, quality_name) = (wording::class(class), wording::document(quality));
    if item.class == class && least <= 1 && item.documents.as_ref().is_some_and(|there| there.contains(&quality)) {
        return Outcome::complies(
            format!("Công trình được đề nghị tự đáp ứng: {}.", quality_name.vi),
            format!("The requested structure provides it: {}.", quality_name.en),
        );
    }
    let home = scene.seen.registry().home().and_then(|(_, state)| state.boundaries.as_ref());
    let Some(boundaries) = home else { return Outcome::lacks(vec![Missing::boundary()]) };
    let outline = &boundaries.home.shape;
    let bounds = outline.bounding_box();
    let is_there = |sight: &Sight<'_>| {
        let asset = sight.asset();
        asset.status.stands() && bounds.contains(asset.anchor()) && outline.encloses(asset.anchor())
    };
    // One is enough. Where there is one, the answer rests on the nearest alone, so that no other one's change concerns it.
    let everything = scene.seen.registry().seen_by(scene.seen.viewer());
    let nearest = everything.nearest(class, item.shape.bounding_box().centre(), 1, |sight| {
        is_there(sight) && sight.shape().intersects(bounds)
    });
    let rests_on = nearest.first().map_or(bounds, |near| near.sight.shape().bounding_box());
    if scene.seen.in_box(class, rests_on).any(|sight| is_there(&sight)) {
        return Outcome::lacks(vec![Missing::quality(class, quality)]);
    }
    Outcome::fails(
        format!("Địa bàn chưa có {}; cần ít nhất {least}: {}.", name.vi, quality_name.vi),
        format!("The territory has no {}; at least {least} is asked for: {}.", name.en, quality_name.en),
    )
}
