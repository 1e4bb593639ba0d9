//! Acts on the features of the plan's layers, which are told apart by their numbers.

use hatang_core::{
    Text,
    plan::{Layer, Plan},
};
use hatang_exchange::{Finding, PlanFeature, read_constraint, read_hamlet, read_priority_place, read_road, read_zone};
use serde_json::{Value, json};

use super::{Properties, ZONES, refused};
use crate::error::{DeskError, ErrorKind};

/// What is done in a layer.
pub(super) enum Edit {
    /// Adds a feature behind the others.
    Add { properties: Properties, geometry: Value },
    /// Lays properties and perhaps a geometry over those of a feature.
    Change { number: usize, properties: Properties, geometry: Option<Value> },
    /// Gives a feature up.
    Retire { number: usize },
}

/// Edits the layer with this word.
///
/// # Errors
/// [`DeskError`] when there is no such layer or feature, or the feature cannot be read.
pub(super) fn amend(plan: &mut Plan, layer: &str, edit: Edit) -> Result<(), DeskError> {
    match (layer, layer.parse::<Layer>()) {
        (ZONES, _) => within(&mut plan.zones, layer, edit, |_| true, read_zone),
        ("hamlets", _) => within(&mut plan.hamlets, layer, edit, |_| true, read_hamlet),
        ("places", _) => within(&mut plan.places, layer, edit, |_| true, read_priority_place),
        (_, Ok(Layer::Roads)) => within(&mut plan.roads, layer, edit, |_| true, read_road),
        (_, Ok(of)) => {
            let read = |feature: &Value| read_constraint(of, feature);
            within(&mut plan.constraints, layer, edit, |constraint| constraint.layer == of, read)
        }
        (_, Err(_)) => Err(no_layer(layer)),
    }
}

/// Edits those features of a list that are of the layer.
fn within<T: PlanFeature>(
    list: &mut Vec<T>,
    layer: &str,
    edit: Edit,
    is_of: impl Fn(&T) -> bool,
    read: impl Fn(&Value) -> Result<T, Finding>,
) -> Result<(), DeskError> {
    match edit {
        Edit::Add { properties, geometry } => {
            let name = properties.get("name").and_then(Value::as_str);
            list.push(taken(&called(layer, None, name), &properties, &geometry, read)?);
        }
        Edit::Change { number, properties, geometry } => {
            let at = position(list, layer, number, is_of)?;
            let before = &list[at];
            let geometry = geometry.unwrap_or_else(|| json!(before.shape()));
            let mut all = before.properties();
            all.extend(properties);
            list[at] = taken(&called(layer, Some(number), before.name()), &all, &geometry, read)?;
        }
        Edit::Retire { number } => {
            let at = position(list, layer, number, is_of)?;
            list.remove(at);
        }
    }
    Ok(())
}

/// Where in the list a layer's feature with this number is.
fn position<T>(list: &[T], layer: &str, number: usize, is_of: impl Fn(&T) -> bool) -> Result<usize, DeskError> {
    let of_layer: Vec<usize> = list.iter().enumerate().filter(|(_, one)| is_of(one)).map(|(at, _)| at).collect();
    of_layer.get(number).copied().ok_or_else(|| {
        let count = of_layer.len();
        DeskError::input(
            ErrorKind::NotFound,
            "plan.not_there",
            number,
            &format!("Lớp `{layer}` của quy hoạch có {count} đối tượng, đánh số từ 0."),
            &format!("The plan's layer `{layer}` has {count} features, numbered from 0."),
        )
    })
}

/// The feature as it is read. One that comes from a form has no property that nothing reads: it would be a slip.
fn taken<T: PlanFeature>(
    called: &Text,
    properties: &Properties,
    geometry: &Value,
    read: impl Fn(&Value) -> Result<T, Finding>,
) -> Result<T, DeskError> {
    let feature = json!({ "type": "Feature", "geometry": geometry, "properties": properties });
    let one = read(&feature).map_err(|finding| unreadable(called, finding))?;
    let known = one.properties();
    match properties.keys().find(|property| !known.contains_key(*property)) {
        None => Ok(one),
        Some(property) => {
            let all = known.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            Err(refused(
                "plan.property",
                property,
                &format!("{}: không có thuộc tính `{property}`; các thuộc tính: {all}.", called.vi),
                &format!("{}: there is no property `{property}`; the properties: {all}.", called.en),
            ))
        }
    }
}

fn unreadable(called: &Text, Finding { field, value, message, .. }: Finding) -> DeskError {
    let of_field = field.as_deref().map(|field| format!(", `{field}`")).unwrap_or_default();
    let given = |word: &str| value.as_deref().map(|value| format!(", {word} `{value}`")).unwrap_or_default();
    let vi = format!("{}{of_field}{}: {}", called.vi, given("giá trị"), message.vi);
    let en = format!("{}{of_field}{}: {}", called.en, given("given"), message.en);
    let at_fault = value.as_deref().or(field.as_deref()).unwrap_or("geometry");
    refused("plan.feature", at_fault, &vi, &en)
}

/// What a feature is called in sentences: its layer, its number if it has one yet, and its name if it has one.
fn called(layer: &str, number: Option<usize>, name: Option<&str>) -> Text {
    let name = name.map(|name| format!(" ({name})")).unwrap_or_default();
    match number {
        Some(number) => Text::new(
            format!("Đối tượng {number} của lớp `{layer}`{name}"),
            format!("Feature {number} of `{layer}`{name}"),
        ),
        None => Text::new(format!("Đối tượng mới của lớp `{layer}`{name}"), format!("New feature of `{layer}`{name}")),
    }
}

fn no_layer(layer: &str) -> DeskError {
    let others = Layer::ALL.iter().map(|layer| layer.code());
    let all = [ZONES, "hamlets", "places"].into_iter().chain(others).collect::<Vec<_>>().join(", ");
    refused(
        "plan.layer",
        layer,
        &format!("Quy hoạch không có lớp này để sửa; các lớp: {all}. Ranh giới được nạp cùng thư mục quy hoạch."),
        &format!("The plan has no such layer to change; the layers: {all}. The outline comes with a plan folder."),
    )
}
