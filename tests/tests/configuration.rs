//! One file says what a host is told, and a command says beforehand whether the host would start with it.

use portal_tests::artifacts::{artifacts, real_component, root};
use portal_tests::shared::on_postgres;
use portal_tests::vendor::Vendor;
use portal_tests::versions::replaceable;
use portal_tests::{Installation, Setup};
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// A configuration file of its own in a folder of its own.
struct Configured {
    setup: Setup,
    file: PathBuf,
}

impl Configured {
    /// The component, a state folder and free addresses, and these lines.
    fn with(lines: &str) -> Self {
        Self::of(Setup::fresh(), lines)
    }

    fn of(setup: Setup, lines: &str) -> Self {
        let state = setup.folder().join("state");
        let text = format!(
            "component = {:?}\nstate = {state:?}\nehr = \"127.0.0.1:0\"\nportal = \"127.0.0.1:0\"\n\
             operator = \"127.0.0.1:0\"\n{lines}\n",
            artifacts().component
        );
        Self::exactly(setup, &text)
    }

    fn exactly(setup: Setup, text: &str) -> Self {
        let file = setup.folder().join("portal-host.toml");
        fs::write(&file, text).expect("a file");
        Self { setup, file }
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&artifacts().portal_host);
        command.args(arguments).arg("--config").arg(&self.file);
        for variable in ["RUST_LOG", "PORTAL_DATABASE", "PORTAL_KEY_FILE", "PORTAL_LOG_FORMAT"] {
            command.env_remove(variable);
        }
        command.stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("portal-host can be run")
    }

    fn check(&self) -> (Option<i32>, String, String) {
        told(self.run(&["check"]))
    }
}

fn told(Output { status, stdout, stderr }: Output) -> (Option<i32>, String, String) {
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.code(), text(stdout), text(stderr))
}

/// Starts a host, waits for what it says when it is ready, and ends it.
fn served(mut command: Command) -> (String, String) {
    let mut host: Child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("portal-host can be run");
    let mut ready = String::new();
    BufReader::new(host.stdout.take().expect("piped")).read_line(&mut ready).expect("a line");
    host.kill().expect("it can be ended");
    let log = host.wait_with_output().expect("what it said").stderr;
    (ready, String::from_utf8(log).expect("UTF-8"))
}

/// What comes behind the word on the line that is about `what`.
fn line<'t>(told: &'t str, what: &str) -> &'t str {
    let line = told.lines().find(|line| line.contains(&format!("  {what}: ")));
    line.unwrap_or_else(|| panic!("nothing is said about {what}: {told}"))
}

#[test]
fn the_documented_example_is_accepted_and_names_every_key() {
    let text = fs::read_to_string(root().join("docs/portal-host.toml")).expect("the example");
    // With what is only shown as a possibility, too.
    let everything: String = text
        .lines()
        .map(|line| {
            let shown = line.strip_prefix("# ");
            shown.filter(|line| line.contains(" = \"") || line.contains(" = [")).unwrap_or(line)
        })
        .flat_map(|line| [line, "\n"])
        .collect();
    for text in [text, everything] {
        let example = Configured::exactly(Setup::fresh(), &text);

        let (_, shown, said) = example.check();

        // The paths in it are nobody's here; the file itself is all right.
        assert!(line(&shown, "configuration").starts_with("ok "), "{shown}{said}");
        assert!(line(&shown, "website").contains("https://portal.example.org"), "{shown}");
    }
    let unknown = Configured::exactly(Setup::fresh(), "planted = 1").check().2;
    let unknown = unknown.lines().next().expect("what is wrong");
    let known = unknown.rsplit("there are ").next().expect("the known keys");
    let text = fs::read_to_string(root().join("docs/portal-host.toml")).expect("the example");
    assert!(known.split(", ").count() > 10, "{unknown}");
    for key in known.split(", ") {
        let is_there =
            text.lines().any(|line| line.trim_start_matches("# ").starts_with(&format!("{key} = ")));
        assert!(is_there || text.contains(&format!("[[{key}]]")), "{key} is not in the example");
    }
}

#[test]
fn the_documented_example_of_several_practices_is_accepted_and_names_every_key() {
    let text = fs::read_to_string(root().join("docs/several-practices.toml")).expect("the example");

    let (_, shown, said) = Configured::exactly(Setup::fresh(), &text).check();

    assert!(line(&shown, "configuration").starts_with("ok "), "{shown}{said}");
    for said in [
        "practice: lakeside, its EHR at https://ehr.lakeside.example and its website at https://portal.lakeside.example",
        "practice: hillside, its EHR at https://ehr.hillside.example and its website at https://portal.hillside.example",
    ] {
        assert!(shown.contains(&format!("ok      {said}")), "{shown}");
    }
    let slip = Configured::exactly(Setup::fresh(), &text.replace("accent = ", "acent = ")).check().2;
    let slip = slip.lines().next().expect("what is wrong");
    let known = slip.rsplit("there are ").next().expect("the known keys");
    assert!(known.split(", ").count() > 7, "{slip}");
    for key in known.split(", ") {
        assert!(
            text.lines().any(|line| line.trim_start_matches("# ").starts_with(&format!("{key} = "))),
            "{key} is not in the example"
        );
    }
}

#[test]
fn a_practices_logo_is_read_from_beside_the_configuration_and_looked_at() {
    let text = fs::read_to_string(root().join("docs/several-practices.toml")).expect("the example");
    let text = text.replace("# logo = ", "logo = ");
    let checked = |svg: &str| {
        let setup = Setup::fresh();
        fs::write(setup.folder().join("hillside.svg"), svg).expect("a logo");
        Configured::exactly(setup, &text).check()
    };

    let (_, shown, said) = checked(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"/>"#);
    assert!(line(&shown, "configuration").starts_with("ok "), "{shown}{said}");
    let (_, _, said) = checked(r#"<svg viewBox="0 0 8 8"><script>alert(1)</script></svg>"#);
    assert!(said.contains("logo: it has the element script"), "{said}");
}

#[test]
fn a_practice_that_would_be_made_and_one_that_would_not_be_served_are_noted() {
    let setup = Setup::fresh();
    setup.make();
    let text = fs::read_to_string(root().join("docs/several-practices.toml")).expect("the example");
    let slip = text.replace("key = \"lakeside\"", "key = \"lakesite\"");
    let places = format!("state = {:?}\ndatabase = {:?}", setup.folder().join("state"), setup.database);
    let slip = slip.replace("state = \"/var/lib/portal-host\"", &places);

    let (_, shown, said) = Configured::exactly(setup, &slip).check();

    for note in [
        "note    practice: lakesite is not in the database and would be made, for good; should it be one that is \
         there, give it its key: lakeside",
        "note    practice: lakeside is in the database and would not be served",
    ] {
        assert!(shown.contains(note), "{shown}{said}");
    }
}

#[test]
fn one_address_for_all_and_practices_with_their_own_do_not_go_together() {
    let text = fs::read_to_string(root().join("docs/several-practices.toml")).expect("the example");
    let both = Configured::exactly(Setup::fresh(), &format!("portal-url = \"https://one.example\"\n{text}"));

    let (status, shown, _) = both.check();

    assert_eq!(status, Some(1));
    assert!(
        line(&shown, "practices")
            .starts_with("failed  practices: take portal-url and ehr-url (--portal-url, --ehr-url) out"),
        "{shown}"
    );
}

#[test]
fn a_host_serves_what_its_configuration_says_and_other_commands_find_it_there() {
    let configured = Configured::with("portal-url = \"https://portal.example.org\"\nlog-format = \"json\"");

    let (ready, log) = served(configured.command(&["serve"]));

    assert!(ready.contains(" portal=https://portal.example.org "), "{ready}{log}");
    assert!(log.lines().all(|line| line.starts_with('{')), "{log}");
    let verified = configured.run(&["audit", "verify"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
}

#[test]
fn the_command_line_goes_before_the_environment_and_that_before_the_file() {
    let configured = Configured::with("portal-url = \"https://file.example\"\nlog-format = \"json\"");
    let folder = configured.setup.folder();
    let elsewhere = |name: &str| format!("sqlite:{}", folder.join(name).display());

    let mut command = configured.command(&["serve", "--portal-url", "https://line.example"]);
    command.env("PORTAL_LOG_FORMAT", "pretty").env("PORTAL_DATABASE", elsewhere("environment.db"));
    let (ready, log) = served(command);

    assert!(ready.contains(" portal=https://line.example "), "{ready}{log}");
    assert!(log.contains("The website, for patients:"), "{log}");
    assert!(folder.join("environment.db").exists() && !folder.join("state/sandbox.db").exists());
    let mut command = configured.command(&["serve", "--database", &elsewhere("line.db")]);
    served({
        command.env("PORTAL_DATABASE", elsewhere("environment2.db"));
        command
    });
    assert!(folder.join("line.db").exists() && !folder.join("environment2.db").exists());
}

#[test]
fn a_key_in_the_file_asks_for_a_signature_and_one_of_the_command_line_takes_its_place() {
    let (vendor, another) = (Vendor::new(), Vendor::new());
    let setup = replaceable();
    vendor.sign_beside(&setup.component, &real_component());
    let lines = format!(
        "component = {:?}\nstate = {:?}\nehr = \"127.0.0.1:0\"\nportal = \"127.0.0.1:0\"\n\
         operator = \"127.0.0.1:0\"\nplugin-key = [{:?}]",
        setup.component,
        setup.folder().join("state"),
        another.key()
    );
    let configured = Configured::exactly(setup, &lines);

    let (code, shown, _) = configured.check();
    assert_eq!(code, Some(1));
    assert!(line(&shown, "component").starts_with("failed ") && shown.contains(&another.key_id()), "{shown}");
    let (code, _, said) = told(configured.run(&["serve"]));
    assert_eq!(code, Some(1));
    assert!(said.contains("is not loaded without a good signature"), "{said}");
    let (code, shown, _) = told(configured.run(&["check", "--plugin-key", &vendor.key()]));
    assert_eq!(code, Some(0), "{shown}");

    let (ready, log) = served(configured.command(&["serve", "--plugin-key", &vendor.key()]));

    assert!(ready.starts_with("ready "), "{log}");
}

#[test]
fn a_slip_in_the_file_keeps_a_host_from_starting_and_is_named_with_its_line() {
    for (lines, named) in [
        (
            "portl-url = \"x\"",
            "line 6: there is no key portl-url; there are component, pin-plugin, plugin-key, ehr, ",
        ),
        ("\nstop-delay = \"planted\"", "line 7: stop-delay takes a whole number"),
        ("trusted-proxy = [\"planted\"]", "line 6: trusted-proxy: neither an address"),
        ("database = postgres://portal:planted@db/portal", "line 6: this is not TOML"),
    ] {
        let configured = Configured::with(lines);
        for command in ["serve", "check"] {
            let (code, shown, said) = told(configured.run(&[command]));
            assert_eq!((code, shown.as_str()), (Some(1), ""));
            assert!(said.starts_with("error: ") && said.contains(named), "{said}");
            assert!(said.contains("portal-host.toml") && !said.contains("planted"), "{said}");
        }
        assert!(!configured.setup.folder().join("state").exists(), "it made something");
    }
}

#[test]
fn a_check_before_the_first_start_finds_all_in_order_and_makes_nothing() {
    let configured = Configured::with("");

    let (code, shown, said) = configured.check();

    assert_eq!((code, said.as_str()), (Some(0), ""), "{shown}");
    assert!(shown.lines().all(|line| line.starts_with("ok ")), "{shown}");
    for what in ["state folder", "key file", "database"] {
        assert!(line(&shown, what).contains("the first start makes it"), "{shown}");
    }
    assert!(!configured.setup.folder().join("state").exists(), "it made something");
}

#[test]
fn a_check_of_what_is_served_finds_all_in_order_with_and_without_a_configuration() {
    let host = Installation::fresh();
    let component = host.setup.component.to_str().expect("a path");

    let (code, shown, said) = told(host.setup.run(&["check", "--component", component]));

    assert_eq!((code, said.as_str()), (Some(0), ""), "{shown}");
    assert!(!shown.contains("the first start") && !shown.contains("configuration"), "{shown}");
    assert!(line(&shown, "database").contains("portal.db"), "{shown}");
}

#[test]
fn each_thing_that_would_keep_a_host_from_starting_is_named_on_a_line_of_its_own() {
    let configured = Configured::with("portal-url = \"not an address\"\npin-plugin = \"00\"");
    let (code, _, said) = configured.check();
    assert_eq!(code, Some(1));
    assert!(said.contains("pin-plugin: a SHA-256 digest"), "{said}");
    let zeros = "0".repeat(64);
    let lines = format!("portal-url = \"not an address\"\npin-plugin = \"{zeros}\"");

    let (code, shown, said) = Configured::with(&lines).check();

    assert_eq!(code, Some(1));
    assert!(
        line(&shown, "website").starts_with(
            "failed  website: the website's address (--portal, --portal-url): \"not an address\" is not an"
        ),
        "{shown}"
    );
    assert!(line(&shown, "component").starts_with("failed ") && shown.contains(&zeros), "{shown}");
    assert!(said.contains("2 of these should be put right before a host starts"), "{said}");

    // What other commands make is looked at too.
    let used = Configured::with("");
    assert!(used.run(&["database", "prepare"]).status.success());
    let key = used.setup.folder().join("state/host.key");
    let kept = fs::read(&key).expect("the key file");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).expect("its mode");
    let (code, shown, _) = used.check();
    assert_eq!(code, Some(1));
    assert!(line(&shown, "key file").contains("others than its owner may read"), "{shown}");
    fs::remove_file(&key).expect("the key file");
    let (code, shown, _) = used.check();
    assert_eq!(code, Some(1));
    assert!(line(&shown, "key file").contains("there is no key file"), "{shown}");
    let other = Configured::with("");
    assert!(other.run(&["database", "prepare"]).status.success());
    fs::copy(other.setup.folder().join("state/host.key"), &key).expect("another key file");
    let (code, shown, _) = used.check();
    assert_eq!(code, Some(1));
    assert!(line(&shown, "database").contains("belongs to another key file"), "{shown}");
    fs::write(&key, kept).expect("the key file");
    let (code, shown, _) = used.check();
    assert_eq!(code, Some(0), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_on_a_server_is_checked_and_its_password_not_repeated() {
    let setup = on_postgres().await;
    let component = setup.component.to_str().expect("a path").to_owned();
    let (code, shown, _) = told(setup.run(&["check", "--component", &component]));
    assert_eq!(code, Some(0), "{shown}");

    let gone = setup.on("postgres://portal:planted@127.0.0.1:1/portal");
    let (code, shown, said) = told(gone.run(&["check", "--component", &component]));

    assert_eq!(code, Some(1));
    assert!(line(&shown, "database").starts_with("failed "), "{shown}");
    assert!(!format!("{shown}{said}").contains("planted"), "{shown}{said}");
}

#[test]
fn nothing_to_serve_is_said() {
    let configured = Configured::exactly(Setup::fresh(), "ehr = \"127.0.0.1:0\"");

    let (code, _, said) = told(configured.run(&["serve"]));
    assert_eq!(code, Some(1));
    assert!(said.contains("name the portal's component"), "{said}");
    assert!(!Path::new("portal-state").exists());
}

#[test]
fn a_configuration_that_everybody_may_read_holds_no_password_of_the_database() {
    let configured = Configured::with("database = \"postgres://portal:planted@127.0.0.1:1/portal\"");
    fs::set_permissions(&configured.file, fs::Permissions::from_mode(0o644)).expect("its mode");

    let (code, _, said) = configured.check();

    assert_eq!(code, Some(1));
    assert!(said.contains("chmod o-rwx") && !said.contains("planted"), "{said}");
}
