//! Two numbers or two angles in one line.

use hatang_crs::dms;

use super::{NoPlace, Order, no_place};

/// Two numbers as written, and the order that the text itself names.
pub(super) struct Pair {
    pub(super) first: f64,
    pub(super) second: f64,
    pub(super) order: Option<Order>,
}

/// What a letter or label before or after a number says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    East,
    North,
}

impl Pair {
    pub(super) fn read(line: &str) -> Result<Self, NoPlace> {
        let wrong = || {
            no_place(
                line,
                "không đọc được toạ độ; viết như 20.678, 106.4805 hoặc 20°40'40.8\"N 106°28'49.8\"E hoặc E 575910 N 2287478",
                "these are no coordinates; write 20.678, 106.4805 or 20°40'40.8\"N 106°28'49.8\"E or E 575910 N 2287478",
            )
        };
        let pair = if line.contains(['°', 'º', '˚']) { angles(line) } else { numbers(line) };
        pair.ok_or_else(wrong)
    }
}

/// `20°40'40.8"N 106°28'49.8"E`, with Vietnamese letters too: B is north, Đ is east.
fn angles(line: &str) -> Option<Pair> {
    // An angle ends with its second, minute or degree mark and perhaps a letter; the next begins with a digit.
    let is_letter = |c: char| c.is_alphabetic();
    let letters: Vec<char> = line.chars().filter(|c| is_letter(*c)).collect();
    let plain: String = line.chars().map(|c| if is_letter(c) { ' ' } else { c }).collect();
    let second_degree_mark = plain.match_indices(['°', 'º', '˚']).nth(1)?.0;
    // The second angle's degrees are the digits, point or comma right before its mark.
    let before = plain[..second_degree_mark].trim_end();
    let digits = before.chars().rev().take_while(char::is_ascii_digit).map(char::len_utf8).sum::<usize>();
    let start = before.len() - digits;
    let (first, second) = (plain[..start].trim(), plain[start..].trim());
    let first = dms::parse(first.trim_end_matches([',', ';']).trim()).ok()?.get();
    let second = dms::parse(second).ok()?.get();
    let order = match letters.as_slice() {
        [] => by_size(first, second),
        [a, b] => order_of_letters(*a, *b)?,
        _ => return None,
    };
    Some(Pair { first, second, order })
}

/// In Viet Nam N is both north and *Nam*, south; the country lies north of the equator and east of Greenwich, so that the
/// letters can only say which is which. West and south are refused rather than guessed.
#[expect(clippy::option_option, reason = "letters may be refused, or say nothing of the order, as numbers do")]
fn order_of_letters(a: char, b: char) -> Option<Option<Order>> {
    let mark = |letter: char| match letter.to_uppercase().next()? {
        'N' | 'B' => Some(Mark::North),
        'E' | 'Đ' | 'D' => Some(Mark::East),
        _ => None,
    };
    match (mark(a)?, mark(b)?) {
        (Mark::East, Mark::North) => Some(Some(Order::EastFirst)),
        (Mark::North, Mark::East) => Some(Some(Order::NorthFirst)),
        _ => None,
    }
}

/// More than 90 degrees is a longitude.
fn by_size(first: f64, second: f64) -> Option<Order> {
    match (90.0 < first.abs(), 90.0 < second.abs()) {
        (true, false) => Some(Order::EastFirst),
        (false, true) => Some(Order::NorthFirst),
        _ => None,
    }
}

/// Two numbers, each perhaps behind a label: `E`, `N`, and the two that mean either, `X` and `Y`.
fn numbers(line: &str) -> Option<Pair> {
    let decimal_comma = !line.contains('.') && (line.contains(';') || line.matches(',').count() == 2);
    let line = if decimal_comma { line.replace(',', ".") } else { line.replace(',', " ") };
    let mut found: Vec<(Option<Mark>, f64)> = Vec::new();
    let mut label = None;
    for part in line.split(|c: char| c.is_whitespace() || matches!(c, ';' | '=' | ':')).filter(|part| !part.is_empty())
    {
        let digits = part.find(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')).unwrap_or(part.len());
        let (word, number) = part.split_at(digits);
        if !word.is_empty() {
            label = Some(mark_of(word)?);
        }
        if !number.is_empty() {
            let number: f64 = number.trim_end_matches('m').parse().ok().filter(|number: &f64| number.is_finite())?;
            found.push((label.take().flatten(), number));
        }
    }
    let [(first_mark, first), (second_mark, second)] = found.as_slice() else { return None };
    let order = match (first_mark, second_mark) {
        (Some(Mark::East), Some(Mark::North) | None) | (None, Some(Mark::North)) => Some(Order::EastFirst),
        (Some(Mark::North), Some(Mark::East) | None) | (None, Some(Mark::East)) => Some(Order::NorthFirst),
        (None, None) if first.abs() <= 180.0 && second.abs() <= 180.0 => by_size(*first, *second),
        (None, None) => None,
        _ => return None,
    };
    Some(Pair { first: *first, second: *second, order })
}

/// What a label says; `X` and `Y` say nothing, because half of the country means one thing and half the other.
#[expect(clippy::option_option, reason = "a word may be no label, or a label that says nothing")]
fn mark_of(word: &str) -> Option<Option<Mark>> {
    match word.to_lowercase().as_str() {
        "e" | "east" | "easting" | "đông" | "lon" | "lng" | "longitude" | "kinh" => Some(Some(Mark::East)),
        "n" | "north" | "northing" | "bắc" | "lat" | "latitude" | "vĩ" => Some(Some(Mark::North)),
        "x" | "y" | "độ" => Some(None),
        _ => None,
    }
}
