//! Two practices at one host, with the same staff and patients, each found under names of its own.

use crate::balancer::free_address;
use crate::people::Person;
use crate::visitor::Visitor;
use crate::{Installation, Setup, patient, staff};

/// The keys of the practices. The second has a colour and a logo of its own.
pub const PRACTICES: [&str; 2] = ["lakeside", "hillside"];

/// The second one's logo.
pub const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40" fill="#7a1f5c"/></svg>"##;

/// The host, and where it listens whatever people call it.
pub struct Neighbours {
    /// The host.
    pub host: Installation,
    /// Where patients' requests go, such as `http://127.0.0.1:40123`.
    pub portal: String,
    /// Where staff's go.
    pub ehr: String,
}

impl Neighbours {
    /// On new state.
    ///
    /// # Panics
    /// Where the host does not start.
    pub fn start() -> Self {
        Self::on(Setup::fresh())
    }

    /// On this state.
    ///
    /// # Panics
    /// Where the host does not start.
    pub fn on(mut setup: Setup) -> Self {
        let file = setup.folder().join("portal-host.toml");
        std::fs::write(&file, PRACTICES.map(configured).concat()).expect("a configuration");
        std::fs::write(setup.folder().join("hillside.svg"), LOGO).expect("a logo");
        (setup.portal, setup.ehr) = (free_address(), free_address());
        let [portal, ehr] = [&setup.portal, &setup.ehr].map(|address| format!("http://{address}"));
        let host = setup.with("--config", &file.display().to_string()).start();
        Self { host, portal, ehr }
    }

    /// The same host, started again.
    ///
    /// # Panics
    /// Where it does not start.
    pub fn again(self) -> Self {
        let Self { host, portal, ehr } = self;
        Self { host: host.setup.start(), portal, ehr }
    }

    /// Somebody new at the website of a practice.
    pub fn visitor(&self, practice: &str) -> Visitor {
        Visitor::sending(&self.portal, &[("host", &website(practice))])
    }

    /// A member of staff of a practice, signed in.
    ///
    /// # Panics
    /// Where that does not work.
    pub async fn staff(&self, practice: &str, user: &str) -> Visitor {
        let visitor = self.at_the_ehr(practice);
        staff::sign_in_with(&visitor, user).await;
        visitor
    }

    /// Somebody new at the EHR of a practice.
    pub fn at_the_ehr(&self, practice: &str) -> Visitor {
        Visitor::sending(&self.ehr, &[("host", &format!("ehr.{practice}.example"))])
    }

    /// A patient of a practice, whom its front desk invites, and who has activated since.
    ///
    /// # Panics
    /// Where that does not work.
    pub async fn activated(&self, practice: &str, person: &Person, username: &str) -> Visitor {
        let desk = self.staff(practice, crate::people::FRONT_DESK).await;
        let portal_id = staff::invite(&desk, person).await;
        patient::activate_as(self.visitor(practice), person, &portal_id, username).await
    }
}

/// What patients of a practice open.
pub fn website(practice: &str) -> String {
    format!("portal.{practice}.example")
}

/// A practice as the configuration has it.
fn configured(practice: &str) -> String {
    format!(
        "[[practice]]\nkey = \"{practice}\"\nname = \"The {practice} practice\"\nphone = \"(555) 010-0199\"\n\
         portal-url = \"http://{}\"\nehr-url = \"http://ehr.{practice}.example\"\n\
         time-zone = \"America/Chicago\"\nlanguages = [\"en\"]\n{}",
        website(practice),
        if practice == PRACTICES[1] { "accent = \"#7a1f5c\"\nlogo = \"hillside.svg\"\n" } else { "" }
    )
}
