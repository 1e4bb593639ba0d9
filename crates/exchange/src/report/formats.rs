//! A report as a page, a table, a workbook and JSON.

use std::io::Write;

use rust_xlsxwriter::{Color, Format as CellFormat, XlsxError};

use super::{Finding, Report, Severity};
use crate::export::ExportError;

/// The formats that a report is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// For programs.
    Json,
    /// For reading and printing.
    Html,
    /// Findings as rows, UTF-8 with a byte-order mark.
    Csv,
    /// Findings as rows, and a sheet that sums up.
    Xlsx,
}

impl ReportFormat {
    /// Every format.
    pub const ALL: &'static [Self] = &[Self::Json, Self::Html, Self::Csv, Self::Xlsx];

    /// How the names of its files end.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format whose files end so.
    #[must_use]
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.ending() == ending)
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Html => "text/html; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// Writes a report. Every format has each sentence in Vietnamese and in English.
///
/// # Errors
/// [`ExportError`] when the writer fails.
pub fn write_report(report: &Report, format: ReportFormat, out: impl Write) -> Result<(), ExportError> {
    match format {
        ReportFormat::Json => serde_json::to_writer_pretty(out, report).map_err(|error| ExportError::library(&error)),
        ReportFormat::Html => write_html(report, out),
        ReportFormat::Csv => write_csv(report, out),
        ReportFormat::Xlsx => write_xlsx(report, out),
    }
}

impl Severity {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Error => ("Lỗi: hàng bị từ chối", "Error: the row is refused"),
            Self::Warning => ("Cảnh báo: cần xem lại", "Warning: somebody should look"),
            Self::Info => ("Thông tin", "Information"),
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// What stands above the findings: in Vietnamese, in English, and the value.
fn summary(report: &Report) -> Vec<(&'static str, &'static str, String)> {
    let check = &report.crs_check.message;
    let mut lines = vec![
        ("Tệp", "File", report.file.clone()),
        ("Định dạng", "Format", report.format.code().to_owned()),
        ("Bảng mã", "Encoding", report.encoding.to_string()),
        ("Hệ tọa độ", "Reference system", report.crs.clone()),
        ("Kiểm tra hệ tọa độ", "Check of the reference system", format!("{} / {}", check.vi, check.en)),
    ];
    if let Some(pairs) = &report.pair_check {
        lines.push(("Cặp tọa độ", "Pairs", format!("{} / {}", pairs.message.vi, pairs.message.en)));
    }
    for correction in &report.crs_check.corrections {
        lines.push((
            "Đề nghị sửa",
            "Suggested correction",
            format!("{} / {}", correction.title.vi, correction.title.en),
        ));
    }
    lines.extend([
        ("Số hàng", "Rows", report.rows_total.to_string()),
        ("Được nhận", "Accepted", report.rows_accepted.to_string()),
        ("Bị từ chối", "Refused", report.rows_refused.to_string()),
        ("Công trình", "Assets", report.assets.to_string()),
    ]);
    for more in &report.more {
        let kind = format!("{} {}: {}", more.severity.code(), more.rule.code(), more.count);
        lines.push(("Không liệt kê thêm", "Not listed", kind));
    }
    lines
}

const HEADINGS: [(&str, &str); 7] = [
    ("Hàng", "Row"),
    ("Mức độ", "Severity"),
    ("Quy tắc", "Rule"),
    ("Trường", "Field"),
    ("Giá trị", "Value"),
    ("Nội dung", "Vietnamese"),
    ("Nội dung tiếng Anh", "English"),
];

fn cells(finding: &Finding) -> [String; 7] {
    [
        finding.row.map_or_else(String::new, |row| row.to_string()),
        finding.severity.code().to_owned(),
        finding.rule.code().to_owned(),
        finding.field.clone().unwrap_or_default(),
        finding.value.clone().unwrap_or_default(),
        finding.message.vi.clone(),
        finding.message.en.clone(),
    ]
}

fn write_csv(report: &Report, mut out: impl Write) -> Result<(), ExportError> {
    out.write_all(b"\xef\xbb\xbf")?;
    let mut writer = csv::Writer::from_writer(out);
    let library = |error: csv::Error| ExportError::library(&error);
    writer.write_record(["row", "severity", "rule", "field", "value", "message_vi", "message_en"]).map_err(library)?;
    for finding in &report.findings {
        let inert = |text: String| if crate::value::is_formula(&text) { format!("'{text}") } else { text };
        writer.write_record(cells(finding).map(inert)).map_err(library)?;
    }
    writer.flush()?;
    Ok(())
}

fn write_xlsx(report: &Report, mut out: impl Write) -> Result<(), ExportError> {
    let library = |error: XlsxError| ExportError::library(&error);
    let heading = CellFormat::new().set_bold().set_background_color(Color::RGB(0x00e8_eef4)).set_text_wrap();
    let wrapped = CellFormat::new().set_text_wrap();
    let mut workbook = crate::timeless::workbook().map_err(library)?;
    let sheet = workbook.add_worksheet();
    sheet.set_name("Tóm tắt").map_err(library)?;
    sheet.set_column_width(0, 28).map_err(library)?;
    sheet.set_column_width(1, 28).map_err(library)?;
    sheet.set_column_width(2, 90).map_err(library)?;
    for (row, (vi, en, value)) in (0..).zip(summary(report)) {
        sheet.write_string_with_format(row, 0, vi, &heading).map_err(library)?;
        sheet.write_string_with_format(row, 1, en, &heading).map_err(library)?;
        sheet.write_string_with_format(row, 2, value, &wrapped).map_err(library)?;
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name("Kết quả từng hàng").map_err(library)?;
    sheet.set_freeze_panes(1, 0).map_err(library)?;
    for (column, (vi, en)) in (0..).zip(HEADINGS) {
        sheet.set_column_width(column, if column < 5 { 14 } else { 60 }).map_err(library)?;
        sheet.write_string_with_format(0, column, format!("{vi} / {en}"), &heading).map_err(library)?;
    }
    for (row, finding) in (1..).zip(&report.findings) {
        for (column, text) in (0..).zip(cells(finding)) {
            match (column, finding.row) {
                (0, Some(number)) => sheet.write_number(row, 0, number).map_err(library)?,
                _ => sheet.write_string_with_format(row, column, text, &wrapped).map_err(library)?,
            };
        }
    }
    out.write_all(&workbook.save_to_buffer().map_err(library)?)?;
    Ok(())
}

/// The page's own style: it must look the same wherever it is opened, also on paper.
const STYLE: &str = "body{font:14px/1.5 'Be Vietnam Pro',system-ui,sans-serif;margin:2rem;color:#1b1f23}\
    table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border:1px solid #c8d0d8;padding:.35rem .5rem;\
    text-align:left;vertical-align:top}th{background:#eef2f6}td.row{text-align:right;font-variant-numeric:tabular-nums}\
    tr.error td:nth-child(2){color:#a1160a;font-weight:600}tr.warning td:nth-child(2){color:#7a4b00;font-weight:600}\
    .en{color:#57606a}@media print{body{margin:0}}";

fn write_html(report: &Report, mut out: impl Write) -> Result<(), ExportError> {
    write!(
        out,
        "<!doctype html>\n<html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>Báo cáo nhập tệp {0}</title><style>{STYLE}</style></head><body>\n\
         <h1>Báo cáo nhập tệp <span class=\"en\">/ Import report</span></h1>\n<table>\n",
        escaped(&report.file)
    )?;
    for (vi, en, value) in summary(report) {
        writeln!(out, "<tr><th>{vi} <span class=\"en\">/ {en}</span></th><td>{}</td></tr>", escaped(&value))?;
    }
    writeln!(out, "</table>")?;
    if report.findings.is_empty() {
        writeln!(out, "<p>Không có gì cần lưu ý. <span class=\"en\">Nothing to note.</span></p>")?;
    } else {
        let headings: [&str; 6] = [
            "Hàng / Row",
            "Mức độ / Severity",
            "Quy tắc / Rule",
            "Trường / Field",
            "Giá trị / Value",
            "Nội dung / Message",
        ];
        write!(out, "<table>\n<thead><tr>")?;
        for heading in headings {
            write!(out, "<th scope=\"col\">{heading}</th>")?;
        }
        writeln!(out, "</tr></thead><tbody>")?;
        for finding in &report.findings {
            let [row, _, rule, field, value, vi, en] = cells(finding).map(|text| escaped(&text));
            let (severity_vi, severity_en) = finding.severity.words();
            writeln!(
                out,
                "<tr class=\"{}\"><td class=\"row\">{row}</td><td>{severity_vi} <span class=\"en\">/ {severity_en}</span></td>\
                 <td><code>{rule}</code></td><td><code>{field}</code></td><td>{value}</td>\
                 <td>{vi}<br><span class=\"en\" lang=\"en\">{en}</span></td></tr>",
                finding.severity.code()
            )?;
        }
        writeln!(out, "</tbody></table>")?;
    }
    writeln!(out, "</body></html>")?;
    Ok(())
}

fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
