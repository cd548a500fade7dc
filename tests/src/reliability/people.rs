//! Patients with a sheet in their hands: made up, invited by one list, and what they would type read from the EHR's
//! tables.

use super::journeys::Invited;
use crate::people::FRONT_DESK;
use crate::{Setup, many, staff};
use sqlx::{AnyConnection, Connection};

/// Chart number, name and date of birth as on file.
type OnFile = (String, Option<String>, String, String);

/// So many patients, each from a network of their own.
///
/// # Panics
/// Where they cannot be invited.
pub async fn invited(setup: &Setup, ehr: &str, many_of_them: u32) -> Vec<Invited> {
    // Some have no date of birth, or a name that takes more than one key.
    many::seed(setup, many_of_them * 11 / 10 + 10);
    let desk = staff::sign_in(ehr, FRONT_DESK).await;
    let list = many::everyone_found(&desk, "").await.expect(200);
    let running = many::start(&desk, &list).await;
    let over = many::until_over(&desk, &running.path).await;
    let sheets = many::print(&desk, &over.path).await;
    let (people, ids) = (on_file(setup).await, many::portal_ids(&sheets));
    assert_eq!(people.len(), ids.len(), "one sheet for each");
    let plain = people.into_iter().zip(ids).enumerate().filter_map(|(number, (person, portal_id))| {
        let (chart, given, family, born) = person;
        let initials = (initial(&given?)?, initial(&family)?);
        let [year, month, day] = born.split('-').collect::<Vec<_>>().try_into().ok()?;
        let born = format!("{month}/{day}/{year}");
        let network = format!("10.{}.{}.1", number / 250, number % 250);
        let portal_id = portal_id.chars().filter(char::is_ascii_digit).collect();
        Some(Invited { chart, portal_id, initials, born, network })
    });
    let invited: Vec<_> = plain.take(many_of_them as usize).collect();
    assert_eq!(invited.len(), many_of_them as usize, "not enough names that one key begins");
    invited
}

/// Who was invited by the first list, in its order.
async fn on_file(setup: &Setup) -> Vec<OnFile> {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&setup.database).await.expect("the database");
    sqlx::query_as(
        "SELECT patient.id, given_name, family_name, birth_date FROM batch_patient \
         JOIN patient ON patient.practice = batch_patient.practice AND patient.id = batch_patient.patient \
         JOIN patient_name ON patient_name.practice = patient.practice AND patient_name.patient = patient.id \
             AND patient_name.position = 0 \
         WHERE batch = 1 AND outcome = 'invited' ORDER BY batch_patient.position",
    )
    .fetch_all(&mut connection)
    .await
    .expect("the list")
}

/// As they would type it; none where that takes more than one key.
fn initial(name: &str) -> Option<String> {
    name.chars().next().filter(char::is_ascii_uppercase).map(String::from)
}
