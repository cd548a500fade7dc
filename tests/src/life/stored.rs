//! What must hold of the rows themselves, whatever happened, and knowing nothing of what did.

use super::act::Whose;
use super::bed::{Bed, chart};
use super::check::{Fault, same};
use super::model::World;
use patient_portal::audit::Deed;
use sqlx::AssertSqlSafe;

/// Rows that there must never be, and why.
pub const NEVER: [(&str, &str); 9] = [
    (
        "a session on an account that is not active",
        "SELECT COUNT(*) FROM portal_session s JOIN portal_account a USING (practice, patient) \
         WHERE s.purpose = 'portal' AND a.state <> 'active' AND s.account_revision >= a.revision",
    ),
    (
        "leave to set credentials, or a sheet, of an account that is not invited",
        "SELECT COUNT(*) FROM portal_session s JOIN portal_account a USING (practice, patient) \
         WHERE s.purpose IN ('activation', 'sheet') AND a.state <> 'invited' \
         AND s.account_revision >= a.revision",
    ),
    (
        "a session of an account that was never like that",
        "SELECT COUNT(*) FROM portal_session s LEFT JOIN portal_account a USING (practice, patient) \
         WHERE a.revision IS NULL OR s.account_revision > a.revision",
    ),
    (
        "a Portal ID where nobody is invited, or none where somebody is",
        "SELECT COUNT(*) FROM portal_account WHERE \
         (state = 'invited') <> (portal_id_look_up IS NOT NULL) \
         OR (state = 'invited') <> (portal_id_sealed IS NOT NULL) \
         OR (state = 'invited') <> (portal_id_expires IS NOT NULL)",
    ),
    (
        "a login where somebody waits for one, or half of one",
        "SELECT COUNT(*) FROM portal_account WHERE \
         (state IN ('invited', 'lapsed') AND username IS NOT NULL) \
         OR (state = 'active' AND username IS NULL) \
         OR (username IS NULL) <> (password_hash IS NULL) \
         OR (username IS NULL) <> (credentials_since IS NULL)",
    ),
    (
        "an end where nothing ended, or none where something did",
        "SELECT COUNT(*) FROM portal_account WHERE \
         (state = 'lapsed') <> (lapsed_at IS NOT NULL) OR (state = 'lapsed') <> (lapsed_how IS NOT NULL)",
    ),
    (
        "a second factor where there is no login",
        "SELECT COUNT(*) FROM portal_factor LEFT JOIN portal_account a USING (practice, patient) \
         WHERE a.username IS NULL",
    ),
    (
        "a recovery code that stands in for nothing",
        "SELECT COUNT(*) FROM portal_factor f WHERE kind = 'recovery-code' AND NOT EXISTS \
         (SELECT * FROM portal_factor o WHERE o.practice = f.practice AND o.patient = f.patient \
         AND o.kind <> 'recovery-code')",
    ),
    (
        "half a log in on an account that takes none, or was never like that",
        "SELECT COUNT(*) FROM portal_step s LEFT JOIN portal_account a USING (practice, patient) \
         WHERE a.revision IS NULL OR s.account_revision > a.revision \
         OR (s.account_revision = a.revision AND a.state <> 'active')",
    ),
];

const REVISION: &str = "SELECT COALESCE(MAX(revision), 0) FROM portal_account WHERE patient = $1";

impl Bed {
    /// Asks the tables.
    ///
    /// # Errors
    /// Names what is there and must not be, or a change that is not on record just once.
    pub async fn check_tables(&mut self, world: &World) -> Result<(), Fault> {
        for (what, query) in NEVER {
            let rows: i64 = sqlx::query_scalar(query).fetch_one(&mut self.tables).await.expect("the tables");
            same(what, &rows, &0)?;
        }
        for whose in Whose::ALL {
            let chart = chart(whose);
            let revision: i64 = sqlx::query_scalar(REVISION)
                .bind(chart.as_str())
                .fetch_one(&mut self.tables)
                .await
                .expect("the tables");
            let should_be = i64::try_from(world.account(whose).revision).expect("few changes");
            same(&format!("changes of {whose:?} account"), &revision, &should_be)?;
            let entries: i64 = sqlx::query_scalar(AssertSqlSafe(changes("$1")))
                .bind(chart.as_str())
                .fetch_one(&mut self.tables)
                .await
                .expect("the tables");
            same(&format!("changes of {whose:?} account on record"), &entries, &revision)?;
        }
        Ok(())
    }

    /// Checks that nothing on record was altered, as an auditor would.
    ///
    /// # Errors
    /// Names the first entry that was.
    pub async fn check_seals(&self) -> Result<(), Fault> {
        let verified = self.database.verify_audit(&self.practice, None, |_| ()).await;
        verified.map(|_| ()).map_err(|broken| Fault(format!("the record is not whole: {broken}")))
    }
}

/// Counts the entries that each stand for one change of the account of whoever this is in SQL.
pub fn changes(patient: &str) -> String {
    let actions: Vec<String> = Deed::OF_ACCOUNTS.iter().map(|deed| format!("'{}'", deed.name())).collect();
    format!("SELECT COUNT(*) FROM audit_entry WHERE chain = {patient} AND action IN ({})", actions.join(", "))
}
