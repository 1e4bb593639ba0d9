//! The plan's sheet, the outlines and the works as of a day, beside those of today.

use std::cell::Cell;

use hatang_core::{Viewer, event::Boundaries, plan::Plan};
use hatang_desk::{Edge, load_plan::load_plan};
use hatang_exchange::PlanFolder;
use hatang_testkit::{fresh_database, test_postgres_url};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::{
    form::check,
    server::{Reply, Server},
};

/// Adopts the plan and the outline once more, under other names.
async fn rename(server: &Server) {
    let (territory, plan, boundaries) = server.desk.read(|registry| {
        let (territory, state) = registry.home().unwrap();
        (territory.clone(), state.plan.clone().unwrap(), state.boundaries.clone().unwrap())
    });
    let plan = Plan { instrument: "QĐ mới".to_owned(), ..plan };
    let mut boundaries: Boundaries = boundaries;
    "Ranh giới mới".clone_into(&mut boundaries.home.name);
    boundaries.neighbours.clear();
    let folder = PlanFolder {
        territory,
        boundaries: Some(boundaries),
        plan,
        works: vec![],
        rule_sets: vec![],
        organisations: vec![],
    };
    load_plan(&server.desk, &Viewer::console(), folder).await.unwrap();
}

fn features(reply: &Reply) -> Vec<Value> {
    reply.json()["features"].as_array().unwrap().clone()
}

fn stage_of(reply: &Reply, code: &str) -> Value {
    let works = features(reply).into_iter().find(|work| work["properties"]["code"] == code);
    works.unwrap()["properties"]["stage"].clone()
}

#[tokio::test]
async fn outlines_works_and_the_sheet_are_those_of_the_day_that_is_asked_for() {
    thread_local! {
        static CLOCK: Cell<i64> = const { Cell::new(1_795_000_000) };
    }
    let edge = Edge { now: || Timestamp::from_second(CLOCK.get()).unwrap(), ..Edge::real() };
    let document = serde_json::to_value(hatang_api::openapi()).unwrap();
    for url in ["sqlite::memory:".to_owned(), fresh_database(&test_postgres_url(), "plan_as_of")] {
        CLOCK.set(1_795_000_000);
        let server = Server::open_at(&url, edge).await.with_commune().await;
        let (day, before) = (server.desk.today(), server.get("/api/v1/plan", None).await.json());
        let outline = features(&server.get("/api/v1/plan/boundary", None).await);
        CLOCK.set(CLOCK.get() + 86_400);
        let roads = server.sign_in("duong-bo").await;
        let step = json!({ "version": 1, "step": "start" }).to_string();
        let begun = server.post("/api/v1/works/CT-01/steps", step, Some(&roads)).await;
        assert_eq!(begun.status, 200, "{}", begun.text());
        rename(&server).await;

        let of_day = |path: &str| format!("/api/v1/plan{path}?as_of={day}");
        let sheet = server.get(&of_day(""), None).await;
        check("the sheet of a day", ["/api/v1/plan", "get"], "200", &sheet, &document);
        assert_eq!(sheet.json(), before, "as it was");
        assert_eq!(server.get("/api/v1/plan", None).await.json()["instrument"], "QĐ mới");

        let then = features(&server.get(&of_day("/boundary"), None).await);
        let now = features(&server.get("/api/v1/plan/boundary", None).await);
        assert_eq!(then, outline);
        assert_eq!(now[0]["properties"]["name"], "Ranh giới mới");
        assert!(!features(&server.get(&of_day("/neighbours"), None).await).is_empty());
        assert!(features(&server.get("/api/v1/plan/neighbours", None).await).is_empty());

        let then = server.get(&of_day("/works"), Some(&roads)).await;
        let now = server.get("/api/v1/plan/works", Some(&roads)).await;
        assert_eq!((stage_of(&then, "CT-01"), stage_of(&now, "CT-01")), (json!("concrete"), json!("in_progress")));

        let too_early = "as_of=2000-01-01";
        assert_eq!(server.get(&format!("/api/v1/plan?{too_early}"), None).await.json(), Value::Null);
        for layer in ["boundary", "neighbours", "works", "zones"] {
            let none = server.get(&format!("/api/v1/plan/{layer}?{too_early}"), Some(&roads)).await;
            assert!(features(&none).is_empty(), "{layer}: {}", none.text());
        }
        for layer in ["boundary", "neighbours", "works", "zones"] {
            let path = format!("/api/v1/plan/{layer}");
            let today = server.get(&format!("{path}?as_of={}", server.desk.today()), Some(&roads)).await;
            let plain = server.get(&path, Some(&roads)).await;
            assert_eq!(features(&today), features(&plain), "{layer}: the end of today is now");
        }
    }
}

#[tokio::test]
async fn an_upload_of_works_answers_with_every_row_that_cannot_be_used() {
    for url in ["sqlite::memory:".to_owned(), fresh_database(&test_postgres_url(), "works_rows_http")] {
        let server = Server::open(&url).await.with_commune().await;
        let roads = server.sign_in("duong-bo").await;
        let feature = |properties: Value| {
            json!({ "type": "Feature", "properties": properties,
                "geometry": { "type": "LineString", "coordinates": [[106.48, 20.68], [106.483, 20.68]] } })
        };
        let file = json!({ "type": "FeatureCollection", "features": [
            feature(json!({ "code": "F-1", "sector": "gas", "owner": "road", "stage": "forward" })),
            feature(json!({ "code": "F-2", "sector": "road", "owner": "road", "stage": "forward" })),
            feature(json!({ "code": "CT-01", "sector": "road", "owner": "road", "stage": "done" })),
        ] });
        let refused = server.post("/api/v1/works/upload", file.to_string(), Some(&roads)).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (400, "file.rows".to_owned()));
        let problem = refused.json();
        let rows: Vec<_> =
            problem["fields"].as_array().unwrap().iter().map(|one| (&one["row"], &one["field"])).collect();
        assert_eq!(rows, [(&json!(1), &json!("sector")), (&json!(3), &json!("stage"))], "{problem}");
        for word in ["CT-01", "concrete", "done"] {
            assert!(problem["fields"][1]["detail_vi"].as_str().unwrap().contains(word), "{problem}");
        }
        let listed = server.get("/api/v1/works", Some(&roads)).await;
        assert!(!listed.text().contains("F-2"), "nothing is written");
    }
}
