//! How every operation is called by the secrecy test: near what is hidden, by its identity, everywhere, and wrongly.
//!
//! A line for each operation of the OpenAPI document, by its `operationId`. Choose calls whose answers would differ if the
//! hidden thing were not hidden: lists and counts around it, the identity that it would have, aggregates over it.

use serde_json::json;
use uuid::Uuid;

/// One call.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) content_type: &'static str,
    pub(crate) body: Vec<u8>,
}

/// Where the hidden thing is.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) lon: f64,
    pub(crate) lat: f64,
    /// The identity that the hidden thing has, on the server that has it.
    pub(crate) hidden: Uuid,
    /// An identity that nothing has.
    pub(crate) nothing: Uuid,
}

impl Place {
    pub(crate) fn around([lon, lat]: [f64; 2]) -> Self {
        Self { lon, lat, hidden: Uuid::nil(), nothing: Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0001) }
    }

    pub(crate) fn anywhere() -> Self {
        Self::around([106.5, 20.7])
    }

    /// A box around it, as `bbox` is written.
    fn bbox(&self, degrees: f64) -> String {
        let Self { lon, lat, .. } = self;
        format!("{},{},{},{}", lon - degrees, lat - degrees, lon + degrees, lat + degrees)
    }

    /// The tile that it lies in, as paths are written.
    fn tile(&self, zoom: u8) -> String {
        let side = f64::from(1_u32 << zoom);
        let lat = self.lat.to_radians();
        let column = ((self.lon + 180.0) / 360.0 * side).floor();
        let row = ((1.0 - lat.tan().asinh() / std::f64::consts::PI) / 2.0 * side).floor();
        format!("{zoom}/{column}/{row}")
    }

    /// A request for a mast beside it.
    pub(crate) fn request(&self, owner: &str) -> Vec<u8> {
        let request = json!({
            "type": "Feature",
            "geometry": { "type": "Point", "coordinates": [self.lon + 0.001, self.lat] },
            "properties": { "class": "mast", "owner": owner, "network": owner, "height_m": 30, "operators_designed": 2 },
        });
        serde_json::to_vec(&request).unwrap()
    }
}

impl Call {
    /// Whether a call is one of the operation at a path such as `/api/v1/assets/{id}`.
    pub(crate) fn is_of(&self, method: &str, template: &str) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        let (mut asked, mut of) = (path.split('/'), template.split('/'));
        let alike = asked.by_ref().zip(of.by_ref()).all(|(asked, of)| of.starts_with('{') || asked == of);
        self.method == method && alike && path.split('/').count() == template.split('/').count()
    }
}

fn get(path: impl Into<String>) -> Call {
    Call { method: "GET".to_owned(), path: path.into(), content_type: "application/json", body: Vec::new() }
}

fn send(method: &str, path: impl Into<String>, body: impl Into<Vec<u8>>) -> Call {
    Call { method: method.to_owned(), path: path.into(), content_type: "application/json", body: body.into() }
}

/// The calls of an operation; none when nobody has said how it is called.
pub(crate) fn examples(operation: &str, place: &Place) -> Option<Vec<Call>> {
    [frame, people, registry, editing, imports, deviations, review, cases, works, coverage, tiles, oversight]
        .iter()
        .find_map(|area| area(operation, place))
}

fn frame(operation: &str, _place: &Place) -> Option<Vec<Call>> {
    Some(match operation {
        "live" => vec![get("/healthz")],
        "ready" => vec![get("/readyz")],
        "showSession" => vec![get("/api/v1/session")],
        "beginSession" => vec![send("POST", "/api/v1/session", r#"{"account":"nobody","password":"wrong"}"#)],
        "endSession" => vec![send("DELETE", "/api/v1/session", "")],
        _ => return None,
    })
}

/// Accounts know nothing of the registry but organisations; who has not signed in, in person, is refused before anything.
fn people(operation: &str, place: &Place) -> Option<Vec<Call>> {
    let nobody = place.nothing;
    let (account, one) = ("/api/v1/account", format!("/api/v1/accounts/{nobody}"));
    Some(match operation {
        "giveSecondFactor" => vec![send("POST", "/api/v1/session/second-factor", r#"{"code":"123456"}"#)],
        "setUpAccount" => vec![send("POST", "/api/v1/session/setup", r#"{"code":"AAAAA","password":"x"}"#)],
        "beginSignOn" => vec![get("/api/v1/session/sign-on")],
        "endSignOn" => vec![get("/api/v1/session/sign-on/callback?state=x&code=x")],
        "showMyAccount" => vec![get(account)],
        "changeMyPassword" => vec![send("PUT", format!("{account}/password"), r#"{"present":"x","new":"y"}"#)],
        "putMyPerson" => vec![send("PUT", format!("{account}/person"), r#"{"display_name":"x"}"#)],
        "exportMyData" => vec![get(format!("{account}/data"))],
        "askErasure" => vec![send("POST", format!("{account}/erasure"), "")],
        "withdrawErasure" => vec![send("DELETE", format!("{account}/erasure"), "")],
        "beginSecondFactor" => vec![send("POST", format!("{account}/second-factor"), "")],
        "confirmSecondFactor" => vec![send("PUT", format!("{account}/second-factor"), r#"{"code":"123456"}"#)],
        "giveUpSecondFactor" => vec![send("DELETE", format!("{account}/second-factor"), r#"{"code":"123456"}"#)],
        "renewRecoveryCodes" => vec![send("POST", format!("{account}/recovery-codes"), r#"{"code":"123456"}"#)],
        "listMySessions" => vec![get(format!("{account}/sessions"))],
        "endMyOtherSessions" => vec![send("DELETE", format!("{account}/sessions"), "")],
        "endMySession" => vec![send("DELETE", format!("{account}/sessions/{nobody}"), "")],
        "listMyTokens" => vec![get(format!("{account}/tokens"))],
        "makeToken" => vec![send("POST", format!("{account}/tokens"), r#"{"name":"x","scopes":["read"],"days":1}"#)],
        "revokeToken" => vec![send("DELETE", format!("{account}/tokens/{nobody}"), "")],
        "listAccounts" => vec![get("/api/v1/accounts")],
        "addAccount" => {
            vec![send("POST", "/api/v1/accounts", r#"{"account":"x","display_name":"x","role":"planner"}"#)]
        }
        "amendAccount" => vec![send("PATCH", one, r#"{"disabled":true}"#)],
        "resetPassword" => vec![send("POST", format!("{one}/password"), "")],
        "resetSecondFactor" => vec![send("DELETE", format!("{one}/second-factor"), "")],
        "unlockAccount" => vec![send("DELETE", format!("{one}/lock"), "")],
        "eraseAccount" => vec![send("DELETE", format!("{one}/person"), "")],
        "listDelegations" => vec![get("/api/v1/delegations")],
        "grantDelegation" => vec![send(
            "POST",
            "/api/v1/delegations",
            r#"{"owner":"viettel","provider":"vnpt","actions":["see_assets"],"from":"2026-01-01","to":"2026-12-31"}"#,
        )],
        "revokeDelegation" => vec![send("DELETE", format!("/api/v1/delegations/{nobody}"), "")],
        _ => return None,
    })
}

fn registry(operation: &str, place: &Place) -> Option<Vec<Call>> {
    let nothing = place.nothing;
    Some(match operation {
        "showTerritory" => vec![get("/api/v1/territory")],
        "listAssets" => vec![
            get("/api/v1/assets?limit=10000"),
            get(format!("/api/v1/assets?bbox={}", place.bbox(0.01))),
            get(format!("/api/v1/assets?bbox={}&class=mast,radio_station,duct", place.bbox(0.0001))),
            get("/api/v1/assets?class=mast&limit=3"),
            get(format!("/api/v1/assets?after={nothing}&limit=5")),
        ],
        "showAsset" => vec![
            get(format!("/api/v1/assets/{}", place.hidden)),
            get(format!("/api/v1/assets/{nothing}")),
            get("/api/v1/assets/HIDDEN-1"),
        ],
        "showPlan" => {
            vec![get("/api/v1/plan"), get("/api/v1/plan?as_of=2999-12-31"), get("/api/v1/plan?as_of=2000-01-01")]
        }
        "amendPlan" => {
            let change = |act: &str, id: Uuid| {
                let body = json!({ "seen_version": 1, "reason": "x", "act": act, "id": id, "number": 99 });
                send("POST", "/api/v1/plan/changes", body.to_string())
            };
            vec![
                change("retire_planned", place.hidden),
                change("retire_planned", nothing),
                change("retire_zone", nothing),
            ]
        }
        "importPlanned" => {
            let file = format!("code,lon,lat\nHIDDEN-1,{},{}\n", place.lon, place.lat);
            let path = "/api/v1/plan/imports?file=planned.csv&class=mast&owner=viettel&seen_version=1&dry_run=true";
            vec![send("POST", path, file)]
        }
        "showYearlyPlans" => vec![get("/api/v1/yearly-plans/2027"), get("/api/v1/yearly-plans/2031")],
        "adoptYearlyPlans" => {
            let items = [place.hidden, nothing].map(|case| json!([{ "case": case, "number": 1 }]));
            let adoption = |items| json!({ "seen_version": 1, "reason": "x", "items": items }).to_string();
            items.map(|items| send("POST", "/api/v1/yearly-plans/2027/adoption", adoption(items))).into()
        }
        "readYearlyPlanFile" => {
            let file = format!("code,lon,lat,height_m\nHIDDEN-1,{},{},30\n", place.lon, place.lat);
            vec![send("POST", "/api/v1/yearly-plans/2027/items?file=planned.csv&class=mast&owner=viettel", file)]
        }
        "watchImport" => vec![
            get(format!("/api/v1/imports/{}/events", place.hidden)),
            get(format!("/api/v1/imports/{nothing}/events")),
        ],
        "listRuleSets" => vec![get("/api/v1/rule-sets")],
        "listRuleSetChanges" => {
            ["national", "none"].iter().map(|set| get(format!("/api/v1/rule-sets/{set}/changes"))).collect()
        }
        "amendRule" => {
            let change = json!({
                "seen_version": 99, "valid_from": "2027-01-01", "parameters": {}, "instrument": "x", "article": "x",
                "text_vi": "x", "reason": "x",
            });
            vec![send("POST", "/api/v1/rule-sets/national/rules/CL-ROAD", change.to_string())]
        }
        "amendClock" => {
            let change = json!({
                "seen_version": 99, "valid_from": "2027-01-01", "limit": null, "instrument": "x", "article": "x",
                "text_vi": "x", "reason": "x",
            });
            vec![send("POST", "/api/v1/rule-sets/national/clocks/CK-ROAD", change.to_string())]
        }
        "showOutline" => vec![get("/api/v1/outline")],
        "amendOutline" => {
            let outline = json!({ "type": "Polygon", "coordinates": [[
                [place.lon - 0.05, place.lat - 0.05], [place.lon + 0.05, place.lat - 0.05],
                [place.lon + 0.05, place.lat + 0.05], [place.lon - 0.05, place.lat - 0.05],
            ]] });
            vec![send("POST", "/api/v1/outline?dry_run=true", outline.to_string())]
        }
        "showRuleSetArea" => {
            ["national", "none"].iter().map(|set| get(format!("/api/v1/rule-sets/{set}/area"))).collect()
        }
        "setRuleSetArea" => {
            vec![send("POST", "/api/v1/rule-sets/hai-phong/area?from=outline&seen_version=99&reason=x", "")]
        }
        "exportPlan" => vec![
            get("/api/v1/plan-export"),
            get("/api/v1/plan-export?as_of=2999-12-31"),
            get("/api/v1/plan-export?as_of=2000-01-01"),
        ],
        "showUndecided" => vec![
            get("/api/v1/undecided?probed=grid"),
            get("/api/v1/undecided?probed=requests&ruleset=bac-ninh-72-2025"),
        ],
        "showPlanLayer" => {
            ["boundary", "neighbours", "zones", "hamlets", "places", "roads", "works", "planned", "constraints", "none"]
                .iter()
                .flat_map(|layer| {
                    let path = format!("/api/v1/plan/{layer}");
                    [get(format!("{path}?as_of=2999-12-31")), get(path)]
                })
                .collect()
        }
        _ => return None,
    })
}

/// Writes are called dry, or refused; what a receipt tells is compared apart.
fn editing(operation: &str, place: &Place) -> Option<Vec<Call>> {
    let Place { lon, lat, hidden, nothing } = place;
    let mast = json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": [lon, lat] },
        "properties": { "class": "mast", "owner": "vnpt", "code": "SECRECY-1", "height_m": 30 } });
    let near = |class: &str, lon: f64| json!({ "class": class, "geometry": { "type": "Point", "coordinates": [lon, lat] }, "reach_m": 500 });
    let text = |value: serde_json::Value| serde_json::to_vec(&value).unwrap();
    Some(match operation {
        "registerAsset" => vec![send("POST", "/api/v1/assets?dry_run=true", text(mast))],
        "amendAsset" => vec![
            send("PATCH", format!("/api/v1/assets/{hidden}?dry_run=true"), r#"{"properties":{"height_m":3}}"#),
            send("PATCH", format!("/api/v1/assets/{nothing}"), "{}"),
        ],
        "retireAsset" => vec![send("POST", format!("/api/v1/assets/{hidden}/retirement"), r#"{"reason":"x"}"#)],
        "showAssetRecord" => {
            vec![get(format!("/api/v1/assets/{hidden}/record")), get(format!("/api/v1/assets/{nothing}/record"))]
        }
        "showAssetHistory" => {
            vec![get(format!("/api/v1/assets/{hidden}/history")), get(format!("/api/v1/assets/{nothing}/history"))]
        }
        "listAssetsAsOf" => vec![
            get("/api/v1/assets-as-of?recorded=2100-01-01"),
            get(format!("/api/v1/assets-as-of?valid=2100-01-01&bbox={}", place.bbox(0.001))),
            get("/api/v1/assets-as-of?valid=2000-01-01"),
        ],
        "exportAssets" => vec![
            get("/api/v1/assets-export?class=mast&format=csv"),
            get("/api/v1/assets-export?class=mast&format=geojson&recorded=2100-01-01"),
        ],
        "readPlace" => vec![send("POST", "/api/v1/places", text(json!({ "text": format!("{lon} {lat}") })))],
        "listNearby" => vec![
            send("POST", "/api/v1/nearby", text(near("mast", *lon))),
            send("POST", "/api/v1/nearby", text(near("duct", lon + 0.001))),
        ],
        "listCodeLists" => vec![get("/api/v1/code-lists")],
        "showQuality" => vec![get("/api/v1/quality")],
        "downloadOwnData" => vec![get("/api/v1/own-data")],
        _ => return None,
    })
}

fn imports(operation: &str, place: &Place) -> Option<Vec<Call>> {
    let Place { hidden, nothing, .. } = place;
    let at = |step: &str| format!("/api/v1/imports/{hidden}{step}");
    Some(match operation {
        "listImports" => vec![get("/api/v1/imports")],
        "uploadImport" => vec![send("POST", "/api/v1/imports?file=a.csv&class=mast&owner=fpt", "code;lon;lat\n")],
        "showImport" => vec![get(at("")), get(format!("/api/v1/imports/{nothing}"))],
        "listImportRows" => vec![get(at("/rows"))],
        "downloadImportReport" => vec![get(at("/report")), get(at("/report?format=html"))],
        "downloadTemplate" => vec![get("/api/v1/templates/mast"), get("/api/v1/templates/pole?planned=true")],
        "checkImport" => vec![send("POST", at("/check?wait=true"), "{}")],
        "acknowledgeImport" => vec![send("POST", at("/acknowledgement"), r#"{"revision":1,"conflicts":[]}"#)],
        "commitImport" => vec![send("POST", at("/commit"), "")],
        "revertImport" => vec![send("POST", at("/reversal"), r#"{"revision":1,"reason":"x"}"#)],
        "discardImport" => vec![send("DELETE", at(""), "")],
        _ => return None,
    })
}

fn deviations(operation: &str, place: &Place) -> Option<Vec<Call>> {
    let Place { hidden, nothing, .. } = place;
    let about = |id: &Uuid| format!(r#"{{"kind":"wrong_position","asset":"{id}"}}"#);
    let decided = |id: &Uuid| {
        let other = Uuid::nil();
        format!(
            r#"{{"act":"keep_apart","reason":"-","assets":[{{"id":"{id}","version":1}},{{"id":"{other}","version":1}}]}}"#
        )
    };
    Some(match operation {
        "listDeviations" => vec![get("/api/v1/deviations")],
        "reportDeviation" => {
            vec![send("POST", "/api/v1/deviations", about(hidden)), send("POST", "/api/v1/deviations", about(nothing))]
        }
        "showDeviation" => vec![get(format!("/api/v1/deviations/{hidden}"))],
        "answerDeviation" => vec![send("POST", format!("/api/v1/deviations/{hidden}/answers"), r#"{"act":"confirm"}"#)],
        "listDuplicates" => vec![
            get("/api/v1/duplicates"),
            get("/api/v1/duplicates?state=apart"),
            get("/api/v1/duplicates?state=merged&class=mast"),
        ],
        "decideDuplicate" => [hidden, nothing].map(|id| send("POST", "/api/v1/duplicates", decided(id))).into(),
        _ => return None,
    })
}

fn review(operation: &str, place: &Place) -> Option<Vec<Call>> {
    Some(match operation {
        "screenRequest" => vec![
            send("POST", "/api/v1/screenings", place.request("vnpt")),
            send("POST", "/api/v1/screenings", place.request("viettel")),
            send("POST", "/api/v1/screenings?ruleset=bac-ninh-72-2025", place.request("mobifone")),
            send("POST", "/api/v1/screenings", "{}"),
        ],
        _ => return None,
    })
}

/// Asked for with the identity of what is hidden, which no request has: a request's own identity is made at random.
fn cases(operation: &str, place: &Place) -> Option<Vec<Call>> {
    let (hidden, nothing) = (place.hidden, place.nothing);
    let both = |rest: &str, method: &str, body: &str| {
        [hidden, nothing].iter().map(|id| send(method, format!("/api/v1/cases/{id}{rest}"), body)).collect::<Vec<_>>()
    };
    let draft = |owner: &str| {
        let request: serde_json::Value = serde_json::from_slice(&place.request(owner)).unwrap();
        json!({ "request": request }).to_string()
    };
    Some(match operation {
        "listCases" => vec![get("/api/v1/cases"), get("/api/v1/cases?expired=true"), get("/api/v1/cases?q=viettel")],
        "saveCase" => ["vnpt", "viettel"].iter().map(|owner| send("POST", "/api/v1/cases", draft(owner))).collect(),
        "showCase" => both("", "GET", ""),
        "amendCase" => both("", "PUT", &json!({ "version": 1, "request": {} }).to_string()),
        "submitCase" => both("/submission", "POST", r#"{"version":1}"#),
        "withdrawCase" => both("/withdrawal", "POST", r#"{"version":2}"#),
        "keepScreening" => both("/screenings", "POST", "{}"),
        "readScreening" => both(&format!("/screenings/{nothing}"), "GET", ""),
        "rerunScreening" => both(&format!("/screenings/{nothing}/rerun"), "POST", ""),
        "issueOpinion" => {
            let signed = r#"{"version":1,"outcome":"conforms","number":"1/KT","dated":"2026-01-02"}"#;
            both("/opinion", "POST", signed)
        }
        "endCase" => both("/ending", "POST", r#"{"version":1,"ending":"built"}"#),
        "judgeCase" => {
            both("/verdict", "PUT", r#"{"version":1,"item":1,"about":"rule","part":"MA-2OP","opinion":"agree"}"#)
        }
        _ => return None,
    })
}

fn works(operation: &str, place: &Place) -> Option<Vec<Call>> {
    let line = json!({ "type": "LineString", "coordinates": [[place.lon, place.lat], [place.lon + 0.001, place.lat]] });
    let work = |owner: &str| json!({ "sector": "power", "owner": owner, "geometry": line });
    let with_version = |mut work: serde_json::Value| {
        work["version"] = json!(1);
        work.to_string()
    };
    Some(match operation {
        "listWorks" => vec![get("/api/v1/works")],
        "listOpportunities" => vec![get("/api/v1/dig-once")],
        "registerWorks" => vec![send("POST", "/api/v1/works", work("evn").to_string())],
        "uploadWorks" => vec![send("POST", "/api/v1/works/upload", "{}")],
        "amendWorks" => vec![send("PUT", "/api/v1/works/CT-01", with_version(work("evn")))],
        "stepWorks" => vec![send("POST", "/api/v1/works/CT-01/steps", r#"{"version":1,"step":"start"}"#)],
        "replyWorks" => vec![send("PUT", "/api/v1/works/CT-01/reply", r#"{"version":1,"ducts":2}"#)],
        "answerWorks" => vec![send("PUT", "/api/v1/works/CT-01/answer", r#"{"interest":"interested"}"#)],
        "setInterestArea" => vec![send("PUT", "/api/v1/interest-area", r#"{"geometry":null}"#)],
        _ => return None,
    })
}

fn coverage(operation: &str, place: &Place) -> Option<Vec<Call>> {
    let nothing = place.nothing;
    let measured = format!("lon,lat,rsrp_dbm,time\n{},{},-95,2026-11-20T09:30\n", place.lon, place.lat);
    Some(match operation {
        "showCoverage" => vec![
            get("/api/v1/coverage?technology=5g"),
            get("/api/v1/coverage?technology=5g&network=viettel"),
            get("/api/v1/coverage?technology=5g&network=nobody"),
            get("/api/v1/coverage?technology=5g&network=viettel&model=p1812"),
            get("/api/v1/coverage?technology=5g&network=viettel&calibrated=true"),
        ],
        "coverageRaster" => vec![
            get("/api/v1/coverage/raster?technology=5g"),
            get("/api/v1/coverage/raster?technology=5g&network=viettel"),
            get("/api/v1/coverage/raster?technology=5g&network=vnpt"),
        ],
        "coveragePackage" => vec![
            get("/api/v1/coverage/package?technology=5g"),
            get("/api/v1/coverage/package?technology=5g&network=viettel"),
            get("/api/v1/coverage/package?technology=5g&network=vnpt"),
        ],
        "listGroundSources" => vec![get("/api/v1/ground-sources")],
        "recordGroundSource" => vec![send(
            "POST",
            "/api/v1/ground-sources?kind=population&dated=2026-01-01&source=grid",
            format!("lon,lat,people\n{},{},4\n", place.lon, place.lat),
        )],
        "retireGroundSource" => vec![send("DELETE", format!("/api/v1/ground-sources/{nothing}?reason=no"), "")],
        "listGaps" => vec![
            get("/api/v1/gaps?technology=5g"),
            get("/api/v1/gaps?technology=5g&network=viettel"),
            get("/api/v1/gaps?technology=5g&fewer_than=2"),
        ],
        "computeLink" => vec![get("/api/v1/link?scenario=RMa&technology=5g&f_mhz=3500&h_bs_m=30&d2d_m=2000")],
        "showFibreReach" => vec![get("/api/v1/fibre"), get("/api/v1/fibre?owner=viettel")],
        "listCoverageSources" => vec![get("/api/v1/coverage-sources")],
        "compareCoverage" => vec![
            get("/api/v1/coverage/comparison?technology=5g"),
            get("/api/v1/coverage/comparison?technology=5g&network=viettel"),
        ],
        "recordCoverageSource" => vec![send(
            "POST",
            "/api/v1/coverage-sources?kind=measured&network=viettel&technology=5g&owner=viettel&source=drive",
            measured,
        )],
        "retireCoverageSource" => vec![send("DELETE", format!("/api/v1/coverage-sources/{nothing}?reason=no"), "")],
        "startClosingPlan" => vec![
            send("POST", "/api/v1/closing-plans", r#"{"technology":"5g","network":"nobody"}"#),
            send("POST", "/api/v1/closing-plans", "{}"),
        ],
        "listClosingPlans" => vec![get("/api/v1/closing-plans")],
        "showClosingPlan" => vec![get(format!("/api/v1/closing-plans/{nothing}"))],
        "cancelClosingPlan" => vec![send("DELETE", format!("/api/v1/closing-plans/{nothing}"), "")],
        _ => return None,
    })
}

fn tiles(operation: &str, place: &Place) -> Option<Vec<Call>> {
    Some(match operation {
        "describeAssetTiles" => vec![get("/tiles/assets")],
        "assetTile" => {
            [0, 8, 11, 14, 16].iter().map(|zoom| get(format!("/tiles/assets/{}", place.tile(*zoom)))).collect()
        }
        "describeCoverageTiles" => vec![get("/tiles/coverage")],
        "coverageTile" => vec![
            get(format!("/tiles/coverage/{}?technology=5g", place.tile(14))),
            get(format!("/tiles/coverage/{}?technology=5g&network=viettel", place.tile(12))),
        ],
        _ => return None,
    })
}

/// The log tells those who oversee a server what was done there; they may see everything that is hidden from others.
fn oversight(operation: &str, _place: &Place) -> Option<Vec<Call>> {
    Some(match operation {
        "listPermissions" => vec![get("/api/v1/permissions")],
        "listAccesses" => vec![get("/api/v1/audit?limit=1000"), get("/api/v1/audit?kind=change")],
        "exportAccesses" => vec![get("/api/v1/audit/export"), get("/api/v1/audit/export?format=json")],
        _ => return None,
    })
}
