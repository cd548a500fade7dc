//! The people the tests are about, all synthetic.

use crate::calendar::Date;
use crate::people::{Patient, PatientId, PersonName};

pub(crate) fn maria_garcia() -> Patient {
    patient("maria", full("Maria", "Garcia"), Some((2, 29, 1984)))
}

pub(crate) fn elodie_dubois_lefevre() -> Patient {
    patient("elodie", full("Élodie", "Dubois-Lefèvre"), Some((7, 4, 1991)))
}

pub(crate) fn sean_o_brien() -> Patient {
    patient("sean", full("Sean", "O'Brien"), Some((12, 31, 1959)))
}

pub(crate) fn wang_xiuying() -> Patient {
    let other_names = vec![full("Xiuying", "Wang")];
    Patient { other_names, ..patient("xiuying", full("秀英", "王"), Some((1, 5, 1948))) }
}

pub(crate) fn madonna() -> Patient {
    patient("madonna", PersonName::Single("Madonna".to_owned()), Some((8, 16, 1958)))
}

pub(crate) fn ana_silva() -> Patient {
    patient("ana", full("Ana", "Silva"), Some((3, 3, 2010)))
}

pub(crate) fn alma_silva() -> Patient {
    patient("alma", full("Alma", "Silva"), Some((3, 3, 2010)))
}

pub(crate) fn without_birth_date() -> Patient {
    patient("nodate", full("Nora", "Dale"), None)
}

pub(crate) fn without_letters() -> Patient {
    patient("noletters", full("-", "1234"), Some((1, 1, 1970)))
}

/// Everyone above.
pub(crate) fn everyone() -> Vec<Patient> {
    vec![
        maria_garcia(),
        elodie_dubois_lefevre(),
        sean_o_brien(),
        wang_xiuying(),
        madonna(),
        ana_silva(),
        alma_silva(),
        without_birth_date(),
        without_letters(),
    ]
}

fn full(given: &str, family: &str) -> PersonName {
    PersonName::Full { given: given.to_owned(), family: family.to_owned() }
}

fn patient(id: &str, name: PersonName, birth_date: Option<(u8, u8, u16)>) -> Patient {
    let birth_date = birth_date.map(|(month, day, year)| Date::new(year, month, day).unwrap());
    Patient { id: PatientId(id.to_owned()), name, other_names: Vec::new(), birth_date, language: None }
}
