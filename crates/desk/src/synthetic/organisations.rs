//! Who appears in the sample: real carriers' names with invented data, and bodies that exist only here.

use serde_json::Value;

const ORGANISATIONS: [(&str, &str, &str, &[&str]); 10] = [
    ("evn-hp", "Điện lực (mô phỏng)", "utility_power", &[]),
    ("fpt", "FPT Telecom (mô phỏng)", "carrier", &[]),
    ("lighting", "Đơn vị chiếu sáng công cộng (mô phỏng)", "utility_lighting", &[]),
    ("mobifone", "MobiFone (mô phỏng)", "carrier", &["mobifone"]),
    ("road", "Đơn vị quản lý đường bộ (mô phỏng)", "utility_road", &[]),
    ("towerco", "Công ty hạ tầng trụ (mô phỏng)", "tower_company", &[]),
    ("ubnd-vinh-bao", "Ủy ban nhân dân xã Vĩnh Bảo (mô phỏng)", "authority", &[]),
    ("viettel", "Viettel (mô phỏng)", "carrier", &["viettel"]),
    ("vnpt", "VNPT (mô phỏng)", "carrier", &["vinaphone"]),
    ("water", "Đơn vị cấp thoát nước (mô phỏng)", "utility_water", &[]),
];

/// `organisations.json`.
pub(super) fn text() -> String {
    let line = |(code, name, kind, networks): &(&str, &str, &str, &[&str])| {
        format!(
            "  {{ \"code\": {}, \"name\": {}, \"kind\": {}, \"networks\": {} }}",
            Value::from(*code),
            Value::from(*name),
            Value::from(*kind),
            Value::from(networks.to_vec())
        )
    };
    let lines: Vec<String> = ORGANISATIONS.iter().map(line).collect();
    format!("[\n{}\n]\n", lines.join(",\n"))
}
