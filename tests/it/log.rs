//! What the server's own log says, however much it is asked to say.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    process::{Command, Stdio},
    thread,
};

use hatang_testkit::hatang_executable;
use tempfile::TempDir;

const PASSWORD: &str = "mat-khau-rieng-cua-nguoi-thu";

#[test]
fn no_secret_is_in_the_log_however_much_it_says() {
    let folder = TempDir::new().unwrap();
    let hatang = |arguments: &[&str]| {
        let mut command = Command::new(hatang_executable());
        command.args(arguments).current_dir(folder.path()).env("HATANG_DATABASE", "sqlite:office.db");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    };
    let mut adding = hatang(&["account", "add", "can.bo.thu", "--role", "assessor"]).spawn().unwrap();
    adding.stdin.take().unwrap().write_all(PASSWORD.as_bytes()).unwrap();
    let added = adding.wait_with_output().unwrap();
    assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));

    let mut serving =
        hatang(&["serve", "--listen", "127.0.0.1:0"]).env("RUST_LOG", "trace").env("NO_COLOR", "1").spawn().unwrap();
    let mut log = BufReader::new(serving.stderr.take().unwrap());
    let mut said = String::new();
    // The server says where it listens.
    let address = loop {
        let mut line = String::new();
        assert!(0 < log.read_line(&mut line).unwrap(), "the server ends: {said}");
        said.push_str(&line);
        if let Some((_, address)) = line.split_once("listening address=") {
            break format!("http://{}", address.trim());
        }
    };
    let reading = thread::spawn(move || {
        let mut rest = String::new();
        log.read_to_string(&mut rest).unwrap();
        rest
    });

    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let sign_in = |password: &str| {
        let body = serde_json::json!({ "account": "can.bo.thu", "password": password });
        agent.post(format!("{address}/api/v1/session")).send_json(body).unwrap()
    };
    let wrong = format!("{PASSWORD}-sai");
    assert_eq!(sign_in(&wrong).status(), 401);
    let reply = sign_in(PASSWORD);
    assert_eq!(reply.status(), 200);
    let cookie = reply.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let token = cookie.split('=').nth(1).unwrap().to_owned();
    for path in ["/api/v1/assets", "/api/v1/nothing?secret=thamsobimat", "/api/v1/audit"] {
        agent.get(format!("{address}{path}")).header("cookie", &cookie).call().unwrap();
    }
    let stopped = Command::new("kill").args(["-TERM", &serving.id().to_string()]).status().unwrap();
    assert!(stopped.success());
    assert!(serving.wait().unwrap().success());
    said.push_str(&reading.join().unwrap());
    assert!(said.contains("/api/v1/assets"), "the log says something: {said}");
    for secret in [PASSWORD, &token, "thamsobimat", "argon2id$"] {
        assert!(!said.contains(secret), "the log holds `{secret}`");
    }
}
