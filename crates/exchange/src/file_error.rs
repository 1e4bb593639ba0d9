//! Why a whole file is not taken.

use std::{io, path::Path};

use hatang_core::Text;
use hatang_crs::Crs;

use crate::{
    report::RowRule,
    request::{MAX_ITEM_POSITIONS, MAX_REQUEST_ITEMS, MAX_REQUEST_POSITIONS},
    text::Encoding,
};

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
    /// Eight-bit text in no encoding, or in more than one, that gives Vietnamese words.
    #[error(
        "byte {at} is no UTF-8, and the encoding is not clear: declare it with --encoding; the text would read {}",
        listed_readings(.readings)
    )]
    EncodingUnclear {
        /// The offset of the first byte that is no UTF-8.
        at: usize,
        /// How the first such text reads in each encoding.
        readings: Vec<(Encoding, String)>,
    },
    /// Cut off, damaged, or no archive at all.
    #[error("the zip archive cannot be read: {reason}")]
    Zip {
        /// What the library says.
        reason: String,
    },
    /// An archive of something else.
    #[error("the zip archive holds no Shapefile, KML or XLSX; it holds {}", .found.join(", "))]
    NothingInZip {
        /// What it holds.
        found: Vec<String>,
    },
    /// Behind a password.
    #[error("the file is protected by a password: save it without one")]
    Encrypted,
    /// The format of Excel before 2007.
    #[error("the file is an .xls of Excel before 2007: save it as .xlsx")]
    OldExcel,
    /// Not a workbook that can be read.
    #[error("the file is not an XLSX that can be read: {reason}")]
    Xlsx {
        /// What the library says.
        reason: String,
    },
    /// Not a KML document that can be read.
    #[error("the file is not a KML document that can be read: {reason}")]
    NotKml {
        /// What is wrong.
        reason: String,
    },
    /// Not a GeoPackage that can be read.
    #[error("the file is not a GeoPackage that can be read: {reason}")]
    GeoPackage {
        /// What is wrong.
        reason: String,
    },
    /// Not a Shapefile that can be read.
    #[error("the archive is not a Shapefile that can be read: {reason}")]
    Shapefile {
        /// What is wrong.
        reason: String,
    },
    /// More than one layer, and nobody has said which.
    #[error("the file has several layers: name one with --layer; they are {}", .found.join(", "))]
    SeveralLayers {
        /// Their names.
        found: Vec<String>,
    },
    /// A layer that is not there.
    #[error("the file has no layer `{layer}`; its layers are {}", .found.join(", "))]
    NoSuchLayer {
        /// The layer as given.
        layer: String,
        /// Those that there are.
        found: Vec<String>,
    },
    /// A template of one class imported as another.
    #[error("the file is the template of `{template}` and is imported as `{class}`")]
    OtherTemplate {
        /// The template's class.
        template: String,
        /// The import's class.
        class: String,
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
        /// What it is about.
        rule: RowRule,
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
    /// Nothing, or several features, where one area is expected.
    #[error("the file holds {count} features, expected is one area: Polygon or MultiPolygon")]
    NotOneArea {
        /// How many there are.
        count: usize,
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

fn listed_readings(readings: &[(Encoding, String)]) -> String {
    readings.iter().map(|(encoding, text)| format!("{encoding}: `{text}`")).collect::<Vec<_>>().join(", ")
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
            Self::SeveralLayers { found } => Some(found.join(", ")),
            Self::NoSuchLayer { layer, .. } => Some(layer.clone()),
            Self::OtherTemplate { template, .. } => Some(template.clone()),
            Self::EncodingUnclear { readings, .. } => Some(listed_readings(readings)),
            Self::CrsConflict { in_file, .. } => Some(in_file.to_string()),
            Self::Item { value, .. } => value.clone(),
            Self::SwappedAxes { value, .. } => Some(value.clone()),
            Self::TooManyItems { count } | Self::NotOneArea { count } => Some(count.to_string()),
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
            Self::EncodingUnclear { .. } => "file.encoding_unclear",
            Self::Zip { .. } => "file.zip_broken",
            Self::NothingInZip { .. } => "file.nothing_in_zip",
            Self::Encrypted => "file.encrypted",
            Self::OldExcel => "file.old_excel",
            Self::Xlsx { .. } => "file.not_xlsx",
            Self::NotKml { .. } => "file.not_kml",
            Self::GeoPackage { .. } => "file.not_geopackage",
            Self::Shapefile { .. } => "file.not_shapefile",
            Self::SeveralLayers { .. } => "file.several_layers",
            Self::NoSuchLayer { .. } => "file.no_such_layer",
            Self::OtherTemplate { .. } => "file.other_template",
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
            Self::NotOneArea { .. } => "area.not_one",
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
            Self::EncodingUnclear { at, readings } => format!(
                "byte {at} không phải UTF-8 và không rõ bảng mã: hãy khai báo bằng --encoding; văn bản sẽ là {}",
                listed_readings(readings)
            ),
            Self::Zip { reason } => format!("không đọc được tệp nén zip {}", technical(reason)),
            Self::NothingInZip { found } => {
                format!("tệp zip không chứa Shapefile, KML hay XLSX; tệp chứa {}", found.join(", "))
            }
            Self::Encrypted => "tệp được bảo vệ bằng mật khẩu: hãy lưu lại không có mật khẩu".to_owned(),
            Self::OldExcel => "tệp là .xls của Excel trước 2007: hãy lưu lại thành .xlsx".to_owned(),
            Self::Xlsx { reason } => format!("không đọc được tệp XLSX {}", technical(reason)),
            Self::NotKml { reason } => format!("không đọc được tệp KML {}", technical(reason)),
            Self::GeoPackage { reason } => format!("không đọc được tệp GeoPackage {}", technical(reason)),
            Self::Shapefile { reason } => format!("không đọc được Shapefile trong tệp nén {}", technical(reason)),
            Self::SeveralLayers { found } => {
                format!("tệp có nhiều lớp: hãy chọn một lớp bằng --layer; các lớp là {}", found.join(", "))
            }
            Self::NoSuchLayer { layer, found } => {
                format!("tệp không có lớp `{layer}`; các lớp là {}", found.join(", "))
            }
            Self::OtherTemplate { template, class } => {
                format!("tệp là mẫu của `{template}` nhưng được nhập theo loại `{class}`")
            }
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
            Self::Item { number, field, value, message, .. } => {
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
            Self::NotOneArea { count } => {
                format!("tệp có {count} đối tượng, cần đúng một vùng: Polygon hoặc MultiPolygon")
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
