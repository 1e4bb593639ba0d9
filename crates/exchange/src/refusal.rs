//! Why a row or a value is not taken as it stands: the rule and the sentence, in one room for both languages.

mod reading;

use hatang_core::{
    AssetClass, Text,
    asset::{Contradiction, parts::InvalidPart},
    code_list::UnknownCode,
    shape::{InvalidShape, MAX_POSITIONS},
};
use hatang_crs::Crs;

pub(crate) use self::reading::{
    axes_swapped, capitals_inferred, composed, crs_check, crs_overridden, encoding_declared, encoding_found,
    lossy_text, pair_off_line, remarks_skipped, too_many_positions, unknown_encoding_name,
};
use crate::{file_error::technical, report::RowRule};

/// What is wrong, apart from where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) rule: RowRule,
    pub(crate) message: Text,
}

fn refusal(rule: RowRule, vi: impl Into<String>, en: impl Into<String>) -> Refusal {
    Refusal { rule, message: Text::new(vi, en) }
}

pub(crate) fn unknown_word(error: &UnknownCode) -> Refusal {
    let allowed = error.allowed.join(", ");
    refusal(
        RowRule::Domain,
        format!("giá trị không có trong danh mục; các từ được nhận: {allowed}"),
        format!("the word is not in its list; allowed are: {allowed}"),
    )
}

pub(crate) fn not_a_number() -> Refusal {
    refusal(
        RowRule::Domain,
        "không phải là một số hữu hạn; viết như 12.5, không kèm đơn vị",
        "not a finite number; write it like 12.5, without a unit",
    )
}

pub(crate) fn ambiguous_number() -> Refusal {
    refusal(
        RowRule::Domain,
        "không rõ dấu phẩy hay dấu chấm là dấu thập phân: hãy khai báo --decimal comma hoặc --decimal point",
        "the decimal mark is not clear: declare --decimal comma or --decimal point",
    )
}

pub(crate) fn out_of_range(least: f64, most: f64, unit: &str) -> Refusal {
    refusal(
        RowRule::Domain,
        format!("số nằm ngoài phạm vi: từ {least} đến {most} {unit}"),
        format!("the number is out of range: {least} to {most} {unit}"),
    )
}

pub(crate) fn negative_length() -> Refusal {
    refusal(RowRule::Domain, "số nằm ngoài phạm vi: không âm", "the number is out of range: not below 0")
}

pub(crate) fn not_whole() -> Refusal {
    refusal(RowRule::Domain, "phải là số nguyên không âm", "must be a whole number that is not negative")
}

pub(crate) fn not_yes_or_no() -> Refusal {
    refusal(
        RowRule::Domain,
        "phải là true/false, 1/0, yes/no hoặc có/không",
        "must be true/false, 1/0, yes/no or có/không",
    )
}

pub(crate) fn not_a_part(error: &InvalidPart) -> Refusal {
    let example = error.example;
    refusal(
        RowRule::Domain,
        format!("không đúng cách ghi; viết như {example}, nhiều phần tử cách nhau bởi `;`"),
        format!("not written as it must be; write it like {example}, with `;` between several"),
    )
}

/// Two fields of a row that cannot both be right.
pub(crate) fn contradiction(error: &Contradiction) -> Refusal {
    match error {
        Contradiction::MoreThanThereAre { field, listed, total } => refusal(
            RowRule::Domain,
            format!("`{field}` liệt kê {listed}, nhiều hơn tổng số {total}"),
            format!("`{field}` lists {listed}, more than the {total} there are"),
        ),
        Contradiction::NumberTwice { field, number } => refusal(
            RowRule::Domain,
            format!("`{field}` có số {number} hai lần"),
            format!("`{field}` has number {number} twice"),
        ),
        Contradiction::Part { overfull, .. } => self::overfull(overfull.used, overfull.total),
        Contradiction::SameEnds { .. } => same_ends(),
        Contradiction::TenancyBackwards { tenant } => refusal(
            RowRule::Domain,
            format!("thời hạn thuê của {tenant} kết thúc trước khi bắt đầu"),
            format!("the tenancy of {tenant} ends before it begins"),
        ),
    }
}

pub(crate) fn not_a_date() -> Refusal {
    refusal(
        RowRule::Domain,
        "không phải là ngày; viết NĂM-THÁNG-NGÀY như 2026-01-31",
        "not a date; write YYYY-MM-DD like 2026-01-31",
    )
}

pub(crate) fn not_a_code() -> Refusal {
    refusal(RowRule::Domain, "mã không được chứa ký tự điều khiển", "a code must not contain control characters")
}

pub(crate) fn not_tenants() -> Refusal {
    refusal(
        RowRule::Domain,
        "bên thuê phải là danh sách mã tổ chức cách nhau bởi `;` hoặc mảng {tenant, network, since}",
        "tenants must be organisation codes separated by `;` or an array of {tenant, network, since}",
    )
}

pub(crate) fn too_long(limit: usize) -> Refusal {
    refusal(
        RowRule::Length,
        format!("văn bản dài quá {limit} ký tự"),
        format!("the text is longer than {limit} characters"),
    )
}

pub(crate) fn wrong_number_of_cells(found: usize, expected: usize) -> Refusal {
    refusal(
        RowRule::Length,
        format!("hàng có {found} ô, hàng tiêu đề có {expected} ô"),
        format!("the row has {found} cells, the header has {expected}"),
    )
}

pub(crate) fn missing_owner() -> Refusal {
    refusal(RowRule::Required, "thiếu chủ sở hữu", "the owner is missing")
}

pub(crate) fn missing_position() -> Refusal {
    refusal(RowRule::Required, "thiếu tọa độ", "the position is missing")
}

pub(crate) fn owner_without_letters() -> Refusal {
    refusal(
        RowRule::Domain,
        "tên chủ sở hữu không có chữ cái hoặc chữ số nào để làm mã",
        "the owner's name has no letter or digit to make a code of",
    )
}

pub(crate) fn other_owner(declared: &str) -> Refusal {
    refusal(
        RowRule::Reference,
        format!("hàng ghi chủ sở hữu khác, trong khi cả tệp được nhập cho `{declared}`"),
        format!("the row names another owner, while the whole file is imported for `{declared}`"),
    )
}

pub(crate) fn other_class(declared: AssetClass) -> Refusal {
    refusal(
        RowRule::Domain,
        format!("hàng thuộc loại khác, trong khi tệp được nhập theo loại `{declared}`"),
        format!("the row is of another class, while the file is imported as `{declared}`"),
    )
}

pub(crate) fn duplicate_code(first: u32) -> Refusal {
    refusal(
        RowRule::Identity,
        format!("mã này của cùng chủ sở hữu đã có ở hàng {first}"),
        format!("the same owner's row {first} already has this code"),
    )
}

pub(crate) fn registered_code() -> Refusal {
    refusal(
        RowRule::Identity,
        "sổ đăng ký đã có công trình cùng loại mang mã này của cùng chủ sở hữu",
        "the registry already has an asset of this class with this code of the same owner",
    )
}

pub(crate) fn duplicate_id(first: u32) -> Refusal {
    refusal(
        RowRule::Identity,
        format!("id này đã có ở đối tượng {first}"),
        format!("feature {first} already has this id"),
    )
}

pub(crate) fn overfull(used: u32, total: u32) -> Refusal {
    refusal(
        RowRule::Domain,
        format!("số đang dùng {used} lớn hơn tổng số {total}"),
        format!("{used} in use is more than the {total} there are"),
    )
}

pub(crate) fn same_ends() -> Refusal {
    refusal(RowRule::Topology, "tuyến bắt đầu và kết thúc tại cùng một chỗ", "the route ends where it starts")
}

pub(crate) fn unreadable_feature(reason: &str) -> Refusal {
    refusal(
        RowRule::Geometry,
        format!("không phải là một đối tượng (Feature) GeoJSON {}", technical(reason)),
        format!("not a GeoJSON Feature: {reason}"),
    )
}

pub(crate) fn unreadable_geometry(reason: &str) -> Refusal {
    refusal(
        RowRule::Geometry,
        format!("không đọc được hình học {}", technical(reason)),
        format!("the geometry cannot be read: {reason}"),
    )
}

pub(crate) fn no_geometry() -> Refusal {
    refusal(RowRule::Geometry, "hình học trống", "the geometry is empty")
}

pub(crate) fn not_a_coordinate() -> Refusal {
    refusal(
        RowRule::Geometry,
        "tọa độ không phải là một số hữu hạn; viết như 106.48",
        "the coordinate is not a finite number; write it like 106.48",
    )
}

pub(crate) fn swapped_axes() -> Refusal {
    refusal(
        RowRule::Geometry,
        "không có vĩ độ này, có vẻ hai trục bị đảo; GeoJSON ghi kinh độ trước, vĩ độ sau",
        "there is no such latitude, and the axes seem to be swapped; \
         GeoJSON writes the longitude first and the latitude second",
    )
}

pub(crate) fn wrong_geometry(found: &str, expected: &str) -> Refusal {
    refusal(
        RowRule::Geometry,
        format!("hình học là {found}, cần {expected}"),
        format!("the geometry is a {found}, expected is {expected}"),
    )
}

pub(crate) fn invalid_shape(error: &InvalidShape) -> Refusal {
    match error {
        InvalidShape::Empty => no_geometry(),
        InvalidShape::ShortLine { positions } => refusal(
            RowRule::Geometry,
            format!("một đường cần ít nhất 2 điểm, đường này có {positions}"),
            format!("a line needs at least 2 positions, this one has {positions}"),
        ),
        InvalidShape::TooLong { positions } => refusal(
            RowRule::Geometry,
            format!("hình học có {positions} điểm, nhiều hơn {MAX_POSITIONS} điểm được nhận"),
            format!("the geometry has {positions} positions, more than the {MAX_POSITIONS} that are accepted"),
        ),
        InvalidShape::NoLength { .. } => refusal(
            RowRule::Topology,
            "đường không có chiều dài: mọi điểm trùng nhau",
            "the line has no length: all its positions are the same",
        ),
        InvalidShape::OpenRing { positions } => refusal(
            RowRule::Topology,
            format!("vòng cần ít nhất 4 điểm, điểm cuối trùng điểm đầu; vòng này có {positions}"),
            format!("a ring needs at least 4 positions with the last equal to the first, this one has {positions}"),
        ),
    }
}

/// What would explain a position that is out of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Explanation {
    /// The two numbers the other way round would be inside.
    Swapped,
    /// The same numbers in another system would be inside.
    OtherCrs(Crs),
}

/// Speaks of the loaded territory only where one was consulted.
pub(crate) fn out_of_place(declared: Crs, territory_is_loaded: bool, explanation: Option<Explanation>) -> Refusal {
    let (vi, en) = if territory_is_loaded {
        ("lãnh thổ đã nạp hoặc ngoài ", "the loaded territory or ")
    } else {
        ("", "")
    };
    let mut vi = format!("vị trí nằm ngoài {vi}vùng dùng {declared} ({})", declared.name());
    let mut en = format!("the position lies outside {en}the area of {declared} ({})", declared.name());
    match explanation {
        Some(Explanation::Swapped) => {
            vi.push_str("; đảo thứ tự hai số thì nằm trong: có vẻ hai trục bị đảo");
            en.push_str("; with its two numbers swapped it would be inside: the axes seem to be swapped");
        }
        Some(Explanation::OtherCrs(other)) => {
            vi = format!("{vi}; nếu đọc theo {other} ({}) thì nằm trong: hãy kiểm tra hệ tọa độ", other.name());
            en = format!("{en}; read in {other} ({}) it would be inside: check the reference system", other.name());
        }
        None => {}
    }
    refusal(RowRule::Crs, vi, en)
}

pub(crate) fn value_and_reason(field: &str) -> Refusal {
    refusal(
        RowRule::Domain,
        format!("`{field}` vừa có giá trị vừa có lý do trống; giữ giá trị"),
        format!("`{field}` has a value and a reason for having none; the value is kept"),
    )
}

pub(crate) fn names_share_a_code(code: &str, first: &str) -> Refusal {
    refusal(
        RowRule::Identity,
        format!("hai tên cho cùng mã `{code}`; tên `{first}` được giữ"),
        format!("two names give the same code `{code}`; the name `{first}` is kept"),
    )
}

pub(crate) fn unknown_column(class: AssetClass) -> Refusal {
    refusal(
        RowRule::Domain,
        format!("cột này không phải là trường của `{class}`; không được lưu"),
        format!("this column is no field of `{class}`; it is not stored"),
    )
}

pub(crate) fn missing_status(rows: u32) -> Refusal {
    refusal(
        RowRule::Required,
        format!("{rows} hàng không có trạng thái; được ghi là `unknown`"),
        format!("{rows} rows have no status; they are registered as `unknown`"),
    )
}

pub(crate) fn missing_code(rows: u32) -> Refusal {
    refusal(
        RowRule::Identity,
        format!("{rows} hàng không có mã; không thể nhận ra các hàng này khi tệp được nạp lại"),
        format!("{rows} rows have no code; rows without a code cannot be recognised when the file comes again"),
    )
}

pub(crate) fn dropped_heights(rows: u32) -> Refusal {
    refusal(
        RowRule::Geometry,
        format!("tọa độ của {rows} hàng có độ cao; độ cao không được lưu"),
        format!("the coordinates of {rows} rows have heights; these are not stored"),
    )
}

pub(crate) fn crs_member(crs: Crs) -> Refusal {
    refusal(
        RowRule::Crs,
        format!("tệp tự khai hệ tọa độ {crs} ({})", crs.name()),
        format!("the file itself declares the reference system {crs} ({})", crs.name()),
    )
}

pub(crate) fn merged(rows: u32, assets: u32, shared: u32) -> Refusal {
    refusal(
        RowRule::Identity,
        format!(
            "{rows} hàng trở thành {assets} công trình theo vị trí trùng nhau; {shared} công trình có nhiều hơn một tổ chức"
        ),
        format!(
            "{rows} rows became {assets} assets by equal positions; {shared} of them have more than one organisation"
        ),
    )
}

pub(crate) fn inferred_owners() -> Refusal {
    refusal(
        RowRule::Identity,
        "tệp không nói ai sở hữu công trình: chủ sở hữu được lấy là tổ chức có nhiều hàng nhất tại vị trí đó",
        "the file does not say who owns the structure: the owner is taken to be the organisation with most rows there",
    )
}

pub(crate) fn disagreement(kept: &str, row: u32) -> Refusal {
    refusal(
        RowRule::Identity,
        format!("các hàng cùng vị trí không khớp; giữ `{kept}` của hàng {row}"),
        format!("rows at the same position disagree; `{kept}` of row {row} is kept"),
    )
}

pub(crate) fn foreign_code(owner: &str) -> Refusal {
    refusal(
        RowRule::Identity,
        format!("mã của tổ chức khác không thành mã của công trình; chủ sở hữu là `{owner}`"),
        format!("another organisation's code does not become the asset's; the owner is `{owner}`"),
    )
}

pub(crate) fn missing() -> Refusal {
    refusal(RowRule::Required, "thiếu giá trị", "the value is missing")
}

pub(crate) fn unread_property() -> Refusal {
    refusal(
        RowRule::Domain,
        "không có trường nào mang tên này; điều nó nói sẽ bị mất",
        "no field has this name; what it says would be lost",
    )
}

pub(crate) fn second_outline() -> Refusal {
    refusal(RowRule::Identity, "tình huống đã có ranh giới", "the case already has an outline")
}

pub(crate) fn no_plan() -> Refusal {
    refusal(
        RowRule::Reference,
        "tình huống không có quy hoạch (`plan` là false) nên không có gì thuộc quy hoạch",
        "the case has no plan (`plan` is false), so nothing can be a part of it",
    )
}

pub(crate) fn ends_before_it_starts() -> Refusal {
    refusal(RowRule::Domain, "ngày kết thúc trước ngày bắt đầu", "the last day lies before the first")
}

pub(crate) fn duplicate_organisation() -> Refusal {
    refusal(RowRule::Identity, "mã tổ chức đã có trong tệp", "the file already has an organisation of this code")
}

pub(crate) fn shape_without_values() -> Refusal {
    refusal(
        RowRule::Length,
        "hình học không có hàng thuộc tính tương ứng trong tệp .dbf",
        "the shape has no row of values beside it in the .dbf",
    )
}

pub(crate) fn self_crossing(at: &str) -> Refusal {
    refusal(RowRule::Topology, format!("đường tự cắt chính nó gần {at}"), format!("the line crosses itself near {at}"))
}

pub(crate) fn rings_cross(at: &str) -> Refusal {
    refusal(
        RowRule::Topology,
        format!("đường bao của vùng tự cắt hoặc cắt nhau gần {at}"),
        format!("the rings of the area cross near {at}"),
    )
}

pub(crate) fn hole_outside(at: &str) -> Refusal {
    refusal(
        RowRule::Topology,
        format!("vùng khuyết bắt đầu tại {at} nằm ngoài đường bao của vùng"),
        format!("the hole that begins at {at} lies outside its outer ring"),
    )
}

pub(crate) fn no_extent() -> Refusal {
    refusal(RowRule::Topology, "vùng không có diện tích", "the area has no extent")
}
