//! What is told of how a whole file was read: its letters, its template, its reference system.

use hatang_core::Text;
use hatang_crs::Crs;

use super::{Refusal, refusal};
use crate::{report::RowRule, text::Encoding};

pub(crate) fn encoding_found(encoding: Encoding) -> Refusal {
    refusal(
        RowRule::Domain,
        format!("văn bản được nhận ra là {encoding} và đã chuyển sang Unicode; nếu sai, hãy khai báo --encoding"),
        format!(
            "the text was found to be {encoding} and was converted to Unicode; if that is wrong, declare --encoding"
        ),
    )
}

pub(crate) fn encoding_declared(encoding: Encoding) -> Refusal {
    refusal(
        RowRule::Domain,
        format!("văn bản được đọc theo {encoding} như đã khai và chuyển sang Unicode"),
        format!("the text was read as {encoding}, as declared, and converted to Unicode"),
    )
}

pub(crate) fn unknown_encoding_name(said: &str) -> Refusal {
    refusal(
        RowRule::Domain,
        format!("bảng mã `{said}` mà tệp tự khai không được biết đến; đã xét theo nội dung"),
        format!("the file declares the encoding `{said}`, which is not known; its texts were judged instead"),
    )
}

pub(crate) fn composed(rows: u32) -> Refusal {
    refusal(
        RowRule::Domain,
        format!("{rows} hàng có dấu viết rời (Unicode tổ hợp, NFD); đã chuyển về dạng dựng sẵn (NFC)"),
        format!("{rows} rows have marks written apart (decomposed Unicode, NFD); they were composed (NFC)"),
    )
}

pub(crate) fn lossy_text(read: &str) -> Refusal {
    refusal(
        RowRule::Domain,
        format!("một số ký tự không giải mã được, thành `{read}`: hãy kiểm tra"),
        format!("some characters could not be decoded, giving `{read}`: check them"),
    )
}

pub(crate) fn capitals_inferred(read: &str) -> Refusal {
    refusal(
        RowRule::Domain,
        format!("TCVN3 không ghi được chữ hoa có dấu; từ viết hoa được hiểu là `{read}`: hãy kiểm tra"),
        format!("TCVN3 cannot write accented capitals; the capital words were taken for `{read}`: check them"),
    )
}

pub(crate) fn remarks_skipped(template: &str) -> Refusal {
    refusal(
        RowRule::Domain,
        format!("tệp là mẫu `{template}`: các hàng chú thích và ví dụ (cột đầu có `#`) không được nhập"),
        format!(
            "the file is the template `{template}`: its rows of notes and examples (`#` in the first column) are not imported"
        ),
    )
}

pub(crate) fn crs_overridden(declared: Crs, in_file: Crs) -> Refusal {
    refusal(
        RowRule::Crs,
        format!("tệp tự khai {in_file}; theo yêu cầu, tọa độ được đọc theo {declared}"),
        format!("the file itself declares {in_file}; as asked, its coordinates were read in {declared}"),
    )
}

pub(crate) fn axes_swapped() -> Refusal {
    refusal(
        RowRule::Crs,
        "theo yêu cầu, số thứ nhất được đọc là tọa độ bắc (X), số thứ hai là tọa độ đông (Y)",
        "as asked, the first number was read as the northing (X) and the second as the easting (Y)",
    )
}

pub(crate) fn crs_check(message: &Text) -> Refusal {
    Refusal { rule: RowRule::Crs, message: message.clone() }
}

pub(crate) fn pair_off_line(metres: f64) -> Refusal {
    refusal(
        RowRule::Crs,
        format!("tọa độ mét và tọa độ độ của hàng này lệch nhau {metres:.1} m"),
        format!("this row's metres and degrees are {metres:.1} m apart"),
    )
}

pub(crate) fn too_many_positions(positions: usize, most: usize) -> Refusal {
    refusal(
        RowRule::Geometry,
        format!("hình học có {positions} điểm, nhiều hơn {most} điểm cho một công trình"),
        format!("the geometry has {positions} positions, more than the {most} that one asset may have"),
    )
}
