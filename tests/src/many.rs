//! A member of staff who invites many patients in one go.

use crate::Setup;
use crate::html;
use crate::planted;
use crate::visitor::{Answer, FORM_TOKEN, Visitor};
use reqwest::header::{CONTENT_TYPE, ORIGIN, REFRESH};
use std::time::{Duration, Instant};

/// Where lists are made.
pub const MAKE: &str = "/invitations";
/// Longer than any list takes that is not interrupted.
const PATIENCE: Duration = Duration::from_secs(300);

/// Adds synthetic patients to a host that is not running.
///
/// # Panics
/// Where that does not work.
pub fn seed(setup: &Setup, patients: u32) {
    let output = setup.run(&["seed", "--patients", &patients.to_string()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Uploads a file of chart numbers; the list's page.
///
/// # Panics
/// Where there is no way to.
pub async fn upload(desk: &Visitor, file: &[u8]) -> Answer {
    desk.open(MAKE).await.expect(200);
    let token = desk.form_token().expect("a form");
    let part = |name: &str, more: &str| {
        format!("--of-the-form\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n").into_bytes()
    };
    let body = [
        part(FORM_TOKEN, ""),
        token.into_bytes(),
        b"\r\n".to_vec(),
        part("file", "; filename=\"list.csv\"\r\nContent-Type: text/csv"),
        file.to_vec(),
        b"\r\n".to_vec(),
        part("numbers", ""),
        b"\r\n--of-the-form--\r\n".to_vec(),
    ];
    let request = desk
        .client()
        .post(format!("{}{MAKE}", desk.base()))
        .header(ORIGIN, desk.base())
        .header(CONTENT_TYPE, "multipart/form-data; boundary=of-the-form")
        .body(body.concat());
    let answer = desk.send(request, MAKE).await;
    desk.follow(answer).await
}

/// Makes a list of everyone the patient list's search finds.
///
/// # Panics
/// Where there is no way to.
pub async fn everyone_found(desk: &Visitor, search: &str) -> Answer {
    let page = desk.open("/patients").await.expect(200);
    let form = page.form("Search").fill("Search by name", search);
    let found = desk.submit(&page, &form).await.expect(200);
    let form = html::forms(&found.body).into_iter().find(|form| {
        form.action.ends_with("/chosen") && form.sent().contains(&("who".to_owned(), "found".to_owned()))
    });
    desk.submit(&found, &form.expect("a button for everyone found")).await
}

/// Presses the button that invites everyone on the list; the page that follows.
///
/// # Panics
/// Where there is none.
pub async fn start(desk: &Visitor, list: &Answer) -> Answer {
    let form = html::forms(&list.body).into_iter().find(|form| form.action.ends_with("/start"));
    let form = form.unwrap_or_else(|| panic!("nothing to start: {}", list.text()));
    desk.submit(list, &form).await.expect(200)
}

/// Follows a list until its page stands still; that page.
///
/// # Panics
/// Where it does not.
pub async fn until_over(desk: &Visitor, path: &str) -> Answer {
    until(desk, path, |page| page.headers.get(REFRESH).is_none()).await
}

/// Follows a list until this many patients were looked at.
///
/// # Panics
/// Where it does not come to that.
pub async fn until_done(desk: &Visitor, path: &str, wanted: u64) -> Answer {
    until(desk, path, |page| done(page).is_none_or(|done| done >= wanted)).await
}

async fn until(desk: &Visitor, path: &str, is_it: impl Fn(&Answer) -> bool) -> Answer {
    let begun = Instant::now();
    loop {
        let page = desk.get(path).await.expect(200);
        if is_it(&page) {
            return page;
        }
        assert!(begun.elapsed() < PATIENCE, "the list does not get there: {}", page.text());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// How many patients were looked at, while the page shows progress.
pub fn done(page: &Answer) -> Option<u64> {
    let (_, rest) = page.body.split_once("<progress id=\"progress\" max=\"")?;
    let (_, rest) = rest.split_once("value=\"")?;
    rest.split('"').next()?.parse().ok()
}

/// How many patients the page lists under these words.
pub fn count(page: &Answer, label: &str) -> u64 {
    let marker = format!(">{}</a></th><td class=\"number\">", label.replace('\'', "&#39;"));
    let Some((_, rest)) = page.body.split_once(&marker) else { return 0 };
    let digits: String = rest.chars().take_while(|c| *c != '<').filter(char::is_ascii_digit).collect();
    digits.parse().expect("a count")
}

/// The whole print job of a list, which may take a while.
///
/// # Panics
/// Where it does not come.
pub async fn print(desk: &Visitor, list: &str) -> Answer {
    let path = format!("{list}/sheets");
    let request = desk.client().get(format!("{}{path}", desk.base())).timeout(PATIENCE);
    desk.send(request, &path).await.expect(200)
}

/// The Portal IDs on the sheets of a print job, in their order: one for each sheet.
///
/// # Panics
/// Where a sheet has another number of them.
pub fn portal_ids(sheets: &Answer) -> Vec<String> {
    let sheets = sheets.body.split("<section class=\"sheet\"").skip(1);
    let ids = sheets.map(|sheet| {
        let codes: Vec<&str> = sheet.split("<dd class=\"code\"><bdi dir=\"ltr\">").skip(1).collect();
        assert_eq!(codes.len(), 1, "{sheet}");
        let portal_id = codes[0].split('<').next().unwrap_or_default().to_owned();
        planted::plant(&portal_id);
        portal_id
    });
    ids.collect()
}
