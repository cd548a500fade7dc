//! The practices of the installation: whose website it is, whether they have the portal, what they
//! are called and what their clocks show.

use super::KnownPractice;
use crate::columns::is_so;
use crate::database::Database;
use crate::driver::{rows, scalar, statements};
use crate::ehr::AddOn;
use crate::store_error::StoreError;
use portal_host::identity::{Date, PracticeId, Timestamp};
use portal_host::lent::{LocalTime, Logo, Policy, Profile, Sites, Throttles, Unavailable};
use std::sync::Arc;

statements! {
    PRACTICE_OF = "SELECT practice FROM website WHERE host = $1";
    IS_ON = "SELECT is_on FROM add_on WHERE practice = $1 AND add_on = $2";
    FIND = "SELECT name, phone, portal_url, languages, time_zone, invitation_days, \
        minimum_password_length, idle_minutes, session_hours, per_portal_id, per_person_a_day, \
        per_person, per_network_a_day, per_website_an_hour, never_paused, require_edit_right, \
        require_second_factor, accent, logo FROM practice WHERE id = $1";
}

#[async_trait::async_trait]
impl Sites for Database {
    async fn practice_of_website(&self, host: &str) -> Result<Option<PracticeId>, Unavailable> {
        let (cache, host) = (self.practice_cache(), host.to_lowercase());
        if let Some(practice) = cache.practice_of_website(&host) {
            return Ok(Some(practice));
        }
        let changes = cache.changes();
        let practice: Option<String> = scalar(PRACTICE_OF)
            .bind(host.clone())
            .fetch_optional(self.reader())
            .await
            .map_err(StoreError::from)?;
        let practice = practice.map(PracticeId::new);
        if let Some(practice) = &practice {
            cache.keep_website(host, practice, changes);
        }
        Ok(practice)
    }

    async fn portal_is_enabled(&self, practice: &PracticeId) -> Result<bool, Unavailable> {
        let cache = self.practice_cache();
        if let Some(is_enabled) = cache.portal_is_enabled(practice) {
            return Ok(is_enabled);
        }
        let changes = cache.changes();
        let is_on: Option<i64> = scalar(IS_ON)
            .bind(practice.as_str())
            .bind(AddOn::PatientPortal.key())
            .fetch_optional(self.reader())
            .await
            .map_err(StoreError::from)?;
        if let Some(is_on) = is_on {
            cache.keep_portal(practice, is_so(is_on), changes);
        }
        Ok(is_on.is_some_and(is_so))
    }

    async fn profile(&self, practice: &PracticeId) -> Result<Profile, Unavailable> {
        Ok(known(self, practice).await?.profile.clone())
    }

    async fn local_time(&self, practice: &PracticeId, at: Timestamp) -> Result<LocalTime, Unavailable> {
        let known = known(self, practice).await?;
        local(at, &known.time_zone)
            .ok_or_else(|| Unavailable::because("the moment is beyond the calendar's end"))
    }
}

/// The practice, from memory where it was asked for lately.
pub(crate) async fn known(
    database: &Database,
    practice: &PracticeId,
) -> Result<Arc<KnownPractice>, StoreError> {
    let cache = database.practice_cache();
    if let Some(known) = cache.get(practice) {
        return Ok(known);
    }
    let changes = cache.changes();
    let row: Option<PracticeRow> =
        rows(FIND).bind(practice.as_str()).fetch_optional(database.reader()).await?;
    let known = Arc::new(row.ok_or(StoreError::NoSuchPractice)?.known()?);
    cache.keep(practice, &known, changes);
    Ok(known)
}

fn local(at: Timestamp, time_zone: &jiff::tz::TimeZone) -> Option<LocalTime> {
    let moment = jiff::Timestamp::from_second(i64::try_from(at.0).ok()?).ok()?;
    let clock = time_zone.to_datetime(moment);
    let date = Date {
        year: u16::try_from(clock.year()).ok()?,
        month: u8::try_from(clock.month()).ok()?,
        day: u8::try_from(clock.day()).ok()?,
    };
    Some(LocalTime {
        date,
        hour: u8::try_from(clock.hour()).ok()?,
        minute: u8::try_from(clock.minute()).ok()?,
    })
}

#[derive(sqlx::FromRow)]
struct PracticeRow {
    name: String,
    phone: String,
    portal_url: String,
    languages: String,
    time_zone: String,
    invitation_days: i64,
    minimum_password_length: i64,
    idle_minutes: i64,
    session_hours: i64,
    per_portal_id: i64,
    per_person_a_day: i64,
    per_person: i64,
    per_network_a_day: i64,
    per_website_an_hour: i64,
    never_paused: String,
    require_edit_right: i64,
    require_second_factor: i64,
    accent: String,
    logo: String,
}

impl PracticeRow {
    fn known(self) -> Result<KnownPractice, StoreError> {
        let unreadable = |column| StoreError::Unreadable { table: "practice", column };
        let time_zone = jiff::tz::TimeZone::get(&self.time_zone).map_err(|_| unreadable("time_zone"))?;
        let accent = match self.accent.as_str() {
            "" => None,
            digits => Some(format!("#{digits}").parse().map_err(|_| unreadable("accent"))?),
        };
        let logo = match self.logo.as_str() {
            "" => None,
            // One that another version of the host took: the website is better off with the portal's mark than not there.
            svg => Logo::new(svg)
                .inspect_err(|error| tracing::warn!(%error, "a practice's logo is left out"))
                .ok(),
        };
        let small = |value, column| u16::try_from(value).map_err(|_| unreadable(column));
        Ok(KnownPractice {
            time_zone,
            profile: Profile {
                policy: Policy {
                    invitation_days: small(self.invitation_days, "invitation_days")?,
                    minimum_password_length: small(self.minimum_password_length, "minimum_password_length")?,
                    idle_minutes: small(self.idle_minutes, "idle_minutes")?,
                    session_hours: small(self.session_hours, "session_hours")?,
                    throttles: Throttles {
                        per_portal_id: small(self.per_portal_id, "per_portal_id")?,
                        per_person_a_day: small(self.per_person_a_day, "per_person_a_day")?,
                        per_person: small(self.per_person, "per_person")?,
                        per_network_a_day: small(self.per_network_a_day, "per_network_a_day")?,
                        per_website_an_hour: small(self.per_website_an_hour, "per_website_an_hour")?,
                    },
                    require_edit_right: self.require_edit_right != 0,
                    require_second_factor: self.require_second_factor != 0,
                },
                never_paused: self.never_paused.split_ascii_whitespace().map(str::to_owned).collect(),
                languages: self.languages.split(' ').map(str::to_owned).collect(),
                name: self.name,
                phone: self.phone,
                portal_url: self.portal_url,
                accent,
                logo,
            },
        })
    }
}
