//! The workbook of a class: headings in Vietnamese, a row of stable names, drop-down lists, notes, and an example that
//! imports leave out.

use std::io::Write;

use hatang_core::{AssetClass, NullReason};
use rust_xlsxwriter::{Color, DataValidation, Format, Formula, Worksheet, XlsxError};

use super::{FIELDS, TemplateMark, labels};
use crate::{
    export::ExportError,
    fields::{self, FieldInfo},
};

/// Rows that drop-down lists reach to.
const ROWS: u32 = 20_000;
/// The rows before the first that is filled in.
const HEAD_ROWS: u32 = 5;
const DATA: &str = "Dữ liệu";
const LISTS: &str = "Danh mục";
const HELP: &str = "Hướng dẫn";

/// One column of a template.
pub(crate) struct TemplateColumn {
    pub(crate) field: String,
    info: Option<FieldInfo>,
}

/// The columns of a class's template: every editable field, the place, and the reason for each empty value.
pub(crate) fn columns(class: AssetClass) -> Vec<TemplateColumn> {
    let place: &[&str] = if class.is_point() { &["lon", "lat", "n", "e"] } else { &["wkt"] };
    let described = fields::described(class);
    let mut columns: Vec<TemplateColumn> = Vec::new();
    let plain = |field: &str| TemplateColumn { field: field.to_owned(), info: None };
    let find = |name: &str| described.iter().find(|field| field.name == name).cloned();
    columns.push(TemplateColumn { field: "code".to_owned(), info: find("code") });
    columns.extend(place.iter().map(|field| plain(field)));
    columns.push(plain("tenants"));
    for field in described.iter().filter(|field| field.name != "code") {
        columns.push(TemplateColumn { field: field.name.to_owned(), info: Some(field.clone()) });
    }
    for field in described.iter().filter(|field| field.name != "code" && field.name != "status") {
        columns.push(TemplateColumn { field: format!("{}_null", field.name), info: None });
    }
    columns
}

/// Writes the template of a class, for what stands or for planned objects.
///
/// # Errors
/// [`ExportError`] when the writer fails.
pub fn write_template(class: AssetClass, planned: bool, mut out: impl Write) -> Result<(), ExportError> {
    let mark = TemplateMark { class: class.code().to_owned(), planned };
    let mut workbook = crate::timeless::workbook().map_err(library)?;
    let columns = columns(class);
    let lists = lists(&columns);
    data_sheet(workbook.add_worksheet(), class, &mark, &columns, &lists).map_err(library)?;
    lists_sheet(workbook.add_worksheet(), &lists).map_err(library)?;
    help_sheet(workbook.add_worksheet(), class, planned).map_err(library)?;
    out.write_all(&workbook.save_to_buffer().map_err(library)?)?;
    Ok(())
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn library(error: XlsxError) -> ExportError {
    ExportError::library(&error)
}

/// A field that has one, and its words.
type List = (String, Vec<&'static str>);

fn lists(columns: &[TemplateColumn]) -> Vec<List> {
    let mut lists: Vec<List> = columns
        .iter()
        .filter_map(|column| column.info.as_ref().map(|info| (column.field.clone(), info.words.clone())))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    lists.push(("_null".to_owned(), NullReason::ALL.iter().map(|reason| reason.code()).collect()));
    lists
}

fn data_sheet(
    sheet: &mut Worksheet,
    class: AssetClass,
    mark: &TemplateMark,
    columns: &[TemplateColumn],
    lists: &[List],
) -> Result<(), XlsxError> {
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_background_color(Color::RGB(0x00dc_e6f0))
        .set_border(rust_xlsxwriter::FormatBorder::Thin);
    let small = Format::new().set_font_color(Color::RGB(0x0057_606a)).set_font_size(9).set_text_wrap();
    let example = Format::new().set_italic().set_font_color(Color::RGB(0x0057_606a));
    sheet.set_name(DATA)?;
    sheet.set_freeze_panes(HEAD_ROWS, 2)?;
    sheet.set_column_width(0, 10)?;
    sheet.set_row_height(1, 48)?;
    sheet.write_string_with_format(0, 0, mark.cell(), &small)?;
    for (row, first) in (1..).zip(["#", FIELDS, "# ghi chú", "# ví dụ"]) {
        sheet.write_string_with_format(row, 0, first, &small)?;
    }
    for (index, column) in (1..).zip(columns) {
        let base = column.field.strip_suffix("_null");
        let label = labels::of(class, base.unwrap_or(&column.field));
        let (vi, note, shown) = match (base, label) {
            (None, Some(label)) => (label.vi.to_owned(), label.note, label.example),
            (Some(_), Some(label)) => (format!("Lý do trống: {}", label.vi), "khi ô tương ứng để trống", ""),
            (_, None) => (column.field.clone(), "", ""),
        };
        let shown = if mark.planned && column.field == "status" { "planned" } else { shown };
        sheet.set_column_width(index, 18)?;
        sheet.write_string_with_format(1, index, vi, &heading)?;
        sheet.write_string_with_format(2, index, &column.field, &small)?;
        sheet.write_string_with_format(3, index, note, &small)?;
        sheet.write_string_with_format(4, index, shown, &example)?;
        let list = if base.is_some() { "_null" } else { &column.field };
        let several = column.info.as_ref().is_some_and(|info| info.is_list);
        if let Some(position) = lists.iter().position(|(field, _)| field == list).filter(|_| !several) {
            let words = &lists[position].1;
            let letter = column_letter(position);
            let range = format!("='{LISTS}'!${letter}$2:${letter}${}", words.len() + 1);
            let validation = DataValidation::new()
                .allow_list_formula(Formula::new(range))
                .set_error_title("Không có trong danh mục")?
                .set_error_message("Hãy chọn một giá trị trong danh mục, hoặc để trống và ghi lý do.")?;
            sheet.add_data_validation(HEAD_ROWS, index, ROWS, index, &validation)?;
        }
    }
    Ok(())
}

fn column_letter(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index + 1;
    while 0 < rest {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

fn lists_sheet(sheet: &mut Worksheet, lists: &[List]) -> Result<(), XlsxError> {
    sheet.set_name(LISTS)?;
    for (column, (field, words)) in (0..).zip(lists) {
        sheet.set_column_width(column, 22)?;
        sheet.write_string(0, column, field)?;
        for (row, word) in (1..).zip(words) {
            sheet.write_string(row, column, *word)?;
        }
    }
    Ok(())
}

fn help_sheet(sheet: &mut Worksheet, class: AssetClass, planned: bool) -> Result<(), XlsxError> {
    sheet.set_name(HELP)?;
    sheet.set_column_width(0, 110)?;
    let layer = if planned { "quy hoạch, dự kiến" } else { "hiện trạng" };
    let lines = [
        format!("Mẫu kê khai hạ tầng viễn thông thụ động: {class}, {layer}."),
        "Điền từ hàng 6 của trang «Dữ liệu». Không sửa hàng 1 và hàng 3: hệ thống nhận biết mẫu qua hai hàng này."
            .to_owned(),
        "Hàng có dấu # ở cột đầu (ghi chú, ví dụ) không được nhập.".to_owned(),
        "Không biết giá trị thì để trống và chọn lý do ở cột «Lý do trống»; không điền 0 thay cho «không biết»."
            .to_owned(),
        "Số thập phân: dấu phẩy hoặc dấu chấm. Số như 1,234 hoặc 1.234,5 không rõ nghĩa sẽ được hỏi lại.".to_owned(),
        "Vị trí điểm: điền kinh độ, vĩ độ WGS 84; hoặc X (bắc), Y (đông) VN-2000 và khai hệ tọa độ khi nhập."
            .to_owned(),
        "Điền cả hai thì hệ thống đối chiếu hai vị trí với nhau.".to_owned(),
        "Import: fill from row 6; rows with # in the first column are left out; do not change rows 1 and 3.".to_owned(),
    ];
    for (row, line) in (0..).zip(lines) {
        sheet.write_string(row, 0, line)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_editable_field_of_every_class_has_a_column_with_a_heading() {
        for class in AssetClass::ALL {
            let columns = columns(*class);
            let has = |field: &str| columns.iter().any(|column| column.field == field);
            for field in fields::names(*class) {
                assert!(has(field), "{class}: no column for `{field}`");
                assert!(labels::of(*class, field).is_some(), "{class}: no heading for `{field}`");
                assert!(
                    field == "code" || field == "status" || has(&format!("{field}_null")),
                    "{class}: `{field}_null`"
                );
            }
            for column in &columns {
                let field = column.field.strip_suffix("_null").unwrap_or(&column.field);
                assert!(labels::of(*class, field).is_some(), "{class}: no heading for `{field}`");
            }
        }
    }

    #[test]
    fn columns_are_lettered_as_a_spreadsheet_does() {
        for (index, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")] {
            assert_eq!(column_letter(index), letters);
        }
    }
}
