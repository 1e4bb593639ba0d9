//! What would have to be known to decide.

use hatang_core::{AssetId, NetworkCode, Text};
use serde::Serialize;

/// One thing that is missing. Its code is stable; its sentences are for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// What is missing: `authority_number`, `urban_area`, `zone_edge`, `better_survey`, `network`,
    /// `network_unknown`, `height_m`, `operators_designed`, `route`, `starts_on`, `ends_on`.
    pub code: &'static str,
    /// The asset it is missing of; none when it is missing of the request, the plan or the rule set.
    pub asset: Option<AssetId>,
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

impl Missing {
    fn new(code: &'static str, vi: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, asset: None, vi: vi.into(), en: en.into() }
    }

    fn of(self, asset: AssetId) -> Self {
        Self { asset: Some(asset), ..self }
    }

    /// Several in one sentence.
    pub(crate) fn listed(missing: &[Self]) -> Text {
        let join = |of: fn(&Self) -> &str| missing.iter().map(of).collect::<Vec<_>>().join(", ");
        Text::new(join(|one| &one.vi), join(|one| &one.en))
    }

    pub(crate) fn authority_number() -> Self {
        Self::new("authority_number", "con số của cơ quan có thẩm quyền chưa được nhập", "the authority's number")
    }

    pub(crate) fn urban_area() -> Self {
        Self::new(
            "urban_area",
            "ranh giới khu vực đô thị chưa có trong quy hoạch",
            "the urban area, which the plan does not hold",
        )
    }

    pub(crate) fn zone_edge() -> Self {
        Self::new(
            "zone_edge",
            "vị trí nằm sát ranh khu vực đô thị, cần toạ độ chính xác hơn",
            "a better position: the place lies at the edge of the urban area",
        )
    }

    /// A field of the request, by its name in files.
    pub(crate) fn of_request(field: &'static str) -> Self {
        let (vi, en) = name_of(field);
        Self::new(field, format!("{vi} của hồ sơ"), format!("the request's {en}"))
    }

    /// Nobody runs or carries a network of the name that the request states, so that it may be misspelt.
    pub(crate) fn network_unknown(network: &NetworkCode) -> Self {
        Self::new(
            "network_unknown",
            format!("tên mạng đúng của hồ sơ: chưa có đơn vị nào khai thác mạng “{network}”"),
            format!("the request's network under a known name: nobody runs one called “{network}”"),
        )
    }

    pub(crate) fn route() -> Self {
        Self::new("route", "tuyến mà cột này thuộc về", "the line that this pole belongs to")
    }

    /// A field of an asset, by its name in files.
    pub(crate) fn of_asset(field: &'static str, asset: AssetId, label: &str) -> Self {
        let (vi, en) = name_of(field);
        Self::new(field, format!("{vi} của {label}"), format!("the {en} of {label}")).of(asset)
    }

    pub(crate) fn better_survey() -> Self {
        Self::new("better_survey", "toạ độ chính xác hơn", "better surveyed positions")
    }

    pub(crate) fn better_survey_of(asset: AssetId, label: &str) -> Self {
        let vi = format!("toạ độ chính xác hơn của {label} hoặc của hồ sơ");
        Self::new("better_survey", vi, format!("a better survey of {label} or of the request")).of(asset)
    }

    /// A date of works of another sector.
    pub(crate) fn of_works(field: &'static str) -> Self {
        let (vi, en) = name_of(field);
        Self::new(field, format!("{vi} của công trình kia"), format!("the {en} of the works"))
    }
}

fn name_of(field: &'static str) -> (&'static str, &'static str) {
    match field {
        "network" => ("mạng", "network"),
        "height_m" => ("chiều cao", "height"),
        "operators_designed" => ("số doanh nghiệp theo thiết kế", "number of operators designed for"),
        "starts_on" => ("ngày bắt đầu", "first day"),
        "ends_on" => ("ngày kết thúc", "last day"),
        other => (other, other),
    }
}
