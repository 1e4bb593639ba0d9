//! Why a whole file is not taken.

use std::{io, path::Path};

use hatang_core::Text;
use hatang_crs::Crs;

use crate::request::{MAX_ITEM_POSITIONS, MAX_REQUEST_ITEMS, MAX_REQUEST_POSITIONS};

/// Why nothing of a file was read. Each message names what was found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// No byte, or nothing but spaces.
    #[error("the file is empty")]
    Empty,
    /// Another encoding or another kind of file.
    #[error("the file is not UTF-8 text: byte {at} cannot be read")]
    NotUtf8 {
        /// The offset of the first wrong byte.
        at: usize,
    },
    /// Not a GeoJSON feature or collection of features.
    #[error("the file is not GeoJSON ({reason}); it begins with `{beginning}`")]
    NotGeoJson {
        /// How it begins.
        beginning: String,
        /// What was expected.
        reason: String,
    },
    /// Not delimited text with a header line.
    #[error("the file is not CSV with a header line; it begins with `{beginning}`")]
    NotCsv {
        /// How it begins.
        beginning: String,
    },
    /// Cut off or damaged.
    #[error("the file's gzip compression is broken: {reason}")]
    Gzip {
        /// What the decompressor says.
        reason: String,
    },
    /// More text than is accepted, perhaps only after decompression.
    #[error("the file holds more than the {limit} bytes that are accepted")]
    TooLarge {
        /// The limit, in bytes.
        limit: usize,
    },
    /// Nothing says where the rows are.
    #[error("no position columns for {crs}: expected {expected}; the columns are {}", .found.join(", "))]
    NoPositionColumns {
        /// The declared system.
        crs: Crs,
        /// Which columns would do.
        expected: &'static str,
        /// The file's columns.
        found: Vec<String>,
    },
    /// `x` and `y` mean easting and northing to some and the reverse to VN-2000.
    #[error(
        "columns `x` and `y` are ambiguous, VN-2000 writes X for the northing: say which is which with --map e=… --map n=… (degrees: --map lon=… --map lat=…)"
    )]
    AmbiguousAxes,
    /// A field was mapped to a column that the file does not have.
    #[error("field `{field}` was mapped to column `{column}`, which the file does not have; its columns are {}", .found.join(", "))]
    MappedColumnAbsent {
        /// Our field.
        field: String,
        /// The named column.
        column: String,
        /// The file's columns.
        found: Vec<String>,
    },
    /// A column was mapped to a field that the class does not have.
    #[error("`{field}` is not a field of this class; the fields are {}", .allowed.join(", "))]
    UnknownField {
        /// The field as given.
        field: String,
        /// The fields there are.
        allowed: Vec<String>,
    },
    /// The header names a column twice.
    #[error("the header has column `{column}` twice")]
    DuplicateColumn {
        /// The column.
        column: String,
    },
    /// The file declares a system that Hatang does not know.
    #[error("the file declares the reference system `{given}`, which is not known")]
    UnknownCrs {
        /// The system as given.
        given: String,
    },
    /// The caller and the file declare different systems.
    #[error("the import declares {declared} and the file itself declares {in_file}")]
    CrsConflict {
        /// What the caller says.
        declared: Crs,
        /// What the file says.
        in_file: Crs,
    },
    /// One feature or row of a file that is taken whole or not at all.
    #[error("item {number}{}{}: {}", field_part(.field.as_deref()), value_part(.value.as_deref()), .message.en)]
    Item {
        /// The item's number, from 1; a CSV row as a spreadsheet shows it.
        number: u32,
        /// The field concerned.
        field: Option<String>,
        /// The value as given.
        value: Option<String>,
        /// What is wrong.
        message: Box<Text>,
    },
    /// A position of a feature that is off the earth, and on it with its two numbers swapped.
    #[error(
        "item {number}, `geometry`, given `{value}`: there is no such latitude, and the axes seem to be swapped; \
         GeoJSON writes the longitude first and the latitude second"
    )]
    SwappedAxes {
        /// The item's number, from 1.
        number: u32,
        /// The two numbers as given.
        value: String,
    },
    /// A build request for nothing.
    #[error("the collection has no features: a request needs at least one")]
    NoItems,
    /// A build request for more structures than [`MAX_REQUEST_ITEMS`].
    #[error("the request has {count} items, more than the {MAX_REQUEST_ITEMS} that are accepted")]
    TooManyItems {
        /// How many it has.
        count: usize,
    },
    /// A requested structure with more positions than [`MAX_ITEM_POSITIONS`].
    #[error("item {number} has {positions} positions, more than the {MAX_ITEM_POSITIONS} that one item may have")]
    TooManyItemPositions {
        /// The item's number, from 1.
        number: u32,
        /// How many it has.
        positions: usize,
    },
    /// A build request with more positions than [`MAX_REQUEST_POSITIONS`].
    #[error("the request has at least {positions} positions, more than the {MAX_REQUEST_POSITIONS} that are accepted")]
    TooManyPositions {
        /// How many were counted until there were too many.
        positions: usize,
    },
    /// The file has no boundary with that code.
    #[error("the file has no boundary with code `{code}`; its codes are {}", .found.join(", "))]
    NoSuchBoundary {
        /// The code asked for.
        code: String,
        /// The codes there are.
        found: Vec<String>,
    },
    /// Not JSON of the expected form.
    #[error("the file is not the expected JSON: {reason}")]
    NotJson {
        /// What the reader says, with line and column.
        reason: String,
    },
    /// Not TOML of the expected form.
    #[error("the file is not the expected TOML: {reason}")]
    NotToml {
        /// What the reader says, with line and column.
        reason: String,
    },
    /// A key that nothing reads, perhaps misspelt.
    #[error("key `{key}` is not known")]
    UnknownKey {
        /// The key with its path.
        key: String,
    },
    /// One file of a folder.
    #[error("{file}: {error}")]
    InFile {
        /// Its name within the folder.
        file: String,
        /// What is wrong with it.
        error: Box<FileError>,
    },
    /// A file that must be there.
    #[error("the file is missing")]
    Missing,
    /// A file that a plan folder does not have, perhaps misspelt.
    #[error("a plan folder has no such file; it holds {expected}")]
    Unexpected {
        /// What it holds.
        expected: &'static str,
    },
    /// The operating system refused.
    #[error("the file cannot be opened: {reason}")]
    Unreadable {
        /// What the system says.
        reason: String,
    },
}

fn field_part(field: Option<&str>) -> String {
    field.map(|field| format!(", `{field}`")).unwrap_or_default()
}

fn value_part(value: Option<&str>) -> String {
    value.map(|value| format!(", given `{value}`")).unwrap_or_default()
}

/// A library's English reason, marked as such within a Vietnamese sentence.
pub(crate) fn technical(reason: &str) -> String {
    format!("(chi tiết kỹ thuật: {})", reason.trim_end())
}

impl FileError {
    /// A file that the operating system does not let us open.
    #[must_use]
    pub fn unreadable(path: &Path, error: &io::Error) -> Self {
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Self::Unreadable { reason: error.to_string() }.in_file(file)
    }

    /// The same error with the name of the file it is about.
    #[must_use]
    pub fn in_file(self, file: impl Into<String>) -> Self {
        Self::InFile { file: file.into(), error: Box::new(self) }
    }

    /// The offending value, where there is one.
    #[must_use]
    pub fn value(&self) -> Option<String> {
        match self {
            Self::NotGeoJson { beginning, .. } | Self::NotCsv { beginning } => Some(beginning.clone()),
            Self::MappedColumnAbsent { column, .. } | Self::DuplicateColumn { column } => Some(column.clone()),
            Self::UnknownField { field, .. } => Some(field.clone()),
            Self::UnknownCrs { given } => Some(given.clone()),
            Self::CrsConflict { in_file, .. } => Some(in_file.to_string()),
            Self::Item { value, .. } => value.clone(),
            Self::SwappedAxes { value, .. } => Some(value.clone()),
            Self::TooManyItems { count } => Some(count.to_string()),
            Self::TooManyItemPositions { positions, .. } | Self::TooManyPositions { positions } => {
                Some(positions.to_string())
            }
            Self::NoSuchBoundary { code, .. } => Some(code.clone()),
            Self::UnknownKey { key } => Some(key.clone()),
            Self::InFile { file, error } => error.value().or_else(|| Some(file.clone())),
            _ => None,
        }
    }

    /// The stable code for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "file.empty",
            Self::NotUtf8 { .. } => "file.not_utf8",
            Self::NotGeoJson { .. } => "file.not_geojson",
            Self::NotCsv { .. } => "file.not_csv",
            Self::Gzip { .. } => "file.gzip_broken",
            Self::TooLarge { .. } => "file.too_large",
            Self::NoPositionColumns { .. } => "file.no_position_columns",
            Self::AmbiguousAxes => "file.ambiguous_axes",
            Self::MappedColumnAbsent { .. } => "file.mapped_column_absent",
            Self::UnknownField { .. } => "file.unknown_field",
            Self::DuplicateColumn { .. } => "file.duplicate_column",
            Self::UnknownCrs { .. } => "file.unknown_crs",
            Self::CrsConflict { .. } => "file.crs_conflict",
            Self::Item { field, value, .. } => match (field.as_deref(), value) {
                (Some("class"), Some(_)) => "class.unknown",
                (Some("geometry"), _) => "geometry.invalid",
                _ => "file.item",
            },
            Self::SwappedAxes { .. } => "geometry.swapped_axes",
            Self::NoItems => "request.no_items",
            Self::TooManyItems { .. } => "request.too_many_items",
            Self::TooManyItemPositions { .. } | Self::TooManyPositions { .. } => "request.too_many_positions",
            Self::NoSuchBoundary { .. } => "file.no_such_boundary",
            Self::NotJson { .. } => "file.not_json",
            Self::NotToml { .. } => "file.not_toml",
            Self::UnknownKey { .. } => "file.unknown_key",
            Self::InFile { error, .. } => error.code(),
            Self::Missing => "file.missing",
            Self::Unexpected { .. } => "file.unexpected",
            Self::Unreadable { .. } => "file.unreadable",
        }
    }

    /// The sentence for people.
    #[must_use]
    pub fn text(&self) -> Text {
        Text::new(self.vietnamese(), self.to_string())
    }

    fn vietnamese(&self) -> String {
        match self {
            Self::Empty => "tệp trống".to_owned(),
            Self::NotUtf8 { at } => format!("tệp không phải là văn bản UTF-8: không đọc được byte {at}"),
            Self::NotGeoJson { beginning, .. } => {
                format!("tệp không phải là GeoJSON; tệp bắt đầu bằng `{beginning}`")
            }
            Self::NotCsv { beginning } => {
                format!("tệp không phải là CSV có hàng tiêu đề; tệp bắt đầu bằng `{beginning}`")
            }
            Self::Gzip { reason } => format!("tệp nén gzip bị hỏng {}", technical(reason)),
            Self::TooLarge { limit } => format!("tệp lớn hơn {limit} byte được nhận"),
            Self::NoPositionColumns { crs, expected, found } => {
                format!("không có cột tọa độ cho {crs}: cần {expected}; các cột là {}", found.join(", "))
            }
            Self::AmbiguousAxes => {
                "cột `x` và `y` không rõ nghĩa, VN-2000 dùng X cho tọa độ bắc: hãy chỉ rõ bằng --map e=… --map n=… \
                 (độ: --map lon=… --map lat=…)"
                    .to_owned()
            }
            Self::MappedColumnAbsent { field, column, found } => {
                format!(
                    "trường `{field}` được gán cho cột `{column}` không có trong tệp; các cột là {}",
                    found.join(", ")
                )
            }
            Self::UnknownField { field, allowed } => {
                format!("`{field}` không phải là trường của loại này; các trường là {}", allowed.join(", "))
            }
            Self::DuplicateColumn { column } => format!("hàng tiêu đề có cột `{column}` hai lần"),
            Self::UnknownCrs { given } => format!("tệp khai hệ tọa độ `{given}` không được biết đến"),
            Self::CrsConflict { declared, in_file } => {
                format!("lệnh nhập khai {declared} còn tệp tự khai {in_file}")
            }
            Self::Item { number, field, value, message } => {
                let field = field_part(field.as_deref());
                let value = value.as_deref().map(|value| format!(", giá trị `{value}`")).unwrap_or_default();
                format!("đối tượng {number}{field}{value}: {}", message.vi)
            }
            Self::SwappedAxes { number, value } => format!(
                "đối tượng {number}, `geometry`, giá trị `{value}`: không có vĩ độ này, có vẻ hai trục bị đảo; \
                 GeoJSON ghi kinh độ trước, vĩ độ sau"
            ),
            Self::NoItems => "tập hợp không có đối tượng nào: yêu cầu cần ít nhất một đối tượng".to_owned(),
            Self::TooManyItems { count } => {
                format!("yêu cầu có {count} hạng mục, nhiều hơn {MAX_REQUEST_ITEMS} hạng mục được nhận")
            }
            Self::TooManyItemPositions { number, positions } => {
                format!("hạng mục {number} có {positions} điểm, nhiều hơn {MAX_ITEM_POSITIONS} điểm cho một hạng mục")
            }
            Self::TooManyPositions { positions } => {
                format!("yêu cầu có ít nhất {positions} điểm, nhiều hơn {MAX_REQUEST_POSITIONS} điểm được nhận")
            }
            Self::NoSuchBoundary { code, found } => {
                format!("tệp không có ranh giới mang mã `{code}`; các mã là {}", found.join(", "))
            }
            Self::NotJson { reason } => format!("tệp không phải là JSON đúng dạng {}", technical(reason)),
            Self::NotToml { reason } => format!("tệp không phải là TOML đúng dạng {}", technical(reason)),
            Self::UnknownKey { key } => format!("khóa `{key}` không được biết đến"),
            Self::InFile { file, error } => format!("{file}: {}", error.vietnamese()),
            Self::Missing => "thiếu tệp này".to_owned(),
            Self::Unexpected { expected } => format!("thư mục quy hoạch không có tệp này; thư mục gồm {expected}"),
            Self::Unreadable { reason } => format!("không mở được tệp {}", technical(reason)),
        }
    }
}
