//! What visitors and operators are told of each refusal.

use super::*;
use crate::ehr::page::Link;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::middleware::from_fn;
use axum::routing::any;
use sandbox_db::AccessLevelError;
use std::sync::Mutex;
use tower::ServiceExt;

async fn answer(refusal: Refusal) -> (Response, String) {
    answer_to(Method::GET, refusal).await
}

async fn answer_to(method: Method, refusal: Refusal) -> (Response, String) {
    answer_in(method, refusal, None).await
}

/// The same for who is signed in, whose frame goes along.
async fn answer_in(method: Method, refusal: Refusal, frame: Option<Frame>) -> (Response, String) {
    let refused = async move || {
        let mut response = refusal.into_response();
        if let Some(frame) = frame {
            response.extensions_mut().insert(frame);
        }
        response
    };
    let router = Router::new().route("/", any(refused)).layer(from_fn(draw));
    let request = Request::builder().method(method).body(Body::empty()).unwrap();
    let mut response = router.oneshot(request).await.unwrap();
    let body = std::mem::take(response.body_mut());
    let page = to_bytes(body, usize::MAX).await.unwrap();
    (response, String::from_utf8(page.into()).unwrap())
}

#[tokio::test]
async fn a_fault_of_ours_is_told_in_plain_words_without_its_cause() {
    let (response, page) = answer(Refusal::failed("no such table: patient")).await;

    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    insta::assert_snapshot!(page);
}

#[tokio::test]
async fn someone_turned_away_for_now_is_told_when_to_come_back() {
    let retry_after = Duration::from_millis(10);
    let (response, _) = answer(Refusal::Unavailable { retry_after, cause: None }).await;

    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(response.headers()[RETRY_AFTER], "1");
}

#[tokio::test]
async fn who_is_signed_in_is_refused_beneath_the_menu_with_all_that_others_are_told() {
    let frame = Frame {
        staff_name: "Fran Desk".to_owned(),
        practice: "Lakeside Family Practice".into(),
        menu: vec![Link { label: "Patients".to_owned(), href: "/patients".to_owned(), current: false }],
        notice: None,
        form_token: "its token".to_owned(),
    };
    let refusal = || Refusal::Unavailable { retry_after: Duration::from_secs(7), cause: None };
    let within = ["Fran Desk", "its token", "Sign out", r#"<a href="/patients">Patients</a>"#];

    let (framed, page) = answer_in(Method::GET, refusal(), Some(frame.clone())).await;
    let (bare, stranger) = answer_in(Method::GET, refusal(), None).await;

    assert_eq!(
        (framed.status(), &framed.headers()[RETRY_AFTER]),
        (bare.status(), &bare.headers()[RETRY_AFTER])
    );
    assert!(page.contains(refusal().title()) && stranger.contains(refusal().title()), "{page}{stranger}");
    for words in within {
        assert!(page.contains(words) && !stranger.contains(words), "{words}: {page}{stranger}");
    }
    let (_, head) = answer_in(Method::HEAD, refusal(), Some(frame)).await;
    assert_eq!(head, "");
}

#[tokio::test]
async fn someone_whose_change_may_have_been_made_is_told_to_look() {
    let unavailable = || Refusal::Unavailable { retry_after: Duration::ZERO, cause: None };
    for (method, looks) in [(Method::POST, true), (Method::GET, false)] {
        let (_, page) = answer_to(method.clone(), unavailable()).await;

        assert_eq!(page.contains("look whether it was done"), looks, "{method}: {page}");
        assert!(!page.contains("Nothing was changed"), "{method}: {page}");
    }
}

#[tokio::test]
async fn someone_who_would_give_too_much_is_told_why_not() {
    let (response, page) = answer_to(Method::POST, AccessLevelError::Beyond.into()).await;

    assert_eq!(response.status(), StatusCode::FORBIDDEN);
    assert!(page.contains("You cannot grant more than your own access level has."), "{page}");
}

/// What an operator's log has of a refusal.
fn logged(refusal: &Refusal) -> String {
    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl std::io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    tracing::subscriber::with_default(subscriber, || log(refusal, &Method::POST, Some("7")));
    String::from_utf8(lines.0.lock().unwrap().clone()).unwrap()
}

#[test]
fn what_the_library_has_logged_is_not_logged_again() {
    let retry_after = Duration::from_secs(1);

    assert_eq!(logged(&TabError::Unavailable { retry_after }.into()), "");
}

#[test]
fn what_nobody_else_has_logged_is_logged_with_its_cause() {
    for (refusal, cause) in [
        (PasswordError::Busy { retry_after: Duration::ZERO }.into(), "too many passwords are waiting"),
        (sandbox_db::StoreError::NoSuchPractice.into(), "there is no such practice"),
        (Refusal::failed("no such table"), "no such table"),
    ] {
        let log = logged(&refusal);
        assert!(log.contains("ERROR") && log.contains(cause), "{log}");
        assert_eq!(log.lines().count(), 1, "{log}");
    }
}

#[tokio::test]
async fn a_stale_save_is_told_that_nothing_was_overwritten() {
    let (response, page) = answer(Refusal::Stale).await;

    assert_eq!(response.status(), StatusCode::CONFLICT);
    assert!(page.contains("nothing of it was overwritten"), "{page}");
}
