//! A file of generated poles on its way into the registry, at several sizes: rows per second and peak memory of the whole
//! import (read, judge, journal, current state, index) on each database, and of the reading alone; beside PostgreSQL's
//! own `COPY` of the same rows into a bare table on the same server.
//!
//! Each measurement is a process of its own, so that one's memory is not another's. `HATANG_BENCH_ROWS` sets the sizes.

#![expect(clippy::print_stdout, reason = "a bench answers on the terminal")]

use std::{
    env,
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, ExitCode},
    time::Instant,
};

use hatang_core::{AssetClass, AssetId, OrganisationCode, Viewer};
use hatang_desk::{
    Desk, Edge,
    import_assets::{ImportRequest, import_assets},
};
use hatang_exchange::{ImportOptions, OwnerSource, stream_assets};
use hatang_store::Store;
use hatang_testkit::{TemporaryPostgres, fresh_database, psql_program};

const SIZES: &str = "100000,1000000";
/// Names the measurement that a child process makes.
const STEP: &str = "HATANG_BENCH_STEP";

fn main() -> ExitCode {
    if let Ok(step) = env::var(STEP) {
        measure(&step);
        return ExitCode::SUCCESS;
    }
    // `cargo bench FILTER` and `cargo test --benches` hand arguments over.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if env::args().any(|argument| argument == "--test")
        || arguments.iter().any(|filter| !"import".contains(filter.as_str()))
    {
        return ExitCode::SUCCESS;
    }
    let sizes = env::var("HATANG_BENCH_ROWS").unwrap_or_else(|_| SIZES.to_owned());
    let postgres = TemporaryPostgres::start().expect("PostgreSQL starts");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for rows in sizes.split(',').map(|rows| rows.trim().parse::<u32>().expect("numbers of rows")) {
        let file = folder.path().join(format!("{rows}.csv"));
        fs::write(&file, poles(rows)).expect("the file is written");
        let sqlite = format!("sqlite:{}", folder.path().join(format!("{rows}.db")).display());
        let server = fresh_database(&postgres.url(), &format!("import_{rows}"));
        let bare = fresh_database(&postgres.url(), &format!("copy_{rows}"));
        for (what, database) in [("read", ""), ("sqlite", &sqlite), ("postgres", &server), ("copy", &bare)] {
            let status = Command::new(env::current_exe().expect("our own path"))
                .env(STEP, format!("{what} {rows} {} {database}", file.display()))
                .status();
            assert!(status.is_ok_and(|status| status.success()), "{what} {rows}");
        }
    }
    ExitCode::SUCCESS
}

/// A table of poles on a grid, each with what a carrier's file has.
fn poles(rows: u32) -> String {
    let mut table = String::with_capacity(rows as usize * 110);
    table.push_str("code,lon,lat,status,height_m,material,attachments_total,attachments_used,accuracy_m,survey_method,surveyed_on,source\n");
    for row in 0..rows {
        let (lon, lat) = (102.5 + f64::from(row % 2_000) * 0.003, 9.0 + f64::from(row / 2_000) * 0.003);
        let (height, used) = (6 + row % 9, row % 8);
        let _ = writeln!(
            table,
            "P-{row},{lon:.6},{lat:.6},operational,{height}.5,bê tông,8,{used},0.5,gnss_rtk,2026-01-31,Hồ sơ hoàn công"
        );
    }
    table
}

fn measure(step: &str) {
    let mut words = step.splitn(4, ' ');
    let mut next = || words.next().unwrap_or_default();
    let (what, rows, file, database) = (next(), next(), next(), next());
    let rows: u32 = rows.parse().expect("a number of rows");
    let begun = Instant::now();
    match what {
        "copy" => copy(Path::new(file), database),
        "read" => read(Path::new(file), rows),
        _ => import(Path::new(file), rows, database),
    }
    let seconds = begun.elapsed().as_secs_f64();
    let memory = if what == "copy" { "-".to_owned() } else { format!("{} MB", peak_memory_mb()) };
    println!("import/{what}/{rows}: {seconds:.1} s, {:.0} rows/s, peak memory {memory}", f64::from(rows) / seconds);
}

fn ids() -> impl FnMut() -> AssetId {
    let mut next = 0_u128;
    move || {
        next += 1;
        AssetId(uuid::Uuid::from_u128(next))
    }
}

fn viettel() -> OwnerSource {
    OwnerSource::Code(OrganisationCode::new("viettel").expect("a code"))
}

/// Every row read and judged, and none kept.
fn read(file: &Path, rows: u32) {
    let bytes = fs::read(file).expect("the file is there");
    let mut assets = 0;
    let summary = stream_assets("poles.csv", &bytes, &ImportOptions::new(AssetClass::Pole, viettel()), ids(), |_| {
        assets += 1;
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!((summary.expect("a good file").report.rows_accepted, assets), (rows, rows));
}

fn import(file: &Path, rows: u32, database: &str) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let bytes = fs::read(file).expect("the file is there");
        let desk = Desk::open(Store::open(database).await.expect("a database"), Edge::real()).await.expect("a desk");
        let request = ImportRequest::new(AssetClass::Pole, viettel());
        let outcome = import_assets(&desk, &Viewer::console(), "poles.csv", &bytes, &request).await.expect("an import");
        assert_eq!(outcome.receipt.map(|receipt| receipt.assets), Some(u64::from(rows)));
    });
}

/// PostgreSQL's fastest way in: no index, no check, no history.
fn copy(file: &Path, database: &str) {
    let create = "create table pole (code text, lon float8, lat float8, status text, height_m float8, material text, \
                  attachments_total int, attachments_used int, accuracy_m float8, survey_method text, surveyed_on date, \
                  source text)";
    let copy = format!("\\copy pole from '{}' with (format csv, header)", file.display());
    let status = Command::new(psql_program())
        .args(["--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", database])
        .args(["--command", create, "--command", &copy])
        .status();
    assert!(status.is_ok_and(|status| status.success()), "COPY failed");
}

/// The most memory that this process has had, as Linux counts it.
fn peak_memory_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) / 1024
}
