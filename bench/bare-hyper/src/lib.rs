//! The portal's start page, built natively: what its sandbox costs is measured against.

pub mod native;
