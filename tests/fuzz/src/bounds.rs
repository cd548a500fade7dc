//! How much a plain `cargo test` tries, in one table: all targets together stay below a minute in the dev
//! profile on two cores. `cargo xtask fuzz` goes by time instead.

/// Every target, and how many new inputs it is given. Each is tried as it is, and grown from the corpus.
pub const TARGETS: &[(&str, usize)] = &[
    // Rules of the portal, some microseconds each.
    ("birth_date", 10_000),
    ("initials", 10_000),
    ("portal_id", 20_000),
    ("username", 5_000),
    ("reason", 10_000),
    ("token", 20_000),
    ("never_paused", 10_000),
    // Looks a password up in lists of words.
    ("password", 500),
    // Parts of a request.
    ("form", 20_000),
    ("cookies", 10_000),
    ("request", 20_000),
    // Parts of the host and its database.
    ("network", 20_000),
    ("search_place", 20_000),
    ("chart_numbers", 10_000),
    // Derives keys.
    ("key_file", 5_000),
    // A request over a socket each.
    ("forwarded_for", 1_000),
    ("ehr_form", 500),
    // A visit of the whole website each, with its writes to the database.
    ("handle", 1_000),
];

/// How many new inputs the target is given.
///
/// # Panics
/// Where there is no such target.
pub fn iterations(target: &str) -> usize {
    let found = TARGETS.iter().find(|(name, _)| *name == target);
    found.unwrap_or_else(|| panic!("{target} is not in the table of bounds")).1
}
