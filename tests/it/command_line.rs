//! The executable as an office would call it.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    process::{Command, Output, Stdio},
};

use hatang_testkit::{hatang_executable, workspace_root};
use hatang_tests::sample_data;
use tempfile::TempDir;

/// Runs the executable in a folder of its own.
fn hatang(folder: &TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(hatang_executable());
    command.args(arguments).current_dir(folder.path()).env("HATANG_DATABASE", "sqlite:office.db");
    command.output().expect("the executable runs")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn an_office_imports_screens_exports_and_verifies() {
    let folder = TempDir::new().unwrap();
    let sample = sample_data();
    let path = |name: &str| sample.join(name).to_string_lossy().into_owned();

    let output = hatang(&folder, &["plan", "load", &path("plan")]);
    assert!(output.status.success(), "{}", said(&output));
    for class in ["mast", "radio_station", "duct"] {
        let file = path(&format!("assets/{class}.geojson"));
        let output = hatang(&folder, &["import", &file, "--class", class, "--owner-field", "owner"]);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    }
    // The same file again: every code is taken, nothing is done.
    let again = hatang(&folder, &["import", &path("assets/mast.geojson"), "--class", "mast", "--owner-field", "owner"]);
    assert_eq!(again.status.code(), Some(1), "{}", said(&again));

    let mut requests: Vec<_> =
        fs::read_dir(sample.join("requests")).unwrap().map(|entry| entry.unwrap().path()).collect();
    requests.sort();
    let request = requests[0].to_string_lossy().into_owned();
    let output = hatang(&folder, &["screen", &request, "--json"]);
    assert!(output.status.success(), "{}", said(&output));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for member in ["/seq", "/ruleset", "/items/0/findings/0/rule", "/items/0/findings/0/citation/text_vi"] {
        assert!(answer.pointer(member).is_some(), "{member} in {answer}");
    }
    let twice = hatang(&folder, &["screen", &request, "--json"]);
    assert_eq!(output.stdout, twice.stdout, "the same inputs give the same bytes");

    let output = hatang(&folder, &["export", "masts.geojson", "--class", "mast"]);
    assert!(output.status.success(), "{}", said(&output));
    let exported: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("masts.geojson")).unwrap()).unwrap();
    let imported: serde_json::Value = serde_json::from_slice(&fs::read(path("assets/mast.geojson")).unwrap()).unwrap();
    let codes = |collection: &serde_json::Value| {
        let features = collection["features"].as_array().unwrap().iter();
        let mut codes: Vec<String> = features.map(|feature| feature["properties"]["code"].to_string()).collect();
        codes.sort();
        codes
    };
    assert_eq!(codes(&exported), codes(&imported));

    let output = hatang(&folder, &["gaps", "--technology", "5g"]);
    assert!(output.status.success() && said(&output).starts_with("1. "), "{}", said(&output));
    let output = hatang(&folder, &["journal", "verify"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn bad_files_are_refused_row_by_row_with_both_languages_and_an_exit_code() {
    let folder = TempDir::new().unwrap();
    let rows = "code,lon,lat,status,height_m\nA,106.48,20.68,operational,30\nB,20.68,106.48,operational,30\nC,106.481,20.681,standing,30\nD,106.482,20.682,operational,tall\n";
    fs::write(folder.path().join("masts.csv"), rows).unwrap();
    fs::write(folder.path().join("noise.bin"), [0x89, 0x50, 0x4e, 0x47, 0xff]).unwrap();

    let import = |file: &str, more: &[&str]| {
        let arguments = [&["import", file, "--class", "mast", "--owner", "viettel"], more].concat();
        hatang(&folder, &arguments)
    };
    let dry = import("masts.csv", &["--dry-run", "--report", "report.json"]);
    assert_eq!(dry.status.code(), Some(2), "{}", said(&dry));
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("report.json")).unwrap()).unwrap();
    assert!(report["receipt"].is_null());
    let refused: Vec<(u64, &str)> = report["report"]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["severity"] == "error")
        .map(|finding| {
            assert!(finding["message"]["vi"] != finding["message"]["en"]);
            (finding["row"].as_u64().unwrap(), finding["rule"].as_str().unwrap())
        })
        .collect();
    assert_eq!(refused, [(3, "crs"), (4, "domain"), (5, "domain")]);

    let kept = import("masts.csv", &[]);
    assert_eq!(kept.status.code(), Some(2), "{}", said(&kept));
    assert!(said(&kept).contains("1 accepted, 3 refused"), "{}", said(&kept));

    let noise = import("noise.bin", &[]);
    assert_eq!(noise.status.code(), Some(1), "{}", said(&noise));
    assert!(!said(&noise).contains("panicked"), "{}", said(&noise));
}

#[test]
fn the_demo_refuses_any_address_but_the_machines_own() {
    let folder = TempDir::new().unwrap();
    let output = hatang(&folder, &["serve", "--demo", "--listen", "0.0.0.0:0"]);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("127.0.0.1"), "{}", said(&output));
}

#[test]
fn the_demo_opens_a_case_and_says_where_its_request_and_its_answer_are() {
    let folder = TempDir::new().unwrap();
    let case = workspace_root().join("tests/cases/spacing-119-against-120");
    let expected: serde_json::Value = serde_json::from_slice(&fs::read(case.join("expected.json")).unwrap()).unwrap();
    let (request, case) = (case.join("request.geojson").display().to_string(), case.display().to_string());
    let serve = ["serve", "--demo", "--case", &case, "--listen", "127.0.0.1:0"];
    let mut serving = Command::new(hatang_executable());
    serving.args(serve).current_dir(folder.path()).env("HATANG_DATABASE", "sqlite:office.db");
    serving.env("RUST_LOG", "info").env("NO_COLOR", "1").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut serving = serving.spawn().unwrap();
    let mut log = BufReader::new(serving.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("listening address=") {
        line.clear();
        assert!(0 < log.read_line(&mut line).unwrap(), "the server ends before it listens");
    }
    assert!(Command::new("kill").args(["-TERM", &serving.id().to_string()]).status().unwrap().success());
    let served = serving.wait_with_output().unwrap();
    assert!(served.status.success(), "{}", said(&served));
    let told = said(&served);
    let screen = ["screen", &request, "--ruleset", "bac-ninh-72-2025", "--on", "2026-07-01", "--as", "phong-kinh-te"];
    let answers = format!("hatang {}", screen.join(" "));
    let notes = ["note_vi", "note_en"].map(|note| expected[note].as_str().unwrap());
    for part in ["Hatang: http://127.0.0.1:", "quan-tri-viettel", notes[0], notes[1], "sign in as `vnpt`", &answers] {
        assert!(told.contains(part), "{part} in {told}");
    }

    let json = |arguments: &[&str]| -> serde_json::Value {
        let output = hatang(&folder, arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let listed = json(&["cases", "--as", "vnpt", "--json"]);
    let own = &listed["cases"][0];
    assert_eq!((&own["title"], &own["state"]), (&"spacing-119-against-120".into(), &"draft".into()));
    let answer = json(&[&screen[..], &["--json"]].concat());
    let findings = answer["items"][0]["findings"].as_array().unwrap();
    let spacing = findings.iter().find(|finding| finding["rule"] == "SP-BN-1").unwrap();
    assert_eq!(spacing["verdict"], expected["items"][0]["findings"]["SP-BN-1"]);

    let again = hatang(&folder, &serve);
    assert_eq!(again.status.code(), Some(1), "{}", said(&again));
    assert!(said(&again).contains("case.registry_not_empty"), "{}", said(&again));
    let both = hatang(&folder, &["serve", "--case", &case]);
    assert_eq!(both.status.code(), Some(1), "a case is opened by the demo only: {}", said(&both));
}

#[test]
fn single_assets_corrections_and_duplicates_are_handled_as_on_the_page() {
    let folder = TempDir::new().unwrap();
    let run = |arguments: &[&str]| hatang(&folder, arguments);
    let json = |arguments: &[&str]| -> serde_json::Value {
        let output = run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", said(&output));
        serde_json::from_slice(&output.stdout).unwrap()
    };
    let register = |code: &str, owner: &str, at: &str| {
        let set = format!("code={code}");
        let place = ["asset", "register", "--class", "mast", "--owner", owner, "--at", at, "--crs", "EPSG:4326"];
        json(&[&place[..], &["--set", &set, "status=operational", "height_m=42"]].concat())
    };
    let first = register("VB-1", "viettel", "20.678, 106.4805");
    let second = register("NB-1", "vnpt", "20.678, 106.48051");
    assert_eq!(second["notices"][0]["rule"], "duplicate");
    let shown = json(&["asset", "show", "viettel/mast/VB-1"]);
    assert_eq!((&shown["version"], &shown["feature"]["properties"]["height_m"]), (&1.into(), &42.0.into()));
    let amend =
        ["asset", "amend", "viettel/mast/VB-1", "--version", "1", "--set", "height_m=45", "--reason", "nâng cột"];
    assert_eq!(json(&amend)["receipt"]["version"], 2);
    let stale = run(&amend);
    assert!(!stale.status.success() && said(&stale).contains("version.stale"), "{}", said(&stale));
    let history = json(&["asset", "history", "viettel/mast/VB-1"]);
    assert_eq!((history.as_array().unwrap().len(), &history[0]["reason"]), (2, &"nâng cột".into()));
    let public = run(&["asset", "history", "viettel/mast/VB-1", "--as", "public"]);
    assert!(!public.status.success(), "{}", said(&public));

    let groups = json(&["duplicate", "list", "--class", "mast"]);
    assert_eq!(groups["groups"][0]["members"].as_array().unwrap().len(), 2);
    let ids = [&first, &second].map(|written| written["id"].as_str().unwrap().to_owned());
    let (one, other) = (format!("{}@2", ids[0]), format!("{}@1", ids[1]));
    let merged = json(&["duplicate", "decide", "merge", &one, &other, "--kept", &ids[0]]);
    assert_eq!(merged["state"], "merged");
    let kept = json(&["asset", "show", &ids[0]]);
    assert_eq!(kept["feature"]["properties"]["tenants"][0]["tenant"], "vnpt");

    let told = json(&["deviation", "report", "--kind", "not_found", "--asset", &ids[0], "--note", "không thấy"]);
    let confirmed = json(&["deviation", "answer", told["id"].as_str().unwrap(), "confirm"]);
    assert_eq!(confirmed["state"], "confirmed");
    assert_eq!(json(&["deviation", "list"]).as_array().unwrap().len(), 1);
    let retired =
        json(&["asset", "retire", &ids[0], "--version", "3", "--reason", "tháo dỡ", "--valid-on", "2026-01-31"]);
    assert_eq!(retired["receipt"]["version"], 4);

    let export = |more: &[&str]| {
        let output = run(&[&["export", "masts.csv", "--class", "mast"], more].concat());
        assert!(output.status.success(), "{}", said(&output));
        fs::read_to_string(folder.path().join("masts.csv")).unwrap()
    };
    assert!(export(&[]).contains("decommissioned"));
    assert!(!export(&["--as-of", "2026-01-01"]).contains("VB-1"), "nobody had written it down");
    assert!(!run(&["export", "masts.csv", "--class", "mast", "--as-of", "then"]).status.success());
    let output = run(&["journal", "verify"]);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn plans_for_a_year_are_handed_in_put_together_and_adopted() {
    let folder = TempDir::new().unwrap();
    let run = |arguments: &[&str]| hatang(&folder, arguments);
    let loaded = run(&["plan", "load", &sample_data().join("plan").to_string_lossy()]);
    assert!(loaded.status.success(), "{}", said(&loaded));
    let account = ["account", "add", "ke-hoach", "--role", "carrier_editor", "--organisation", "vnpt", "--invite"];
    assert!(run(&account).status.success());
    let rows = "code,lon,lat,status,height_m\nKH-1,106.4815,20.68,planned,30\nKH-2,9,9,planned,30\n";
    fs::write(folder.path().join("plan.csv"), rows).unwrap();
    #[expect(clippy::disallowed_methods, reason = "the executable reads the clock itself")]
    let year = (jiff::Zoned::now().year() + 1).to_string();
    let file = ["yearly-plan", "hand-in", &year, "plan.csv", "--class", "mast", "--owner", "vnpt"];
    let refused = run(&file);
    assert!(said(&refused).contains("action.refused"), "the console hands in for nobody: {}", said(&refused));
    let handed_in = run(&[&file[..], &["--as", "ke-hoach"]].concat());
    assert_eq!(handed_in.status.code(), Some(2), "one row lies elsewhere: {}", said(&handed_in));
    assert!(said(&handed_in).contains(&format!("VNPT-KH{year}-001")), "{}", said(&handed_in));

    let show = || -> serde_json::Value {
        let shown = run(&["yearly-plan", "show", &year]);
        serde_json::from_slice(&shown.stdout).unwrap_or_else(|_| panic!("{}", said(&shown)))
    };
    let plans = show();
    assert_eq!((plans["items"].as_array().unwrap().len(), &plans["items"][0]["adopted"]), (1, &false.into()));
    let chosen = format!("{}/1", plans["items"][0]["case"].as_str().unwrap());
    let seen = plans["plan_version"].to_string();
    let adopted = run(&["yearly-plan", "adopt", &year, &chosen, "--seen", &seen, "--reason", "quyết định thử"]);
    assert!(adopted.status.success(), "{}", said(&adopted));
    assert_eq!(show()["items"][0]["adopted"], true);
}
