//! Which encoding a text is in, judged by how many of its words are Vietnamese in each.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
};

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

use unicode_normalization::UnicodeNormalization as _;

use super::{Encoding, Legacy, syllable::is_syllable};
use crate::FileError;

/// Distinct words that are looked at: enough for any file.
const WORDS: usize = 4_000;
/// How much of a text is looked at, in bytes.
const LOOKED_AT: usize = 4 << 20;
/// Share of words that must be Vietnamese for an encoding to be taken.
const LEAST_SHARE: f64 = 0.8;
/// Distinct Vietnamese words that must be there.
const LEAST_WORDS: usize = 2;

/// The text of bytes, and the encoding that it was in. For font encodings the text is what Windows-1252 makes of the
/// bytes: its cells must still be decoded. A byte-order mark is not part of the text.
///
/// # Errors
/// [`FileError::EncodingUnclear`] when the bytes are no UTF-8, nothing was declared, and no encoding or more than one
/// gives Vietnamese words.
pub(crate) fn decode(bytes: &[u8], declared: Option<Encoding>) -> Result<(Cow<'_, str>, Encoding), FileError> {
    let marked =
        [(&b"\xef\xbb\xbf"[..], Encoding::Utf8), (b"\xff\xfe", Encoding::Utf16Le), (b"\xfe\xff", Encoding::Utf16Be)];
    if let Some((mark, encoding)) = marked.into_iter().find(|(mark, _)| bytes.starts_with(mark)) {
        let text = in_encoding(&bytes[mark.len()..], encoding)?;
        // Letters of a font encoding may have been saved as Unicode ones.
        let encoding = declared.filter(|declared| declared.legacy().is_some()).unwrap_or(encoding);
        return Ok((text, encoding));
    }
    if let Some(declared) = declared {
        return match (declared.legacy(), std::str::from_utf8(bytes)) {
            (Some(_), Ok(text)) if !text.is_ascii() => Ok((Cow::Borrowed(text), declared)),
            _ => in_encoding(bytes, declared).map(|text| (text, declared)),
        };
    }
    if let Some(encoding) = unmarked_utf_16(bytes) {
        return in_encoding(bytes, encoding).map(|text| (text, encoding));
    }
    let at = match std::str::from_utf8(bytes) {
        Ok(text) => return Ok((Cow::Borrowed(text), Encoding::Utf8)),
        Err(error) => error.valid_up_to(),
    };
    let sample = &bytes[..bytes.len().min(LOOKED_AT)];
    if sample.contains(&0) {
        return Err(FileError::NotUtf8 { at });
    }
    let encoding = eight_bit(sample, at)?;
    in_encoding(bytes, encoding).map(|text| (text, encoding))
}

fn in_encoding(bytes: &[u8], encoding: Encoding) -> Result<Cow<'_, str>, FileError> {
    Ok(match encoding {
        Encoding::Utf8 => {
            Cow::Borrowed(std::str::from_utf8(bytes).map_err(|error| FileError::NotUtf8 { at: error.valid_up_to() })?)
        }
        Encoding::Utf16Le => UTF_16LE.decode_without_bom_handling(bytes).0,
        Encoding::Utf16Be => UTF_16BE.decode_without_bom_handling(bytes).0,
        // The code page has tones as letters of their own.
        Encoding::Windows1258 => Cow::Owned(WINDOWS_1258.decode_without_bom_handling(bytes).0.nfc().collect()),
        Encoding::Windows1252 | Encoding::Tcvn3 | Encoding::Vni => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    })
}

/// UTF-16 without its mark: of the letters, digits and separators of a table every second byte is zero.
fn unmarked_utf_16(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(1 << 16) & !1];
    let pairs = sample.len() / 2;
    if !bytes.len().is_multiple_of(2) || pairs < 4 {
        return None;
    }
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if pairs < 2 * odd && even * 50 < pairs {
        Some(Encoding::Utf16Le)
    } else if pairs < 2 * even && odd * 50 < pairs {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// How well a text fits an encoding.
struct Fit {
    encoding: Encoding,
    vietnamese: usize,
    words: usize,
    /// The decoded words, to see whether two encodings say the same.
    decoded: HashSet<String>,
}

impl Fit {
    fn of(encoding: Encoding, text: &str) -> Self {
        let decoded = marked_words(text);
        let vietnamese = decoded.iter().filter(|word| is_syllable(word)).count();
        Self { encoding, vietnamese, words: decoded.len(), decoded }
    }

    fn share(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a few thousand words")]
        let share = self.vietnamese as f64 / self.words.max(1) as f64;
        share
    }

    fn is_good(&self) -> bool {
        LEAST_WORDS <= self.vietnamese && LEAST_SHARE <= self.share()
    }
}

fn eight_bit(sample: &[u8], at: usize) -> Result<Encoding, FileError> {
    let western = WINDOWS_1252.decode_without_bom_handling(sample).0;
    let vietnamese: String = WINDOWS_1258.decode_without_bom_handling(sample).0.nfc().collect();
    let fits = [
        Fit::of(Encoding::Windows1258, &vietnamese),
        Fit::of(Encoding::Tcvn3, &Legacy::Tcvn3.decode(&western).text),
        Fit::of(Encoding::Vni, &Legacy::Vni.decode(&western).text),
    ];
    let unclear = || FileError::EncodingUnclear { at, readings: readings(sample) };
    let best = fits.iter().max_by(|a, b| a.share().total_cmp(&b.share())).ok_or_else(unclear)?;
    let says_otherwise = |other: &Fit| other.encoding != best.encoding && other.decoded != best.decoded;
    // Another encoding must be out of the question, not merely behind.
    let is_clear = fits.iter().filter(|fit| says_otherwise(fit)).all(|other| other.share() * 2.0 < best.share());
    if best.is_good() && is_clear { Ok(best.encoding) } else { Err(unclear()) }
}

/// What the first line with other letters would say in each encoding, for people to choose.
fn readings(sample: &[u8]) -> Vec<(Encoding, String)> {
    const CHARACTERS: usize = 60;
    let at = sample.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let from = sample[..at].iter().rposition(|byte| b"\r\n,;\t\"".contains(byte)).map_or(0, |end| end + 1);
    let to = sample[at..].iter().position(|byte| b"\r\n".contains(byte)).map_or(sample.len(), |end| at + end);
    [Encoding::Windows1258, Encoding::Tcvn3, Encoding::Vni, Encoding::Windows1252]
        .into_iter()
        .filter_map(|encoding| {
            let text = in_encoding(&sample[from..to], encoding).ok()?;
            let text = encoding.legacy().map_or_else(|| text.to_string(), |legacy| legacy.decode(&text).text);
            Some((encoding, text.chars().take(CHARACTERS).collect()))
        })
        .collect()
}

/// The font encoding whose letters were saved as Unicode ones; none where the text is Vietnamese as it stands, or
/// where there is too little of it to tell.
pub(crate) fn legacy_in_unicode<'a>(texts: impl IntoIterator<Item = &'a str>) -> Option<Encoding> {
    let mut sample = String::new();
    for text in texts.into_iter().filter(|text| !text.is_ascii()) {
        sample.push_str(text);
        sample.push('\n');
        if LOOKED_AT < sample.len() {
            break;
        }
    }
    let plain = Fit::of(Encoding::Utf8, &sample);
    let fits = [Legacy::Tcvn3, Legacy::Vni].map(|legacy| {
        let encoding = if legacy == Legacy::Tcvn3 { Encoding::Tcvn3 } else { Encoding::Vni };
        Fit::of(encoding, &legacy.decode(&sample).text)
    });
    let [first, second] = &fits;
    let (best, other) = if first.share() < second.share() { (second, first) } else { (first, second) };
    let is_clear = other.share() * 2.0 < best.share() && plain.share() * 2.0 < best.share();
    (best.is_good() && is_clear).then_some(best.encoding)
}

/// Distinct words with a letter beyond ASCII. A sign within a word makes a word that is none.
fn marked_words(text: &str) -> HashSet<String> {
    const BETWEEN_WORDS: &str = "–—“”‘’«»…•·°²³×½¼\u{a0}\u{feff}";
    let is_between = |letter: char| {
        letter.is_whitespace() || (letter.is_ascii() && !letter.is_ascii_alphabetic()) || BETWEEN_WORDS.contains(letter)
    };
    let mut seen = HashMap::new();
    for word in text.split(is_between).filter(|word| !word.is_ascii()) {
        *seen.entry(word.to_owned()).or_insert(0_u32) += 1;
        if WORDS <= seen.len() {
            break;
        }
    }
    seen.into_keys().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "ma;ten;ghi_chu\n1;Cột ăng ten Vĩnh Bảo;Đường Quốc lộ 10, thôn Đông\n2;Tuyến cống bể Nhân Hòa;phường, quận, huyện\n";

    fn tcvn3(text: &str) -> Vec<u8> {
        // Not through our own table: what a typist of 1998 has on disk.
        text.chars()
            .map(|letter| match letter {
                'ộ' => 0xe9,
                'ă' => 0xa8,
                'ĩ' => 0xdc,
                'ả' => 0xb6,
                'Đ' => 0xa7,
                'ư' => 0xad,
                'ờ' => 0xea,
                'ố' => 0xe8,
                'ô' => 0xab,
                'ế' => 0xd5,
                'ể' => 0xd3,
                'â' => 0xa9,
                'ò' => 0xdf,
                'ậ' => 0xcb,
                'ệ' => 0xd6,
                plain => u8::try_from(u32::from(plain)).unwrap(),
            })
            .collect()
    }

    fn vni(text: &str) -> Vec<u8> {
        let spelt = text
            .replace('ộ', "oä")
            .replace('ă', "aê")
            .replace('ĩ', "ó")
            .replace('ả', "aû")
            .replace('Đ', "Ñ")
            .replace('ư', "ö")
            .replace('ờ', "ôø")
            .replace('ố', "oá")
            .replace("thôn Đ", "thoân Ñ")
            .replace('ế', "eá")
            .replace('ể', "eå")
            .replace('â', "aâ")
            .replace('ò', "oø")
            .replace('ậ', "aä")
            .replace('ệ', "eä");
        spelt
            .replace("thôn", "thoân")
            .replace("Ñông", "Ñoâng")
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect()
    }

    fn cp1258(text: &str) -> Vec<u8> {
        // The code page has â, ă, ê, ô, ơ, ư whole and the five tones as marks of their own.
        text.chars()
            .flat_map(|letter| {
                let parts: Vec<char> = letter.to_string().nfd().collect();
                let tones: Vec<char> = parts
                    .iter()
                    .copied()
                    .filter(|part| "\u{300}\u{301}\u{303}\u{309}\u{323}".contains(*part))
                    .collect();
                let base: String = parts.iter().copied().filter(|part| !tones.contains(part)).nfc().collect();
                base.chars().chain(tones).collect::<Vec<_>>()
            })
            .flat_map(|letter| WINDOWS_1258.encode(&letter.to_string()).0.into_owned())
            .collect()
    }

    fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
    }

    /// The text as its cells will be read.
    fn read(bytes: &[u8], declared: Option<Encoding>) -> (String, Encoding) {
        let (text, encoding) = decode(bytes, declared).unwrap();
        let text = encoding.legacy().map_or_else(|| text.to_string(), |legacy| legacy.decode(&text).text);
        (text.nfc().collect(), encoding)
    }

    #[test]
    fn every_encoding_is_found_and_gives_the_same_text() {
        for (bytes, expected) in [
            (LONG.as_bytes().to_vec(), Encoding::Utf8),
            (format!("\u{feff}{LONG}").into_bytes(), Encoding::Utf8),
            (utf16(LONG, false, true), Encoding::Utf16Le),
            (utf16(LONG, true, true), Encoding::Utf16Be),
            (utf16(LONG, false, false), Encoding::Utf16Le),
            (utf16(LONG, true, false), Encoding::Utf16Be),
            (cp1258(LONG), Encoding::Windows1258),
            (tcvn3(LONG), Encoding::Tcvn3),
            (vni(LONG), Encoding::Vni),
        ] {
            assert_eq!(read(&bytes, None), (LONG.to_owned(), expected), "{expected}");
        }
    }

    #[test]
    fn two_words_are_enough_and_one_is_asked_about() {
        for (bytes, expected) in [
            (cp1258("Vĩnh Bảo"), Encoding::Windows1258),
            (tcvn3("Vĩnh Bảo"), Encoding::Tcvn3),
            (vni("Vĩnh Bảo"), Encoding::Vni),
        ] {
            assert_eq!(read(&bytes, None), ("Vĩnh Bảo".to_owned(), expected));
        }
        for bytes in [
            tcvn3("Bảo"),
            vni("Bảo"),
            cp1258("Bảo"),
            b"caf\xe9 cr\xe8me br\xfbl\xe9e \xe0 Gen\xe8ve".to_vec(),
            vec![0xff; 9],
        ] {
            let Err(FileError::EncodingUnclear { readings, .. }) = decode(&bytes, None) else { panic!("{bytes:?}") };
            assert_eq!(readings.len(), 4);
        }
        assert_eq!(read(&tcvn3("Bảo"), Some(Encoding::Tcvn3)).0, "Bảo");
        assert_eq!(read(&vni("Bảo"), Some(Encoding::Vni)).0, "Bảo");
        assert_eq!(read(&cp1258("Bảo"), Some(Encoding::Windows1258)).0, "Bảo");
        assert_eq!(read(b"caf\xe9", Some(Encoding::Windows1252)).0, "café");
    }

    #[test]
    fn font_letters_saved_as_unicode_are_found_and_good_vietnamese_is_left_alone() {
        for (texts, expected) in [
            (&["VÜnh B¶o", "§\u{ad}êng Quèc lé"][..], Some(Encoding::Tcvn3)),
            (&["Vónh Baûo", "Ñöôøng Quoác loä"], Some(Encoding::Vni)),
            (&["Vĩnh Bảo", "Đường Quốc lộ"], None),
            (&["Xí nghiệp", "lá, bò, dê"], None),
            (&["plain", "Müller & Söhne"], None),
            (&["B¶o"], None),
            (&[], None),
        ] {
            assert_eq!(legacy_in_unicode(texts.iter().copied()), expected, "{texts:?}");
        }
    }
}
