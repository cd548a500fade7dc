//! What `portal-host` does beside serving, one file for each command.

pub(crate) mod audit;
pub(crate) mod backup;
pub(crate) mod check;
pub(crate) mod database;
pub(crate) mod keys;
pub(crate) mod plugin;
pub(crate) mod policy;
pub(crate) mod seed;
