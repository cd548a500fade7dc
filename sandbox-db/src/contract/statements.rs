//! Every statement of the crate, in one list: each is run by the contract tests, finds its rows
//! through an index, and is one that both databases understand.

use super::{ALL, Bed, executed};
use crate::audit::{checkpoint, export, read, verify, write};
use crate::ehr::batches::{list, summary, work};
use crate::ehr::{
    access_level_edits, access_levels, add_ons, patient_details, practice, practices, search_statements,
    staff, staff_assignment, staff_searches, staff_sessions,
};
use crate::host_keys;
use crate::portal::{accounts, attempts, lapse, patients, reseal, second_factors, sessions, sites};
use crate::seed::{sandbox, synthetic};
use std::collections::BTreeSet;

const FILES: &[&[&str]] = &[
    access_level_edits::STATEMENTS,
    access_levels::STATEMENTS,
    accounts::STATEMENTS,
    add_ons::STATEMENTS,
    attempts::STATEMENTS,
    list::STATEMENTS,
    summary::STATEMENTS,
    work::STATEMENTS,
    checkpoint::STATEMENTS,
    export::STATEMENTS,
    host_keys::STATEMENTS,
    lapse::STATEMENTS,
    read::STATEMENTS,
    reseal::STATEMENTS,
    verify::STATEMENTS,
    write::STATEMENTS,
    patient_details::STATEMENTS,
    patients::STATEMENTS,
    practice::STATEMENTS,
    practices::STATEMENTS,
    sandbox::STATEMENTS,
    search_statements::STATEMENTS,
    second_factors::STATEMENTS,
    sessions::STATEMENTS,
    sites::STATEMENTS,
    staff::STATEMENTS,
    staff_assignment::STATEMENTS,
    staff_searches::STATEMENTS,
    staff_sessions::STATEMENTS,
    synthetic::STATEMENTS,
];

pub(super) fn every() -> BTreeSet<&'static str> {
    FILES.iter().flat_map(|file| file.iter().copied()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_is_run_by_the_contract_tests() {
    for test in ALL {
        test(Bed::sqlite().await).await;
    }
    let executed = executed::so_far();
    let forgotten: Vec<_> = every().into_iter().filter(|sql| !executed.contains(sql)).collect();
    assert!(forgotten.is_empty(), "never run: {forgotten:#?}");
    let unlisted: Vec<_> = executed.into_iter().filter(|sql| !every().contains(sql)).collect();
    assert!(unlisted.is_empty(), "not in the list: {unlisted:#?}");
}

#[test]
fn every_statement_is_written_for_both_databases() {
    for sql in every() {
        let upper = sql.to_uppercase();
        for foreign in ["INSERT OR ", "REPLACE INTO", "ROWID", "?", "IFNULL", "DATETIME(", "GLOB", "STRFTIME"]
        {
            assert!(!upper.contains(foreign), "{foreign} in {sql}");
        }
    }
}

/// Tables of a handful of rows, which may be read from end to end; `ends` and `grown` are statements' own lists, of
/// what they are about to return.
pub(super) const SMALL: [&str; 7] =
    ["practice", "website", "add_on", "access_level", "staff", "ends", "grown"];

async fn plan(bed: &Bed, sql: &str) -> Vec<String> {
    let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let steps: Vec<(i64, i64, i64, String)> =
        sqlx::query_as(explain).fetch_all(bed.database.reader()).await.unwrap();
    steps.into_iter().map(|(_, _, _, step)| step).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_statement_finds_its_rows_through_an_index() {
    let bed = Bed::sqlite().await;
    for sql in every() {
        let plan = plan(&bed, sql).await;
        for step in &plan {
            let mut words = step.split(' ');
            let (verb, table) = (words.next().unwrap(), words.next().unwrap_or_default());
            // Through an index, but to every row of the practice, is no better than no index.
            let everything = verb == "SCAN" || verb == "SEARCH" && step.ends_with("(practice=?)");
            // An index that holds the lists under way and nothing else is what the question is about.
            let few = SMALL.contains(&table) || step.ends_with("INDEX batch_with_work");
            assert!(!everything || few, "{step}\n{sql}\n{plan:#?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_the_search_begins_at_its_place_in_the_index() {
    let bed = Bed::sqlite().await;
    for (sql, begins) in [
        (search_statements::FAMILY_AFTER, "name USING INDEX patient_name_by_family (practice=? AND (family"),
        (search_statements::FAMILY_BEFORE, "name USING INDEX patient_name_by_family (practice=? AND family"),
        (search_statements::GIVEN_AFTER, "name USING INDEX patient_name_by_given (practice=? AND (given"),
        (search_statements::GIVEN_BEFORE, "name USING INDEX patient_name_by_given (practice=? AND given"),
    ] {
        let plan = plan(&bed, sql).await;
        let first = plan.first().unwrap();
        assert!(first.starts_with(&format!("SEARCH {begins}")), "{plan:#?}");
        assert!(first.contains("_folded,patient,position)"), "{plan:#?}");
        assert!(!plan.iter().any(|step| step.contains("TEMP B-TREE")), "{plan:#?}");
        assert!(plan.iter().any(|step| step.contains("better") && step.contains("patient=?")), "{plan:#?}");
    }
    for sql in [search_statements::BORN_AFTER, search_statements::BORN_BEFORE] {
        let plan = plan(&bed, sql).await;
        assert!(
            plan.first().unwrap().contains("patient_by_birth_date (practice=? AND birth_date=?)"),
            "{plan:#?}"
        );
    }
}
