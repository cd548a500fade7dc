//! Migrations are embedded while compiling; without this, adding one would not be noticed.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
