//! What a field is called in Vietnamese, what to write there, and an example.

use hatang_core::AssetClass;

/// A field's heading in a template.
#[derive(Clone, Copy, Debug)]
pub(super) struct Label {
    pub(super) vi: &'static str,
    /// What to write; empty where the heading says all.
    pub(super) note: &'static str,
    /// What the example row has.
    pub(super) example: &'static str,
}

const fn label(vi: &'static str, note: &'static str, example: &'static str) -> Label {
    Label { vi, note, example }
}

/// The heading of a field; none for a field that the templates do not know, which a test forbids.
pub(super) fn of(class: AssetClass, field: &str) -> Option<Label> {
    of_class(class, field).or_else(|| of_all(field))
}

/// Fields whose meaning depends on the class.
fn of_class(class: AssetClass, field: &str) -> Option<Label> {
    use AssetClass as C;
    Some(match (class, field) {
        (C::Mast, "height_m") => label("Chiều cao cột (m)", "từ chân cột đến đỉnh, không tính kim thu sét", "36"),
        (C::Mast, "slots_total") => label("Số vị trí lắp anten", "mỗi vị trí cho một nhà mạng", "3"),
        (C::Mast, "slots_used") => label("Số vị trí đã dùng", "không lớn hơn tổng số", "1"),
        (C::Pole, "height_m") => label("Chiều cao cột (m)", "từ mặt đất", "7"),
        (C::Host, "height_m") => label("Chiều cao (m)", "từ mặt đất", "12"),
        (C::Host, "kind") => label("Loại công trình ngành khác", "chọn trong danh mục", "lamp_post"),
        (C::Host, "slots_total") => label("Số vị trí cho viễn thông", "", "2"),
        (C::Host, "slots_used") => label("Số vị trí đã dùng", "", "0"),
        (C::Trench, "kind") => label("Hào hay tuy nen", "chọn trong danh mục", "trench"),
        (C::Trench, "depth_m") => label("Độ sâu đáy (m)", "từ mặt đất", "1,2"),
        (C::Trench, "width_m") => label("Chiều rộng trong (m)", "", "0,8"),
        (C::Trench, "slots_total") => label("Số ngăn giá đỡ", "", "6"),
        (C::Trench, "slots_used") => label("Số ngăn đã dùng", "", "2"),
        (C::Cabinet, "kind") => label("Loại tủ", "", "FTTH"),
        (C::Manhole, "kind") => label("Loại bể", "chọn trong danh mục", "manhole"),
        (C::Manhole, "length_m") => label("Chiều dài trong (m)", "", "1,8"),
        (C::Manhole, "width_m") => label("Chiều rộng trong (m)", "", "1,2"),
        (C::Manhole, "depth_m") => label("Độ sâu trong (m)", "", "1,4"),
        (C::Duct, "depth_m") => label("Độ sâu đến lớp ống trên cùng (m)", "từ mặt đất", "0,7"),
        (C::Duct, "material") => label("Vật liệu ống", "", "HDPE"),
        (C::Pole, "material") => label("Vật liệu cột", "", "bê tông"),
        (C::Pole, "load_use_pct") => label("Tải đã dùng (%)", "", "40"),
        (C::Host, "load_use_pct") => label("Tải đã dùng (%)", "", "10"),
        _ => return None,
    })
}

fn of_all(field: &str) -> Option<Label> {
    Some(match field {
        "code" => label("Mã công trình", "mã riêng của chủ sở hữu, không trùng; tối đa 120 ký tự", "VD-001"),
        "manager" => label("Đơn vị quản lý", "mã tổ chức, nếu khác chủ sở hữu", ""),
        "tenants" => label("Đơn vị thuê", "mã tổ chức, cách nhau bởi dấu ;", "vnpt;mobifone"),
        "status" => label("Trạng thái", "chọn trong danh mục", "operational"),
        "security_site" => label("Khu vực quốc phòng, an ninh", "có hoặc không", "không"),
        "accuracy_m" => label("Độ chính xác vị trí (m)", "bán kính 95 %", "0,5"),
        "survey_method" => label("Cách đo vị trí", "chọn trong danh mục", "gnss_rtk"),
        "surveyed_on" => label("Ngày đo", "NĂM-THÁNG-NGÀY", "2026-03-15"),
        "built_on" => label("Ngày xây dựng", "NĂM-THÁNG-NGÀY", "2019-06-01"),
        "source" => label("Hồ sơ nguồn", "số hiệu văn bản hoặc bản vẽ", "Bản vẽ hoàn công 12/2019"),
        "note" => label("Ghi chú", "chỉ chủ sở hữu và cơ quan quản lý xem", ""),
        "rent_vnd_year" => {
            label("Giá cho thuê", "đồng/năm cho một vị trí; tuyến, cống, hào: cho một mét của một cáp", "12000000")
        }
        "lease_months" => label("Thời hạn cho thuê", "số tháng", "60"),
        "sharing_conditions" => {
            label("Điều kiện kỹ thuật khi dùng chung", "công khai cho đơn vị muốn thuê", "Lắp dưới mức 30 m")
        }
        "mast_class" => label("Loại cột ăng ten", "A1a, A1b, A2a, A2b, A2c theo quy định", "A2b"),
        "structure" => label("Kết cấu", "tự đứng, dây co, đơn thân…", "tự đứng"),
        "on_building" => label("Trên công trình xây dựng", "có hoặc không", "không"),
        "building_height_m" => label("Chiều cao công trình (m)", "khi đặt trên công trình", ""),
        "half_width_m" => label("Nửa bề rộng (m)", "từ tim cột đến phần ngoài cùng", "1,5"),
        "operators_designed" => label("Số nhà mạng theo thiết kế", "", "3"),
        "structural_use_pct" => label("Khả năng chịu lực đã dùng (%)", "", "60"),
        "foundation_use_pct" => label("Khả năng móng đã dùng (%)", "", "50"),
        "wind_area_free_m2" => label("Diện tích đón gió còn lại (m²)", "", "3,5"),
        "land_area_m2" => label("Diện tích đất (m²)", "", "200"),
        "shelter" => label("Nhà trạm", "container, nhà xây, shelter, treo cột", "container"),
        "power_spare_kw" => label("Công suất điện còn dư (kW)", "", "2,5"),
        "backup_h" => label("Thời gian dự phòng điện (giờ)", "", "4"),
        "levels" => label("Các tầng lắp đặt", "xem hướng dẫn nhập tệp", ""),
        "mast" => label("Mã cột ăng ten", "cột mà trạm lắp trên đó", "VD-COT-1"),
        "mast_owner" => label("Chủ sở hữu cột", "mã tổ chức", "towerco"),
        "network" => label("Mạng", "mã mạng", "viettel"),
        "technologies" => label("Công nghệ", "2g, 3g, 4g, 5g; cách nhau bởi dấu ;", "4g;5g"),
        "bands_mhz" => label("Băng tần (MHz)", "cách nhau bởi dấu ;", "1800;2600"),
        "azimuths_deg" => label("Hướng anten (độ)", "từ hướng bắc, cách nhau bởi dấu ;", "0;120;240"),
        "antenna_height_m" => label("Chiều cao anten (m)", "từ mặt đất", "33"),
        "eirp_dbm" => label("EIRP (dBm)", "của một hướng", "61"),
        "shared_with" => label("Dùng chung với ngành", "power (điện) hoặc lighting (chiếu sáng)", "power"),
        "attachments_total" => label("Số vị trí treo cáp", "", "8"),
        "attachments_used" => label("Số vị trí đã treo", "", "3"),
        "boxes" => label("Số hộp, tủ trên cột", "", "2"),
        "strength_class" => label("Cấp chịu lực", "", "C"),
        "attached" => label("Cáp treo theo đơn vị", "xem hướng dẫn nhập tệp", ""),
        "from_pole" => label("Từ cột", "mã cột", "VD-C-1"),
        "to_pole" => label("Đến cột", "mã cột", "VD-C-9"),
        "via_poles" => label("Qua các cột", "mã cột, cách nhau bởi dấu ;", "VD-C-2;VD-C-3"),
        "clearance_m" => label("Khoảng hở thấp nhất (m)", "đến mặt đất hoặc mặt đường", "5,5"),
        "cables" => label("Số cáp", "", "4"),
        "longest_span_m" => label("Khoảng cột dài nhất (m)", "", "42"),
        "crossings" => label("Các chỗ vượt", "xem hướng dẫn nhập tệp", ""),
        "from_manhole" => label("Từ bể", "mã bể cáp", "VD-B-1"),
        "to_manhole" => label("Đến bể", "mã bể cáp", "VD-B-2"),
        "surface" => label("Mặt phủ", "chọn trong danh mục", "pavement"),
        "bores_total" => label("Số ống", "", "4"),
        "bores_used" => label("Số ống đã có cáp", "", "1"),
        "bore_diameter_mm" => label("Đường kính trong của ống (mm)", "", "110"),
        "trench" => label("Mã hào, tuy nen", "nếu nằm trong hào", ""),
        "bank" => label("Từng ống trong bó", "xem hướng dẫn nhập tệp", ""),
        "cover" => label("Loại nắp", "", "gang"),
        "closures" => label("Số măng xông", "", "2"),
        "floods" => label("Bị ngập", "có hoặc không", "không"),
        "inspected_on" => label("Ngày kiểm tra gần nhất", "NĂM-THÁNG-NGÀY", "2026-01-20"),
        "shelves" => label("Các ngăn giá", "xem hướng dẫn nhập tệp", ""),
        "ports_total" => label("Số cổng", "", "64"),
        "ports_used" => label("Số cổng đã dùng", "", "40"),
        "pole" => label("Mã cột treo tủ", "", ""),
        "address" => label("Địa chỉ", "", "Nhà văn hóa thôn"),
        "e" => label("Tọa độ đông Y (m)", "VN-2000 ghi Y; Hải Phòng 105°45': 572.000–580.000", ""),
        "n" => label("Tọa độ bắc X (m)", "VN-2000 ghi X; khai --crs EPSG:9210 khi nhập", ""),
        "lon" => label("Kinh độ WGS 84", "độ thập phân", "106,480000"),
        "lat" => label("Vĩ độ WGS 84", "độ thập phân", "20,690000"),
        "wkt" => label(
            "Tuyến (WKT)",
            "LINESTRING (kinh độ vĩ độ, …), dấu chấm thập phân",
            "LINESTRING (106.48 20.69, 106.481 20.691)",
        ),
        _ => return None,
    })
}
