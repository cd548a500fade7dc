//! Parts of configurations that a page gives: ours has them added, and HAProxy looks at its own.

use crate::place::Place;
use std::fs;

/// What stands before a part of HAProxy's configuration: as much as Debian's own file has.
const BALANCERS_DEFAULTS: &str =
    "defaults\n    mode http\n    timeout connect 5s\n    timeout client 50s\n    timeout server 50s\n\n";

pub fn add(place: &Place, lines: &str) {
    let file = place.of("etc/portal-host.toml");
    let text = fs::read_to_string(&file).expect("the configuration");
    fs::write(file, format!("{text}{}", place.as_here(lines))).expect("the configuration");
}

/// Has HAProxy look at a part of its configuration.
pub fn check_the_balancers(place: &Place, part: &str) {
    let certificate = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj \
                       /CN=portal.example.org -keyout key -out crt && cat crt key > portal.pem && rm crt key";
    let certificates = place.of("certificates");
    let made = place.shell(certificate).current_dir(&certificates).output().expect("bash can be run");
    assert!(made.status.success(), "openssl (Debian's package): {made:?}");
    let file = place.of("haproxy.cfg");
    fs::write(&file, format!("{BALANCERS_DEFAULTS}{}", place.as_here(part))).expect("a file");
    let checked =
        place.shell(&format!("haproxy -c -f {}", file.display())).output().expect("bash can be run");
    let said = String::from_utf8_lossy(&checked.stderr).into_owned();
    assert!(checked.status.success() && !said.contains("WARNING"), "{part}{said}");
}
