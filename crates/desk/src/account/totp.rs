//! Six-digit codes that change every 30 seconds.
//!
//! Source: RFC 6238 (time-based) over RFC 4226 (the code of a counter), HMAC-SHA-1: what authenticator applications
//! implement alike.

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha1::Sha1;
use subtle::{Choice, ConditionallySelectable as _, ConstantTimeEq as _};

/// The length of a step, in seconds.
pub(super) const STEP_S: u64 = 30;

/// How many digits a code has.
pub(super) const DIGITS: u32 = 6;

/// How many steps a clock may be off, in either direction.
const DRIFT: u64 = 1;

/// The code of a step.
fn code_of(secret: &[u8], step: u64, digits: u32) -> u32 {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("HMAC takes keys of any length");
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let offset = usize::from(hash[19] & 0x0f);
    let word = u32::from_be_bytes([hash[offset], hash[offset + 1], hash[offset + 2], hash[offset + 3]]);
    (word & 0x7fff_ffff) % 10_u32.pow(digits)
}

/// The step whose code was typed, among the present one and its neighbours. Takes the same time whatever was typed.
pub(super) fn step_of(secret: &[u8], typed: &str, now: Timestamp) -> Option<u64> {
    let digits: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let well_formed = digits.len() == DIGITS as usize && digits.bytes().all(|byte| byte.is_ascii_digit());
    let typed: u32 = digits.parse().ok().filter(|_| well_formed)?;
    let present = u64::try_from(now.as_second()).unwrap_or(0) / STEP_S;
    let (mut found, mut step) = (Choice::from(0), 0);
    for candidate in present.saturating_sub(DRIFT)..=present + DRIFT {
        let same = code_of(secret, candidate, DIGITS).ct_eq(&typed);
        step = u64::conditional_select(&step, &candidate, same);
        found |= same;
    }
    bool::from(found).then_some(step)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // Appendix B, the rows of SHA1: seconds, eight digits.
        for (seconds, expected) in [
            (59, 94_287_082),
            (1_111_111_109, 7_081_804),
            (1_111_111_111, 14_050_471),
            (1_234_567_890, 89_005_924),
            (2_000_000_000, 69_279_037),
            (20_000_000_000, 65_353_130),
        ] {
            assert_eq!(code_of(SECRET, seconds / STEP_S, 8), expected, "{seconds}");
        }
    }

    #[test]
    fn codes_of_counters_are_those_of_rfc_4226() {
        // Appendix D: counters 0 to 9.
        let published = [755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871, 520_489];
        for (counter, expected) in (0..).zip(published) {
            assert_eq!(code_of(SECRET, counter, 6), expected, "{counter}");
        }
    }

    #[test]
    fn a_clock_may_be_off_by_one_step_and_no_more() {
        // The code of step 1 is 287082.
        for (seconds, expected) in [(0, Some(1)), (29, Some(1)), (30, Some(1)), (89, Some(1)), (90, None)] {
            let now = Timestamp::from_second(seconds).unwrap();
            assert_eq!(step_of(SECRET, "287082", now), expected, "{seconds}");
        }
        let now = Timestamp::from_second(30).unwrap();
        assert_eq!(step_of(SECRET, " 287 082 ", now), Some(1), "as telephones show it");
        for typed in ["", "28708", "2870821", "+87082", "28708a", "２８７０８２"] {
            assert_eq!(step_of(SECRET, typed, now), None, "{typed}");
        }
    }
}
