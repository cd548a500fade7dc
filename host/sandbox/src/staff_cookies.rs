//! Keeps the staff's cookies away from the patients' address. Cookies know no ports: where both
//! addresses share a host name, a browser sends the staff's session to the patients' website too, and
//! would take a cookie of that name from it.

use crate::ehr::Cookie;
use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use http::header::{COOKIE, HeaderMap, HeaderValue, SET_COOKIE};

/// `router`, without the staff's cookies in what it is asked and in what it answers.
pub(crate) fn without_staff_cookies(router: Router) -> Router {
    router.layer(from_fn(async |mut request: Request, next: Next| {
        strip_request(request.headers_mut());
        let mut response: Response = next.run(request).await;
        strip_response(response.headers_mut());
        response
    }))
}

fn strip_request(headers: &mut HeaderMap) {
    if !headers.get_all(COOKIE).iter().any(|sent| pairs(sent).any(is_staffs)) {
        return;
    }
    let kept: Vec<&[u8]> =
        headers.get_all(COOKIE).iter().flat_map(pairs).filter(|pair| !is_staffs(pair)).collect();
    let kept = HeaderValue::from_bytes(&kept.join(&b"; "[..]));
    headers.remove(COOKIE);
    // Pieces of valid values are valid.
    if let Ok(kept) = kept
        && !kept.is_empty()
    {
        headers.insert(COOKIE, kept);
    }
}

fn strip_response(headers: &mut HeaderMap) {
    if !headers.get_all(SET_COOKIE).iter().any(|set| is_staffs(set.as_bytes())) {
        return;
    }
    let kept: Vec<HeaderValue> =
        headers.get_all(SET_COOKIE).iter().filter(|set| !is_staffs(set.as_bytes())).cloned().collect();
    headers.remove(SET_COOKIE);
    for set in kept {
        headers.append(SET_COOKIE, set);
    }
}

/// The cookies in a `Cookie` header.
fn pairs(sent: &HeaderValue) -> impl Iterator<Item = &[u8]> {
    sent.as_bytes().split(|byte| *byte == b';').map(<[u8]>::trim_ascii).filter(|pair| !pair.is_empty())
}

/// Whether a cookie has the name of the staff's, or would be sent back as if it had: one without a
/// name, as in `=name=value`, is.
fn is_staffs(cookie: impl AsRef<[u8]>) -> bool {
    let mut parts = cookie.as_ref().split(|byte| matches!(byte, b'=' | b';')).map(<[u8]>::trim_ascii);
    parts
        .find(|part| !part.is_empty())
        .is_some_and(|name| Cookie::NAMES.iter().any(|staffs| name.eq_ignore_ascii_case(staffs.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::response::IntoResponse;
    use tower::ServiceExt;

    /// What arrives of these `Cookie` headers, and what leaves of these `Set-Cookie` headers.
    async fn passed(cookies: &[&str], set: &'static [&'static str]) -> (Vec<String>, Vec<String>) {
        let website = Router::new().fallback(async move |headers: HeaderMap| {
            let mut response = ().into_response();
            for cookie in headers.get_all(COOKIE) {
                response.headers_mut().append("arrived", cookie.clone());
            }
            for cookie in set {
                response.headers_mut().append(SET_COOKIE, HeaderValue::from_static(cookie));
            }
            response
        });
        let mut request = Request::new(Body::empty());
        for cookie in cookies {
            request.headers_mut().append(COOKIE, HeaderValue::from_str(cookie).unwrap());
        }
        let response = without_staff_cookies(website).oneshot(request).await.unwrap();
        let all = |name: &str| {
            let values = response.headers().get_all(name).iter();
            values.map(|value| value.to_str().unwrap().to_owned()).collect()
        };
        (all("arrived"), all("set-cookie"))
    }

    #[tokio::test]
    async fn the_staffs_cookie_does_not_reach_the_website() {
        for (sent, arrives) in [
            (vec!["ehr_session=0"], vec![]),
            (vec!["portal=a; ehr_session=0; b=c=d"], vec!["portal=a; b=c=d"]),
            (vec!["ehr_session=0;portal=a ;ehr_session=1"], vec!["portal=a"]),
            (vec!["ehr_session=0", "portal=a"], vec!["portal=a"]),
            (vec!["ehr_session", "EHR_session = 0", "=ehr_session=0"], vec![]),
        ] {
            assert_eq!(passed(&sent, &[]).await.0, arrives, "{sent:?}");
        }
    }

    #[tokio::test]
    async fn the_website_cannot_set_the_staffs_cookie() {
        let set = &[
            "portal=a; Path=/; HttpOnly",
            "ehr_session=0; Path=/patients",
            " ehr_session =0",
            "=ehr_session=0; Path=/",
            "EHR_SESSION=; Max-Age=0",
            "other=ehr_session; Secure",
        ];

        let (_, left) = passed(&[], set).await;

        assert_eq!(left, ["portal=a; Path=/; HttpOnly", "other=ehr_session; Secure"]);
    }

    #[tokio::test]
    async fn the_websites_own_cookies_pass_as_they_are() {
        let own = ["portal=a;b=c", "ehr_session2=0; x=ehr_session"];

        let (arrived, left) = passed(&own, &["portal=a; Path=/", "ehr_sessions=b"]).await;

        assert_eq!(arrived, own);
        assert_eq!(left, ["portal=a; Path=/", "ehr_sessions=b"]);
    }
}
