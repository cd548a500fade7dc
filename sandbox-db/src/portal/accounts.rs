//! Portal accounts. A save is one compare-and-set on the revision; which unique index objects tells
//! a Portal ID that is taken from a username that is.

use crate::audit::write_event;
use crate::columns::{count, seconds, timestamp, whole};
use crate::database::Database;
use crate::driver::{is_taken, rows, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PatientId, PracticeId, Timestamp};
use portal_host::lent::{
    Account, Accounts, Credentials, Entry, Event, Invitation, PasswordHash, PortalId, SaveError, State,
    Unavailable,
};

statements! {
    OF_PATIENT = "SELECT patient, state, portal_id, portal_id_issued, portal_id_expires, \
        username, password_hash, credentials_since, revision \
        FROM portal_account WHERE practice = $1 AND patient = $2";
    OF_PORTAL_ID = "SELECT patient, state, portal_id, portal_id_issued, portal_id_expires, \
        username, password_hash, credentials_since, revision \
        FROM portal_account WHERE practice = $1 AND portal_id = $2";
    OF_USERNAME = "SELECT patient, state, portal_id, portal_id_issued, portal_id_expires, \
        username, password_hash, credentials_since, revision \
        FROM portal_account WHERE practice = $1 AND username = $2";
    // Of several first saves, one inserts and the rest find its row.
    SAVE_FIRST = "INSERT INTO portal_account (practice, patient, state, portal_id, portal_id_issued, \
        portal_id_expires, username, password_hash, credentials_since, revision) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10 + 1) \
        ON CONFLICT (practice, patient) DO NOTHING";
    SAVE_AGAIN = "UPDATE portal_account SET state = $3, portal_id = $4, portal_id_issued = $5, \
        portal_id_expires = $6, username = $7, password_hash = $8, credentials_since = $9, \
        revision = revision + 1 \
        WHERE practice = $1 AND patient = $2 AND revision = $10";
}

#[async_trait::async_trait]
impl Accounts for Database {
    async fn account_of_patient(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
    ) -> Result<Option<Account>, Unavailable> {
        find(self, OF_PATIENT, practice, patient.as_str()).await
    }

    async fn account_of_portal_id(
        &self,
        practice: &PracticeId,
        portal_id: &PortalId,
    ) -> Result<Option<Account>, Unavailable> {
        find(self, OF_PORTAL_ID, practice, portal_id.expose()).await
    }

    async fn account_of_username(
        &self,
        practice: &PracticeId,
        username: &str,
    ) -> Result<Option<Account>, Unavailable> {
        find(self, OF_USERNAME, practice, username).await
    }

    async fn save(
        &self,
        practice: &PracticeId,
        account: &Account,
        because: &Event,
        at: Timestamp,
    ) -> Result<u64, SaveError> {
        let mut transaction = self.write().await.map_err(StoreError::from).map_err(Unavailable::from)?;
        let columns = Columns::of(&account.state);
        let save = if account.revision == 0 { SAVE_FIRST } else { SAVE_AGAIN };
        let saved = statement(save)
            .bind(practice.as_str())
            .bind(account.patient.as_str())
            .bind(columns.state)
            .bind(columns.invitation.map(|invitation| invitation.portal_id.expose()))
            .bind(columns.invitation.map(|invitation| seconds(invitation.issued)))
            .bind(columns.invitation.map(|invitation| seconds(invitation.expires)))
            .bind(columns.credentials.map(|credentials| credentials.username.as_str()))
            .bind(columns.credentials.map(|credentials| credentials.password_hash.expose()))
            .bind(columns.credentials.map(|credentials| seconds(credentials.since)))
            .bind(whole(account.revision))
            .execute(&mut *transaction)
            .await
            .map_err(refusal)?;
        if saved.rows_affected() == 0 {
            return Err(SaveError::Stale);
        }
        write_event(&mut transaction, practice, because, at).await.map_err(Unavailable::from)?;
        transaction.commit().await.map_err(StoreError::from).map_err(Unavailable::from)?;
        Ok(account.revision.saturating_add(1))
    }

    async fn note(&self, practice: &PracticeId, event: &Event, at: Timestamp) -> Result<(), Unavailable> {
        let mut transaction = self.write().await.map_err(StoreError::from)?;
        write_event(&mut transaction, practice, event, at).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(())
    }

    async fn history(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        limit: u16,
    ) -> Result<Vec<Entry>, Unavailable> {
        Ok(self.audit_trail(practice, Some(patient), limit).await?)
    }
}

async fn find(
    database: &Database,
    by: &'static str,
    practice: &PracticeId,
    key: &str,
) -> Result<Option<Account>, Unavailable> {
    let row: Option<AccountRow> = rows(by)
        .bind(practice.as_str())
        .bind(key)
        .fetch_optional(database.reader())
        .await
        .map_err(StoreError::from)?;
    Ok(row.map(AccountRow::account).transpose()?)
}

fn refusal(error: sqlx::Error) -> SaveError {
    if is_taken(&error, "portal_account", "portal_id") {
        SaveError::PortalIdTaken
    } else if is_taken(&error, "portal_account", "username") {
        SaveError::UsernameTaken
    } else {
        SaveError::Unavailable(StoreError::from(error).into())
    }
}

/// A state spread over the table's columns: what it does not have becomes NULL.
struct Columns<'a> {
    state: &'static str,
    invitation: Option<&'a Invitation>,
    credentials: Option<&'a Credentials>,
}

impl<'a> Columns<'a> {
    fn of(state: &'a State) -> Self {
        let (state, invitation, credentials) = match state {
            State::Invited(invitation) => ("invited", Some(invitation), None),
            State::Active(credentials) => ("active", None, Some(credentials)),
            State::Off(credentials) => ("off", None, credentials.as_ref()),
        };
        Self { state, invitation, credentials }
    }
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    patient: String,
    state: String,
    portal_id: Option<String>,
    portal_id_issued: Option<i64>,
    portal_id_expires: Option<i64>,
    username: Option<String>,
    password_hash: Option<String>,
    credentials_since: Option<i64>,
    revision: i64,
}

impl AccountRow {
    fn account(self) -> Result<Account, StoreError> {
        let invitation = match (self.portal_id, self.portal_id_issued, self.portal_id_expires) {
            (Some(portal_id), Some(issued), Some(expires)) => Some(Invitation {
                portal_id: PortalId::new(portal_id),
                issued: timestamp(issued),
                expires: timestamp(expires),
            }),
            (_, _, _) => None,
        };
        let credentials = match (self.username, self.password_hash, self.credentials_since) {
            (Some(username), Some(hash), Some(since)) => Some(Credentials {
                username,
                password_hash: PasswordHash::new(hash),
                since: timestamp(since),
            }),
            (_, _, _) => None,
        };
        let state = match (self.state.as_str(), invitation, credentials) {
            ("invited", Some(invitation), None) => State::Invited(invitation),
            ("active", None, Some(credentials)) => State::Active(credentials),
            ("off", None, credentials) => State::Off(credentials),
            (_, _, _) => return Err(StoreError::Unreadable { table: "portal_account", column: "state" }),
        };
        Ok(Account { patient: PatientId::new(self.patient), state, revision: count(self.revision) })
    }
}
