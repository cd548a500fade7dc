//! Who comes to the patients' website, by what their browser holds.

use crate::coverage::caller::Caller;
use crate::coverage::setting::Setting;
use crate::people::{ANA, ELODIE, FRONT_DESK, MARIA, SEAN};

/// One of something for each kind of visitor. There is no way to leave one out.
#[derive(Clone, Copy, Debug)]
pub struct Visitors<T> {
    /// Holds nothing.
    pub stranger: T,
    /// Maria, logged in.
    pub patient: T,
    /// Sean, logged in, who names Maria in every parameter that a page might read.
    pub other_patient: T,
    /// Élodie, who has passed User Confirmation and has no credentials yet.
    pub capability: T,
    /// Her capability, shown as if it were a session.
    pub capability_as_session: T,
    /// A session, shown as if it were such a capability.
    pub session_as_capability: T,
    /// The front desk, with the cookies of the EHR.
    pub staff: T,
    /// Their session, shown as if it were a patient's session and capability.
    pub staff_as_patient: T,
    /// A patient of another practice, logged in there.
    pub neighbour: T,
    /// One who has passed User Confirmation there.
    pub confirmed_neighbour: T,
}

/// A kind of visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Stranger,
    Patient,
    OtherPatient,
    CapabilityAsSession,
    SessionAsCapability,
    Staff,
    StaffAsPatient,
    Neighbour,
    ConfirmedNeighbour,
    Capability,
}

impl Who {
    /// All of them. The capability comes last, since it is used up.
    pub const ALL: [Self; 10] = [
        Self::Stranger,
        Self::Patient,
        Self::OtherPatient,
        Self::CapabilityAsSession,
        Self::SessionAsCapability,
        Self::Staff,
        Self::StaffAsPatient,
        Self::Neighbour,
        Self::ConfirmedNeighbour,
        Self::Capability,
    ];

    /// Everybody whom a page for this visitor must not name.
    pub fn others(self) -> Vec<&'static str> {
        let own = match self {
            Self::Patient => Some(MARIA.name),
            Self::OtherPatient => Some(SEAN.name),
            Self::Stranger
            | Self::CapabilityAsSession
            | Self::SessionAsCapability
            | Self::Staff
            | Self::StaffAsPatient
            | Self::Neighbour
            | Self::ConfirmedNeighbour
            | Self::Capability => None,
        };
        let all = [MARIA.name, SEAN.name, ELODIE.name, ANA.name];
        all.into_iter().filter(|name| Some(*name) != own).collect()
    }
}

impl<T: Copy> Visitors<T> {
    /// The same for everyone.
    pub const fn all(it: T) -> Self {
        Self {
            stranger: it,
            patient: it,
            other_patient: it,
            capability: it,
            capability_as_session: it,
            session_as_capability: it,
            staff: it,
            staff_as_patient: it,
            neighbour: it,
            confirmed_neighbour: it,
        }
    }

    /// This visitor's.
    pub fn of(&self, who: Who) -> T {
        match who {
            Who::Stranger => self.stranger,
            Who::Patient => self.patient,
            Who::OtherPatient => self.other_patient,
            Who::CapabilityAsSession => self.capability_as_session,
            Who::SessionAsCapability => self.session_as_capability,
            Who::Staff => self.staff,
            Who::StaffAsPatient => self.staff_as_patient,
            Who::Neighbour => self.neighbour,
            Who::ConfirmedNeighbour => self.confirmed_neighbour,
            Who::Capability => self.capability,
        }
    }
}

/// Maria, as someone would name her who hopes that a page asks the browser whose page to show.
const NAMING_MARIA: &[(&str, &str)] = &[
    ("patient", "100001"),
    ("patient_id", "100001"),
    ("id", "100001"),
    ("key", "100001"),
    ("account", "100001"),
    ("user", "maria"),
    ("username", "maria"),
    ("on_behalf_of", "100001"),
];

/// The visitors, ready to come.
pub struct Guests<'a> {
    setting: &'a Setting,
    /// Of an invitation that stays open.
    anas_portal_id: String,
    elodie: Caller,
    desk: Caller,
    /// From another practice, if there is one: logged in, and confirmed.
    neighbours: Option<[Caller; 2]>,
}

impl<'a> Guests<'a> {
    /// Invites, confirms and activates whoever it takes.
    pub async fn gather(setting: &'a Setting) -> Self {
        let mut desk = setting.staff(FRONT_DESK).await;
        setting.activate(&mut desk, "100001", &MARIA, "maria").await;
        setting.activate(&mut desk, "100003", &SEAN, "sean").await;
        let elodies_portal_id = setting.invite(&mut desk, "100002").await;
        let elodie = setting.confirmed(&ELODIE, &elodies_portal_id).await;
        let anas_portal_id = setting.invite(&mut desk, "100006").await;
        Self { setting, anas_portal_id, elodie, desk, neighbours: None }
    }

    /// The same, and those who come from another practice.
    #[must_use]
    pub async fn and_from(self, elsewhere: &Setting) -> Self {
        let came = neighbours(elsewhere).await.map(|caller| caller.at_another(&self.setting.website));
        Self { neighbours: Some(came), ..self }
    }

    /// The visitor, who is logged in anew if at all.
    ///
    /// # Panics
    /// Where nobody comes from another practice.
    pub async fn visitor(&self, who: Who) -> Caller {
        let stranger = Caller::at(&self.setting.website);
        match who {
            Who::Stranger => stranger,
            Who::Patient => self.setting.logged_in("maria").await,
            Who::OtherPatient => self.setting.logged_in("sean").await.naming(NAMING_MARIA),
            Who::Capability => self.elodie.clone(),
            Who::Neighbour => self.neighbours.clone().expect("another practice")[0].clone(),
            Who::ConfirmedNeighbour => self.neighbours.clone().expect("another practice")[1].clone(),
            Who::CapabilityAsSession => {
                stranger.with_cookie("portal", self.elodie.cookie("activation")).with_token_of(&self.elodie)
            }
            Who::SessionAsCapability => {
                let sean = self.setting.logged_in("sean").await;
                stranger.with_cookie("activation", sean.cookie("portal")).with_token_of(&sean)
            }
            Who::Staff => {
                let session = self.desk.cookie("ehr_session");
                stranger.with_cookie("ehr_session", session).with_token_of(&self.desk)
            }
            Who::StaffAsPatient => {
                let session = self.desk.cookie("ehr_session");
                let stranger = stranger.with_cookie("portal", session).with_cookie("activation", session);
                stranger.with_token_of(&self.desk)
            }
        }
    }

    /// The values of a form, with what is known only once the host runs.
    pub fn filled(&self, fields: &[(&str, &str)]) -> Vec<(String, String)> {
        let filled = |value: &str| value.replace("{ana}", &self.anas_portal_id);
        fields.iter().map(|(name, value)| ((*name).to_owned(), filled(value))).collect()
    }
}

/// A patient who is logged in and one who was confirmed, each with the cookie for that.
async fn neighbours(setting: &Setting) -> [Caller; 2] {
    let mut desk = setting.staff(FRONT_DESK).await;
    setting.activate(&mut desk, "100001", &MARIA, "maria").await;
    let portal_id = setting.invite(&mut desk, "100002").await;
    [setting.logged_in("maria").await, setting.confirmed(&ELODIE, &portal_id).await]
}
