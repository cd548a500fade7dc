//! Which practices there are, and what each is called: made from what is configured, and brought in line with it.

use crate::audit::write_event;
use crate::database::Database;
use crate::driver::{Connection, rows, scalar, statement, statements};
use crate::store_error::StoreError;
use portal_host::identity::{PracticeId, Timestamp};
use portal_host::lent::{Actor, Colour, Event, Logo, Policy};

statements! {
    ALL = "SELECT id FROM practice ORDER BY id";
    INSERT = "INSERT INTO practice (id, name, phone, helpdesk_url, time_zone, portal_url, languages, \
        invitation_days, minimum_password_length, idle_minutes, session_hours, per_portal_id, \
        per_person_a_day, per_person, per_network_a_day, per_website_an_hour, never_paused, \
        require_edit_right, require_second_factor, accent, logo) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)";
    DESCRIBED = "SELECT name, phone, helpdesk_url, time_zone, languages, accent, logo FROM practice WHERE id = $1";
    DESCRIBE = "UPDATE practice SET name = $2, phone = $3, helpdesk_url = $4, time_zone = $5, \
        languages = $6, accent = $7, logo = $8 WHERE id = $1";
}

/// What a practice is called and how it is reached, as it is configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeDetails {
    /// The name that patients know.
    pub name: String,
    /// Whom patients call for help with the portal, as it should be printed.
    pub phone: String,
    /// Where to submit a ticket to the Helpdesk.
    pub helpdesk_url: String,
    /// An IANA name, such as `America/Chicago`.
    pub time_zone: String,
    /// BCP 47, preferred first. Never empty.
    pub languages: Vec<String>,
    /// What the website's pages are accented with.
    pub accent: Option<Colour>,
    /// What stands in the place of the portal's own mark.
    pub logo: Option<Logo>,
}

impl Database {
    /// Every practice there is, in the order of their keys.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn practices(&self) -> Result<Vec<PracticeId>, StoreError> {
        let ids: Vec<String> = scalar(ALL).fetch_all(self.reader()).await?;
        Ok(ids.into_iter().map(PracticeId::new).collect())
    }

    /// Brings what a practice is called in line with `details`, on record with what changed. Where nothing
    /// differs, nothing is written.
    ///
    /// # Errors
    /// When the database does not answer, or there is no such practice.
    pub async fn describe_practice(
        &self,
        practice: &PracticeId,
        details: &PracticeDetails,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write_alone(practice).await?;
        let was: Option<Described> =
            rows(DESCRIBED).bind(practice.as_str()).fetch_optional(&mut *transaction).await?;
        let changes = was.ok_or(StoreError::NoSuchPractice)?.changes(details);
        if changes.is_empty() {
            return Ok(());
        }
        statement(DESCRIBE)
            .bind(practice.as_str())
            .bind(details.name.as_str())
            .bind(details.phone.as_str())
            .bind(details.helpdesk_url.as_str())
            .bind(details.time_zone.as_str())
            .bind(details.languages.join(" "))
            .bind(stored(details.accent))
            .bind(svg(details.logo.as_ref()).to_owned())
            .execute(&mut *transaction)
            .await?;
        let event = Event {
            actor: Actor::System,
            patient: None,
            action: "practice.described".to_owned(),
            detail: Some(changes),
            address: None,
        };
        write_event(&mut transaction, practice, &event, at).await?;
        transaction.commit().await?;
        self.practice_cache().forget(practice);
        Ok(())
    }
}

/// What a practice is called now.
#[derive(sqlx::FromRow)]
struct Described {
    name: String,
    phone: String,
    helpdesk_url: String,
    time_zone: String,
    languages: String,
    accent: String,
    logo: String,
}

impl Described {
    /// What changes, as an auditor wants to read it.
    fn changes(&self, now: &PracticeDetails) -> String {
        let told = [
            ("name", &self.name, &now.name),
            ("phone", &self.phone, &now.phone),
            ("Helpdesk", &self.helpdesk_url, &now.helpdesk_url),
            ("time zone", &self.time_zone, &now.time_zone),
            ("languages", &self.languages, &now.languages.join(" ")),
            ("accent", &self.accent, &stored(now.accent)),
        ];
        let changed = told.iter().filter(|(_, old, new)| old != new);
        let changed = changed.map(|(what, old, new)| format!("{what}: {old} -> {new}"));
        // A picture in the trail would help nobody.
        let logo = (self.logo != svg(now.logo.as_ref())).then(|| "another logo".to_owned());
        changed.chain(logo).collect::<Vec<_>>().join(", ")
    }
}

/// As the column has it.
fn stored(accent: Option<Colour>) -> String {
    accent.map_or_else(String::new, |colour| colour.to_string().trim_start_matches('#').to_owned())
}

/// As the column has it; empty where there is none.
fn svg(logo: Option<&Logo>) -> &str {
    logo.map_or("", Logo::svg)
}

/// Stores a new practice, which has no website yet.
pub(crate) async fn insert_practice(
    connection: &mut Connection,
    practice: &PracticeId,
    details: &PracticeDetails,
    policy: Policy,
) -> Result<(), sqlx::Error> {
    statement(INSERT)
        .bind(practice.as_str())
        .bind(details.name.as_str())
        .bind(details.phone.as_str())
        .bind(details.helpdesk_url.as_str())
        .bind(details.time_zone.as_str())
        .bind("")
        .bind(details.languages.join(" "))
        .bind(i64::from(policy.invitation_days))
        .bind(i64::from(policy.minimum_password_length))
        .bind(i64::from(policy.idle_minutes))
        .bind(i64::from(policy.session_hours))
        .bind(i64::from(policy.throttles.per_portal_id))
        .bind(i64::from(policy.throttles.per_person_a_day))
        .bind(i64::from(policy.throttles.per_person))
        .bind(i64::from(policy.throttles.per_network_a_day))
        .bind(i64::from(policy.throttles.per_website_an_hour))
        .bind("")
        .bind(i64::from(policy.require_edit_right))
        .bind(i64::from(policy.require_second_factor))
        .bind(stored(details.accent))
        .bind(svg(details.logo.as_ref()).to_owned())
        .execute(connection)
        .await?;
    Ok(())
}
