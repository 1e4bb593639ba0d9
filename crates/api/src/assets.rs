//! Assets of the registry, as GeoJSON.

mod edit;
mod export;
mod record;

use axum::extract::{Path, State};
use hatang_core::{AssetClass, AssetId, BoundingBox, Viewer};
use hatang_desk::list_assets::{AssetQuery, MOST_ON_A_PAGE, list_assets, show_asset};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    AppState,
    extract::Query,
    freshness::{Fresh, Kept},
    problem::Problem,
    wire::{self, GeoJson},
    work::off_the_async_threads,
};

pub(crate) fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(show))
        .merge(edit::routes())
        .merge(record::routes())
        .merge(export::routes())
}

pub(crate) use self::{edit::crs, record::as_of};

/// How many assets are on a page unless the client says otherwise.
const ON_A_PAGE: usize = 1_000;

/// Which assets are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct ListQuery {
    /// West, south, east, north in degrees, with commas between; the whole earth when left out.
    #[param(example = "106.44,20.64,106.52,20.71")]
    bbox: Option<String>,
    /// Classes with commas between; every class when left out.
    #[param(example = "mast,pole")]
    class: Option<String>,
    /// How many at most, 1 to 10,000; 1,000 when left out.
    #[param(example = 1000, minimum = 1, maximum = 10_000)]
    limit: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
}

impl ListQuery {
    fn check(&self) -> Result<AssetQuery, Problem> {
        let (bounds, classes) = ClassQuery { bbox: self.bbox.clone(), class: self.class.clone() }.check()?;
        Ok(AssetQuery {
            bounds,
            classes,
            limit: self.limit.as_deref().map_or(Ok(ON_A_PAGE), limit)?,
            after: self.after.as_deref().map(after).transpose()?,
        })
    }
}

/// The part of a question that says where and what.
struct ClassQuery {
    bbox: Option<String>,
    class: Option<String>,
}

impl ClassQuery {
    fn check(&self) -> Result<(BoundingBox, Vec<AssetClass>), Problem> {
        let classes = self.class.as_deref().unwrap_or_default().split(',').filter(|class| !class.is_empty());
        let bounds = self.bbox.as_deref().map_or(Ok(BoundingBox::WORLD), bounds)?;
        Ok((bounds, classes.map(class).collect::<Result<_, _>>()?))
    }
}

/// `GET /api/v1/assets`: what the viewer may see in a rectangle of the map, page by page in the order of identities.
#[utoipa::path(
    get,
    path = "/api/v1/assets",
    tag = "registry",
    operation_id = "listAssets",
    params(ListQuery),
    responses((status = OK, description = "A page of assets", body = wire::AssetPage, content_type = "application/geo+json"), wire::Problems),
)]
async fn list(
    viewer: Viewer,
    State(state): State<AppState>,
    Query(query): Query<ListQuery>,
    fresh: Fresh,
) -> Result<Kept<GeoJson<impl Serialize>>, Problem> {
    let query = query.check()?;
    let page = off_the_async_threads(move || list_assets(&state.desk, &viewer, &query)).await?;
    Ok(fresh.keep(GeoJson(Page {
        kind: "FeatureCollection",
        number_matched: page.matched,
        number_returned: page.features.len(),
        next: page.next,
        seq: page.seq.0,
        features: page.features,
    })))
}

/// `GET /api/v1/assets/{id}`: one asset, as far as the viewer may see it.
#[utoipa::path(
    get,
    path = "/api/v1/assets/{id}",
    tag = "registry",
    operation_id = "showAsset",
    params(("id" = String, Path, description = "The asset's identity", format = "uuid")),
    responses((status = OK, description = "The asset", body = wire::AssetFeature, content_type = "application/geo+json"), wire::Problems),
)]
async fn show(
    viewer: Viewer,
    State(state): State<AppState>,
    Path(id): Path<String>,
    fresh: Fresh,
) -> Result<Kept<GeoJson<impl Serialize>>, Problem> {
    // What is no identity names no asset.
    let asset = id.parse().ok().and_then(|id: AssetId| show_asset(&state.desk, &viewer, id));
    Ok(fresh.keep(GeoJson(asset.ok_or_else(|| Problem::not_found(id))?)))
}

/// A page of assets as a GeoJSON `FeatureCollection` with the members of OGC API Features.
#[derive(Serialize)]
struct Page<F> {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "numberMatched")]
    number_matched: usize,
    #[serde(rename = "numberReturned")]
    number_returned: usize,
    next: Option<AssetId>,
    seq: u64,
    features: Vec<F>,
}

fn bounds(text: &str) -> Result<BoundingBox, Problem> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
    let bounds = numbers.and_then(|numbers| <[f64; 4]>::try_from(numbers).ok());
    bounds.and_then(|[west, south, east, north]| BoundingBox::new(west, south, east, north).ok()).ok_or_else(|| {
        Problem::input(
            "box.invalid",
            text,
            "Khung không hợp lệ: cần bốn số tây,nam,đông,bắc tính bằng độ, tây ≤ đông và nam ≤ bắc.",
            "This is not a box: give west,south,east,north in degrees, west ≤ east and south ≤ north.",
        )
    })
}

pub(crate) fn class(text: &str) -> Result<AssetClass, Problem> {
    text.parse().map_err(|_| {
        let known = AssetClass::ALL.iter().map(|class| class.code()).collect::<Vec<_>>().join(", ");
        Problem::input(
            "class.unknown",
            text,
            format!("Không có loại công trình này; các loại: {known}."),
            format!("There is no such class; the classes: {known}."),
        )
    })
}

fn limit(text: &str) -> Result<usize, Problem> {
    // A number that is too large is cut, not refused: the page says where to go on.
    let limit = text.parse().ok().filter(|limit| 1 <= *limit);
    limit.map(|limit: usize| limit.min(MOST_ON_A_PAGE)).ok_or_else(|| {
        Problem::input(
            "limit.invalid",
            text,
            "Số công trình mỗi trang là số nguyên từ 1 trở lên.",
            "The number of assets on a page is a whole number from 1.",
        )
    })
}

pub(crate) fn after(text: &str) -> Result<AssetId, Problem> {
    text.parse().map_err(|_| {
        Problem::input(
            "after.invalid",
            text,
            "Giá trị này không phải `next` của trang trước.",
            "This is not the `next` of the page before.",
        )
    })
}
