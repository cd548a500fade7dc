//! The sandbox's people, as the product's design names them.

/// A patient as staff and website know them.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    /// As the EHR writes the name.
    pub name: &'static str,
    /// What to search for.
    pub search: &'static str,
    /// What to type as first initial.
    pub first: &'static str,
    /// What to type as last initial.
    pub last: &'static str,
    /// What to type as date of birth.
    pub born: &'static str,
}

const fn person(
    name: &'static str,
    search: &'static str,
    first: &'static str,
    last: &'static str,
    born: &'static str,
) -> Person {
    Person { name, search, first, last, born }
}

/// Born on a leap day.
pub const MARIA: Person = person("Maria Garcia", "Garcia", "M", "G", "02/29/1984");
/// Types initials without their accents.
pub const ELODIE: Person = person("Élodie Dubois-Lefèvre", "Dubois", "E", "D", "07/04/1991");
/// An apostrophe.
pub const SEAN: Person = person("Sean O'Brien", "O'Brien", "S", "O", "12/31/1959");
/// Written in Chinese, typed as romanised.
pub const XIUYING: Person = person("王 秀英", "王", "X", "W", "01/05/1948");
/// One name only.
pub const MADONNA: Person = person("Madonna", "Madonna", "M", "", "08/16/1958");
/// A twin.
pub const ANA: Person = person("Ana Silva", "Ana Silva", "A", "S", "03/03/2010");
/// The other twin: the same initials and the same day.
pub const ALMA: Person = person("Alma Silva", "Alma Silva", "A", "S", "03/03/2010");
/// No date of birth on file.
pub const NO_BIRTH_DATE: Person = person("Pat Nodate", "Nodate", "P", "N", "01/01/1990");

/// Everyone who can be invited.
pub const EVERYONE: [Person; 7] = [MARIA, ELODIE, SEAN, XIUYING, MADONNA, ANA, ALMA];

/// Long enough, and nobody's name.
pub const PASSWORD: &str = "seven quiet herons at dusk";

/// Every right.
pub const ADMIN: &str = "admin";
/// Connect EHR > View.
pub const FRONT_DESK: &str = "frontdesk";
/// No Connect EHR.
pub const BILLING: &str = "billing";
