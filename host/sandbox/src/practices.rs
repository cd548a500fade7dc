//! The practices that a host serves, and where people find each: one at the addresses that the host is told, or
//! several, each at its own.

use crate::config::Configured;
use crate::serve::Addresses;
use crate::site::{Site, SiteError};
use portal_host::identity::{PracticeId, Timestamp};
use portal_host::lent::Sites;
use sandbox_db::{Database, StoreError, WebsiteError};
use std::net::SocketAddr;

/// Why a host does not know what to serve, or where.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PracticesError {
    #[error("the website's address (--portal, --portal-url)")]
    PortalUrl(#[source] SiteError),
    #[error("the EHR's address (--ehr, --ehr-url)")]
    EhrUrl(#[source] SiteError),
    #[error(
        "take portal-url and ehr-url (--portal-url, --ehr-url) out: they say where one practice is found, and the \
         configuration has practices, each with its own"
    )]
    TwoPlaces,
    #[error(
        "there are several practices in the database ({there}), and a host has to be told where each is found: name \
         them in the configuration, each as a [[practice]]"
    )]
    Unnamed { there: String },
    #[error("there is no practice in the database")]
    None,
    #[error("the website's address cannot be kept")]
    Website(#[from] WebsiteError),
    #[error("the practices cannot be read")]
    Store(#[from] StoreError),
    #[error("what a practice is called cannot be read")]
    Unread(#[from] portal_host::lent::Unavailable),
}

/// Where people find what the host serves.
pub(crate) enum Places {
    /// The one practice there is.
    One { website: Site, ehr: Site },
    /// Each where it is configured.
    Each(Vec<Configured>),
}

/// A practice that is served.
#[derive(Clone, Debug)]
pub(crate) struct Served {
    pub(crate) id: PracticeId,
    pub(crate) name: String,
    pub(crate) website: Site,
    pub(crate) ehr: Site,
}

impl Places {
    /// What listens on these two addresses, and is found as the host was told.
    pub(crate) fn of(
        addresses: &Addresses,
        configured: &[Configured],
        ehr: SocketAddr,
        portal: SocketAddr,
    ) -> Result<Self, PracticesError> {
        let Addresses { portal_url, ehr_url, .. } = addresses;
        if configured.is_empty() {
            let website = Site::new(portal_url.as_deref(), portal).map_err(PracticesError::PortalUrl)?;
            let ehr = Site::new(ehr_url.as_deref(), ehr).map_err(PracticesError::EhrUrl)?;
            return Ok(Self::One { website, ehr });
        }
        if portal_url.is_some() || ehr_url.is_some() {
            return Err(PracticesError::TwoPlaces);
        }
        Ok(Self::Each(configured.to_vec()))
    }

    /// Lets people find the practices at these places. Never none.
    pub(crate) async fn open(
        self,
        database: &Database,
        now: Timestamp,
    ) -> Result<Vec<Served>, PracticesError> {
        let there = database.practices().await?;
        let served: Vec<(PracticeId, Site, Site)> = match self {
            Self::One { website, ehr } => match there.as_slice() {
                [one] => vec![(one.clone(), website, ehr)],
                [] => return Err(PracticesError::None),
                several => {
                    let several: Vec<_> = several.iter().map(PracticeId::as_str).collect();
                    return Err(PracticesError::Unnamed { there: several.join(", ") });
                }
            },
            Self::Each(configured) => {
                configured.into_iter().map(|practice| (practice.id, practice.website, practice.ehr)).collect()
            }
        };
        make_way(database, &served, there, now).await?;
        let mut opened = Vec::new();
        for (id, website, ehr) in served {
            database.set_website(&id, website.url(), website.hosts(), now).await?;
            let name = database.profile(&id).await?.name;
            opened.push(Served { id, name, website, ehr });
        }
        Ok(opened)
    }
}

/// Closes the websites whose names another practice is to have, so that two may take each other's. Any other stays as
/// it is: a practice that this host does not serve may be served by others, which have a newer configuration.
async fn make_way(
    database: &Database,
    served: &[(PracticeId, Site, Site)],
    there: Vec<PracticeId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    for practice in there {
        if !served.iter().any(|(id, ..)| *id == practice) {
            tracing::warn!(%practice, "a practice in the database is not in the configuration, and not served here");
        }
        let found_at = database.practice_settings(&practice).await?.map(|settings| settings.websites);
        let wanted_by_another =
            |host: &String| served.iter().any(|(id, website, _)| *id != practice && website.answers_to(host));
        if found_at.is_some_and(|hosts| hosts.iter().any(wanted_by_another)) {
            database.close_website(&practice, now).await?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use portal_host::{HostKeys, Passwords, SystemEntropy};
    use sandbox_db::lakeside;
    use std::sync::Arc;

    const NOW: Timestamp = Timestamp(9);

    fn configured(key: &str, host: &str) -> Configured {
        let (_, details) = lakeside();
        Configured {
            id: PracticeId::new(key),
            details,
            website: Site::named(&format!("https://portal.{host}")).unwrap(),
            ehr: Site::named(&format!("https://ehr.{host}")).unwrap(),
        }
    }

    async fn database(folder: &tempfile::TempDir, configured: &[Configured]) -> Database {
        let keys = HostKeys::from_bytes([7; 64]);
        let passwords = Passwords::new(1, keys.clone(), Arc::new(SystemEntropy)).unwrap();
        let url = format!("sqlite:{}", folder.path().join("portal.db").display());
        let (database, _) =
            crate::sandbox::open_sandbox(&url, &keys, &passwords, configured, Timestamp(9)).await.unwrap();
        database
    }

    #[tokio::test]
    async fn practices_may_take_each_others_addresses_and_those_of_one_that_is_not_configured_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let before = vec![
            configured("one", "a.example"),
            configured("two", "b.example"),
            configured("x", "c.example"),
        ];
        let database = database(&folder, &before).await;
        assert_eq!(Places::Each(before).open(&database, NOW).await.unwrap().len(), 3);
        let whose = async |host: &str| {
            let found = database.practice_of_website(host).await.unwrap();
            found.map(|practice| practice.as_str().to_owned())
        };
        assert_eq!(whose("portal.c.example").await.as_deref(), Some("x"));

        let after = vec![configured("one", "b.example"), configured("two", "a.example")];
        Places::Each(after).open(&database, NOW).await.unwrap();

        assert_eq!(whose("portal.b.example").await.as_deref(), Some("one"));
        assert_eq!(whose("portal.a.example").await.as_deref(), Some("two"));
        // Others may serve it, which have a newer configuration.
        assert_eq!(whose("portal.c.example").await.as_deref(), Some("x"));
        Places::Each(vec![configured("two", "c.example")]).open(&database, NOW).await.unwrap();
        assert_eq!(whose("portal.c.example").await.as_deref(), Some("two"));
        assert!(whose("ehr.a.example").await.is_none(), "staff's address is not the website's");
    }

    #[tokio::test]
    async fn several_practices_are_not_served_at_one_address() {
        let folder = tempfile::tempdir().unwrap();
        let several = [configured("one", "a.example"), configured("two", "b.example")];
        let database = database(&folder, &several).await;
        let site = Site::named("https://portal.example").unwrap();

        let refused =
            Places::One { website: site.clone(), ehr: site }.open(&database, NOW).await.unwrap_err();

        assert!(matches!(&refused, PracticesError::Unnamed { there } if there == "one, two"), "{refused}");
    }
}
