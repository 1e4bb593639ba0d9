//! Codes made of names.

/// A name as a code: lower case, Vietnamese letters without their marks, every run of other characters one hyphen.
pub(crate) fn slug(name: &str) -> String {
    let mut code = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        match folded(character) {
            Folded::Letter(letter) => code.push(letter),
            Folded::Mark => {}
            Folded::Other if code.is_empty() || code.ends_with('-') => {}
            Folded::Other => code.push('-'),
        }
    }
    code.truncate(code.trim_end_matches('-').len());
    code
}

enum Folded {
    Letter(char),
    /// A mark that combines with the letter before it.
    Mark,
    Other,
}

fn folded(character: char) -> Folded {
    const WITH_MARKS: [(char, &str); 7] = [
        ('a', "àáảãạăằắẳẵặâầấẩẫậ"),
        ('d', "đ"),
        ('e', "èéẻẽẹêềếểễệë"),
        ('i', "ìíỉĩịïî"),
        ('o', "òóỏõọôồốổỗộơờớởỡợö"),
        ('u', "ùúủũụưừứửữựüû"),
        ('y', "ỳýỷỹỵ"),
    ];
    match character {
        'a'..='z' | '0'..='9' => Folded::Letter(character),
        '\u{300}'..='\u{36f}' => Folded::Mark,
        _ => WITH_MARKS
            .iter()
            .find(|(_, marked)| marked.contains(character))
            .map_or(Folded::Other, |(letter, _)| Folded::Letter(*letter)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_plain_code() {
        for (name, code) in [
            ("viettel", "viettel"),
            ("Bell MTS, a division of Bell Canada", "bell-mts-a-division-of-bell-canada"),
            ("Telus – Regulatory Affairs", "telus-regulatory-affairs"),
            ("Điện lực Vĩnh Bảo", "dien-luc-vinh-bao"),
            ("Đie\u{323}\u{302}n lực", "dien-luc"),
            ("  (WCS) ", "wcs"),
            ("ƯỜNG", "uong"),
            ("…", ""),
        ] {
            assert_eq!(slug(name), code, "{name}");
        }
    }
}
