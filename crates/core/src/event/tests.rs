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
