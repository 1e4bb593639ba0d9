//! The two font encodings of Vietnam before Unicode: their bytes, read as Windows-1252, are other letters.

/// A font encoding. Files in it are text only for one who has the font.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Legacy {
    /// TCVN 5712:1993 VN3, "ABC": one byte a letter; the accented capitals are those of a second font.
    Tcvn3,
    /// VNI for Windows: a letter and a byte for its marks.
    Vni,
}

/// A text in Unicode, and what the encoding could not say.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// Bytes that the encoding has no letter for.
    pub(crate) is_lossy: bool,
    /// Capital words whose accented letters came out small were made capital.
    pub(crate) capitals_inferred: bool,
}

impl Legacy {
    /// Decodes a text whose letters stand for the encoding's bytes.
    pub(crate) fn decode(self, text: &str) -> Decoded {
        match self {
            Self::Tcvn3 => tcvn3(text),
            Self::Vni => vni(text),
        }
    }
}

/// The byte that a letter of Windows-1252 stands for; letters beyond it stand for none.
fn byte(letter: char) -> Option<u8> {
    /// 0x80 to 0x9f; bytes that Windows-1252 leaves out stand for themselves.
    const SECOND_COLUMN: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    u8::try_from(u32::from(letter)).ok().or_else(|| {
        let index = SECOND_COLUMN.iter().position(|other| *other == letter)?;
        Some(0x80 + u8::try_from(index).ok()?)
    })
}

/// What TCVN3 has from 0xa1 on; a space where it has nothing.
///
/// Source: TCVN 5712:1993, VN3; agrees with the GNU C library's TCVN5712-1 on every letter that both have.
const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ ";

fn tcvn3(text: &str) -> Decoded {
    let letters: Vec<char> = TCVN3.chars().collect();
    let mut is_lossy = false;
    let mut decoded = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let found = byte(letter)
            .and_then(|byte| byte.checked_sub(0xa1))
            .and_then(|index| letters.get(usize::from(index)).copied());
        match found {
            Some(' ') => {
                is_lossy = true;
                decoded.push(char::REPLACEMENT_CHARACTER);
            }
            Some(found) => decoded.push(found),
            None => {
                is_lossy |= ('\u{80}'..='\u{9f}').contains(&letter);
                decoded.push(letter);
            }
        }
    }
    let capital = capitals(&decoded);
    Decoded { capitals_inferred: capital.is_some(), text: capital.unwrap_or(decoded), is_lossy }
}

/// The text with its capital words wholly capital; none where no word calls for it.
///
/// The font of capitals shows the small letters' bytes as capitals: `VÜNH B¶O` decodes to `VĩNH BảO`. A word with two
/// plain capitals and no plain small letter is taken for a capital word; beside one, so are shorter words.
fn capitals(text: &str) -> Option<String> {
    let plain = |word: &str, is: fn(&char) -> bool| word.chars().filter(is).count();
    let could_be = |word: &str| plain(word, char::is_ascii_lowercase) == 0;
    let has_small = |word: &str| word.chars().any(|letter| !letter.is_ascii() && letter.is_lowercase());
    let is_sure = |word: &str| could_be(word) && 2 <= plain(word, char::is_ascii_uppercase) && has_small(word);
    let words = || text.split(|letter: char| !letter.is_alphabetic());
    if !words().any(is_sure) {
        return None;
    }
    let mut capital = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|letter: char| !letter.is_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if could_be(word) {
            capital.extend(word.chars().flat_map(char::to_uppercase));
        } else {
            capital.push_str(word);
        }
        let gap = after.find(char::is_alphabetic).unwrap_or(after.len());
        capital.push_str(&after[..gap]);
        rest = &after[gap..];
    }
    Some(capital)
}

/// Letters that VNI writes as one byte.
const VNI_SINGLE: [(char, char); 18] = [
    ('ô', 'ơ'),
    ('Ô', 'Ơ'),
    ('ö', 'ư'),
    ('Ö', 'Ư'),
    ('ñ', 'đ'),
    ('Ñ', 'Đ'),
    ('í', 'í'),
    ('Í', 'Í'),
    ('ì', 'ì'),
    ('Ì', 'Ì'),
    ('æ', 'ỉ'),
    ('Æ', 'Ỉ'),
    ('ó', 'ĩ'),
    ('Ó', 'Ĩ'),
    ('ò', 'ị'),
    ('Ò', 'Ị'),
    ('î', 'ỵ'),
    ('Î', 'Ỵ'),
];

/// A byte after a letter, and the marks that it puts on it: the quality, then the tone.
const VNI_MARKS: [(char, &str); 15] = [
    ('ù', "\u{301}"),
    ('ø', "\u{300}"),
    ('û', "\u{309}"),
    ('õ', "\u{303}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('á', "\u{302}\u{301}"),
    ('à', "\u{302}\u{300}"),
    ('å', "\u{302}\u{309}"),
    ('ã', "\u{302}\u{303}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('é', "\u{306}\u{301}"),
    ('è', "\u{306}\u{300}"),
    ('ú', "\u{306}\u{309}"),
];
const VNI_MARKS_OF_A: [(char, &str); 2] = [('ü', "\u{306}\u{303}"), ('ë', "\u{306}\u{323}")];

fn vni(text: &str) -> Decoded {
    use unicode_normalization::UnicodeNormalization as _;

    let mut is_lossy = false;
    let mut decoded = String::with_capacity(text.len() * 2);
    let mut base = None;
    for letter in text.chars() {
        let small = letter.to_lowercase().next().unwrap_or(letter);
        let takes = |base: char, of: &str| of.contains(base.to_ascii_lowercase());
        let mark = base.and_then(|base: char| {
            let (_, marks) = VNI_MARKS.iter().chain(&VNI_MARKS_OF_A).find(|(mark, _)| *mark == small)?;
            let fits = match marks.chars().next() {
                // Above ơ and ư, themselves one byte, only tones.
                Some('\u{302}') => takes(base, "aeo"),
                Some('\u{306}') => takes(base, "a"),
                _ => takes(base, "aeouy") || "ơƠưƯ".contains(base),
            };
            fits.then_some(*marks)
        });
        if let Some(marks) = mark {
            decoded.push_str(marks);
            base = None;
            continue;
        }
        let single = VNI_SINGLE.iter().find(|(byte, _)| *byte == letter).map(|(_, letter)| *letter);
        is_lossy |= single.is_none() && matches!(letter, '\u{80}'..='\u{9f}' | 'À'..='ÿ');
        let letter = single.unwrap_or(letter);
        decoded.push(letter);
        base = Some(letter);
    }
    Decoded { text: decoded.nfc().collect(), is_lossy, capitals_inferred: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_are_read() {
        for (legacy, given, read) in [
            (Legacy::Tcvn3, "VÜnh B¶o", "Vĩnh Bảo"),
            (Legacy::Tcvn3, "Phßng Kinh tÕ", "Phòng Kinh tế"),
            (Legacy::Tcvn3, "§\u{ad}êng Quèc lé 10", "Đường Quốc lộ 10"),
            (Legacy::Tcvn3, "th«n §«ng, x· Nh©n Hßa", "thôn Đông, xã Nhân Hòa"),
            (Legacy::Vni, "Vónh Baûo", "Vĩnh Bảo"),
            (Legacy::Vni, "Phoøng Kinh teá", "Phòng Kinh tế"),
            (Legacy::Vni, "Ñöôøng Quoác loä 10", "Đường Quốc lộ 10"),
            (Legacy::Vni, "VÓNH BAÛO, ÑÖÔØNG QUOÁC LOÄ", "VĨNH BẢO, ĐƯỜNG QUỐC LỘ"),
            (
                Legacy::Vni,
                "coät aêng ten, xaõ Nhaân Hoøa, gaén naèm baëc chaún ngaün",
                "cột ăng ten, xã Nhân Hòa, gắn nằm bặc chẳn ngẵn",
            ),
        ] {
            let decoded = legacy.decode(given);
            assert_eq!(decoded.text, read, "{given}");
            assert!(!decoded.is_lossy && !decoded.capitals_inferred, "{given}");
        }
    }

    #[test]
    fn capitals_that_tcvn3_cannot_write_are_inferred_and_said() {
        for (given, read, inferred) in [
            ("VÜNH B¶O", "VĨNH BẢO", true),
            ("X· VÜNH B¶O", "XÃ VĨNH BẢO", true),
            ("CÁ VÜNH", "C\u{fffd} VĨNH", true),
            ("C¸", "Cá", false),
            ("B¶o", "Bảo", false),
        ] {
            let decoded = Legacy::Tcvn3.decode(given);
            assert_eq!((decoded.text.as_str(), decoded.capitals_inferred), (read, inferred), "{given}");
        }
    }

    #[test]
    fn a_byte_without_a_letter_is_said() {
        assert!(Legacy::Tcvn3.decode("a\u{af}b").is_lossy);
        assert!(Legacy::Vni.decode("Àb").is_lossy);
    }
}
