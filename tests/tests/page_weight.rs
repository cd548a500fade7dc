//! Every page of the patients' website is light: on a slow phone it is there soon, with all it refers to.

use portal_tests::artifacts::root;
use portal_tests::coverage::setting::Setting;
use portal_tests::figures::document::{BEGIN, END};
use portal_tests::figures::pages::{too_heavy, weigh};
use portal_tests::languages::tags;
use std::collections::BTreeSet;

/// As people have it who installed it, since passkeys need a name that is no bare address.
#[tokio::test]
async fn every_page_for_patients_is_under_30_kb_with_all_it_refers_to() {
    let setting = Setting::over_tls().await;

    let weighed = weigh(&setting).await;

    assert!(weighed.unseen.is_empty(), "these showed a page to nobody: {:?}", weighed.unseen);
    for language in tags() {
        let pages = weighed.pages.iter().filter(|page| page.language == *language);
        let paths: BTreeSet<_> = pages.map(|page| page.path.as_str()).collect();
        // Far fewer would mean that most of the website was not looked at.
        assert!(paths.len() >= 20, "{language}: {paths:?}");
    }
    for page in &weighed.pages {
        let has = |begin: &str| page.files.keys().any(|file| file.starts_with(begin));
        assert!(has("/style.css") && has("/favicon.svg"), "{}: {:?}", page.name(), page.files);
        let elsewhere: Vec<_> = page.files.keys().filter(|file| !file.starts_with('/')).collect();
        assert!(elsewhere.is_empty(), "{} fetches from elsewhere: {elsewhere:?}", page.name());
    }
    let heaviest = weighed.pages.iter().max_by_key(|page| page.in_all()).expect("a page");
    println!("the heaviest is {}, with {} bytes", heaviest.name(), heaviest.in_all());
    let heavy = too_heavy(&weighed.pages);
    assert!(heavy.is_empty(), "{}", heavy.join("\n"));
}

#[test]
fn the_page_of_figures_has_a_place_for_them() {
    let page = std::fs::read_to_string(root().join("docs/experience.md")).expect("the page");

    for marker in [BEGIN, END] {
        assert_eq!(page.matches(marker).count(), 1, "{marker}");
    }
    let (_, after) = page.split_once(BEGIN).expect("the beginning");
    let (table, _) = after.split_once(END).expect("the end after the beginning");
    assert!(table.lines().filter(|line| line.starts_with('|')).count() > 15, "{table}");
}
