//! The sandbox's patients by name, each here for a reason, and enough others to fill a second page.

use super::synthetic::made_up;
use crate::columns::existing_date;
use crate::ehr::{Address, Contact, MaritalStatus, PatientDetails, Sex};
use portal_host::identity::PatientId;
use portal_host::lent::PersonName;

/// Chart numbers of the named patients begin here, those of the others at 100101.
const FIRST_OTHER: u64 = 100_101;

/// How many others there are.
const OTHERS: u64 = 40;

/// Everyone the sandbox starts with.
pub(crate) fn everyone() -> Vec<PatientDetails> {
    let others = (0..OTHERS).map(|index| {
        let id = PatientId::new(FIRST_OTHER.saturating_add(index).to_string());
        PatientDetails { id, ..made_up(0, index) }
    });
    named().into_iter().chain(others).collect()
}

fn named() -> Vec<PatientDetails> {
    vec![
        // Born on a leap day; reads Spanish.
        PatientDetails {
            other_names: vec![full("María", "García")],
            language: Some("es".to_owned()),
            marital_status: MaritalStatus::Married,
            occupation: "Teacher".to_owned(),
            emergency_contact: contact("Luis Garcia", "Spouse", "(312) 555-0101"),
            ..patient("100001", full("Maria", "Garcia"), (1984, 2, 29), Sex::Female)
        },
        // Accents and a hyphen.
        PatientDetails {
            preferred_name: "Élo".to_owned(),
            language: Some("fr".to_owned()),
            occupation: "Translator".to_owned(),
            emergency_contact: contact("Hugo Lefèvre", "Brother", "(312) 555-0102"),
            ..patient("100002", full("Élodie", "Dubois-Lefèvre"), (1991, 7, 4), Sex::Female)
        },
        // An apostrophe, and the last day of a year.
        PatientDetails {
            marital_status: MaritalStatus::Widowed,
            occupation: "Retired".to_owned(),
            emergency_contact: contact("Niamh O'Brien", "Daughter", "(312) 555-0103"),
            ..patient("100003", full("Sean", "O'Brien"), (1959, 12, 31), Sex::Male)
        },
        // A name in Chinese, and its romanised spelling.
        PatientDetails {
            other_names: vec![full("Xiuying", "Wang")],
            language: Some("zh".to_owned()),
            marital_status: MaritalStatus::Married,
            occupation: "Retired".to_owned(),
            emergency_contact: contact("Li Wang", "Son", "(312) 555-0104"),
            ..patient("100004", full("秀英", "王"), (1948, 1, 5), Sex::Female)
        },
        // One name only.
        PatientDetails {
            occupation: "Singer".to_owned(),
            ..patient("100005", PersonName::Single("Madonna".to_owned()), (1958, 8, 16), Sex::Female)
        },
        // Twins: same initials, same day.
        PatientDetails {
            emergency_contact: contact("Beatriz Silva", "Mother", "(312) 555-0106"),
            ..patient("100006", full("Ana", "Silva"), (2010, 3, 3), Sex::Female)
        },
        PatientDetails {
            emergency_contact: contact("Beatriz Silva", "Mother", "(312) 555-0106"),
            ..patient("100007", full("Alma", "Silva"), (2010, 3, 3), Sex::Female)
        },
        // Two people of one name.
        PatientDetails {
            marital_status: MaritalStatus::Divorced,
            occupation: "Carpenter".to_owned(),
            ..patient("100008", full("John", "Smith"), (1962, 3, 14), Sex::Male)
        },
        PatientDetails {
            occupation: "Accountant".to_owned(),
            ..patient("100009", full("John", "Smith"), (1988, 9, 30), Sex::Male)
        },
        // No date of birth on file: the portal cannot confirm who this is.
        PatientDetails {
            birth_date: None,
            sex: Sex::Unknown,
            ..patient("100010", full("Pat", "Nodate"), (1900, 1, 1), Sex::Unknown)
        },
    ]
}

fn full(given: &str, family: &str) -> PersonName {
    PersonName::Full { given: given.to_owned(), family: family.to_owned() }
}

fn contact(name: &str, relationship: &str, phone: &str) -> Contact {
    Contact { name: name.to_owned(), relationship: relationship.to_owned(), phone: phone.to_owned() }
}

/// An English-speaking patient of the town, single and without a contact unless said otherwise.
fn patient(id: &str, name: PersonName, born: (u16, u8, u8), sex: Sex) -> PatientDetails {
    let last_two = id.get(4..).unwrap_or("00");
    PatientDetails {
        id: PatientId::new(id),
        name,
        other_names: Vec::new(),
        birth_date: existing_date(i64::from(born.0), i64::from(born.1), i64::from(born.2)),
        language: Some("en".to_owned()),
        sex,
        phone: format!("(847) 555-01{last_two}"),
        email: String::new(),
        address: Address {
            street: format!("{last_two} Lake Shore Dr"),
            city: "Evanston".to_owned(),
            state: "IL".to_owned(),
            postal_code: "60201".to_owned(),
        },
        preferred_name: String::new(),
        marital_status: MaritalStatus::Single,
        occupation: String::new(),
        emergency_contact: contact("", "", ""),
    }
}
