//! Numbers and names inside sentences: a decimal comma in Vietnamese, a point in English.

use hatang_core::{Asset, Measured, Metres, Sight, Text};

/// A number with at most so many decimals, without trailing zeros.
pub(crate) fn number(value: f64, decimals: usize) -> Text {
    let fixed = format!("{value:.decimals$}");
    let plain = if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.') } else { &fixed };
    Text::new(plain.replace('.', ","), plain)
}

/// A length: to the decimetre, or to the centimetre below one metre.
pub(crate) fn metres(length: Metres) -> Text {
    with_unit(&number(length.get(), decimals(length)))
}

/// A length with its radius, `119 ± 5 m`, written as finely as the radius deserves.
pub(crate) fn plus_minus(measured: Measured) -> Text {
    let decimals = decimals(measured.accuracy);
    let (value, radius) = (number(measured.value.get(), decimals), number(measured.accuracy.get(), decimals));
    with_unit(&Text::new(format!("{} ± {}", value.vi, radius.vi), format!("{} ± {}", value.en, radius.en)))
}

/// A count with its noun, which English marks in the plural.
pub(crate) fn counted(count: u32, vi: &str, en: &str) -> Text {
    let plural = if count == 1 { "" } else { "s" };
    Text::new(format!("{count} {vi}"), format!("{count} {en}{plural}"))
}

fn decimals(fineness: Metres) -> usize {
    if fineness.get() < 1.0 { 2 } else { 1 }
}

fn with_unit(number: &Text) -> Text {
    Text::new(format!("{} m", number.vi), format!("{} m", number.en))
}

/// What people call an asset: its owner's code, or the end of its identity (identities made together begin alike).
pub(crate) fn label(asset: &Asset) -> String {
    asset.code.as_ref().map_or_else(|| anonymous(asset), ToString::to_string)
}

/// What a viewer may call an asset: the public sees no codes.
pub(crate) fn label_seen(sight: &Sight<'_>) -> String {
    if sight.is_generalised() { anonymous(sight.asset()) } else { label(sight.asset()) }
}

fn anonymous(asset: &Asset) -> String {
    let id = asset.id.to_string();
    format!("…{}", id.get(24..).unwrap_or(&id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measured_length_is_written_as_finely_as_its_radius() {
        for (value, accuracy, vi, en) in [
            (119.0, 5.0, "119 ± 5 m", "119 ± 5 m"),
            (119.44, 5.831, "119,4 ± 5,8 m", "119.4 ± 5.8 m"),
            (119.996, 0.1, "120 ± 0,1 m", "120 ± 0.1 m"),
            (119.964, 0.1, "119,96 ± 0,1 m", "119.96 ± 0.1 m"),
            (100.0, 0.0, "100 ± 0 m", "100 ± 0 m"),
        ] {
            let measured = Measured { value: Metres::computed(value), accuracy: Metres::computed(accuracy) };
            assert_eq!(plus_minus(measured), Text::new(vi, en));
        }
    }
}
