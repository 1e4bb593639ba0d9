//! Numbers and names inside sentences: a decimal comma in Vietnamese, a point in English.

use hatang_core::{Asset, AssetClass, Document, Measured, Metres, Sight, Text, plan::Layer};
use jiff::civil::Date;

/// A number with at most so many decimals, without trailing zeros.
pub(crate) fn number(value: f64, decimals: usize) -> Text {
    let fixed = format!("{value:.decimals$}");
    let plain = if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.') } else { &fixed };
    Text::new(plain.replace('.', ","), plain)
}

/// A whole number in groups of three digits: `79.258` in Vietnamese, `79,258` in English.
pub(crate) fn grouped(value: u32) -> Text {
    let digits = value.to_string();
    let mut english = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if 0 < index && (digits.len() - index).is_multiple_of(3) {
            english.push(',');
        }
        english.push(digit);
    }
    Text::new(english.replace(',', "."), english)
}

/// Several things in one breath.
pub(crate) fn list(parts: &[Text]) -> Text {
    let joined = |word: fn(&Text) -> &str, and: &str| {
        let words: Vec<&str> = parts.iter().map(word).collect();
        match words.split_last() {
            Some((last, before)) if !before.is_empty() => format!("{} {and} {last}", before.join(", ")),
            _ => words.concat(),
        }
    };
    Text::new(joined(|text| &text.vi, "và"), joined(|text| &text.en, "and"))
}

/// A length: to the decimetre, or to the centimetre below one metre.
pub(crate) fn metres(length: Metres) -> Text {
    with_unit(&number(length.get(), decimals(length)))
}

/// A length of a design and the bound that it is compared with, as finely as it takes to tell them apart: to the
/// millimetre, in which they are compared.
pub(crate) fn compared(length: Metres, bound: Metres) -> [Text; 2] {
    let written = |least: usize| [length, bound].map(|one| with_unit(&number(one.get(), decimals(one).max(least))));
    (1..=3).map(written).find(|[length, bound]| length != bound).unwrap_or_else(|| written(1))
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

/// What follows the name of a structure that is only decided.
pub(crate) fn mark_of_decided(is_decided: bool) -> Text {
    if is_decided { Text::new(" (đã quy hoạch, chưa xây)", " (decided, not built)") } else { Text::default() }
}

/// What a viewer may call an asset: the public sees no codes.
pub(crate) fn label_seen(sight: &Sight<'_>) -> String {
    if sight.is_generalised() { anonymous(sight.asset()) } else { label(sight.asset()) }
}

fn anonymous(asset: &Asset) -> String {
    let id = asset.id.to_string();
    format!("…{}", id.get(24..).unwrap_or(&id))
}

/// A day as Vietnamese papers write it.
pub(crate) fn date_vi(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// So many boxes.
pub(crate) fn boxes(count: u32) -> Text {
    let noun = if count == 1 { "box" } else { "boxes" };
    Text::new(format!("{count} tủ, hộp"), format!("{count} {noun}"))
}

/// What one line of a layer is called.
pub(crate) fn layer(layer: Layer) -> Text {
    let (vi, en) = match layer {
        Layer::Roads => ("đường bộ", "road"),
        Layer::Dykes => ("đê", "dyke"),
        Layer::Canals => ("kênh thủy lợi", "irrigation canal"),
        Layer::Waterways => ("luồng đường thủy", "waterway"),
        Layer::Railways => ("đường sắt", "railway"),
        Layer::PowerLines => ("đường dây điện", "power line"),
        Layer::Bridges => ("cầu", "bridge"),
        Layer::WaterPipes => ("ống cấp nước", "water pipe"),
    };
    Text::new(vi, en)
}

/// What a zone is called by its word in the plan; the list is open, so a word that is not known stays as it was entered.
pub(crate) fn zone(word: &str) -> Text {
    let (vi, en) = match word {
        "urban" => ("khu vực đô thị", "urban area"),
        "a1_only" => ("khu vực chỉ cho cột ăng ten không cồng kềnh (A1)", "zone for small masts (A1) only"),
        "no_new_poles" => ("khu vực không trồng cột treo cáp mới", "zone without new poles"),
        "mast_land" => ("đất quy hoạch cho cột ăng ten", "land zoned for masts"),
        "aerodrome_2a" => ("vùng 2a quanh sân bay", "aerodrome area 2a"),
        "aerodrome_2b" => ("vùng 2b quanh sân bay", "aerodrome area 2b"),
        "aerodrome_2c" => ("vùng 2c quanh sân bay", "aerodrome area 2c"),
        "obstacle_surface" => ("bề mặt giới hạn chướng ngại vật hàng không", "obstacle limitation surface"),
        "military_height_zone" => ("khu vực giới hạn độ cao quân sự", "military height zone"),
        "aeronautical_radio_zone" => {
            ("hành lang đài vô tuyến hàng không", "surroundings of an aeronautical radio site")
        }
        "military_approach" => ("vùng tiếp cận sân bay quân sự", "approach of a military strip"),
        other => (other, other),
    };
    Text::new(vi, en)
}

/// One line of a layer, with its name where it has one.
pub(crate) fn line_of(of: Layer, name: Option<&str>) -> Text {
    let word = layer(of);
    if let Some(name) = name {
        return Text::new(format!("{} “{name}”", word.vi), format!("the {} “{name}”", word.en));
    }
    let article = if word.en.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    Text::new(word.vi, format!("{article} {}", word.en))
}

/// What a class is called.
pub(crate) fn class(class: AssetClass) -> Text {
    let (vi, en) = match class {
        AssetClass::Mast => ("cột ăng ten", "mast"),
        AssetClass::RadioStation => ("trạm phát sóng", "radio station"),
        AssetClass::Pole => ("cột treo cáp", "pole"),
        AssetClass::AerialRoute => ("tuyến cáp treo", "aerial route"),
        AssetClass::Duct => ("tuyến cống", "duct"),
        AssetClass::Manhole => ("bể cáp", "manhole"),
        AssetClass::Trench => ("hào, tuy nen", "trench"),
        AssetClass::Cabinet => ("tủ cáp", "cabinet"),
        AssetClass::Host => ("công trình ngành khác", "structure of another sector"),
    };
    Text::new(vi, en)
}

/// What a document is called.
pub(crate) fn document(document: Document) -> Text {
    let (vi, en) = match document {
        Document::SharingRequests => ("văn bản yêu cầu dùng chung đã gửi", "the sharing requests sent"),
        Document::OwnerAnswers => ("trả lời của các chủ sở hữu", "the owners' answers"),
        Document::Classification => ("phân loại dùng chung hay độc lập", "the class, shared or own"),
        Document::Position => ("vị trí", "the position"),
        Document::Form => ("hình thức công trình", "the form"),
        Document::MainSpecs => ("thông số chính", "the main specifications"),
        Document::Schedule => ("tiến độ", "the schedule"),
        Document::CoverageNeed => ("thuyết minh nhu cầu phủ sóng", "the coverage need"),
        Document::PoleOwnerConsent => ("chấp thuận của chủ sở hữu cột", "the consent of the poles' owner"),
        Document::IdentificationMarks => ("phương án gắn thẻ nhận biết cáp", "how the cables are marked"),
        Document::WaterwayClearanceDrawing => {
            ("bản vẽ điểm thấp nhất so với tĩnh không thông thuyền", "a drawing of the lowest point over the waterway")
        }
        Document::ConcreteCover => ("lớp bê tông bảo vệ", "a concrete cover"),
        Document::EmfCertificate => {
            ("giấy chứng nhận kiểm định trường điện từ", "a certificate on electromagnetic fields")
        }
        Document::LightningProtection => ("chống sét theo tiêu chuẩn", "lightning protection to standard"),
        Document::DisasterLevel4 => {
            ("chịu thiên tai cấp 4 và có nguồn dự phòng", "resistance to disasters of level 4 with backup power")
        }
    };
    Text::new(vi, en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_and_its_bound_are_written_alike_only_when_they_are_the_same() {
        for (length, bound, vi, en) in [
            (5.4, 5.5, ["5,4 m", "5,5 m"], ["5.4 m", "5.5 m"]),
            (5.46, 5.5, ["5,46 m", "5,5 m"], ["5.46 m", "5.5 m"]),
            (5.499, 5.5, ["5,499 m", "5,5 m"], ["5.499 m", "5.5 m"]),
            (99.96, 100.0, ["99,96 m", "100 m"], ["99.96 m", "100 m"]),
            (0.499, 0.5, ["0,499 m", "0,5 m"], ["0.499 m", "0.5 m"]),
            (8.2 - 6.2, 2.0, ["2 m", "2 m"], ["2 m", "2 m"]),
            (3.0, 3.0, ["3 m", "3 m"], ["3 m", "3 m"]),
        ] {
            let written = compared(Metres::computed(length), Metres::computed(bound));
            assert_eq!(written.each_ref().map(|text| text.vi.as_str()), vi);
            assert_eq!(written.each_ref().map(|text| text.en.as_str()), en);
        }
    }

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
