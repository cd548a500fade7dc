//! Every route of both listeners, tried by everyone who must not get there and by who may. A route without
//! an expectation fails, and so does an expectation without a route.

use portal_tests::coverage::setting::Setting;
use portal_tests::coverage::trial::Trial;
use portal_tests::coverage::{ehr, gaps, website};
use portal_tests::people::EVERYONE;

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} times:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_route_of_the_website_has_an_expectation_and_no_other_has() {
    assert_none(&gaps(website::routes(), website::TABLE));
}

#[test]
fn every_route_of_the_ehr_has_an_expectation_and_no_other_has() {
    assert_none(&gaps(ehr::routes(), ehr::TABLE));
}

#[test]
fn a_route_left_out_one_that_is_gone_and_one_twice_are_named() {
    let mut routes = website::routes();
    let gone = routes.remove(0);
    routes.push(("GET".to_owned(), "/new".to_owned()));
    let rows = [website::TABLE, &[website::TABLE[1]]].concat();

    let gaps = gaps(routes, &rows);

    assert_eq!(gaps.len(), 3, "{gaps:?}");
    assert!(
        gaps[0].starts_with(&format!("{} {}", gone.0, gone.1)) && gaps[0].contains("no route"),
        "{gaps:?}"
    );
    assert!(gaps[1].contains("twice"), "{gaps:?}");
    assert_eq!(gaps[2], "GET /new is without an expectation");
}

#[tokio::test]
async fn every_route_of_the_website_gives_each_visitor_what_is_theirs_and_no_more() {
    use website::visitors::{Guests, Who};
    let [setting, elsewhere] = Setting::of_two_practices().await;
    let guests = Guests::gather(&setting).await.and_from(&elsewhere).await;
    let theirs = elsewhere.records.now().await;
    let mut wrong = Vec::new();
    for who in Who::ALL {
        // Nothing that the others do may end her session.
        let maria = setting.logged_in("maria").await;
        let mut visitor = guests.visitor(who).await;
        for row in website::TABLE {
            let filled = |path: &str| path.to_owned();
            let unnamed = who.others();
            let trial =
                Trial { records: &setting.records, path: row.path, filled: &filled, unnamed: &unnamed };
            let must = row.must.of(who);
            let found = match row.form {
                None => trial.look(&visitor, must).await,
                Some(form) => {
                    visitor.look_at(form.page).await;
                    let fields = guests.filled(form.fields);
                    let without_token = form.without_token.of(who);
                    let found = trial.send_every_way(&visitor, &fields, without_token, must).await;
                    // The form may have ended the session it was sent from.
                    visitor = guests.visitor(who).await;
                    found
                }
            };
            wrong.extend(found.iter().map(|wrong| format!("{} {} {who:?} {wrong}", row.method, row.path)));
        }
        if who != Who::Patient && !maria.get("/home").await.says("Hello, Maria Garcia") {
            wrong.push(format!("{who:?} ended a session of somebody else"));
        }
    }
    wrong.extend(theirs.differs(&elsewhere.records.now().await, false));
    assert_none(&wrong);
}

#[tokio::test]
async fn every_route_of_the_ehr_gives_each_visitor_what_is_theirs_and_no_more() {
    use ehr::visitors::{Callers, Who};
    let [setting, elsewhere] = Setting::of_two_practices().await;
    let guests = website::visitors::Guests::gather(&setting).await;
    let callers = Callers::gather(&setting, &guests).await.and_from(&elsewhere).await;
    let theirs = elsewhere.records.now().await;
    let everyone = EVERYONE.map(|person| person.name);
    let mut wrong = Vec::new();
    for who in Who::ALL {
        for (disguise, mut visitor) in callers.visitors(who).await.into_iter().enumerate() {
            for row in ehr::TABLE {
                let filled = |pattern: &str| callers.path(who, pattern);
                let (path, must) = (filled(row.path), row.must.of(who));
                assert!(!path.contains('{'), "{path}: what is to be put in its braces?");
                let unnamed: &[&str] = if must.shows() { &[] } else { &everyone };
                let trial = Trial { records: &setting.records, path: &path, filled: &filled, unnamed };
                let found = match row.form {
                    None => trial.look(&visitor, must).await,
                    Some(form) => {
                        visitor.look_at(form.page).await;
                        let fields = callers.filled(&path, form.fields).await;
                        let without_token = form.without_token.of(who);
                        let found = trial.send_every_way(&visitor, &fields, without_token, must).await;
                        // The form may have ended the session it was sent from.
                        visitor = callers.visitors(who).await.swap_remove(disguise);
                        found
                    }
                };
                let what = format!("{} {path} {who:?} {disguise}", row.method);
                wrong.extend(found.iter().map(|wrong| format!("{what} {wrong}")));
            }
        }
    }
    wrong.extend(theirs.differs(&elsewhere.records.now().await, false));
    assert_none(&wrong);
}
