//! The whole life of portal accounts, at random: staff and patients do what they can do in any order
//! while the clock moves, and after each act everything is as a simple model says.
//!
//! The component, the host and the database are those that ship; [`bed`] has a fresh practice for every
//! [`story`]. An [`act`] is something that somebody does: [`website`], [`second_step`] and [`staff`] do it,
//! [`model`] says what should come of it, [`check`] compares what can be seen, [`stored`] what must hold of
//! the rows, [`told`] what the record must tell of log ins.

pub mod act;
pub mod bed;
pub mod check;
pub mod model;
pub mod second_step;
pub mod staff;
pub mod stored;
pub mod story;
pub mod told;
pub mod website;

use act::Act;
use bed::{BEGINNING, Bed};
use check::Fault;
use model::World;

/// Does all of this in a fresh practice.
///
/// # Errors
/// Names the act after which something was not as it should be, and what.
pub async fn lived(acts: &[Act]) -> Result<(), Fault> {
    let mut bed = Bed::made().await;
    let mut world = World::new(BEGINNING);
    for (nth, act) in acts.iter().enumerate() {
        let is = bed.does(act, &world).await;
        let should_be = world.does(act);
        let compared = match check::read(&is, &should_be) {
            Ok(()) => bed.check(&mut world).await,
            Err(fault) => Err(fault),
        };
        let compared = match compared {
            Ok(()) => bed.check_tables(&world).await,
            Err(fault) => Err(fault),
        };
        let compared = match compared {
            Ok(()) => bed.check_second_factors(&world).await,
            Err(fault) => Err(fault),
        };
        compared.map_err(|Fault(what)| Fault(format!("after act {nth}, {act:?}: {what}")))?;
    }
    bed.check_seals().await
}
