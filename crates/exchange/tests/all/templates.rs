//! The workbooks that offices fill in.

use std::collections::BTreeMap;

use calamine::{Data, Reader as _, Xlsx};
use hatang_core::{AssetClass, asset::Lifecycle};
use hatang_exchange::{Severity, read_assets, write_template};
use rust_xlsxwriter::Workbook;

use crate::{ids, options};

/// The rows of a template's first sheet.
fn rows(class: AssetClass, planned: bool) -> Vec<Vec<String>> {
    let mut bytes = Vec::new();
    write_template(class, planned, &mut bytes).unwrap();
    let mut workbook: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    let range = workbook.worksheet_range("Dữ liệu").unwrap();
    let text = |cell: &Data| cell.to_string();
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

/// The template with rows filled in, as a person leaves it: the head and the example stay.
fn filled(class: AssetClass, planned: bool, people: &[BTreeMap<&str, &str>]) -> Vec<u8> {
    let rows = rows(class, planned);
    let names = rows[2].clone();
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in (0..).zip(&rows) {
        for (column, text) in (0..).zip(cells) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    for (row, values) in (5..).zip(people) {
        for (field, value) in values {
            let column = names.iter().position(|name| name == field).unwrap_or_else(|| panic!("{field}"));
            sheet.write_string(row, u16::try_from(column).unwrap(), *value).unwrap();
        }
    }
    workbook.add_worksheet().set_name("Danh mục").unwrap().write_string(0, 0, "status").unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_template_that_is_handed_back_untouched_holds_no_rows() {
    for class in AssetClass::ALL {
        for planned in [false, true] {
            let mut bytes = Vec::new();
            write_template(*class, planned, &mut bytes).unwrap();
            let import = read_assets("mau.xlsx", &bytes, &options(*class), ids()).unwrap();
            assert_eq!((import.report.rows_total, import.assets.len()), (0, 0), "{class}");
            assert_eq!(import.report.template.as_ref().unwrap().planned, planned);
            let severe = import.report.findings.iter().any(|finding| finding.severity != Severity::Info);
            assert!(!severe, "{class}: {:?}", import.report.findings);
        }
    }
}

#[test]
fn a_template_that_is_filled_in_comes_in() {
    let row = BTreeMap::from([
        ("code", "VD-1"),
        ("lon", "106,480001"),
        ("lat", "20.690001"),
        ("height_m", "36,5"),
        ("on_building", "không"),
        ("built_on", "2019-06-01"),
        ("tenants", "vnpt; mobifone"),
        ("slots_total", "3"),
        ("slots_used_null", "not_surveyed"),
        ("note", "ghi chú của xã"),
    ]);
    let wrong = BTreeMap::from([("code", "VD-2"), ("lon", "106,48"), ("lat", "20,69"), ("mast_class", "A9")]);
    for (planned, status) in [(false, Lifecycle::Unknown), (true, Lifecycle::Planned)] {
        let bytes = filled(AssetClass::Mast, planned, &[row.clone(), wrong.clone()]);
        let import = read_assets("mau.xlsx", &bytes, &options(AssetClass::Mast), ids()).unwrap();
        assert_eq!(import.assets.len(), 1, "{:?}", import.report.findings);
        let asset = serde_json::to_value(&import.assets[0].asset).unwrap();
        assert_eq!(asset["height_m"], 36.5);
        assert_eq!(asset["on_building"], false);
        assert_eq!(asset["note"], "ghi chú của xã");
        assert_eq!(asset["nulls"]["slots_used"], "not_surveyed");
        assert_eq!(import.assets[0].asset.tenants.len(), 2);
        assert_eq!(import.assets[0].asset.status, status);
        assert_eq!(import.assets[0].rows, [6], "the row that the spreadsheet shows");
        let error = import.report.findings.iter().find(|finding| finding.severity == Severity::Error).unwrap();
        assert_eq!(
            (error.row, error.field.as_deref(), error.value.as_deref()),
            (Some(7), Some("mast_class"), Some("A9"))
        );
    }
}

#[test]
fn a_template_of_another_class_is_refused() {
    let mut bytes = Vec::new();
    write_template(AssetClass::Pole, false, &mut bytes).unwrap();
    let refused = read_assets("mau.xlsx", &bytes, &options(AssetClass::Mast), ids()).unwrap_err();
    assert_eq!((refused.code(), refused.value().as_deref()), ("file.other_template", Some("pole")));
}

#[test]
fn a_template_has_lists_to_choose_from() {
    let mut bytes = Vec::new();
    write_template(AssetClass::Duct, false, &mut bytes).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut sheet = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut sheet).unwrap();
    assert!(sheet.contains("<dataValidations count="), "no drop-down lists");
    assert!(sheet.contains("Danh mục"), "the lists are on their own sheet");
}
