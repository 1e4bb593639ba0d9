//! Writes the whole plan to a GeoPackage, as one viewer may see it, as of any day.

use std::{collections::BTreeMap, io::Write};

use hatang_core::{
    AccessKind, Record, Shape, Stream, Territory, Viewer,
    event::Boundaries,
    plan::{Plan, Works},
};
use hatang_exchange::{PackageTable, write_package};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::{
    describe_plan::keep_shown_today,
    desk::{Desk, home_of},
    error::{DeskError, ErrorKind},
    export_assets::{ExportError, position},
    past_plan::{boundaries_on, keep_works_shown, newest, works_on},
    plan_layer::{PlanLayer, outline, unnumbered, works},
};

/// What the plan, the outlines and the works were at the end of a day.
struct Past {
    plan: Plan,
    /// The version of the plan in the journal.
    version: u32,
    boundaries: Option<Boundaries>,
    works: Vec<Works>,
}

/// Writes the plan of today, or as it was recorded at the end of a day, and says how many rows there were. `view` names the
/// viewer in the file.
///
/// # Errors
/// [`ErrorKind::NotFound`] when there was no plan, [`DeskError::Store`] when the journal cannot be read; inside,
/// [`ExportError`] when the writer fails.
pub async fn export_plan(
    desk: &Desk,
    who: &Viewer,
    as_of: Option<Date>,
    view: &str,
    out: impl Write,
) -> Result<Result<usize, ExportError>, DeskError> {
    let (home, today) = (desk.read(home_of), desk.today());
    let on = as_of.unwrap_or(today);
    let mut past = past(desk, &home, on).await?;
    desk.read(|registry| {
        keep_shown_today(&mut past.plan, registry, who, &home);
        keep_works_shown(&mut past.works, registry, who, on, today);
    });
    let plan = &past.plan;
    let mut about = json!({
        "producer": "hatang", "territory": home, "title_vi": plan.title.vi, "title_en": plan.title.en,
        "instrument": plan.instrument, "valid_from": plan.valid_from, "valid_to": plan.valid_to,
        "synthetic": plan.synthetic, "rule_set": plan.rule_set, "complete": plan.complete.join(";"),
        "years_issued": plan.years_issued.iter().map(ToString::to_string).collect::<Vec<_>>().join(";"),
        "as_of": on, "view": view, "written_at": desk.edge.now().to_string(), "crs": "EPSG:4326",
        "journal_position": position(desk, who),
    });
    // How often the plan has changed may tell what somebody else plans.
    if who.is_official_of(&home) {
        about["version"] = json!(past.version);
    }
    let mut tables = layers(&past, who, &home);
    tables.push(targets(plan));
    tables.push(attributes("metadata", "What this file is of.", vec![object(about.clone())]));
    let written = write_package(&tables, &about, desk.edge.now(), out);
    if let Ok(written) = &written {
        desk.audit_many(AccessKind::Export, who, &format!("plan gpkg as of {on}"), (*written).max(1));
    }
    Ok(written)
}

async fn past(desk: &Desk, home: &Territory, on: Date) -> Result<Past, DeskError> {
    let (version, record) = newest(desk, home, &Stream::Plan, on).await?.ok_or_else(|| {
        DeskError::input(
            ErrorKind::NotFound,
            "plan.missing",
            on,
            "Đến hết ngày này chưa có quy hoạch nào được nạp.",
            "There was no plan yet at the end of this day.",
        )
    })?;
    let Record::Plan { plan } = record else { unreachable!("the plan's stream holds plans") };
    let (boundaries, works) = (boundaries_on(desk, home, on).await?, works_on(desk, home, on).await?);
    Ok(Past { plan: *plan, version, boundaries, works })
}

fn layers(past: &Past, who: &Viewer, home: &Territory) -> Vec<PackageTable> {
    let of = |layer| unnumbered(&past.plan, who, home, layer);
    let outlines = past.boundaries.as_ref();
    let mut tables = vec![
        layer("boundary", "The territory's outline.", outlines.iter().map(|both| outline(&both.home)).collect()),
        layer(
            "neighbours",
            "The outlines around it.",
            outlines.iter().flat_map(|both| &both.neighbours).map(outline).collect(),
        ),
        layer("zones", "Zones.", of(PlanLayer::Zones)),
        layer("hamlets", "Hamlets with people.", of(PlanLayer::Hamlets)),
        layer("places", "Priority places.", of(PlanLayer::Places)),
        layer("roads", "Roads.", of(PlanLayer::Roads)),
        layer("constraints", "What other sectors have.", of(PlanLayer::Constraints)),
    ];
    let mut planned: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for feature in of(PlanLayer::Planned) {
        let class = feature["properties"]["class"].as_str().unwrap_or_default().to_owned();
        planned.entry(class).or_default().push(feature);
    }
    let of_class = |(class, features)| layer(&format!("planned_{class}"), "Planned objects.", features);
    tables.extend(planned.into_iter().map(of_class));
    tables.push(layer("works", "Planned civil works.", past.works.iter().map(works).collect()));
    tables
}

/// A layer of GeoJSON features. Lists and records among their properties become texts.
fn layer(name: &str, description: &str, features: Vec<Value>) -> PackageTable {
    let row = |mut feature: Value| {
        let shape: Option<Shape> = serde_json::from_value(feature["geometry"].take()).ok();
        let id = feature.get("id").cloned();
        let mut properties = object(feature["properties"].take());
        properties.extend(id.map(|id| ("asset_id".to_owned(), id)));
        (shape, properties)
    };
    PackageTable {
        name: name.to_owned(),
        description: format!("Hatang: {description}"),
        is_spatial: true,
        rows: features.into_iter().map(row).collect(),
    }
}

fn targets(plan: &Plan) -> PackageTable {
    let row = |target: &hatang_core::plan::Target| {
        object(json!({
            "code": target.code, "name_vi": target.name.vi, "name_en": target.name.en, "value": target.value,
            "unit": target.unit, "due_on": target.by, "instrument": target.instrument,
        }))
    };
    attributes("targets", "What is to be reached.", plan.targets.iter().map(row).collect())
}

fn attributes(name: &str, description: &str, rows: Vec<Map<String, Value>>) -> PackageTable {
    PackageTable {
        name: name.to_owned(),
        description: format!("Hatang: {description}"),
        is_spatial: false,
        rows: rows.into_iter().map(|row| (None, row)).collect(),
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
