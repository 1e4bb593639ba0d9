//! Rows that say the same place twice, in metres and in degrees: only such pairs can show an error below the datum
//! operation's own accuracy, such as a rotation sign (0.74 m).

use hatang_core::{Lonlat, Text, geodesy::TangentPlane};
use hatang_crs::{Crs, Misreading, to_wgs84, to_wgs84_misread};
use serde::{Deserialize, Serialize};

/// The pairs of a file, up to a bound.
#[derive(Debug, Default)]
pub(crate) struct Pairs(Vec<Pair>);

#[derive(Clone, Copy, Debug)]
struct Pair {
    row: u32,
    metres: [f64; 2],
    degrees: [f64; 2],
}

const MOST_PAIRS: usize = 5_000;
/// A pair agrees within this, in metres. Source: the accuracy of EPSG:6960; `rules.md` DQ-TWIN.
const AGREES_M: f64 = 1.0;
/// Fewer pairs than this cannot be told from rounding.
const LEAST_PAIRS: usize = 3;

/// What a file's pairs say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PairVerdict {
    /// Both statements are the same place, and the rotations have the right sign.
    Agree,
    /// The degrees came from the metres, or the reverse, with the rotations' sign reversed: 0.74 m.
    RotationSign,
    /// One came from the other without the datum operation: 224 m.
    ShiftMissing,
    /// They agree within a metre, too coarsely written to show a rotation's sign.
    AgreeTooCoarse,
    /// They do not agree in any known way.
    Disagree,
}

/// How a file's pairs compare.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairCheck {
    /// What came of it.
    pub verdict: PairVerdict,
    /// How many pairs there were.
    pub pairs: u32,
    /// The system of the metres in which they fit best.
    pub crs: String,
    /// The median distance between the two statements, in metres.
    pub median_m: f64,
    /// The sentence for people.
    pub message: Text,
}

impl Pairs {
    pub(crate) fn add(&mut self, row: u32, metres: [f64; 2], degrees: [f64; 2]) {
        if self.0.len() < MOST_PAIRS && metres.iter().chain(&degrees).all(|number| number.is_finite()) {
            self.0.push(Pair { row, metres, degrees });
        }
    }

    /// Judges the pairs, and lists the rows that fall out of line with their distance in metres.
    pub(crate) fn judge(&self, declared: Crs) -> Option<(PairCheck, Vec<(u32, f64)>)> {
        let systems: Vec<Crs> = if declared.is_projected() {
            vec![declared]
        } else {
            Crs::all().iter().copied().filter(|crs| crs.is_projected()).collect()
        };
        let fitted = systems.iter().filter_map(|crs| Fitted::of(*crs, &self.0));
        let best = fitted.min_by(|a, b| a.closest().total_cmp(&b.closest()))?;
        let verdict = best.verdict();
        let off_line = if matches!(verdict, PairVerdict::Agree | PairVerdict::AgreeTooCoarse) {
            best.rows.iter().filter(|(_, metres)| AGREES_M < *metres).copied().collect()
        } else {
            Vec::new()
        };
        let check = PairCheck {
            verdict,
            pairs: u32::try_from(self.0.len()).unwrap_or(u32::MAX),
            crs: best.crs.to_string(),
            median_m: (best.right.median * 100.0).round() / 100.0,
            message: message(verdict, best.crs, best.right.median),
        };
        Some((check, off_line))
    }
}

/// Residuals of all pairs after one operation.
struct Residuals {
    median: f64,
    /// Length of the mean vector: rounding averages out of it.
    mean: f64,
}

struct Fitted {
    crs: Crs,
    right: Residuals,
    rotated: Residuals,
    unshifted: Residuals,
    /// Each row's distance after the right operation.
    rows: Vec<(u32, f64)>,
}

impl Fitted {
    fn of(crs: Crs, pairs: &[Pair]) -> Option<Self> {
        let mut rows = Vec::with_capacity(pairs.len());
        let residuals = |fault: Option<Misreading>, rows: &mut Vec<(u32, f64)>| -> Option<Residuals> {
            let mut vectors = Vec::with_capacity(pairs.len());
            for Pair { row, metres: [x, y], degrees: [lon, lat] } in pairs {
                let Ok(said) = Lonlat::new(*lon, *lat) else { continue };
                let found = fault.map_or_else(|| to_wgs84(crs, *x, *y), |fault| to_wgs84_misread(crs, *x, *y, fault));
                let Ok(found) = found else { continue };
                let [east, north] = TangentPlane::at(said).metres(found);
                vectors.push([east, north]);
                if fault.is_none() {
                    rows.push((*row, east.hypot(north)));
                }
            }
            (!vectors.is_empty()).then(|| Residuals::of(&vectors))
        };
        Some(Self {
            crs,
            right: residuals(None, &mut rows)?,
            rotated: residuals(Some(Misreading::RotationSign), &mut rows)?,
            unshifted: residuals(Some(Misreading::NoShift), &mut rows)?,
            rows,
        })
    }

    fn closest(&self) -> f64 {
        self.right.median.min(self.rotated.median).min(self.unshifted.median)
    }

    fn verdict(&self) -> PairVerdict {
        // 0.74 m apart: a quarter of it to either side is clear.
        const CLEAR_M: f64 = 0.2;
        let is_known_system = self.crs.operation().is_some();
        let enough = LEAST_PAIRS <= self.rows.len();
        if self.right.median <= AGREES_M {
            if !is_known_system || (enough && self.right.mean < CLEAR_M && CLEAR_M < self.rotated.mean) {
                PairVerdict::Agree
            } else if enough && self.rotated.mean < CLEAR_M && CLEAR_M < self.right.mean {
                PairVerdict::RotationSign
            } else {
                PairVerdict::AgreeTooCoarse
            }
        } else if is_known_system && self.unshifted.median <= 20.0 {
            PairVerdict::ShiftMissing
        } else {
            PairVerdict::Disagree
        }
    }
}

impl Residuals {
    fn of(vectors: &[[f64; 2]]) -> Self {
        let mut lengths: Vec<f64> = vectors.iter().map(|[east, north]| east.hypot(*north)).collect();
        lengths.sort_by(f64::total_cmp);
        #[expect(clippy::cast_precision_loss, reason = "a few thousand pairs")]
        let count = vectors.len() as f64;
        let mean = |axis: usize| vectors.iter().map(|vector| vector[axis]).sum::<f64>() / count;
        Self { median: lengths[lengths.len() / 2], mean: mean(0).hypot(mean(1)) }
    }
}

fn message(verdict: PairVerdict, crs: Crs, median: f64) -> Text {
    match verdict {
        PairVerdict::Agree => Text::new(
            format!("Cặp tọa độ mét và độ khớp nhau theo {crs} (trung vị {median:.2} m), dấu góc xoay đúng."),
            format!(
                "The metres and the degrees agree in {crs} (median {median:.2} m), with the right sign of rotation."
            ),
        ),
        PairVerdict::RotationSign => Text::new(
            "Cặp tọa độ lệch 0,74 m theo đúng kiểu đổi sai dấu góc xoay của EPSG:6960: hãy kiểm tra phần mềm chuyển đổi.",
            "The pairs differ by 0.74 m exactly as when the rotation signs of EPSG:6960 are reversed: check the converting \
             program.",
        ),
        PairVerdict::ShiftMissing => Text::new(
            format!(
                "Cặp tọa độ lệch {median:.0} m: bản độ được tính từ bản mét (hoặc ngược lại) mà không chuyển hệ quy chiếu VN-2000 sang WGS 84."
            ),
            format!(
                "The pairs differ by {median:.0} m: one was computed from the other without the datum operation between VN-2000 and WGS 84."
            ),
        ),
        PairVerdict::AgreeTooCoarse => Text::new(
            format!(
                "Cặp tọa độ khớp trong {AGREES_M} m theo {crs}; ghi quá thô hoặc quá ít để nhận ra sai dấu góc xoay (0,74 m)."
            ),
            format!(
                "The pairs agree within {AGREES_M} m in {crs}; too coarsely written or too few to show a reversed rotation sign (0.74 m)."
            ),
        ),
        PairVerdict::Disagree => Text::new(
            format!("Cặp tọa độ mét và độ không chỉ cùng một chỗ: gần nhất là {crs} với trung vị {median:.0} m."),
            format!(
                "The metres and the degrees are not the same place: closest is {crs} with a median of {median:.0} m."
            ),
        ),
    }
}
