//! Where made-up patients live, and what they do.

/// Streets of the sandbox's town.
pub(crate) const STREETS: &[&str] = &[
    "Main St",
    "Oak Ave",
    "Maple St",
    "Lake Shore Dr",
    "Washington St",
    "Elm St",
    "Cedar Ln",
    "Park Ave",
    "2nd St",
    "Hill Rd",
    "Walnut St",
    "River Rd",
    "Lincoln Ave",
    "Church St",
    "Prairie Ct",
];

/// Towns around the sandbox's practice, with their state and ZIP code.
pub(crate) const TOWNS: &[(&str, &str, &str)] = &[
    ("Evanston", "IL", "60201"),
    ("Oak Park", "IL", "60302"),
    ("Waukegan", "IL", "60085"),
    ("Kenosha", "WI", "53140"),
    ("Chicago", "IL", "60614"),
    ("Hammond", "IN", "46320"),
];

/// What patients do.
pub(crate) const OCCUPATIONS: &[&str] = &[
    "Teacher",
    "Nurse",
    "Cashier",
    "Driver",
    "Electrician",
    "Accountant",
    "Cook",
    "Engineer",
    "Farmer",
    "Carpenter",
    "Retail clerk",
    "Librarian",
    "Mechanic",
    "Social worker",
    "Software tester",
];
