//! Links the system's libproj when the feature `system-libproj` asks for it; `proj-sys` then links nothing itself.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if std::env::var_os("CARGO_FEATURE_SYSTEM_LIBPROJ").is_some() {
        println!("cargo:rustc-link-lib=dylib=proj");
    }
}
