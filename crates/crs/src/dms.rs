//! Degrees, minutes and seconds as Vietnamese notices and decisions print them.

use hatang_core::Degrees;

/// A text that is no angle in degrees, minutes and seconds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{given}` is not an angle like 20°47'52.1\" or 12°33’39,7”: {problem}")]
pub struct InvalidDms {
    /// The text as given.
    pub given: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// Reads an angle such as `20°47'52.1"`, `12°33’39,7”` or `106°30'`, with a decimal point or comma in its last part
/// and straight or typographic marks.
///
/// There is no sign and no letter: N is north in English and south (*Nam*) in Vietnamese, so letters are refused rather
/// than guessed.
///
/// # Errors
/// [`InvalidDms`] when a mark is missing, a part is no number, minutes or seconds reach 60, or the angle exceeds 180°.
pub fn parse(text: &str) -> Result<Degrees, InvalidDms> {
    let refuse = |problem| InvalidDms { given: text.to_owned(), problem };

    let (degrees, rest) = text.split_once(['°', 'º', '˚']).ok_or_else(|| refuse("the degree mark is missing"))?;
    let (minutes, rest) = match rest.trim() {
        "" => (None, ""),
        rest => {
            let (minutes, rest) =
                rest.split_once(['\'', '’', '‘', '′']).ok_or_else(|| refuse("the minute mark is missing"))?;
            (Some(minutes), rest.trim())
        }
    };
    let seconds = match rest {
        "" => None,
        rest => {
            let without_mark = rest.strip_suffix(['"', '”', '“', '″']).or_else(|| rest.strip_suffix("''"));
            Some(without_mark.ok_or_else(|| refuse("the second mark is missing or not last"))?)
        }
    };

    let parts: Vec<&str> = [Some(degrees), minutes, seconds].into_iter().flatten().collect();
    let mut angle = 0.0;
    for (index, (part, unit)) in parts.iter().zip([1.0, 60.0, 3600.0]).enumerate() {
        let is_last = index + 1 == parts.len();
        let number = number(part, is_last).ok_or_else(|| refuse("a part is no plain number"))?;
        if 0 < index && 60.0 <= number {
            return Err(refuse("minutes and seconds lie below 60"));
        }
        angle += number / unit;
    }
    if 180.0 < angle {
        return Err(refuse("it exceeds 180 degrees"));
    }
    Degrees::new(angle).map_err(|_| refuse("a part is no plain number"))
}

/// A number of plain digits; only the last part of an angle may have decimals.
fn number(part: &str, decimals_allowed: bool) -> Option<f64> {
    let part = part.trim();
    let (whole, decimals) = match part.split_once(['.', ',']) {
        Some((whole, decimals)) if decimals_allowed => (whole, decimals),
        Some(_) => return None,
        None => (part, "0"),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_digits(whole) && is_digits(decimals) { format!("{whole}.{decimals}").parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_angle_is_read_as_it_is_printed() {
        for (text, degrees) in [
            ("20°47'52.1\"", 20.0 + 47.0 / 60.0 + 52.1 / 3600.0),
            ("12°33’39,7”", 12.0 + 33.0 / 60.0 + 39.7 / 3600.0),
            ("109°26’00,0”", 109.0 + 26.0 / 60.0),
            ("15°22’29”", 15.0 + 22.0 / 60.0 + 29.0 / 3600.0),
            (" 106º 30′ 15.5″ ", 106.0 + 30.0 / 60.0 + 15.5 / 3600.0),
            ("106°30'15''", 106.0 + 30.0 / 60.0 + 15.0 / 3600.0),
            ("106°30,5'", 106.0 + 30.5 / 60.0),
            ("105,75°", 105.75),
            ("0°00'00.1\"", 0.1 / 3600.0),
        ] {
            let read = parse(text).unwrap_or_else(|error| panic!("{error}"));
            assert!((read.get() - degrees).abs() < 1e-12, "`{text}` gives {} for {degrees}", read.get());
        }
    }

    #[test]
    fn what_is_no_angle_is_refused_with_its_reason() {
        for (text, problem) in [
            ("", "degree mark"),
            ("20.7978", "degree mark"),
            ("20°47", "minute mark"),
            ("20°47'52.1", "second mark"),
            ("20°47'52.1\"N", "second mark"),
            ("N20°47'52.1\"", "no plain number"),
            ("-20°47'52.1\"", "no plain number"),
            ("20°47.5'52.1\"", "no plain number"),
            ("20.5°47'", "no plain number"),
            ("20°'52.1\"", "no plain number"),
            ("20°47'5 2\"", "no plain number"),
            ("20°47'1e1\"", "no plain number"),
            ("20°47'.5\"", "no plain number"),
            ("20°47'inf\"", "no plain number"),
            ("20°60'00\"", "below 60"),
            ("20°47'60\"", "below 60"),
            ("180°00'01\"", "180"),
        ] {
            let error = parse(text).expect_err(text);
            assert!(error.problem.contains(problem), "{error}");
            assert!(error.to_string().contains(text), "{error}");
        }
    }
}
