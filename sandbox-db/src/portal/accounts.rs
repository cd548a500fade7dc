//! Portal accounts. A save is one compare-and-set on the revision; which unique index objects tells
//! a Portal ID that is taken from a username that is.

use crate::audit::write_event;
use crate::columns::{count, seconds, timestamp, whole};
use crate::database::Database;
use crate::driver::{Connection, is_taken, rows, statement, statements};
use crate::portal::attempts::forget_counters;
use crate::portal::second_factors::forget_factors;
use crate::store_error::StoreError;
use portal_host::KeyId;
use portal_host::identity::{PatientId, PracticeId, Timestamp};
use portal_host::lent::{
    Account, Accounts, Credentials, Entry, Event, Invitation, Lapse, Lapsed, PasswordHash, PortalIdLookUp,
    SaveError, SealedPortalId, State, Unavailable,
};

statements! {
    OF_PATIENT = "SELECT patient, state, portal_id_look_up, portal_id_key, portal_id_sealed, portal_id_issued, \
        portal_id_expires, lapsed_at, lapsed_how, username, password_hash, credentials_since, revision \
        FROM portal_account WHERE practice = $1 AND patient = $2";
    OF_PORTAL_ID = "SELECT patient, state, portal_id_look_up, portal_id_key, portal_id_sealed, portal_id_issued, \
        portal_id_expires, lapsed_at, lapsed_how, username, password_hash, credentials_since, revision \
        FROM portal_account WHERE practice = $1 AND portal_id_look_up = $2";
    OF_USERNAME = "SELECT patient, state, portal_id_look_up, portal_id_key, portal_id_sealed, portal_id_issued, \
        portal_id_expires, lapsed_at, lapsed_how, username, password_hash, credentials_since, revision \
        FROM portal_account WHERE practice = $1 AND username = $2";
    // Of several first saves, one inserts and the rest find its row.
    SAVE_FIRST = "INSERT INTO portal_account (practice, patient, state, portal_id_look_up, portal_id_key, \
        portal_id_sealed, portal_id_issued, portal_id_expires, lapsed_at, lapsed_how, username, \
        password_hash, credentials_since, revision) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14 + 1) \
        ON CONFLICT (practice, patient) DO NOTHING";
    SAVE_AGAIN = "UPDATE portal_account SET state = $3, portal_id_look_up = $4, portal_id_key = $5, \
        portal_id_sealed = $6, portal_id_issued = $7, portal_id_expires = $8, lapsed_at = $9, \
        lapsed_how = $10, username = $11, password_hash = $12, credentials_since = $13, \
        revision = revision + 1 \
        WHERE practice = $1 AND patient = $2 AND revision = $14";
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
        look_ups: &[PortalIdLookUp],
    ) -> Result<Option<Account>, Unavailable> {
        for look_up in look_ups {
            let row = rows(OF_PORTAL_ID).bind(practice.as_str()).bind(look_up.0.as_slice());
            if let Some(account) = found(row.fetch_optional(self.reader()).await)? {
                return Ok(Some(account));
            }
        }
        Ok(None)
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
        clearing: &[[u8; 32]],
        at: Timestamp,
    ) -> Result<u64, SaveError> {
        let mut writing = self.write(practice).await.map_err(StoreError::from).map_err(Unavailable::from)?;
        let save = if account.revision == 0 { SAVE_FIRST } else { SAVE_AGAIN };
        let saved = store(&mut writing, save, practice, account).await.map_err(refusal)?;
        if saved == 0 {
            return Err(SaveError::Stale);
        }
        if account.state.credentials().is_none() {
            let forgotten = forget_factors(&mut writing, practice, &account.patient).await;
            forgotten.map_err(StoreError::from).map_err(Unavailable::from)?;
        }
        forget_counters(&mut writing, practice, clearing)
            .await
            .map_err(StoreError::from)
            .map_err(Unavailable::from)?;
        write_event(&mut writing, practice, because, at).await.map_err(Unavailable::from)?;
        writing.commit().await.map_err(StoreError::from).map_err(Unavailable::from)?;
        Ok(account.revision.saturating_add(1))
    }

    async fn note(&self, practice: &PracticeId, event: &Event, at: Timestamp) -> Result<(), Unavailable> {
        let mut transaction = self.write(practice).await.map_err(StoreError::from)?;
        write_event(&mut transaction, practice, event, at).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        Ok(())
    }

    async fn history(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        before: Option<u64>,
        limit: u16,
    ) -> Result<Vec<Entry>, Unavailable> {
        Ok(self.audit_trail(practice, Some(patient), before, limit).await?)
    }

    async fn latest(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        actions: &[String],
        before: Option<u64>,
    ) -> Result<Option<Entry>, Unavailable> {
        Ok(self.latest_entry(practice, patient, actions, before).await?)
    }
}

async fn find(
    database: &Database,
    by: &'static str,
    practice: &PracticeId,
    key: &str,
) -> Result<Option<Account>, Unavailable> {
    found(rows(by).bind(practice.as_str()).bind(key.to_owned()).fetch_optional(database.reader()).await)
}

fn found(row: Result<Option<AccountRow>, sqlx::Error>) -> Result<Option<Account>, Unavailable> {
    Ok(row.map_err(StoreError::from)?.map(AccountRow::account).transpose()?)
}

/// Runs one of the two saves and says how many rows it changed.
async fn store(
    connection: &mut Connection,
    save: &'static str,
    practice: &PracticeId,
    account: &Account,
) -> Result<u64, sqlx::Error> {
    let columns = Columns::of(&account.state);
    let (invitation, credentials) = (columns.invitation, columns.credentials);
    let saved = statement(save)
        .bind(practice.as_str())
        .bind(account.patient.as_str())
        .bind(columns.state)
        .bind(invitation.map(|it| it.portal_id.look_up.0.as_slice()))
        .bind(invitation.map(|it| i64::from(it.portal_id.key.0)))
        .bind(invitation.map(|it| it.portal_id.ciphertext.as_slice()))
        .bind(columns.issued.map(seconds))
        .bind(invitation.map(|it| seconds(it.expires)))
        .bind(columns.lapsed.map(|it| seconds(it.over)))
        .bind(columns.lapsed.map(|it| how_column(it.how)))
        .bind(credentials.map(|it| it.username.as_str()))
        .bind(credentials.map(|it| it.password_hash.expose()))
        .bind(credentials.map(|it| seconds(it.since)))
        .bind(whole(account.revision))
        .execute(connection)
        .await?;
    Ok(saved.rows_affected())
}

fn refusal(error: sqlx::Error) -> SaveError {
    if is_taken(&error, "portal_account", "portal_id_look_up") {
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
    issued: Option<Timestamp>,
    invitation: Option<&'a Invitation>,
    lapsed: Option<Lapsed>,
    credentials: Option<&'a Credentials>,
}

impl<'a> Columns<'a> {
    fn of(state: &'a State) -> Self {
        let none = Self { state: "", issued: None, invitation: None, lapsed: None, credentials: None };
        match state {
            State::Invited(it) => {
                Self { state: "invited", issued: Some(it.issued), invitation: Some(it), ..none }
            }
            State::Lapsed(it) => Self { state: "lapsed", issued: Some(it.issued), lapsed: Some(*it), ..none },
            State::Active(it) => Self { state: "active", credentials: Some(it), ..none },
            State::Off(it) => Self { state: "off", credentials: it.as_ref(), ..none },
        }
    }
}

fn how_column(how: Lapse) -> &'static str {
    match how {
        Lapse::Expired => "expired",
        Lapse::Burnt => "burnt",
    }
}

#[derive(sqlx::FromRow)]
struct AccountRow {
    patient: String,
    state: String,
    portal_id_look_up: Option<Vec<u8>>,
    portal_id_key: Option<i64>,
    portal_id_sealed: Option<Vec<u8>>,
    portal_id_issued: Option<i64>,
    portal_id_expires: Option<i64>,
    lapsed_at: Option<i64>,
    lapsed_how: Option<String>,
    username: Option<String>,
    password_hash: Option<String>,
    credentials_since: Option<i64>,
    revision: i64,
}

impl AccountRow {
    fn account(self) -> Result<Account, StoreError> {
        let unreadable = |column| StoreError::Unreadable { table: "portal_account", column };
        let state = match self.state.as_str() {
            "invited" => State::Invited(self.invitation().ok_or_else(|| unreadable("portal_id_sealed"))?),
            "lapsed" => State::Lapsed(self.lapsed().ok_or_else(|| unreadable("lapsed_how"))?),
            "active" => State::Active(self.credentials().ok_or_else(|| unreadable("username"))?),
            "off" => State::Off(self.credentials()),
            _ => return Err(unreadable("state")),
        };
        Ok(Account { patient: PatientId::new(self.patient), state, revision: count(self.revision) })
    }

    fn invitation(&self) -> Option<Invitation> {
        Some(Invitation {
            portal_id: SealedPortalId {
                look_up: PortalIdLookUp(self.portal_id_look_up.as_deref()?.try_into().ok()?),
                key: KeyId(self.portal_id_key?.try_into().ok()?),
                ciphertext: self.portal_id_sealed.clone()?,
            },
            issued: timestamp(self.portal_id_issued?),
            expires: timestamp(self.portal_id_expires?),
        })
    }

    fn lapsed(&self) -> Option<Lapsed> {
        let how = match self.lapsed_how.as_deref()? {
            "expired" => Lapse::Expired,
            "burnt" => Lapse::Burnt,
            _ => return None,
        };
        Some(Lapsed { issued: timestamp(self.portal_id_issued?), over: timestamp(self.lapsed_at?), how })
    }

    fn credentials(&self) -> Option<Credentials> {
        Some(Credentials {
            username: self.username.clone()?,
            password_hash: PasswordHash::new(self.password_hash.clone()?),
            since: timestamp(self.credentials_since?),
        })
    }
}
