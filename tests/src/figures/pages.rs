//! How many bytes a patient's browser has to fetch for each page of the website, with everything that the page refers to.

use crate::coverage::caller::{Caller, hidden};
use crate::coverage::setting::Setting;
use crate::languages::tags;
use crate::people::{ELODIE, FRONT_DESK, MARIA, PASSWORD, SEAN};
use crate::visitor::Answer;
use portal_host::{Clock, SystemClock};
use reqwest::Method;
use reqwest::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_TYPE};
use std::collections::{BTreeMap, BTreeSet};
use totp_rs::{Builder, Secret};

/// More than any page may weigh.
pub const TOO_HEAVY: usize = 30_000;

const APP: &str = "/account/second-step/app";
/// An address that leads nowhere, for the page that says so.
const NOWHERE: &str = "/nothing/here";

/// What a page weighs, in bytes of bodies as they are sent.
#[derive(Clone, Debug)]
pub struct Weight {
    /// Who asked.
    pub who: &'static str,
    /// In which language.
    pub language: &'static str,
    /// For what.
    pub path: String,
    /// The page itself.
    pub page: usize,
    /// The files it refers to, by their addresses, and whether browsers keep them.
    pub files: BTreeMap<String, File>,
}

/// A file that pages refer to.
#[derive(Clone, Copy, Debug)]
pub struct File {
    /// Its size.
    pub bytes: usize,
    /// Whether a browser that has it does not ask for it again.
    pub is_kept: bool,
}

impl Weight {
    /// On a first visit.
    pub fn in_all(&self) -> usize {
        self.page + self.files.values().map(|file| file.bytes).sum::<usize>()
    }

    /// Where the browser has what browsers keep.
    pub fn afterwards(&self) -> usize {
        let again = self.files.values().filter(|file| !file.is_kept);
        self.page + again.map(|file| file.bytes).sum::<usize>()
    }

    /// In words.
    pub fn name(&self) -> String {
        let Self { who, language, path, .. } = self;
        format!("`{path}` in `{language}`, {who}")
    }
}

/// What was weighed.
pub struct Weighed {
    /// Every page that somebody got.
    pub pages: Vec<Weight>,
    /// Paths that showed a page to nobody.
    pub unseen: Vec<String>,
}

/// The pages that weigh too much, with what they weigh.
pub fn too_heavy(pages: &[Weight]) -> Vec<String> {
    let heavy = pages.iter().filter(|page| page.in_all() >= TOO_HEAVY);
    heavy.map(|page| format!("{}: {} bytes", page.name(), page.in_all())).collect()
}

/// Asks for every address of the website as everybody who may, in every language.
///
/// # Panics
/// Where an answer is not what was asked for.
pub async fn weigh(setting: &Setting) -> Weighed {
    let routes = patient_portal::patient::routes::all().filter(|(method, _)| *method == "GET");
    let paths: Vec<&str> = routes.map(|(_, path)| path).chain([NOWHERE]).collect();
    let (mut pages, mut settled) = (Vec::new(), BTreeSet::new());
    let mut files = BTreeMap::new();
    for (who, caller) in visitors(setting).await {
        for language in tags().iter().copied() {
            for path in &paths {
                let answer = ask(&caller, path, language).await;
                match kind(&answer) {
                    Kind::Page => {}
                    Kind::File => {
                        settled.insert(*path);
                        continue;
                    }
                    Kind::None => continue,
                }
                settled.insert(*path);
                let is_said = answer.body.contains(&format!("<html lang=\"{language}\""));
                assert!(is_said, "{path} is not in {language}: {}", answer.text());
                let files = fetched(&caller, &answer.body, &mut files).await;
                let path = (*path).to_owned();
                pages.push(Weight { who, language, path, page: answer.body.len(), files });
            }
        }
    }
    let unseen = paths.into_iter().filter(|path| !settled.contains(path));
    Weighed { pages, unseen: unseen.map(str::to_owned).collect() }
}

/// Everybody for whom the website has pages of their own.
async fn visitors(setting: &Setting) -> Vec<(&'static str, Caller)> {
    let mut desk = setting.staff(FRONT_DESK).await;
    setting.activate(&mut desk, "100001", &MARIA, "maria").await;
    setting.activate(&mut desk, "100003", &SEAN, "sean").await;
    let portal_id = setting.invite(&mut desk, "100002").await;
    let with_app = with_app(setting).await;
    vec![
        ("a stranger", Caller::at(&setting.website)),
        ("confirmed", setting.confirmed(&ELODIE, &portal_id).await),
        ("logged in", setting.logged_in("maria").await),
        ("logged in with an app", with_app),
        ("before the second step", half_way(setting).await),
    ]
}

/// Sean, who adds an app that shows codes.
async fn with_app(setting: &Setting) -> Caller {
    let mut sean = setting.logged_in("sean").await;
    let secret = hidden(&sean.look_at(APP).await, "secret").expect("a secret");
    let key = Secret::try_from_base32(&secret).expect("a secret in letters");
    let now = SystemClock.now().0;
    let code = Builder::new().with_secret(key).build().expect("an app").generate(now).to_string();
    let form = [("secret", secret.as_str()), ("code", &code), ("current_password", PASSWORD)];
    // What is looked at before a form is sent would draw another secret on this very page.
    sean.submit("/account", APP, &form).await.expect(200);
    sean
}

/// Sean, who has said his password.
async fn half_way(setting: &Setting) -> Caller {
    let mut sean = Caller::at(&setting.website);
    let form = [("username", "sean"), ("password", PASSWORD)];
    let answer = sean.submit("/", "/login", &form).await.expect(303);
    assert_eq!(answer.leads_to().as_deref(), Some("/second-step"));
    sean
}

async fn ask(caller: &Caller, path: &str, language: &str) -> Answer {
    caller.send(Method::GET, path, |request| request.header(ACCEPT_LANGUAGE, language)).await
}

enum Kind {
    Page,
    File,
    /// It leads elsewhere.
    None,
}

fn kind(answer: &Answer) -> Kind {
    let Answer { status, path, .. } = answer;
    assert!(*status < 500, "{path}: {status} {}", answer.text());
    let media_type = answer.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    match media_type {
        _ if (300..400).contains(status) => Kind::None,
        Some(media_type) if media_type.starts_with("text/html") => Kind::Page,
        Some(_) => Kind::File,
        None => Kind::None,
    }
}

/// The files that a page refers to, and those that its style sheets refer to.
async fn fetched(
    caller: &Caller,
    page: &str,
    known: &mut BTreeMap<String, Answer>,
) -> BTreeMap<String, File> {
    let mut wanted = referred_to(page);
    let mut files = BTreeMap::new();
    while let Some(address) = wanted.pop() {
        if files.contains_key(&address) {
            continue;
        }
        if !known.contains_key(&address) {
            known.insert(address.clone(), caller.get(&address).await.expect(200));
        }
        let file = &known[&address];
        let header = |name| file.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_kept = header(CACHE_CONTROL).contains("immutable");
        if header(CONTENT_TYPE).starts_with("text/css") {
            wanted.extend(referred_to_by_style(&file.body));
        }
        files.insert(address, File { bytes: file.body.len(), is_kept });
    }
    files
}

/// The addresses of style sheets, icons, scripts and pictures on a page, without those that stand in the page itself.
fn referred_to(page: &str) -> Vec<String> {
    let tags = page.split('<').filter_map(|piece| {
        let (tag, _) = piece.split_once('>')?;
        let (name, attributes) = tag.split_once(char::is_whitespace)?;
        let attribute = match name {
            "link" | "use" => "href=\"",
            "script" | "img" | "source" | "iframe" => "src=\"",
            _ => return None,
        };
        attributes.split_once(attribute)?.1.split('"').next()
    });
    tags.filter(|address| !address.starts_with("data:")).map(str::to_owned).collect()
}

/// The addresses in a style sheet.
fn referred_to_by_style(style: &str) -> Vec<String> {
    let addresses = style.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    let addresses = addresses.map(|address| address.trim_matches(['"', '\'']));
    addresses.filter(|address| !address.starts_with("data:")).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_page_and_its_style_refer_to_is_found() {
        let page = "<head><link rel=\"stylesheet\" href=\"/a.css?v=1\"><link rel='x'></head><a href=\"/b\">b</a>\
            <img alt=\"\" src=\"/c.png\"><img src=\"data:image/png;base64,AA\"><script src=\"/d.js\" defer></script>";
        assert_eq!(referred_to(page), ["/a.css?v=1", "/c.png", "/d.js"]);
        let style =
            ".a { background: url(\"/e.svg\") } .b { background: url(data:x) } .c { src: url('/f.woff') }";
        assert_eq!(referred_to_by_style(style), ["/e.svg", "/f.woff"]);
    }

    #[test]
    fn a_page_that_weighs_too_much_is_named_with_its_bytes() {
        let file = |bytes| File { bytes, is_kept: true };
        let page = |path: &str, bytes| Weight {
            who: "a stranger",
            language: "es",
            path: path.to_owned(),
            page: 10_000,
            files: [("/style.css".to_owned(), file(bytes))].into(),
        };
        let pages = [page("/light", 19_999), page("/heavy", 20_000)];

        assert_eq!(too_heavy(&pages), ["`/heavy` in `es`, a stranger: 30000 bytes"]);
        assert_eq!(pages[1].afterwards(), 10_000);
    }
}
