//! Who is at the website, and what they hold: cookies, the tokens of their forms, a Portal ID. An input
//! names these in braces, since they are known only once the practice is there.

use portal_host::identity::PatientId;
use portal_host::lent::{Account, Accounts};
use portal_tests::coverage::caller::{Caller, Place, hidden};
use portal_tests::people::{ELODIE, MARIA, PASSWORD, Person, SEAN};
use portal_tests::practice::{MARIAS_CHART, Practice, shown_id};
use portal_tests::visitor::FORM_TOKEN;

/// Who has logged in.
const SIGNED_IN: Patient = Patient { chart: MARIAS_CHART, person: MARIA };
/// Who has an open Portal ID.
const INVITED: Patient = Patient { chart: "100002", person: ELODIE };
/// Who has passed User Confirmation.
const CONFIRMED: Patient = Patient { chart: "100003", person: SEAN };
const ALL: [Patient; 3] = [SIGNED_IN, INVITED, CONFIRMED];

/// What hands out a Portal ID, whatever the account's standing.
const INVITES: [&str; 3] = ["Create this user", "Issue a new Portal ID", "Reset login"];

/// What an activation or a log in of ours takes.
const USERNAME: &str = "maria";

struct Patient {
    chart: &'static str,
    person: Person,
}

/// Names that stand in braces, and what they stand for.
#[derive(Clone, Debug)]
pub struct Held(Vec<(&'static str, String)>);

impl Held {
    /// The input with everything that is named in braces.
    pub fn filled(&self, input: &[u8]) -> Vec<u8> {
        let mut filled = Vec::with_capacity(input.len());
        let mut rest = input;
        while let Some((first, after)) = rest.split_first() {
            let named = self.0.iter().find(|(name, _)| {
                after.strip_prefix(name.as_bytes()).is_some_and(|after| after.starts_with(b"}"))
            });
            match named {
                Some((name, value)) if *first == b'{' => {
                    filled.extend_from_slice(value.as_bytes());
                    rest = &after[name.len() + 1..];
                }
                Some(_) | None => {
                    filled.push(*first);
                    rest = after;
                }
            }
        }
        filled
    }

    /// What this name stands for.
    ///
    /// # Panics
    /// Where it is not one of ours.
    pub fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| *known == name);
        &found.unwrap_or_else(|| panic!("nothing is called {name}")).1
    }

    /// The tokens that a form must carry one of to be taken.
    pub fn form_tokens(&self) -> impl Iterator<Item = &str> {
        ["visit_form", "portal_form", "activation_form"].into_iter().map(|name| self.get(name))
    }
}

/// Brings everyone to where they are wanted, wherever earlier visits left them, and says what they hold.
///
/// # Panics
/// Where the website does not let them.
pub async fn gathered(practice: &Practice) -> Held {
    let website = &practice.website;
    let place = Place { address: website.clone(), origin: website.clone() };
    let mut stranger = Caller::at(&place);
    let visit_form = form_token(&mut stranger, "/login").await;

    let credentials = [("username", USERNAME), ("password", PASSWORD), ("password_again", PASSWORD)];
    let mut maria = confirmed(practice, &place, &SIGNED_IN).await;
    maria.submit("/credentials", "/credentials", &credentials).await.expect(303);
    let mut maria = Caller::at(&place);
    let home = maria.submit("/login", "/login", &credentials[..2]).await.expect(303);
    assert_eq!(home.leads_to().as_deref(), Some("/home"));
    let portal_form = form_token(&mut maria, "/home").await;

    let mut sean = confirmed(practice, &place, &CONFIRMED).await;
    let activation_form = form_token(&mut sean, "/credentials").await;
    let portal_id = invited(practice, &INVITED).await;

    let cookie = |caller: &Caller, kind: &str| caller.cookie(kind).to_owned();
    Held(vec![
        ("visit", cookie(&stranger, "visit")),
        ("visit_form", visit_form),
        ("portal", cookie(&maria, "portal")),
        ("device", cookie(&maria, "device")),
        ("portal_form", portal_form),
        ("activation", cookie(&sean, "activation")),
        ("activation_form", activation_form),
        ("portal_id", portal_id),
        ("password", PASSWORD.replace(' ', "+")),
        ("origin", website.clone()),
        ("host", place.host().to_owned()),
    ])
}

/// The accounts as they are stored, without their secrets: a state of anybody's that is another shows.
///
/// # Panics
/// Where the database does not answer.
pub async fn accounts(
    practice: &Practice,
) -> Vec<Option<(u64, std::mem::Discriminant<portal_host::lent::State>)>> {
    let mut accounts = Vec::new();
    for patient in ALL {
        let key = PatientId::new(patient.chart);
        let account =
            practice.database.account_of_patient(&practice.practice, &key).await.expect("an account");
        let standing = |account: Account| (account.revision, std::mem::discriminant(&account.state));
        accounts.push(account.map(standing));
    }
    accounts
}

/// A browser that has passed User Confirmation.
async fn confirmed(practice: &Practice, place: &Place, patient: &Patient) -> Caller {
    let id = invited(practice, patient).await;
    let mut caller = Caller::at(place);
    let person = &patient.person;
    let claim = [
        ("portal_id", id.as_str()),
        ("first_initial", person.first),
        ("last_initial", person.last),
        ("birth_date", person.born),
    ];
    let answer = caller.submit("/activate", "/activate", &claim).await.expect(303);
    assert_eq!(answer.leads_to().as_deref(), Some("/credentials"));
    caller
}

/// A new Portal ID from staff.
async fn invited(practice: &Practice, patient: &Patient) -> String {
    let key = PatientId::new(patient.chart);
    let show = || practice.portal.show(&practice.practice, &practice.viewer, &key);
    let view = show().await.expect("the tab");
    let action = view.actions.iter().find(|action| INVITES.contains(&action.label.as_str()));
    let action =
        action.unwrap_or_else(|| panic!("{} cannot be invited: {view:?}", patient.person.name)).id.clone();
    let done = practice.portal.perform(&practice.practice, &practice.viewer, &key, &action, Vec::new()).await;
    done.expect("an invitation");
    shown_id(&show().await.expect("the tab")).expect("a Portal ID")
}

async fn form_token(caller: &mut Caller, page: &str) -> String {
    let page = caller.look_at(page).await.expect(200);
    hidden(&page, FORM_TOKEN).expect("a form")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_held_is_filled_in() {
        let held = Held(vec![("visit", "abc".to_owned()), ("visit_form", "{visit}".to_owned())]);

        assert_eq!(held.filled(b"a={visit}; {visit_form}{x}{visit"), b"a=abc; {visit}{x}{visit");
    }
}
