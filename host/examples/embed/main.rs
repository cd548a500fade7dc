//! A whole EHR around the portal, in memory: one practice, one patient, one member of staff. It
//! prints the Patient Portal Admin tab before and after **Create this user**, then serves the
//! patient website until Ctrl-C.
//!
//! ```sh
//! cargo run --example embed -- path/to/patient-portal.wasm
//! ```
//!
//! A real EHR does the same over its own database; `memory.rs` has what takes its place here.

mod memory;

use memory::Memory;
use portal_host::identity::{PatientId, PracticeId, StaffId};
use portal_host::rights::{Access, Right};
use portal_host::serve::{Bounds, Listener};
use portal_host::{HostKeys, Portal, PortalOptions, SystemEntropy, tab, website};
use std::error::Error;
use std::sync::Arc;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let component = arguments.next().ok_or("usage: embed path/to/patient-portal.wasm [ADDRESS:PORT]")?;
    let website_at = arguments.next().unwrap_or_else(|| "127.0.0.1:8081".to_owned());
    // A real EHR keeps the keys in a file of its own: see `HostKeys::read` and `HostKeys::written`.
    let options = PortalOptions::new(component, HostKeys::draw(&SystemEntropy)?)?;
    let portal = Arc::new(Portal::load(options, Arc::new(Memory::with_website(&website_at))).await?);

    // The EHR's side: who is asking, with which rights, about whom.
    let (practice, patient) = (PracticeId::new("main-street"), PatientId::new("P-1"));
    let rights = vec![Right { module: "Connect EHR".to_owned(), access: Access::View }];
    let (id, name, address) = (StaffId::new("front-desk"), "Fran Desk".to_owned(), None);
    let viewer = tab::Viewer { id, name, rights, address };
    println!("{:#?}", portal.show(&practice, &viewer, &patient).await?);
    println!("{:#?}", portal.perform(&practice, &viewer, &patient, "create", Vec::new()).await?);
    println!("{:#?}", portal.show(&practice, &viewer, &patient).await?);

    // The patients' side.
    let listener = Listener::bind(website_at.parse()?, Bounds::default()).await?;
    println!("patients: http://{} (Maria Garcia, born 02/29/1984)", listener.address());
    let stop = async { tokio::signal::ctrl_c().await.unwrap_or_default() };
    println!("stopped: {:?}", listener.serve(website::router(portal), stop).await);
    Ok(())
}
