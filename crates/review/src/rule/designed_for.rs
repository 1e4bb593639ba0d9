//! How many operators a requested structure is designed for.

use hatang_core::{RequestItem, Text, Verdict};

use crate::{
    finding::{Limit, Outcome, Quantity},
    missing::Missing,
    wording,
};

const UNIT: &str = "operators";

/// Judges the number of operators that the request states against the least number that the rule asks for.
///
/// Source: the rule's instrument and article, for example QĐ 72/2025/QĐ-UBND Bắc Ninh, Art. 15(2).
pub(super) fn judge(least: Option<u32>, item: &RequestItem) -> Outcome {
    let Some(least) = least else { return Outcome::unset() };
    let limit = Some(Limit { value: least.into(), unit: UNIT });
    let wanted = wording::counted(least, "doanh nghiệp", "operator");
    let Some(designed) = item.operators_designed else {
        let reason = Text::new(
            format!("Hồ sơ chưa nêu số doanh nghiệp theo thiết kế; cần ít nhất {}.", wanted.vi),
            format!(
                "The request does not say how many operators it is designed for; at least {} are asked.",
                wanted.en
            ),
        );
        let missing = vec![Missing::of_request("operators_designed")];
        return Outcome { limit, missing, ..Outcome::new(Verdict::CannotTell, reason) };
    };
    let (verdict, vi, en) = if least <= designed {
        (Verdict::Complies, "đạt", "which meets")
    } else {
        (Verdict::DoesNotComply, "chưa đạt", "which falls short of")
    };
    let designed_text = wording::counted(designed, "doanh nghiệp", "operator");
    let reason = Text::new(
        format!("Thiết kế cho {}, {vi} mức ít nhất {}.", designed_text.vi, wanted.vi),
        format!("Designed for {}, {en} the least number of {}.", designed_text.en, wanted.en),
    );
    let measured = Some(Quantity { value: designed.into(), accuracy: 0.0, unit: UNIT });
    Outcome { measured, limit, ..Outcome::new(verdict, reason) }
}
