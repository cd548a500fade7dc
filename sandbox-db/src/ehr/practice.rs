//! The practice's own row: its settings, where its website is, and its policy.

use crate::audit::{By, write_event};
use crate::database::Database;
use crate::driver::{Connection, rows, scalar, statement, statements};
use crate::portal::sites::known;
use crate::store_error::StoreError;
use portal_host::identity::{PracticeId, Timestamp};
use portal_host::lent::{Actor, Event, Policy, Profile};

statements! {
    MORE_SETTINGS = "SELECT helpdesk_url, time_zone FROM practice WHERE id = $1";
    WEBSITES = "SELECT host FROM website WHERE practice = $1 ORDER BY host";
    PORTAL = "SELECT portal_url FROM practice WHERE id = $1";
    MOVE_PORTAL = "UPDATE practice SET portal_url = $2 WHERE id = $1";
    FORGET_WEBSITES = "DELETE FROM website WHERE practice = $1";
    ADD_WEBSITE = "INSERT INTO website (host, practice) VALUES ($1, $2) ON CONFLICT (host) DO NOTHING \
        RETURNING host";
    OWNER_OF = "SELECT practice FROM website WHERE host = $1";
    SET_POLICY = "UPDATE practice SET invitation_days = $2, minimum_password_length = $3, \
        idle_minutes = $4, session_hours = $5, per_portal_id = $6, per_person_a_day = $7, \
        per_person = $8, per_network_a_day = $9, per_website_an_hour = $10, never_paused = $11, \
        require_edit_right = $12, require_second_factor = $13 WHERE id = $1";
}

/// A practice, as its administrators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeSettings {
    /// The key.
    pub id: PracticeId,
    /// What the portal is told.
    pub profile: Profile,
    /// Where to submit a ticket to the Helpdesk.
    pub helpdesk_url: String,
    /// An IANA name, such as `America/Chicago`.
    pub time_zone: String,
    /// The `Host` headers by which patients reach the portal.
    pub websites: Vec<String>,
}

/// Why a website was not given to a practice. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum WebsiteError {
    /// A host name leads to one practice only.
    #[error("the website {0} is another practice's")]
    Taken(String),
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for WebsiteError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(StoreError::from(error))
    }
}

impl Database {
    /// The practice's settings, or none where there is no such practice.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn practice_settings(
        &self,
        practice: &PracticeId,
    ) -> Result<Option<PracticeSettings>, StoreError> {
        let more: Option<(String, String)> =
            rows(MORE_SETTINGS).bind(practice.as_str()).fetch_optional(self.reader()).await?;
        let Some((helpdesk_url, time_zone)) = more else { return Ok(None) };
        let websites: Vec<String> = scalar(WEBSITES).bind(practice.as_str()).fetch_all(self.reader()).await?;
        let profile = known(self, practice).await?.profile.clone();
        Ok(Some(PracticeSettings { id: practice.clone(), profile, helpdesk_url, time_zone, websites }))
    }

    /// Says where patients find the portal, and by which `Host` headers exactly; on record where that is not where
    /// they found it before. Called at each start, since a host learns its address then.
    ///
    /// # Errors
    /// [`WebsiteError::Taken`] where another practice has one of the hosts.
    pub async fn set_website(
        &self,
        practice: &PracticeId,
        portal_url: &str,
        hosts: &[String],
        at: Timestamp,
    ) -> Result<(), WebsiteError> {
        let mut transaction = self.write_alone(practice).await?;
        let url = portal_url.trim_end_matches('/');
        let was: Option<String> =
            scalar(PORTAL).bind(practice.as_str()).fetch_optional(&mut *transaction).await?;
        let was = was.ok_or(StoreError::NoSuchPractice)?;
        let before = statement(FORGET_WEBSITES).bind(practice.as_str()).execute(&mut *transaction).await?;
        let was_open = before.rows_affected() > 0;
        if was != url || !was_open {
            statement(MOVE_PORTAL).bind(practice.as_str()).bind(url).execute(&mut *transaction).await?;
            let event = if !was_open {
                by_the_operator("practice.website-opened", url.to_owned())
            } else {
                by_the_operator("practice.website-moved", format!("{was} -> {url}"))
            };
            write_event(&mut transaction, practice, &event, at).await?;
        }
        for host in hosts {
            add_website(&mut transaction, practice, &host.to_lowercase()).await?;
        }
        transaction.commit().await?;
        self.practice_cache().forget(practice);
        Ok(())
    }

    /// Lets nobody find the practice's website any more, on record where somebody could. What is stored stays.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn close_website(&self, practice: &PracticeId, at: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.write_alone(practice).await?;
        let forgotten = statement(FORGET_WEBSITES).bind(practice.as_str()).execute(&mut *transaction).await?;
        if forgotten.rows_affected() > 0 {
            let event = by_the_operator("practice.website-closed", String::new());
            write_event(&mut transaction, practice, &event, at).await?;
            transaction.commit().await?;
            self.practice_cache().forget(practice);
        }
        Ok(())
    }

    /// Sets what the administrator may choose, on record with what was changed. Setting it as it is
    /// changes nothing and writes nothing. `by` is none where it is done at the command line.
    ///
    /// # Errors
    /// When the database does not answer, or a value is out of the bounds that [`Policy`] names.
    pub async fn set_policy(
        &self,
        practice: &PracticeId,
        policy: &Policy,
        never_paused: &[String],
        by: Option<&By>,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let was = known(self, practice).await?;
        let changes = changes(&was.profile, policy, never_paused);
        if changes.is_empty() {
            return Ok(());
        }
        let mut transaction = self.write_alone(practice).await?;
        let throttles = policy.throttles;
        statement(SET_POLICY)
            .bind(practice.as_str())
            .bind(i64::from(policy.invitation_days))
            .bind(i64::from(policy.minimum_password_length))
            .bind(i64::from(policy.idle_minutes))
            .bind(i64::from(policy.session_hours))
            .bind(i64::from(throttles.per_portal_id))
            .bind(i64::from(throttles.per_person_a_day))
            .bind(i64::from(throttles.per_person))
            .bind(i64::from(throttles.per_network_a_day))
            .bind(i64::from(throttles.per_website_an_hour))
            .bind(never_paused.join(" "))
            .bind(i64::from(policy.require_edit_right))
            .bind(i64::from(policy.require_second_factor))
            .execute(&mut *transaction)
            .await?;
        let event = Event {
            actor: by.map_or(Actor::System, |by| Actor::Staff(by.staff.clone())),
            patient: None,
            action: "practice.policy-changed".to_owned(),
            detail: Some(changes),
            address: by.and_then(|by| by.address.clone()),
        };
        write_event(&mut transaction, practice, &event, at).await?;
        transaction.commit().await?;
        self.practice_cache().forget(practice);
        Ok(())
    }
}

/// What comes of how the host was configured and started.
fn by_the_operator(action: &str, detail: String) -> Event {
    let detail = Some(detail).filter(|detail| !detail.is_empty());
    Event { actor: Actor::System, patient: None, action: action.to_owned(), detail, address: None }
}

/// What changes, as an auditor wants to read it.
fn changes(was: &Profile, policy: &Policy, never_paused: &[String]) -> String {
    let (old, new) = (was.policy, policy);
    let (before, after) = (old.throttles, new.throttles);
    let numbers = [
        ("invitation days", old.invitation_days, new.invitation_days),
        ("shortest password", old.minimum_password_length, new.minimum_password_length),
        ("idle minutes", old.idle_minutes, new.idle_minutes),
        ("session hours", old.session_hours, new.session_hours),
        ("wrong answers per Portal ID", before.per_portal_id, after.per_portal_id),
        ("per person a day", before.per_person_a_day, after.per_person_a_day),
        ("per person", before.per_person, after.per_person),
        ("per network a day", before.per_network_a_day, after.per_network_a_day),
        ("per website an hour", before.per_website_an_hour, after.per_website_an_hour),
    ];
    let numbers = numbers.iter().filter(|(_, old, new)| old != new);
    let mut changes: Vec<_> = numbers.map(|(what, old, new)| format!("{what}: {old} -> {new}")).collect();
    if old.require_edit_right != new.require_edit_right {
        changes.push(format!("changes take the right to edit: {}", yes_or_no(new.require_edit_right)));
    }
    if old.require_second_factor != new.require_second_factor {
        changes.push(format!("a second step is asked for: {}", yes_or_no(new.require_second_factor)));
    }
    if was.never_paused != never_paused {
        changes.push(format!("never paused: {}", never_paused.join(" ")));
    }
    changes.join(", ")
}

fn yes_or_no(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

async fn add_website(
    connection: &mut Connection,
    practice: &PracticeId,
    host: &str,
) -> Result<(), WebsiteError> {
    let added: Option<String> =
        scalar(ADD_WEBSITE).bind(host).bind(practice.as_str()).fetch_optional(&mut *connection).await?;
    if added.is_none() {
        // Named twice in the list is no mistake.
        let owner: Option<String> = scalar(OWNER_OF).bind(host).fetch_optional(connection).await?;
        if owner.as_deref() != Some(practice.as_str()) {
            return Err(WebsiteError::Taken(host.to_owned()));
        }
    }
    Ok(())
}
