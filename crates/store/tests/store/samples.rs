//! Small records to write.

use hatang_core::{
    Asset, AssetClass, AssetCode, AssetId, Details, Event, Lonlat, Metres, Organisation, OrganisationCode,
    OrganisationKind, Recorded, Shape, Stream, Survey, Territory,
    asset::{Lifecycle, Mast},
    event::FORMAT,
};
use hatang_store::{Appended, Expected, Hash, Import, Store, StoreError, Write};
use jiff::{Timestamp, ToSpan as _};
use uuid::Uuid;

pub(crate) fn vinh_bao() -> Territory {
    Territory::new("11824").unwrap()
}

/// A moment `second` seconds into a morning; with a fraction, to see that nothing rounds it.
pub(crate) fn at(second: i64) -> Timestamp {
    "2026-11-22T01:00:00.123456789Z".parse::<Timestamp>().unwrap() + second.seconds()
}

pub(crate) fn id(number: u32) -> Uuid {
    Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0000 + u128::from(number))
}

/// A mast whose numbers need all their digits.
pub(crate) fn mast(number: u32, code: Option<&str>) -> Asset {
    let position = Lonlat::new(106.4 + f64::from(number) / 3e5, 20.6 + f64::from(number) / 7e5).unwrap();
    Asset {
        id: AssetId(id(number)),
        code: code.map(|code| AssetCode::new(code).unwrap()),
        owner: OrganisationCode::new("viettel").unwrap(),
        manager: None,
        tenants: vec![],
        status: Lifecycle::Operational,
        shape: Shape::Point(position),
        survey: Survey::default(),
        built_on: None,
        source: None,
        note: Some("Cột ăng ten ở thôn Đông".to_owned()),
        nulls: std::collections::BTreeMap::default(),
        security_site: false,
        terms: hatang_core::asset::Terms::default(),
        submitted: None,
        replaced_by: None,
        details: Details::Mast(Mast { height_m: Some(Metres::new(0.1 + 0.2).unwrap()), ..Mast::default() }),
    }
}

pub(crate) fn recorded(second: i64, event: Event) -> Recorded {
    Recorded { v: FORMAT, at: at(second), valid_on: None, by: None, event }
}

pub(crate) fn registered(second: i64, asset: Asset) -> Recorded {
    recorded(second, Event::AssetRegistered { asset: Box::new(asset) })
}

pub(crate) fn amended(second: i64, asset: Asset) -> Recorded {
    recorded(second, Event::AssetAmended { asset: Box::new(asset), reason: None })
}

pub(crate) fn organisation(second: i64, code: &str) -> Recorded {
    let organisation = Organisation {
        code: OrganisationCode::new(code).unwrap(),
        name: format!("Công ty {code}"),
        kind: OrganisationKind::Carrier,
        networks: vec![],
    };
    recorded(second, Event::OrganisationRegistered { organisation })
}

pub(crate) fn stream(number: u32) -> Stream {
    Stream::Asset(AssetId(id(number)))
}

/// Writes one event to Vĩnh Bảo's journal.
pub(crate) async fn append(store: &Store, expected: Expected, recorded: &Recorded) -> Result<Appended, StoreError> {
    let appended = store.append(&[Write { territory: &vinh_bao(), expected, recorded }]).await?;
    Ok(appended.into_iter().next().expect("one event was written"))
}

/// Imports assets into Vĩnh Bảo's registry.
pub(crate) async fn import(store: &Store, assets: &[Asset]) -> Result<Appended, StoreError> {
    import_with(store, assets, &[]).await
}

/// Imports assets and the organisations that only their file names.
pub(crate) async fn import_with(
    store: &Store,
    assets: &[Asset],
    organisations: &[Organisation],
) -> Result<Appended, StoreError> {
    let first = assets.first().map_or(0, |asset| asset.id.0.as_u128());
    store
        .append_import(&Import {
            territory: &vinh_bao(),
            at: at(60),
            valid_on: None,
            by: None,
            id: Uuid::from_u128(first ^ 0xf11e << 64),
            file: "cột.csv",
            file_sha256: Hash::GENESIS,
            class: AssetClass::Mast,
            rows_refused: 2,
            organisations,
            assets,
        })
        .await
}

/// A registry with a little of everything: entries 1 to 3 are masts 1, 2 and mast 1 again, entry 4 imports masts 11 to
/// 13, and entry 5 changes mast 12.
pub(crate) async fn fill(store: &Store) {
    append(store, Expected::New, &registered(1, mast(1, Some("M-1")))).await.unwrap();
    append(store, Expected::New, &registered(2, mast(2, Some("M-2")))).await.unwrap();
    append(store, Expected::Any, &amended(3, mast(1, Some("M-1b")))).await.unwrap();
    import(store, &[mast(11, Some("M-11")), mast(12, Some("M-12")), mast(13, None)]).await.unwrap();
    append(store, Expected::Any, &amended(5, mast(12, Some("M-12b")))).await.unwrap();
}
