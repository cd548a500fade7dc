//! Measures what the portal asks of people, prints it, and writes it into experience.md. `cargo xtask figures`
//! runs it. Fails where something is found that shuts people out, or a page is too heavy.

use portal_tests::artifacts::root;
use portal_tests::coverage::setting::Setting;
use portal_tests::figures::document::{Measured, table, with_table};
use portal_tests::figures::{desk, pages, patient};
use portal_tests::states::seen;
use portal_tests::written;
use std::error::Error;
use std::fs;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match measure().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure() -> Result<(), Box<dyn Error>> {
    let into = written::folder()?;
    let setting = Setting::over_tls().await;
    let pages = pages::weigh(&setting).await.pages;
    drop(setting);
    eprintln!("pages are weighed");
    let desk = desk::measure().await;
    eprintln!("the front desk has printed");
    let patients = patient::measure().await;
    eprintln!("patients have logged in; looking at every page (some minutes)");
    let seen = seen::everything().await;
    let wrong = [pages::too_heavy(&pages), seen.faults.clone()].concat();
    let table = table(&Measured { pages, desk, patients, seen });
    println!("{table}");
    let page = fs::read_to_string(root().join("docs/experience.md"))?;
    fs::write(into.join("experience.md"), with_table(&page, &table)?)?;
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("\n").into()) }
}
