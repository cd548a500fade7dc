//! The Rust in the documents for EHR vendors compiles and does what is said of it: each block stands here, line for
//! line but for how it is laid out, and is run around the EHR in memory of `host/examples/embed`.

#[path = "../../host/examples/embed/memory.rs"]
mod memory;

use memory::Memory;
use portal_host::identity::{PatientId, PracticeId, StaffId};
use portal_host::rights::{Access, Right};
use portal_host::serve::{Bounds, Listener, Network, TrustedProxies};
use portal_host::tab::{Action, DocumentLink, Viewer};
use portal_host::{HostKeys, Portal, PortalOptions, website};
use portal_tests::Setup;
use portal_tests::artifacts::{real_component, root};
use portal_tests::balancer::free_address;
use portal_tests::vendor::Vendor;
use portal_tests::visitor::Visitor;
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;

/// The pages with Rust in them.
const PAGES: [&str; 2] = ["README.md", "docs/embedding.md"];

type Done<T> = Result<T, Box<dyn Error>>;

/// Who asks about whom.
#[derive(Clone)]
struct Asked {
    practice: PracticeId,
    viewer: Viewer,
    patient: PatientId,
}

impl Asked {
    fn by_front_desk() -> Self {
        let rights = vec![Right { module: "Connect EHR".to_owned(), access: Access::View }];
        let (id, name, address) = (StaffId::new("front-desk"), "Fran Desk".to_owned(), None);
        let viewer = Viewer { id, name, rights, address };
        Self { practice: PracticeId::new("main-street"), viewer, patient: PatientId::new("P-1") }
    }
}

/// A visitor looks at the website, then goes; what is shown.
async fn a_visitor_comes(address: SocketAddr) -> bool {
    let visitor = Visitor::at(&format!("http://{address}"));
    visitor.get("/").await.expect(200).says("New here?")
}

/// README.md, under “Embed it in your own EHR”; how many things can be done in the tab.
async fn of_the_front_page(key: HostKeys, my_ehr: Memory, asked: Asked, address: SocketAddr) -> Done<usize> {
    let Asked { practice, viewer, patient } = asked;
    let stop = async { assert!(a_visitor_comes(address).await) };

    let portal =
        Arc::new(Portal::load(PortalOptions::new("patient-portal.wasm", key)?, Arc::new(my_ehr)).await?);

    let view = portal.show(&practice, &viewer, &patient).await?;
    let listener = Listener::bind(address, Bounds::default()).await?;
    listener.serve(website::router(portal), stop).await;

    Ok(view.actions.len())
}

/// docs/embedding.md, under “Load the component”.
async fn loaded(my_ehr: Memory, public_key: &str) -> Done<Arc<Portal>> {
    let keys = HostKeys::read(&std::fs::read("host.key")?)?;
    let mut options = PortalOptions::new("patient-portal.wasm", keys)?;
    options.cache = Some("compiled".into());
    options.trust.signers = vec![public_key.parse()?];
    let portal = Arc::new(Portal::load(options, Arc::new(my_ehr)).await?);

    Ok(portal)
}

/// The same page, under “Draw the tab”; the title of the sheet.
async fn drawn(portal: &Portal, asked: &Asked, action: &Action, document: &DocumentLink) -> Done<String> {
    let Asked { practice, viewer, patient } = asked.clone();
    let (answers, before) = (Vec::new(), u64::MAX);

    let about = portal.tab();
    let view = portal.show(&practice, &viewer, &patient).await?;
    let came_of_it = portal.perform(&practice, &viewer, &patient, &action.id, answers).await?;
    let sheet = portal.open(&practice, &viewer, &patient, &document.id).await?;
    let more = portal.earlier(&practice, &viewer, &patient, before).await?;

    assert!(viewer.may(&about.requires) && !view.actions.is_empty() && !more.rows.is_empty());
    assert!(!came_of_it.text.is_empty());
    Ok(sheet.title)
}

/// The same page, under “Serve the website”.
async fn served(portal: Arc<Portal>, address: SocketAddr, trusted_proxies: TrustedProxies) -> Done<()> {
    let stop = async { assert!(a_visitor_comes(address).await) };

    let listener = Listener::bind(address, Bounds::default()).await?.behind(trusted_proxies);
    listener.serve(website::router(portal), stop).await;

    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_documents_tell_a_vendor_to_write_does_what_they_say() {
    let (setup, vendor) = (Setup::fresh(), Vendor::new());
    setup.make();
    let folder = setup.folder();
    let component = folder.join("patient-portal.wasm");
    std::fs::write(&component, real_component()).expect("a component");
    vendor.sign_beside(&component, &real_component());
    std::fs::copy(folder.join("state/host.key"), folder.join("host.key")).expect("a key file");
    // No other test of this program goes by it.
    std::env::set_current_dir(folder).expect("a folder");
    let address = || -> SocketAddr { free_address().parse().expect("an address") };
    let asked = Asked::by_front_desk();

    let keys = HostKeys::read(&std::fs::read("host.key").expect("a key file")).expect("keys");
    let at = address();
    let ehr = Memory::with_website(&at.to_string());
    let actions = of_the_front_page(keys, ehr, asked.clone(), at).await.expect("README.md");
    assert!(actions > 0);

    let at = address();
    let portal = loaded(Memory::with_website(&at.to_string()), &vendor.key()).await.expect("it is loaded");
    assert!(folder.join("compiled").is_dir());
    let Asked { practice, viewer, patient } = &asked;
    let view = portal.show(practice, viewer, patient).await.expect("a tab");
    let create = view.actions.first().expect("Create this user");
    portal.perform(practice, viewer, patient, &create.id, Vec::new()).await.expect("it is done");
    let view = portal.show(practice, viewer, patient).await.expect("a tab");
    let (Some(action), Some(document)) = (view.actions.first(), view.documents.first()) else {
        panic!("nothing is offered: {view:?}")
    };
    let title = drawn(&portal, &asked, action, document).await.expect("the tab");
    assert_eq!(title, "Patient Portal Instructions");
    let proxy: Network = "10.0.0.5".parse().expect("an address");
    served(portal, at, TrustedProxies::new([proxy])).await.expect("the website");
    // Signed by nobody who is named.
    let stranger = loaded(Memory::with_website(&at.to_string()), &Vendor::new().key()).await;
    assert!(stranger.is_err_and(|error| error.to_string().contains("signature")));
}

/// Code without remarks and layout.
fn bare(code: &str) -> String {
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
    let bare: String = lines.flat_map(str::split_whitespace).collect();
    bare.replace(",)", ")")
}

#[test]
fn every_block_of_rust_in_the_documents_stands_in_this_file() {
    let here = bare(include_str!("documented_code.rs"));
    let mut found = Vec::new();
    for page in PAGES {
        let text = std::fs::read_to_string(root().join(page)).expect("the page");
        for block in text.split("```rust\n").skip(1).map(|rest| rest.split("```").next().unwrap_or_default())
        {
            assert!(here.contains(&bare(block)), "{page}: this is not compiled:\n{block}");
            found.push(page);
        }
    }
    assert_eq!(found.len(), 4, "{found:?}");
}
