use super::*;

#[test]
fn a_payload_names_its_format_and_type() {
    let recorded = Recorded {
        v: FORMAT,
        at: "2026-11-22T09:00:00Z".parse().unwrap(),
        valid_on: None,
        by: None,
        event: Event::OrganisationRegistered {
            organisation: Organisation {
                code: OrganisationCode::new("viettel").unwrap(),
                name: "Viettel".to_owned(),
                kind: crate::OrganisationKind::Carrier,
                networks: vec![],
            },
        },
    };
    let text = serde_json::to_string(&recorded).unwrap();
    assert_eq!(
        text,
        r#"{"v":1,"at":"2026-11-22T09:00:00Z","type":"organisation_registered","organisation":{"code":"viettel","name":"Viettel","kind":"carrier"}}"#
    );
    assert_eq!(serde_json::from_str::<Recorded>(&text).unwrap(), recorded);
    assert!(text.contains(&format!(r#""type":"{}""#, recorded.event.kind())));
}

#[test]
fn an_outline_from_before_reasons_is_read_and_written_as_it_was() {
    let outline = r#"{"code":"11824","name":"Xã","shape":{"type":"Polygon","coordinates":[[[106.0,20.0],[106.1,20.0],[106.1,20.1],[106.0,20.0]]]}}"#;
    let text = format!(r#"{{"type":"boundary_adopted","boundaries":{{"home":{outline}}}}}"#);
    let event: Event = serde_json::from_str(&text).unwrap();
    assert!(matches!(event, Event::BoundaryAdopted { reason: None, .. }));
    assert_eq!(serde_json::to_string(&event).unwrap(), text, "so that its hash stands");
}
