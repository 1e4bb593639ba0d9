//! A PostgreSQL server with PostGIS that exists as long as a value does.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::sync::mpsc::{self, Sender};
use std::thread;

use tempfile::TempDir;

use crate::database::{psql, with_database};
use crate::programs::{has_postgis, postgres_program, run};

/// PostgreSQL's own superuser in the temporary server.
const SUPERUSER: &str = "hatang";

/// The system user that Debian's package makes; PostgreSQL refuses to run as root.
const SYSTEM_USER: &str = "postgres";

/// What the server writes when it takes connections.
const READY: &str = "database system is ready to accept connections";

/// A PostgreSQL server of its own in a temporary folder, on a free port of 127.0.0.1.
///
/// Data is not synced to disk and anybody on the machine may connect: it is for data that will be thrown away. New
/// databases have PostGIS. The server stops, and its folder goes, when the value is dropped; it also stops when the
/// thread that started it ends, so that a killed run leaves no server behind.
#[derive(Debug)]
pub struct TemporaryPostgres {
    server: Child,
    port: u16,
    folder: TempDir,
}

impl TemporaryPostgres {
    /// Whether this machine has PostgreSQL with PostGIS.
    #[must_use]
    pub fn is_installed() -> bool {
        has_postgis(&postgres_program("postgres"))
    }

    /// Creates and starts a server, in 2 to 3 seconds.
    ///
    /// Run by root, it works as the system user `postgres`; run by anybody else, as that user.
    ///
    /// # Errors
    /// When PostgreSQL or PostGIS is not installed or does not start; the error quotes what it wrote.
    pub fn start() -> io::Result<Self> {
        let folder = tempfile::Builder::new().prefix("hatang-postgres-").tempdir()?;
        if is_root()? {
            run(Command::new("chown").arg(format!("{SYSTEM_USER}:")).arg(folder.path()))?;
        }
        let data = folder.path().join("data");
        run(as_system_user("initdb", folder.path())?
            .args(["--no-sync", "--auth", "trust", "--encoding", "UTF8"])
            // Vietnamese letters change case as they should, yet messages are the ones that we wait for.
            .args(["--locale", "C.UTF-8", "--lc-messages", "C"])
            .args(["--username", SUPERUSER, "--pgdata"])
            .arg(&data))?;
        let port = free_port()?;
        let mut server = as_system_user("postgres", folder.path())?
            .arg("-D")
            .arg(&data)
            .args(settings(port, folder.path()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let messages = server.stderr.take().ok_or_else(|| io::Error::other("the server's messages are not piped"))?;
        // From here on dropping the value stops the server, whatever fails.
        let started = Self { server, port, folder };
        started.wait_until_ready(messages)?;
        started.add_postgis()?;
        Ok(started)
    }

    /// The server's URL, with the database that is meant for nothing but connecting.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://{SUPERUSER}@{}:{}/postgres", Ipv4Addr::LOCALHOST, self.port)
    }

    /// Waits for the server's word that it is ready; keeps all its messages in the folder's `log`.
    fn wait_until_ready(&self, messages: ChildStderr) -> io::Result<()> {
        let log = self.folder.path().join("log");
        let file = File::create(&log)?;
        let (ready, is_ready) = mpsc::channel();
        // Goes on for as long as the server lives: a full pipe would stop it.
        thread::spawn(move || copy_messages(messages, file, &ready));
        is_ready.recv().map_err(|_| {
            let written = fs::read_to_string(log).unwrap_or_default();
            io::Error::other(format!("PostgreSQL did not start\n{}", written.trim_end()))
        })
    }

    /// Every database is copied from `template1`, so PostGIS is loaded once.
    fn add_postgis(&self) -> io::Result<()> {
        let template = with_database(&self.url(), "template1");
        run(&mut psql(&template, [&"create extension postgis".to_owned()]))
    }
}

impl Drop for TemporaryPostgres {
    fn drop(&mut self) {
        // Quits at once without a checkpoint: nobody reads the data again. The standard library can only kill, which
        // would leave the server's children to find out by themselves.
        let quit = Command::new("sh").args(["-c", "kill -QUIT \"$0\"", &self.server.id().to_string()]).status();
        if !quit.is_ok_and(|status| status.success()) {
            let _already_gone = self.server.kill();
        }
        let _status = self.server.wait();
    }
}

/// Settings of a server that nobody will miss.
fn settings(port: u16, folder: &Path) -> Vec<String> {
    [
        format!("port={port}"),
        format!("listen_addresses={}", Ipv4Addr::LOCALHOST),
        format!("unix_socket_directories={}", folder.display()),
        "fsync=off".to_owned(),
        "synchronous_commit=off".to_owned(),
        "full_page_writes=off".to_owned(),
        // Every test has a pool of its own.
        "max_connections=300".to_owned(),
    ]
    .into_iter()
    .flat_map(|setting| ["-c".to_owned(), setting])
    .collect()
}

/// A port that was free a moment ago.
fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// One of PostgreSQL's programs, about to run as somebody other than root and to end with the thread that starts it.
fn as_system_user(program: &str, folder: &Path) -> io::Result<Command> {
    let mut command = Command::new("setpriv");
    if is_root()? {
        command.args(["--reuid", SYSTEM_USER, "--regid", SYSTEM_USER, "--clear-groups"]);
    }
    // The caller's folder may be closed to that user.
    command.args(["--pdeathsig", "QUIT", "--"]).arg(postgres_program(program)).current_dir(folder);
    Ok(command)
}

/// Whether this process runs as root: the system shows each process as owned by its effective user.
fn is_root() -> io::Result<bool> {
    Ok(fs::metadata("/proc/self")?.uid() == 0)
}

/// Copies the server's messages to a file and tells once that it is ready.
///
/// Ends, and so closes the channel, when the server does.
fn copy_messages(messages: ChildStderr, mut file: File, ready: &Sender<()>) {
    for line in BufReader::new(messages).lines().map_while(Result::ok) {
        if writeln!(file, "{line}").is_err() {
            return;
        }
        if line.contains(READY) {
            let _nobody_waits_twice = ready.send(());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpStream;

    use super::*;
    use crate::database::fresh_database;

    #[test]
    fn a_temporary_server_gives_databases_with_postgis_and_is_gone_when_dropped() {
        let postgres = TemporaryPostgres::start().unwrap();
        let (url, folder, address) =
            (postgres.url(), postgres.folder.path().to_owned(), (Ipv4Addr::LOCALHOST, postgres.port));

        let first = fresh_database(&url, "first");
        let second = fresh_database(&url, "first");
        assert_ne!(first, second, "two tests never share a database");
        let length = "select 1 / (st_length(st_geomfromtext('linestring(0 0, 3 4)')) = 5)::int".to_owned();
        let lower = "select 1 / (lower('Đ') = 'đ')::int".to_owned();
        run(&mut psql(&first, [&length, &lower])).unwrap();

        drop(postgres);
        assert!(TcpStream::connect(address).is_err(), "the server still answers");
        assert!(!folder.exists(), "{} is still there", folder.display());
    }
}
