//! What the record itself must tell, and the rows of second factors with it, whatever happened.

use super::act::Whose;
use super::bed::{Bed, chart};
use super::check::{Fault, same};
use super::model::World;
use patient_portal::audit::Deed;
use patient_portal::settings::RECOVERY_CODES;
use std::collections::BTreeSet;

/// What was on record about a patient, looks and vain attempts aside, in order.
const TRAIL: &str =
    "SELECT action FROM audit_entry WHERE chain = $1 AND action <> 'tab.viewed' ORDER BY sequence";
const FACTORS: &str = "SELECT id, kind, used FROM portal_factor WHERE patient = $1 ORDER BY position";

/// What ends every session and lets the browser that it was done in go on with another.
const RENEWED_BY: [Deed; 4] =
    [Deed::PasswordChanged, Deed::FactorAdded, Deed::FactorRemoved, Deed::RecoveryCodesDrawn];

/// What was stored of somebody's second factors when they were looked at last.
#[derive(Clone, Default)]
pub struct Seen {
    ids: Vec<String>,
    revision: u64,
    /// How many entries told of a change of the account.
    changes: usize,
}

impl Bed {
    /// Reads the record, and compares the second factors with how they should be.
    ///
    /// # Errors
    /// Names a log in that the record does not account for, or what differs.
    pub async fn check_second_factors(&mut self, world: &World) -> Result<(), Fault> {
        let mut opened = 0;
        for whose in Whose::ALL {
            let told = self.trail(whose).await?;
            opened +=
                check_log_ins(&told).map_err(|Fault(what)| Fault(format!("{whose:?} record: {what}")))?;
            let changes = told.iter().filter(|deed| Deed::OF_ACCOUNTS.contains(deed)).count();
            self.check_factors(world, whose, changes).await?;
        }
        same("log ins on record", &opened, &self.tokens.len())
    }

    async fn trail(&mut self, whose: Whose) -> Result<Vec<Deed>, Fault> {
        let told: Vec<String> = sqlx::query_scalar(TRAIL)
            .bind(chart(whose).as_str())
            .fetch_all(&mut self.tables)
            .await
            .expect("the record");
        let deed = |name: String| Deed::named(&name).ok_or(Fault(format!("nothing is called {name}")));
        told.into_iter().map(deed).collect()
    }

    async fn check_factors(&mut self, world: &World, whose: Whose, changes: usize) -> Result<(), Fault> {
        let stored: Vec<(String, String, i64)> = sqlx::query_as(FACTORS)
            .bind(chart(whose).as_str())
            .fetch_all(&mut self.tables)
            .await
            .expect("the second factors");
        let used = |wanted: &str| -> Vec<u64> {
            let of_kind = stored.iter().filter(|(_, kind, _)| kind == wanted);
            of_kind.map(|(_, _, used)| u64::try_from(*used).expect("a count")).collect()
        };
        let second = world.second_of(whose);
        let app = second.map(|second| second.used).into_iter().collect();
        same(&format!("{whose:?} apps, as far as they were used"), &used("authenticator"), &app)?;
        let codes = second.map_or(Vec::new(), |second| second.codes.iter().copied().map(u64::from).collect());
        same(&format!("{whose:?} recovery codes that were used"), &used("recovery-code"), &codes)?;
        if !codes.is_empty() {
            same("recovery codes", &codes.len(), &RECOVERY_CODES)?;
        }
        same(&format!("{whose:?} passkeys"), &used("passkey"), &Vec::new())?;
        let ids: Vec<String> = stored.into_iter().map(|(id, ..)| id).collect();
        let distinct: BTreeSet<&String> = ids.iter().collect();
        same("names of factors", &distinct.len(), &ids.len())?;
        let now = Seen { ids, revision: world.account(whose).revision, changes };
        let before = self.factors.insert(whose, now.clone()).unwrap_or_default();
        if before.ids != now.ids {
            let what = format!("changes of {whose:?} account, together with its second factors");
            same(&what, &(now.revision, now.changes), &(before.revision + 1, before.changes + 1))?;
        }
        Ok(())
    }
}

/// How many sessions were opened: past a second factor where there was one, or, by somebody who had
/// one already, after a change.
fn check_log_ins(told: &[Deed]) -> Result<usize, Fault> {
    let (mut is_on, mut sessions, mut used, mut before) = (false, 0, 0, None);
    for deed in told {
        match deed {
            Deed::FactorAdded => is_on = true,
            // Nobody here has more than one.
            Deed::FactorRemoved | Deed::LoginReset => is_on = false,
            Deed::SignInSucceeded => {
                let is_past = before == Some(Deed::FactorUsed);
                same("a log in was past a second factor", &is_past, &is_on)?;
                (sessions, used) = (sessions + 1, used + usize::from(is_past));
            }
            Deed::SessionRenewed => {
                let is_renewed = before.is_some_and(|before| RENEWED_BY.contains(&before)) && sessions > 0;
                same("a session went on after a change of the login", &is_renewed, &true)?;
                sessions += 1;
            }
            _ => {}
        }
        before = Some(*deed);
    }
    same("log ins past a second factor", &used, &told.iter().filter(|it| **it == Deed::FactorUsed).count())?;
    Ok(sessions)
}
