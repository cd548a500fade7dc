//! `look`: how the practice of this call wants its pages to look.

use super::bindings::ehr::patient_portal::look;
use crate::lent::{Colour, Logo};
use crate::runtime::Call;
use std::sync::Arc;

impl look::Host for Call {
    async fn accent(&mut self) -> wasmtime::Result<Option<look::Colour>> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let profile = self.ask_ehr("the practice's look", lent.ehr.profile(&practice)).await??;
        // The contract promises it: a colour that words cannot be read in would be worse than none.
        let accent = profile.accent.filter(|colour| colour.is_readable());
        Ok(accent.map(|Colour { red, green, blue }| look::Colour { red, green, blue }))
    }

    async fn logo_version(&mut self) -> wasmtime::Result<Option<u32>> {
        Ok(self.own_logo().await?.map(|logo| logo.version()))
    }

    async fn logo(&mut self) -> wasmtime::Result<Option<String>> {
        Ok(self.own_logo().await?.map(|logo| logo.svg().to_owned()))
    }
}

impl Call {
    async fn own_logo(&mut self) -> wasmtime::Result<Option<Logo>> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        Ok(self.ask_ehr("the practice's logo", lent.ehr.profile(&practice)).await??.logo)
    }
}
