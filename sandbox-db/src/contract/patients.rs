//! Demographics, as the portal and as Patient Details see them.

use super::bed::{Bed, elodie, maria};
use crate::{MaritalStatus, Sex};
use portal_host::identity::{Date, PatientId};
use portal_host::lent::{Patients, PersonName};

fn full(given: &str, family: &str) -> PersonName {
    PersonName::Full { given: given.to_owned(), family: family.to_owned() }
}

pub(super) async fn a_patient_is_found_with_every_name(bed: Bed) {
    let wang = bed.database.patient(&bed.practice, &PatientId::new("100004")).await.unwrap().unwrap();
    assert_eq!(wang.name, full("秀英", "王"));
    assert_eq!(wang.other_names, [full("Xiuying", "Wang")]);
    assert_eq!(wang.birth_date, Some(Date { year: 1948, month: 1, day: 5 }));
    assert_eq!(wang.language.as_deref(), Some("zh"));
    assert!(bed.database.patient(&bed.practice, &PatientId::new("999999")).await.unwrap().is_none());
}

pub(super) async fn a_single_name_stays_single(bed: Bed) {
    let patient = bed.database.patient(&bed.practice, &PatientId::new("100005")).await.unwrap().unwrap();
    assert_eq!(patient.name, PersonName::Single("Madonna".to_owned()));
}

pub(super) async fn a_patient_may_have_no_birth_date(bed: Bed) {
    let pat = bed.database.patient(&bed.practice, &PatientId::new("100010")).await.unwrap().unwrap();
    assert_eq!((pat.name, pat.birth_date), (full("Pat", "Nodate"), None));
}

pub(super) async fn details_are_shown_in_full(bed: Bed) {
    let maria = bed.database.patient_details(&bed.practice, &maria()).await.unwrap().unwrap();
    assert_eq!(maria.name, full("Maria", "Garcia"));
    assert_eq!(maria.birth_date, Some(Date { year: 1984, month: 2, day: 29 }));
    assert_eq!((maria.sex, maria.marital_status), (Sex::Female, MaritalStatus::Married));
    assert_eq!((maria.address.city.as_str(), maria.occupation.as_str()), ("Evanston", "Teacher"));
    assert_eq!(maria.emergency_contact.name, "Luis Garcia");
    let elodie = bed.database.patient_details(&bed.practice, &elodie()).await.unwrap().unwrap();
    assert_eq!(elodie.preferred_name, "Élo");
    assert_eq!(bed.database.patient_details(&bed.practice, &PatientId::new("7")).await.unwrap(), None);
}
