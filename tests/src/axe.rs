//! axe-core in a browser: what keeps people with disabilities out of the page that is shown.
//!
//! `cargo xtask test` brings it from npm into the target folder, in the version that `tests/axe` names.

use crate::artifacts::target_folder;
use crate::browser::Browser;
use serde_json::Value;
use std::sync::OnceLock;

/// Runs axe, and looks besides at what it does not: sizes, the purposes of fields, motion, sideways scrolling.
const LOOK: &str = include_str!("axe/look.js");

/// What was found out about a page.
#[derive(Clone, Debug)]
pub struct Found {
    /// What is wrong, in words.
    pub faults: Vec<String>,
    /// The smallest contrast of text, and where it is.
    pub contrast: Option<(f64, String)>,
    /// The fields that have a purpose, by their names.
    pub purposes: Vec<(String, String)>,
    /// The language the page says it is in.
    pub language: String,
}

/// Looks at the page that is open, as wide and as dark as it is now.
///
/// # Panics
/// Where axe is not there.
pub async fn look(browser: &Browser) -> Found {
    let is_there = browser.find_out("typeof axe === 'object'").await;
    let is_new = is_there != Value::Bool(true);
    if is_new {
        browser.find_out(&format!("{}\n;null", source())).await;
    }
    let found = browser.find_out(&format!("({LOOK})({is_new})")).await;
    let faults = found["faults"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let purposes = found["purposes"].as_array().into_iter().flatten();
    Found {
        faults: faults.map(str::to_owned).collect(),
        contrast: found["contrast"][0].as_f64().map(|ratio| (ratio, text(&found["contrast"][1]))),
        purposes: purposes.map(|pair| (text(&pair[0]), text(&pair[1]))).collect(),
        language: text(&found["language"]),
    }
}

fn source() -> &'static str {
    static SOURCE: OnceLock<String> = OnceLock::new();
    SOURCE.get_or_init(|| {
        let path = target_folder().join("axe/node_modules/axe-core/axe.min.js");
        std::fs::read_to_string(&path).unwrap_or_else(|error| {
            panic!("{} cannot be read ({error}): `cargo xtask test` brings it", path.display())
        })
    })
}
