//! Letters in every encoding that Vietnamese offices still have files in.

use hatang_core::AssetClass;
use hatang_exchange::{DecimalMark, Encoding, FileError, ImportOptions, Severity, read_assets};

use crate::{ids, import, options, rules};

const HEAD: &str = "lon;lat;code;status;source;note\n";

fn table(source: &str, note: &str) -> String {
    format!("{HEAD}106,48;20,69;A1;planned;{source};{note}\n106,49;20,69;A2;planned;{source};{note}\n")
}

/// What a program of the nineties has on disk: each letter is the byte of its place in Windows-1252.
fn eight_bit(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect()
}

#[test]
fn each_encoding_is_found_said_and_converted() {
    let plain = table("Hồ sơ xã Vĩnh Bảo", "cột ăng ten cũ");
    let utf16: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding, told) in [
        (plain.clone().into_bytes(), Encoding::Utf8, false),
        ([b"\xff\xfe".to_vec(), utf16.clone()].concat(), Encoding::Utf16Le, true),
        (utf16, Encoding::Utf16Le, true),
        (eight_bit(&table("Hå s¬ x· VÜnh B¶o", "cét \u{a8}ng ten cò")), Encoding::Tcvn3, true),
        (eight_bit(&table("Hoà sô xaõ Vónh Baûo", "coät aêng ten cuõ")), Encoding::Vni, true),
        (
            eight_bit(&table(
                "H\u{f4}\u{cc} s\u{f5} xa\u{de} Vi\u{de}nh Ba\u{d2}o",
                "c\u{f4}\u{f2}t \u{e3}ng ten cu\u{de}",
            )),
            Encoding::Windows1258,
            true,
        ),
    ] {
        let import = read_assets("a.csv", &bytes, &options(AssetClass::Mast), ids()).unwrap();
        assert_eq!(import.report.encoding, encoding);
        let asset = &import.assets[1].asset;
        assert_eq!(asset.source.as_deref(), Some("Hồ sơ xã Vĩnh Bảo"), "{encoding}");
        assert_eq!(asset.note.as_deref(), Some("cột ăng ten cũ"), "{encoding}");
        let says = import.report.findings.iter().any(|finding| finding.message.en.contains(encoding.code()));
        assert_eq!(says, told, "{encoding}: {:?}", import.report.findings);
    }
}

#[test]
fn what_is_not_clear_is_asked_with_each_reading_and_a_declaration_answers() {
    let bytes = eight_bit(&table("B¶o", ""));
    let asked = read_assets("a.csv", &bytes, &options(AssetClass::Mast), ids()).unwrap_err();
    let FileError::EncodingUnclear { readings, .. } = &asked else { panic!("{asked}") };
    assert!(
        readings.iter().any(|(encoding, text)| *encoding == Encoding::Tcvn3 && text.contains("Bảo")),
        "{readings:?}"
    );
    assert_eq!(asked.code(), "file.encoding_unclear");
    assert!(asked.text().vi.contains("--encoding"));

    let declared = ImportOptions { encoding: Some(Encoding::Tcvn3), ..options(AssetClass::Mast) };
    let import = read_assets("a.csv", &bytes, &declared, ids()).unwrap();
    assert_eq!(import.assets[0].asset.source.as_deref(), Some("Bảo"));
}

#[test]
fn rows_that_a_decoding_may_have_got_wrong_are_listed() {
    let bytes = eight_bit(&format!(
        "{HEAD}106,48;20,69;A1;planned;x· VÜnh B¶o;Phßng Kinh tÕ\n106,49;20,69;A2;planned;X· VÜNH B¶O;cét\n106,50;20,69;A3;planned;l\u{af};®\u{ad}êng\n"
    ));
    let import = read_assets("a.csv", &bytes, &options(AssetClass::Mast), ids()).unwrap();
    let warned: Vec<_> = import
        .report
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Warning)
        .map(|finding| (finding.row, finding.field.as_deref(), finding.value.as_deref()))
        .collect();
    assert_eq!(warned, [(Some(3), Some("source"), Some("XÃ VĨNH BẢO")), (Some(4), Some("source"), Some("l\u{fffd}"))]);
    assert_eq!(import.assets[1].asset.source.as_deref(), Some("XÃ VĨNH BẢO"));
}

#[test]
fn letters_written_apart_are_composed_and_counted() {
    let import = import("a.csv", &table("Vi\u{303}nh Ba\u{309}o", ""), &options(AssetClass::Mast));
    assert_eq!(import.assets[0].asset.source.as_deref(), Some("Vĩnh Bảo"));
    assert_eq!(rules(&import), ["info domain"]);
    assert!(import.report.findings[0].message.en.starts_with("2 rows have marks written apart"));
}

#[test]
fn font_letters_inside_unicode_files_are_found_too() {
    let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[106.48,20.69]},
        "properties":{"code":"A","status":"planned","source":"VÜnh B¶o","note":"Phßng Kinh tÕ"}}]}"#;
    let import = import("a.geojson", text, &options(AssetClass::Mast));
    assert_eq!(import.report.encoding, Encoding::Tcvn3);
    assert_eq!(import.assets[0].asset.source.as_deref(), Some("Vĩnh Bảo"));
}

#[test]
fn a_number_that_may_mean_two_things_refuses_its_row_until_the_mark_is_declared() {
    let text = "lon;lat;code;status;height_m\n106,480;20,69;A;planned;36,5\n106,49;20,69;B;planned;1,234\n106,50;20,69;C;planned;1.234,5\n106,51;20,69;D;planned;1.234\n";
    let asked = import("a.csv", text, &options(AssetClass::Mast));
    let refused: Vec<_> =
        asked.report.findings.iter().map(|finding| (finding.row, finding.message.en.as_str())).collect();
    let sentence = "the decimal mark is not clear: declare --decimal comma or --decimal point";
    assert_eq!(refused, [(Some(3), sentence), (Some(4), sentence), (Some(5), sentence)]);

    let declared = ImportOptions { decimal: Some(DecimalMark::Comma), ..options(AssetClass::Mast) };
    let import = import("a.csv", text, &declared);
    let heights: Vec<_> = import
        .assets
        .iter()
        .map(|read| serde_json::to_value(&read.asset).unwrap()["height_m"].as_f64().unwrap())
        .collect();
    assert_eq!(heights, [36.5, 1.234, 1_234.5, 1_234.0]);
}
