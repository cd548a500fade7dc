//! Which name a request is for.

use http::header::HOST;
use http::request::Parts;

/// The one host name a request is for, in lower case. A request that names two is for none: a proxy
/// may have gone by the other.
pub fn host_of(head: &Parts) -> Option<String> {
    let mut named = head.headers.get_all(HOST).iter();
    let (host, another) = (named.next()?.to_str().ok()?.to_ascii_lowercase(), named.next());
    let agrees = head.uri.authority().is_none_or(|authority| authority.as_str().eq_ignore_ascii_case(&host));
    (agrees && another.is_none()).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(target: &str, hosts: &[&str]) -> Option<String> {
        let request =
            hosts.iter().fold(http::Request::get(target), |request, host| request.header(HOST, *host));
        host_of(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn a_request_is_for_the_one_host_it_names() {
        assert_eq!(asked("/", &["Portal.Example"]).as_deref(), Some("portal.example"));
        assert_eq!(asked("http://portal.example/", &["PORTAL.example"]).as_deref(), Some("portal.example"));
    }

    #[test]
    fn a_request_that_names_no_host_or_two_is_for_none() {
        assert_eq!(asked("/", &[]), None);
        assert_eq!(asked("/", &["portal.example", "other.example"]), None);
        assert_eq!(asked("http://other.example/", &["portal.example"]), None);
    }
}
