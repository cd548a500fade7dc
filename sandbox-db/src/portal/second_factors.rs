//! Patients' second factors and the logins that wait for one, each changed together with the event
//! that says so.

use crate::audit::write_event;
use crate::columns::{count, seconds, timestamp, whole};
use crate::database::Database;
use crate::driver::{Connection, rows, statement, statements};
use crate::portal::sessions::insert_session;
use crate::store_error::{StoreError, undone_no_more};
use portal_host::KeyId;
use portal_host::identity::{PatientId, PracticeId, Timestamp};
use portal_host::lent::{
    Event, Factor, FactorKind, FactorsError, SealedSecret, SecondFactors, Session, Step, TokenHash,
    Unavailable,
};

statements! {
    OF_PATIENT = "SELECT id, kind, label, since, key_id, sealed, used FROM portal_factor \
        WHERE practice = $1 AND patient = $2 ORDER BY position LIMIT 32";
    // What was used meanwhile is either in what this returns, or finds its factor gone.
    FORGET = "DELETE FROM portal_factor WHERE practice = $1 AND patient = $2 RETURNING id, used";
    ADD = "INSERT INTO portal_factor \
        (practice, patient, id, position, kind, label, since, key_id, sealed, used) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    RAISE_REVISION = "UPDATE portal_account SET revision = revision + 1 \
        WHERE practice = $1 AND patient = $2 AND revision = $3 AND username IS NOT NULL";
    ADVANCE = "UPDATE portal_factor SET used = $4 \
        WHERE practice = $1 AND patient = $2 AND id = $3 AND used < $4";
    OPEN_STEP = "INSERT INTO portal_step (practice, token_hash, patient, opened, ends, account_revision) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    FIND_STEP = "SELECT patient, opened, ends, account_revision FROM portal_step \
        WHERE practice = $1 AND token_hash = $2";
    CLOSE_STEP = "DELETE FROM portal_step WHERE practice = $1 AND token_hash = $2";
    // Ended ones go as new ones come, a few at a time, so that no one request pays for all of them.
    SWEEP_STEPS = "DELETE FROM portal_step WHERE practice = $1 AND token_hash IN (\
        SELECT token_hash FROM portal_step WHERE practice = $1 AND ends <= $2 ORDER BY ends LIMIT 32)";
}

#[async_trait::async_trait]
impl SecondFactors for Database {
    async fn factors_of(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
    ) -> Result<Vec<Factor>, Unavailable> {
        let stored: Vec<FactorRow> = rows(OF_PATIENT)
            .bind(practice.as_str())
            .bind(patient.as_str())
            .fetch_all(self.reader())
            .await
            .map_err(StoreError::from)?;
        Ok(stored.into_iter().map(FactorRow::factor).collect::<Result<_, _>>()?)
    }

    async fn replace_factors(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        account_revision: u64,
        factors: &[Factor],
        because: &Event,
        at: Timestamp,
    ) -> Result<u64, FactorsError> {
        let replaced = replace(self, practice, patient, account_revision, factors, because, at).await;
        if replaced.map_err(Unavailable::from)? {
            Ok(account_revision.saturating_add(1))
        } else {
            Err(FactorsError::Stale)
        }
    }

    async fn advance_factor(
        &self,
        practice: &PracticeId,
        patient: &PatientId,
        id: &str,
        to: u64,
        because: &Event,
        at: Timestamp,
    ) -> Result<bool, Unavailable> {
        Ok(advance(self, practice, patient, id, to, because, at).await?)
    }

    async fn open_step(
        &self,
        practice: &PracticeId,
        token: &TokenHash,
        step: &Step,
        because: &Event,
        at: Timestamp,
    ) -> Result<(), Unavailable> {
        Ok(undone_no_more!(open(self, practice, token, step, because, at))?)
    }

    async fn find_step(&self, practice: &PracticeId, token: &TokenHash) -> Result<Option<Step>, Unavailable> {
        let row: Option<(String, i64, i64, i64)> = rows(FIND_STEP)
            .bind(practice.as_str())
            .bind(token.0.as_slice())
            .fetch_optional(self.reader())
            .await
            .map_err(StoreError::from)?;
        Ok(row.map(|(patient, opened, ends, revision)| Step {
            patient: PatientId::new(patient),
            opened: timestamp(opened),
            ends: timestamp(ends),
            account_revision: count(revision),
        }))
    }

    async fn pass_step(
        &self,
        practice: &PracticeId,
        token: &TokenHash,
        session_token: &TokenHash,
        session: &Session,
        because: &Event,
        at: Timestamp,
    ) -> Result<bool, Unavailable> {
        Ok(pass(self, practice, token, session_token, session, because, at).await?)
    }
}

/// Whether they were replaced, which takes the account as it was read.
async fn replace(
    database: &Database,
    practice: &PracticeId,
    patient: &PatientId,
    account_revision: u64,
    factors: &[Factor],
    because: &Event,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let mut writing = database.write(practice).await?;
    let raised = statement(RAISE_REVISION)
        .bind(practice.as_str())
        .bind(patient.as_str())
        .bind(whole(account_revision))
        .execute(&mut *writing)
        .await?;
    if raised.rows_affected() == 0 {
        return Ok(false);
    }
    let used = forget_factors(&mut writing, practice, patient).await?;
    for (position, factor) in (0_i64..).zip(factors) {
        let before = used.iter().find(|(id, _)| *id == factor.id).map_or(0, |(_, used)| *used);
        statement(ADD)
            .bind(practice.as_str())
            .bind(patient.as_str())
            .bind(factor.id.as_str())
            .bind(position)
            .bind(kind_column(factor.kind))
            .bind(factor.label.as_str())
            .bind(seconds(factor.since))
            .bind(i64::from(factor.secret.key.0))
            .bind(factor.secret.ciphertext.as_slice())
            .bind(before.max(whole(factor.used)))
            .execute(&mut *writing)
            .await?;
    }
    write_event(&mut writing, practice, because, at).await?;
    writing.commit().await?;
    Ok(true)
}

/// Forgets what belongs to credentials that are no more, and says how far each was used.
pub(crate) async fn forget_factors(
    connection: &mut Connection,
    practice: &PracticeId,
    patient: &PatientId,
) -> Result<Vec<(String, i64)>, sqlx::Error> {
    rows(FORGET).bind(practice.as_str()).bind(patient.as_str()).fetch_all(connection).await
}

async fn advance(
    database: &Database,
    practice: &PracticeId,
    patient: &PatientId,
    id: &str,
    to: u64,
    because: &Event,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let mut writing = database.write(practice).await?;
    let advanced = statement(ADVANCE)
        .bind(practice.as_str())
        .bind(patient.as_str())
        .bind(id.to_owned())
        .bind(whole(to))
        .execute(&mut *writing)
        .await?;
    if advanced.rows_affected() == 0 {
        return Ok(false);
    }
    write_event(&mut writing, practice, because, at).await?;
    writing.commit().await?;
    Ok(true)
}

async fn open(
    database: &Database,
    practice: &PracticeId,
    token: &TokenHash,
    step: &Step,
    because: &Event,
    at: Timestamp,
) -> Result<(), StoreError> {
    let mut writing = database.write(practice).await?;
    statement(SWEEP_STEPS).bind(practice.as_str()).bind(seconds(at)).execute(&mut *writing).await?;
    statement(OPEN_STEP)
        .bind(practice.as_str())
        .bind(token.0.as_slice())
        .bind(step.patient.as_str())
        .bind(seconds(step.opened))
        .bind(seconds(step.ends))
        .bind(whole(step.account_revision))
        .execute(&mut *writing)
        .await?;
    write_event(&mut writing, practice, because, at).await?;
    writing.commit().await?;
    Ok(())
}

/// Whether there was a step: of several that pass it at once, one does.
async fn pass(
    database: &Database,
    practice: &PracticeId,
    token: &TokenHash,
    session_token: &TokenHash,
    session: &Session,
    because: &Event,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let mut writing = database.write(practice).await?;
    let closed =
        statement(CLOSE_STEP).bind(practice.as_str()).bind(token.0.as_slice()).execute(&mut *writing).await?;
    if closed.rows_affected() == 0 {
        return Ok(false);
    }
    insert_session(&mut writing, practice, session_token, session).await?;
    write_event(&mut writing, practice, because, at).await?;
    writing.commit().await?;
    Ok(true)
}

fn kind_column(kind: FactorKind) -> &'static str {
    match kind {
        FactorKind::Authenticator => "authenticator",
        FactorKind::Passkey => "passkey",
        FactorKind::RecoveryCode => "recovery-code",
    }
}

#[derive(sqlx::FromRow)]
struct FactorRow {
    id: String,
    kind: String,
    label: String,
    since: i64,
    key_id: i64,
    sealed: Vec<u8>,
    used: i64,
}

impl FactorRow {
    fn factor(self) -> Result<Factor, StoreError> {
        let unreadable = |column| StoreError::Unreadable { table: "portal_factor", column };
        let kind = match self.kind.as_str() {
            "authenticator" => FactorKind::Authenticator,
            "passkey" => FactorKind::Passkey,
            "recovery-code" => FactorKind::RecoveryCode,
            _ => return Err(unreadable("kind")),
        };
        let key = KeyId(self.key_id.try_into().map_err(|_| unreadable("key_id"))?);
        Ok(Factor {
            id: self.id,
            kind,
            label: self.label,
            since: timestamp(self.since),
            secret: SealedSecret { key, ciphertext: self.sealed },
            used: count(self.used),
        })
    }
}
