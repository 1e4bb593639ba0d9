//! Puts the built web app, or a page that says it is not built, where the server embeds it from.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Shown while nobody has built the web app: a server for programs needs none.
const NOT_BUILT: &str = r#"<!doctype html>
<html lang="vi">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Hatang</title>
<h1>Hatang</h1>
<p>Máy chủ đang chạy, nhưng ứng dụng web chưa được dựng kèm. Lệnh <code>cargo xtask demo</code> sẽ dựng ứng dụng web.</p>
<p lang="en">The server is running, but it was built without the web app. <code>cargo xtask demo</code> builds it.</p>
"#;

fn main() -> io::Result<()> {
    let built = Path::new("../../web/dist");
    println!("cargo::rerun-if-changed={}", built.display());
    let embedded = PathBuf::from(env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?).join("web");
    if embedded.exists() {
        fs::remove_dir_all(&embedded)?;
    }
    if built.join("index.html").is_file() {
        copy(built, &embedded)
    } else {
        fs::create_dir_all(&embedded)?;
        fs::write(embedded.join("index.html"), NOT_BUILT)
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in from.read_dir()? {
        let entry = entry?;
        let copied = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &copied)?;
        } else {
            fs::copy(entry.path(), copied)?;
        }
    }
    Ok(())
}
