//! The patient search: what finds whom, and pages that show everyone once.

use super::bed::Bed;
use crate::seed::synthetic::made_up;
use crate::{Cursor, PatientPage};
use portal_host::lent::PersonName;
use std::collections::BTreeSet;

async fn search(bed: &Bed, query: &str) -> PatientPage {
    bed.database.search_patients(&bed.practice, query, None, 100).await.unwrap()
}

async fn ids(bed: &Bed, query: &str) -> Vec<String> {
    search(bed, query).await.patients.iter().map(|patient| patient.id.to_string()).collect()
}

/// The chart numbers of every page, following `next`; then back again, following `previous`.
async fn there_and_back(bed: &Bed, query: &str, limit: u16) -> (Vec<String>, Vec<String>) {
    let ids = |page: &PatientPage| page.patients.iter().map(|patient| patient.id.to_string()).collect();
    let mut page = bed.database.search_patients(&bed.practice, query, None, limit).await.unwrap();
    assert_eq!(page.previous, None);
    let mut forward: Vec<Vec<String>> = vec![ids(&page)];
    while let Some(next) = page.next.clone() {
        page = bed.database.search_patients(&bed.practice, query, Some(&next), limit).await.unwrap();
        forward.push(ids(&page));
    }
    let mut back: Vec<Vec<String>> = vec![ids(&page)];
    while let Some(previous) = page.previous.clone() {
        page = bed.database.search_patients(&bed.practice, query, Some(&previous), limit).await.unwrap();
        assert!(page.next.is_some());
        back.push(ids(&page));
    }
    back.reverse();
    (forward.concat(), back.concat())
}

pub(super) async fn names_are_found_without_case_and_accents(bed: Bed) {
    for (query, id) in [
        ("garcia", "100001"),
        ("GARCÍ", "100001"),
        ("elodie", "100002"),
        ("Élod", "100002"),
        ("dubois lefevre", "100002"),
        ("obrien", "100003"),
        ("o’brien", "100003"),
        ("王", "100004"),
        ("madonna", "100005"),
        ("nodate", "100010"),
    ] {
        assert!(ids(&bed, query).await.iter().any(|found| found == id), "{query}");
    }
    assert_eq!(ids(&bed, "nobody at all").await, [""; 0]);
    assert_eq!(ids(&bed, "%").await, [""; 0]);
}

pub(super) async fn another_name_on_file_is_found(bed: Bed) {
    for query in ["wang", "Xiuying", "wang, xiu", "xiuying wang"] {
        let page = search(&bed, query).await;
        let wang = page.patients.iter().find(|patient| patient.id.as_str() == "100004").unwrap();
        let romanised = PersonName::Full { given: "Xiuying".to_owned(), family: "Wang".to_owned() };
        assert_eq!(wang.found_as, Some(romanised), "{query}");
        assert_eq!(wang.name, PersonName::Full { given: "秀英".to_owned(), family: "王".to_owned() });
    }
}

pub(super) async fn a_patient_with_several_fitting_names_is_listed_once(bed: Bed) {
    // Maria Garcia is also on file as María García; "ma" begins first names, too.
    for query in ["garcia", "garcia, m", "maria", "ma", "m", ""] {
        let found = ids(&bed, query).await;
        let times = found.iter().filter(|id| *id == "100001").count();
        assert_eq!(times, 1, "{query:?}");
    }
    let page = search(&bed, "garcia").await;
    let maria = page.patients.iter().find(|patient| patient.id.as_str() == "100001").unwrap();
    assert_eq!(maria.found_as, None);
}

pub(super) async fn last_and_first_name_narrow_each_other(bed: Bed) {
    assert_eq!(ids(&bed, "smith, john").await, ["100008", "100009"]);
    assert_eq!(ids(&bed, "silva, al").await, ["100007"]);
    let said = ids(&bed, "john smith").await;
    assert_eq!(said, ["100008", "100009"]);
}

pub(super) async fn chart_numbers_and_birth_dates_are_found_exactly(bed: Bed) {
    assert_eq!(ids(&bed, "100003").await, ["100003"]);
    assert_eq!(ids(&bed, "10000").await, [""; 0]);
    for typed in ["03/03/2010", "3/3/2010", "2010-03-03"] {
        assert_eq!(ids(&bed, typed).await, ["100007", "100006"], "Alma before Ana");
    }
    let (forward, back) = there_and_back(&bed, "3/3/2010", 1).await;
    assert_eq!(
        (forward, back),
        (vec!["100007".into(), "100006".into()], vec!["100007".into(), "100006".into()])
    );
}

pub(super) async fn paging_forward_and_back_shows_everyone_once(bed: Bed) {
    for limit in [1, 7, 50, 51] {
        let (forward, back) = there_and_back(&bed, "", limit).await;
        let everyone: BTreeSet<&String> = forward.iter().collect();
        assert_eq!(everyone.len(), 50);
        // A patient with another name is listed under the name of record only.
        assert_eq!(forward.len(), 50, "limit {limit}");
        assert_eq!(forward, back, "limit {limit}");
    }
}

pub(super) async fn paging_through_several_ways_shows_everyone_once(bed: Bed) {
    let mut patients: Vec<_> = (0..600).map(|index| made_up(77, index)).collect();
    let mut transaction = bed.database.write(&bed.practice).await.unwrap();
    crate::seed::insert::insert_patients(&mut transaction, &bed.practice, &patients).await.unwrap();
    transaction.commit().await.unwrap();
    patients.extend(crate::seed::people::everyone());

    for query in ["m", "ma", "jo", "s", "a", "maria g"] {
        let (forward, back) = there_and_back(&bed, query, 9).await;
        let (whole, _) = there_and_back(&bed, query, 1_000).await;
        assert_eq!(forward, whole, "{query}");
        assert_eq!(forward, back, "{query}");
        let expected: BTreeSet<String> = patients
            .iter()
            .filter(|patient| {
                std::iter::once(&patient.name).chain(&patient.other_names).any(|name| fits(name, query))
            })
            .map(|patient| patient.id.to_string())
            .collect();
        assert_eq!(forward.iter().cloned().collect::<BTreeSet<_>>(), expected, "{query}");
        assert_eq!(forward.len(), expected.len(), "{query}");
    }
}

/// What the search promises, said without an index.
fn fits(name: &PersonName, query: &str) -> bool {
    let fold = crate::folding::fold;
    let (given, family) = match name {
        PersonName::Full { given, family } => (fold(given), fold(family)),
        PersonName::Single(only) => (String::new(), fold(only)),
    };
    let both = query
        .split_once(' ')
        .is_some_and(|(first, last)| given.starts_with(first) && family.starts_with(last));
    given.starts_with(query) || family.starts_with(query) || both
}

pub(super) async fn a_cursor_of_another_query_stays_within_the_query(bed: Bed) {
    for text in
        ["a.0.0.100005", "b.0.0.100005", "a.2.0.100003", "a.9.0.100001", "a.0.0.unknown", "b.1.5.100001"]
    {
        let cursor: Cursor = text.parse().unwrap();
        for query in ["smith", "silva", "john smith", "100001", "3/3/2010"] {
            let page = bed.database.search_patients(&bed.practice, query, Some(&cursor), 10).await.unwrap();
            let all = ids(&bed, query).await;
            assert!(
                page.patients.iter().all(|patient| all.contains(&patient.id.to_string())),
                "{text} {query}"
            );
        }
    }
}
