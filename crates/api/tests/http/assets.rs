//! Assets as GeoJSON: page by page, and no more than the viewer may see.

use std::collections::BTreeSet;

use hatang_core::Viewer;
use serde_json::Value;

use crate::server::on_both;

fn ids(page: &Value) -> Vec<String> {
    page["features"].as_array().unwrap().iter().map(|feature| feature["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn pages_together_hold_every_asset_once() {
    on_both("pages", async |server| {
        let server = server.with_commune().await;
        let token = server.sign_in("phong-kinh-te").await;
        let address = "/api/v1/assets?class=mast,duct,host&limit=50";
        let (mut all, mut next) = (Vec::new(), None::<String>);
        loop {
            let after = next.as_ref().map(|next| format!("&after={next}")).unwrap_or_default();
            let page = server.get(&format!("{address}{after}"), Some(&token)).await.json();
            assert_eq!(page["numberReturned"], ids(&page).len());
            all.extend(ids(&page));
            next = page["next"].as_str().map(str::to_owned);
            if next.is_none() {
                assert_eq!(page["numberMatched"], all.len());
                break;
            }
            assert_eq!(ids(&page).len(), 50);
        }
        assert!(100 < all.len() && all.is_sorted(), "{}", all.len());
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len());
    })
    .await;
}

#[tokio::test]
async fn the_public_reads_no_exact_position_anywhere() {
    on_both("privacy", async |server| {
        let server = server.with_commune().await;
        let console = Viewer::console();
        let exact: BTreeSet<[i64; 2]> = server.desk.read(|registry| {
            let positions = registry.seen_by(&console).all();
            positions.flat_map(|sight| sight.asset().shape.positions().collect::<Vec<_>>()).map(|at| in_centimetres(at.into())).collect()
        });
        let codes: BTreeSet<String> = server.desk.read(|registry| {
            let all = registry.seen_by(&console).all();
            all.filter_map(|sight| sight.asset().code.as_ref().map(ToString::to_string)).collect()
        });
        assert!(500 < exact.len() && 500 < codes.len());

        let screening = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[LON,LAT]},"properties":{"class":"mast","owner":"viettel","height_m":42}}"#;
        let some = server.get("/api/v1/assets?class=mast&limit=1", None).await.json();
        let at = &some["features"][0]["geometry"]["coordinates"];
        let screening = screening.replace("LON", &at[0].to_string()).replace("LAT", &at[1].to_string());
        let replies = [
            server.get("/api/v1/assets?limit=10000", None).await,
            server.get("/api/v1/territory", None).await,
            server.get("/api/v1/plan/planned", None).await,
            server.get("/api/v1/plan/works", None).await,
            server.get("/api/v1/coverage?technology=5g", None).await,
            server.get("/api/v1/gaps?technology=5g", None).await,
            server.post("/api/v1/screenings?ruleset=bac-ninh-72-2025", screening, None).await,
        ];
        for (index, reply) in replies.iter().enumerate() {
            assert_eq!(reply.status, 200, "{index}: {}", reply.text());
            let (mut positions, mut texts) = (Vec::new(), Vec::new());
            let told = reply.json();
            gather(&told, &mut positions, &mut texts);
            for [lon, lat] in positions {
                                assert!(!exact.contains(&in_centimetres([lon, lat])), "reply {index} gives away {lon}, {lat}");
            }
            for text in texts {
                assert!(!codes.contains(text), "reply {index} gives away {text}");
            }
        }
        assert!(replies[2].json()["features"].as_array().unwrap().is_empty());
    })
    .await;
}

/// A position as published: seven decimals of a degree, about a centimetre.
#[expect(clippy::cast_possible_truncation, reason = "degrees × 10⁷ are small")]
fn in_centimetres(at: [f64; 2]) -> [i64; 2] {
    at.map(|degrees| (degrees * 1e7).round() as i64)
}

/// Every pair of numbers and every text in a value.
fn gather<'a>(value: &'a Value, positions: &mut Vec<[f64; 2]>, texts: &mut Vec<&'a str>) {
    match value {
        Value::Array(items) => {
            if let [Some(lon), Some(lat)] = items.iter().map(Value::as_f64).collect::<Vec<_>>()[..] {
                positions.push([lon, lat]);
            }
            for item in items {
                gather(item, positions, texts);
            }
        }
        Value::Object(members) => {
            for member in members.values() {
                gather(member, positions, texts);
            }
        }
        Value::String(text) => texts.push(text),
        _ => {}
    }
}
