//! What would have to be known to decide.

use hatang_core::{AssetClass, AssetId, Document, NetworkCode, Text, plan::Layer};
use serde::Serialize;

use crate::wording;

/// One thing that is missing. Its code is stable; its sentences are for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// What is missing: `authority_number`, `urban_area`, `zone_edge`, `area_edge`, `zones`, `boundary`, `planned`,
    /// `quality`, `strip_width`, `legal_reading`, `works_ducts`, `camouflage`, `better_survey`, `network`,
    /// `network_unknown`, `route`, a layer of the plan by its word (`dykes`…), or a field by its name (`height_m`…).
    pub code: &'static str,
    /// The asset it is missing of; none when it is missing of the request, the plan or the rule set.
    pub asset: Option<AssetId>,
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    pub en: String,
}

/// Who can say what is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AnsweredBy {
    /// Whose number or reading it is: the authority that makes the rule.
    Authority,
    /// Who keeps the plan and the layers of other sectors.
    Office,
    /// Who owns the structure or the work that it is missing of.
    Owner,
    /// Who asks to build.
    Applicant,
}

impl Missing {
    /// Who can say it. A field of a structure is its owner's to fill in, one of the request the applicant's.
    #[must_use]
    pub fn answered_by(&self) -> AnsweredBy {
        match self.code {
            "authority_number" | "strip_width" | "legal_reading" => AnsweredBy::Authority,
            "urban_area" | "zones" | "boundary" | "planned" => AnsweredBy::Office,
            code if Layer::ALL.iter().any(|layer| layer.code() == code) => AnsweredBy::Office,
            "quality" | "works_ducts" => AnsweredBy::Owner,
            _ if self.asset.is_some() => AnsweredBy::Owner,
            _ => AnsweredBy::Applicant,
        }
    }

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
            "ranh giới đầy đủ của khu vực đô thị trong quy hoạch",
            "a plan that says where all urban land lies",
        )
    }

    pub(crate) fn zone_edge() -> Self {
        Self::new(
            "zone_edge",
            "toạ độ chính xác hơn: vị trí nằm sát ranh khu vực đô thị",
            "a better position: the place lies at the edge of the urban area",
        )
    }

    pub(crate) fn zone_edge_of(zone: &Text) -> Self {
        Self::new(
            "zone_edge",
            format!("toạ độ chính xác hơn: vị trí nằm sát ranh “{}”", zone.vi),
            format!("a better position: the place lies at the edge of “{}”", zone.en),
        )
    }

    pub(crate) fn area_edge() -> Self {
        Self::new(
            "area_edge",
            "toạ độ chính xác hơn: vị trí nằm sát ranh phạm vi áp dụng của bộ quy tắc",
            "a better position: the place lies at the edge of the area where the rule set holds",
        )
    }

    /// A layer of the plan that does not say that it is complete.
    pub(crate) fn layer(layer: Layer) -> Self {
        let name = wording::layer(layer);
        Self::new(
            layer.code(),
            format!("lớp {} đầy đủ trong quy hoạch", name.vi),
            format!("a complete layer of {}s in the plan", name.en),
        )
    }

    pub(crate) fn zones(words: &[String]) -> Self {
        let names: Vec<Text> = words.iter().map(|word| wording::zone(word)).collect();
        let names = wording::list(&names);
        Self::new(
            "zones",
            format!("quy hoạch có đầy đủ các khu vực: {}", names.vi),
            format!("a plan that holds every zone of these: {}", names.en),
        )
    }

    pub(crate) fn planned() -> Self {
        Self::new("planned", "danh mục công trình đầy đủ của kế hoạch", "the plan's complete list of structures")
    }

    pub(crate) fn boundary() -> Self {
        Self::new("boundary", "ranh giới địa bàn", "the territory's outline")
    }

    pub(crate) fn quality(class: AssetClass, quality: Document) -> Self {
        let (class, quality) = (wording::class(class), wording::document(quality));
        Self::new(
            "quality",
            format!("thông tin {} của các {} hiện có", quality.vi, class.vi),
            format!("a list of the standing {}s that have {}", class.en, quality.en),
        )
    }

    pub(crate) fn strip_width(what: &Text) -> Self {
        Self::new(
            "strip_width",
            format!("bề rộng phạm vi bảo vệ được quyết định cho {}", what.vi),
            format!("the width of the strip that was decided for {}", what.en),
        )
    }

    pub(crate) fn legal_reading() -> Self {
        Self::new(
            "legal_reading",
            "cách hiểu điều luật của cơ quan có thẩm quyền: câu chữ có thể hiểu theo hai cách",
            "the responsible authority's reading of the law, which can be read in two ways",
        )
    }

    pub(crate) fn works_ducts(works: &str) -> Self {
        Self::new(
            "works_ducts",
            format!("trả lời của chủ đầu tư công trình {works} về ống cáp"),
            format!("the answer of the owner of works {works} about ducts"),
        )
    }

    pub(crate) fn camouflage() -> Self {
        Self::new(
            "camouflage",
            "nhận xét của cán bộ: cột có được ngụy trang, hài hòa với cảnh quan hay không",
            "an officer's view of whether the mast is camouflaged",
        )
    }

    /// A field of a line of the plan.
    pub(crate) fn of_line(field: &'static str, what: &Text) -> Self {
        let (vi, en) = name_of(field);
        Self::new(field, format!("{vi} của {}", what.vi), format!("the {en} of {}", what.en))
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
        "building_height_m" => ("chiều cao nhà", "building height"),
        "half_width_m" => ("nửa bề rộng cột", "half width"),
        "on_building" => ("thông tin có đặt trên nhà hay không", "statement whether it stands on a building"),
        "depth_m" => ("độ sâu", "depth"),
        "bank_height_m" => ("chiều cao cụm ống", "height of the bank of ducts"),
        "outer_diameter_m" => ("đường kính ngoài", "outer diameter"),
        "surface" => ("loại mặt đường", "surface"),
        "clearance_m" => ("độ cao thấp nhất của cáp", "lowest height of the cable"),
        "documents" => ("danh mục tài liệu", "list of documents"),
        "boxes" => ("số tủ, hộp", "number of boxes"),
        "box_owners" => ("chủ của từng tủ, hộp", "owners of all boxes"),
        "bores" => ("số ống", "number of bores"),
        "bores_free" => ("số ống còn trống", "number of free bores"),
        "more_room" => ("khả năng mở rộng", "room that could be made"),
        "class" => ("phân loại", "class"),
        "mast_class" => ("loại cột", "class of mast"),
        "land_width_m" => ("bề rộng đất đường", "width of the land"),
        "starts_on" => ("ngày bắt đầu", "first day"),
        "ends_on" => ("ngày kết thúc", "last day"),
        other => (other, other),
    }
}

#[cfg(test)]
mod tests {
    use hatang_core::AssetId;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_is_missing_is_asked_of_whoever_can_say_it() {
        let asset = AssetId(Uuid::from_u128(7));
        for (missing, who) in [
            (Missing::authority_number(), AnsweredBy::Authority),
            (Missing::urban_area(), AnsweredBy::Office),
            (Missing::new("zones", "", ""), AnsweredBy::Office),
            (Missing::new("planned", "", ""), AnsweredBy::Office),
            (Missing::new("dykes", "", ""), AnsweredBy::Office),
            // A layer that a record is missing of is still the office's, a field of a structure its owner's.
            (Missing::new("roads", "", "").of(asset), AnsweredBy::Office),
            (Missing::better_survey_of(asset, "VT-1"), AnsweredBy::Owner),
            (Missing::new("works_ducts", "", ""), AnsweredBy::Owner),
            (Missing::of_request("height_m"), AnsweredBy::Applicant),
            (Missing::of_request("documents"), AnsweredBy::Applicant),
        ] {
            assert_eq!(missing.answered_by(), who, "{}", missing.code);
        }
    }

    #[test]
    fn every_field_that_a_request_may_lack_has_a_name_in_both_languages() {
        for field in [
            "network",
            "height_m",
            "operators_designed",
            "building_height_m",
            "half_width_m",
            "on_building",
            "depth_m",
            "bank_height_m",
            "outer_diameter_m",
            "surface",
            "clearance_m",
            "documents",
            "boxes",
            "box_owners",
            "bores",
            "mast_class",
            "bores_free",
            "more_room",
            "class",
            "land_width_m",
            "starts_on",
            "ends_on",
        ] {
            let (vi, en) = name_of(field);
            assert!(vi != field && !en.is_empty() && !en.contains('_'), "{field}");
        }
    }
}
