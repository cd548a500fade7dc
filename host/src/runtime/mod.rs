//! Running the component: the engine it is compiled by, the bounds it is held to, one fresh
//! instance for every call, and what is said when a call fails.

mod call;
mod engine;
mod failure;
mod limits;
mod load;
mod metering;

pub(crate) use call::{Ask, Runtime};
pub use failure::CallError;
pub use limits::Limits;
pub use load::LoadError;
pub(crate) use metering::{Binding, Breach, Call, Caller, in_time, log_unavailable};
