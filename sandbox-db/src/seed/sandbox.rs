//! The sandbox's practice, and the staff and named patients that every practice of it starts with, so that
//! documents, tests and demonstrations can speak of them.

use super::insert::insert_patients;
use super::people;
use crate::columns::count;
use crate::database::Database;
use crate::driver::{Connection, scalar, statement, statements};
use crate::ehr::access_level_edits::{grant_menu, grant_right, insert_access_level};
use crate::ehr::add_ons::store_add_on;
use crate::ehr::practices::insert_practice;
use crate::ehr::{AccessLevelId, AddOn, Grant, Menu, Module, PracticeDetails};
use crate::store_error::StoreError;
use portal_host::identity::PracticeId;
use portal_host::lent::{PasswordHash, Policy};
use portal_host::rights::Access;

statements! {
    HOW_MANY = "SELECT COUNT(*) FROM practice WHERE id = $1";
    ADD_STAFF = "INSERT INTO staff (practice, id, name, password_hash, access_level) \
        VALUES ($1, $2, $3, $4, $5)";
}

/// Hashes of the sandbox's staff passwords, made by whoever will verify them.
#[derive(Clone, Debug)]
pub struct StaffPasswordHashes {
    /// For `admin`.
    pub admin: PasswordHash,
    /// For `frontdesk`.
    pub frontdesk: PasswordHash,
    /// For `billing`.
    pub billing: PasswordHash,
}

/// Stores the sandbox's practice, staff and named patients and returns the practice. Where they are
/// there already, nothing is changed: ask [`Database::practices`] first and spare the hashing.
///
/// # Errors
/// When the database does not answer.
pub async fn seed_sandbox(
    database: &Database,
    passwords: &StaffPasswordHashes,
) -> Result<PracticeId, StoreError> {
    let (practice, details) = lakeside();
    seed_practice(database, &practice, &details, passwords).await?;
    Ok(practice)
}

/// Stores a practice that has the Patient Portal module, with the sandbox's staff and patients, unless it is
/// there already. Nobody finds its website before it is given one.
///
/// # Errors
/// When the database does not answer.
pub async fn seed_practice(
    database: &Database,
    practice: &PracticeId,
    details: &PracticeDetails,
    passwords: &StaffPasswordHashes,
) -> Result<(), StoreError> {
    let mut transaction = database.write_alone(practice).await?;
    let there: i64 = scalar(HOW_MANY).bind(practice.as_str()).fetch_one(&mut *transaction).await?;
    if count(there) > 0 {
        return Ok(());
    }
    insert_practice(&mut transaction, practice, details, Policy::default()).await?;
    store_add_on(&mut transaction, practice, AddOn::PatientPortal, true).await?;
    add_staff(&mut transaction, practice, passwords).await?;
    insert_patients(&mut transaction, practice, &people::everyone()).await?;
    transaction.commit().await?;
    Ok(())
}

/// The sandbox's practice, where no other is configured.
pub fn lakeside() -> (PracticeId, PracticeDetails) {
    let details = PracticeDetails {
        name: "Lakeside Family Practice".to_owned(),
        phone: "(555) 010-0199".to_owned(),
        helpdesk_url: "/helpdesk".to_owned(),
        time_zone: "America/Chicago".to_owned(),
        languages: ["en", "es", "zh"].map(str::to_owned).to_vec(),
        accent: None,
        logo: None,
    };
    (PracticeId::new("lakeside"), details)
}

async fn add_staff(
    connection: &mut Connection,
    practice: &PracticeId,
    passwords: &StaffPasswordHashes,
) -> Result<(), StoreError> {
    let administrator =
        insert_access_level(connection, practice, "Administrator", "Every right over everything", true)
            .await?;
    let front_desk = insert_access_level(
        connection,
        practice,
        "Front Desk",
        "Check-in and patients' portal access",
        false,
    )
    .await?;
    let billing =
        insert_access_level(connection, practice, "Billing", "Statements and payments", false).await?;
    let view = |module| Grant { module, access: Access::View };
    grant_right(connection, practice, front_desk, view(Module::Patients)).await?;
    grant_right(connection, practice, front_desk, view(Module::ConnectEhr)).await?;
    grant_menu(connection, practice, front_desk, Menu::Patients).await?;
    grant_right(connection, practice, billing, view(Module::Patients)).await?;
    grant_menu(connection, practice, billing, Menu::Patients).await?;
    for (id, name, hash, level) in [
        ("admin", "Alex Admin", &passwords.admin, administrator),
        ("frontdesk", "Fran Desk", &passwords.frontdesk, front_desk),
        ("billing", "Bill Ingram", &passwords.billing, billing),
    ] {
        insert_staff(connection, practice, id, name, hash, level).await?;
    }
    Ok(())
}

async fn insert_staff(
    connection: &mut Connection,
    practice: &PracticeId,
    id: &str,
    name: &str,
    password_hash: &PasswordHash,
    level: AccessLevelId,
) -> Result<(), StoreError> {
    statement(ADD_STAFF)
        .bind(practice.as_str())
        .bind(id)
        .bind(name)
        .bind(password_hash.expose())
        .bind(level.0)
        .execute(connection)
        .await?;
    Ok(())
}
