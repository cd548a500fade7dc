//! `site`: the practice this call is bound to.

use super::bindings::ehr::patient_portal::{site, types};
use crate::identity::Timestamp;
use crate::runtime::Call;
use std::sync::Arc;

impl site::Host for Call {
    async fn describe(&mut self) -> wasmtime::Result<site::Profile> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        // The contract lets this function never fail: without a profile there is no page to make.
        let profile = self.ask_ehr("the practice's profile", lent.ehr.profile(&practice)).await??;
        let (policy, throttles) = (profile.policy, profile.policy.throttles);
        Ok(site::Profile {
            name: profile.name,
            phone: profile.phone,
            portal_url: profile.portal_url,
            languages: profile.languages,
            policy: site::Policy {
                invitation_days: policy.invitation_days,
                minimum_password_length: policy.minimum_password_length,
                idle_minutes: policy.idle_minutes,
                session_hours: policy.session_hours,
                throttles: site::Throttles {
                    per_portal_id: throttles.per_portal_id,
                    per_person_a_day: throttles.per_person_a_day,
                    per_person: throttles.per_person,
                    per_network_a_day: throttles.per_network_a_day,
                    per_website_an_hour: throttles.per_website_an_hour,
                },
                require_edit_right: policy.require_edit_right,
            },
            never_paused: profile.never_paused,
        })
    }

    async fn to_local(&mut self, at: types::Timestamp) -> wasmtime::Result<site::LocalTime> {
        let (lent, practice) = (Arc::clone(&self.lent), self.practice.clone());
        let local = self
            .ask_ehr("the practice's local time", lent.ehr.local_time(&practice, Timestamp(at)))
            .await??;
        Ok(site::LocalTime { date: local.date.into(), hour: local.hour, minute: local.minute })
    }
}
