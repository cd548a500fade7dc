//! Every route of both listeners, and what each kind of visitor must get there.
//!
//! [`website`] and [`ehr`] are the two tables, each with the visitors it speaks of. A [`trial`] is one
//! route tried by one of them, [`caller`] how they ask, [`must`] what can be expected, [`record`] what may
//! not have changed, and [`setting`] the host it all happens at.

pub mod caller;
pub mod ehr;
pub mod headers;
pub mod must;
pub mod record;
pub mod setting;
pub mod trial;
pub mod website;

use std::collections::BTreeSet;

/// What is typed into the form behind a route. It works for whoever may send it, so that a refusal
/// is not for what was typed.
#[derive(Clone, Copy, Debug)]
pub struct Form<T> {
    /// A page that shows the form, or another of the same visitor and with the same token.
    pub page: &'static str,
    /// Names and values. In braces stands what is known only once the host runs.
    pub fields: &'static [(&'static str, &'static str)],
    /// What each must get who sends it without the form's token.
    pub without_token: T,
}

/// A route, and what each kind of visitor must get there.
#[derive(Clone, Copy, Debug)]
pub struct Row<T> {
    /// `GET` or `POST`.
    pub method: &'static str,
    /// As the table of routes has it, placeholders and all.
    pub path: &'static str,
    /// What is sent, for a `POST`.
    pub form: Option<Form<T>>,
    /// What each must get.
    pub must: T,
}

/// A row for a page to read.
pub const fn get<T: Copy>(path: &'static str, must: T) -> Row<T> {
    Row { method: "GET", path, form: None, must }
}

/// A row for a form to send.
pub const fn post<T: Copy>(path: &'static str, form: Form<T>, must: T) -> Row<T> {
    Row { method: "POST", path, form: Some(form), must }
}

/// What is wrong with a table of expectations, in words: the routes it leaves out, those it has though
/// they are gone, and those it has twice.
pub fn gaps<T>(routes: impl IntoIterator<Item = (String, String)>, rows: &[Row<T>]) -> Vec<String> {
    let routes: BTreeSet<(String, String)> = routes.into_iter().collect();
    let mut expected = BTreeSet::new();
    let mut gaps = Vec::new();
    for row in rows {
        let route = (row.method.to_owned(), row.path.to_owned());
        if !routes.contains(&route) {
            gaps.push(format!("{} {} is expected to be there, but no route is", row.method, row.path));
        }
        if !expected.insert(route) {
            gaps.push(format!("{} {} is expected twice", row.method, row.path));
        }
    }
    let missing = routes.difference(&expected);
    gaps.extend(missing.map(|(method, path)| format!("{method} {path} is without an expectation")));
    gaps
}
