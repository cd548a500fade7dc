//! What patients cost: the time of a processor and the memory that the host as shipped takes for whole journeys, from
//! the start page with a printed sheet in hand to logging out of a new account.

use super::Bench;
use crate::failure::Failure;
use crate::figures::{Rounds, Unit};
use crate::host::{Host, Installation};
use crate::practice::{Claim, PASSWORD, Practice};
use crate::seeding::{chart, seed};
use crate::visitor::{Visitor, Website};
use tokio::runtime::Runtime;

/// Journeys of one round. Each takes some 100 ms, half of it waiting for beats.
const JOURNEYS: u64 = 50;

/// By how many a round's figures are multiplied to be those of 1,000 journeys.
const OF_A_THOUSAND: f64 = 20.0;

/// Journeys before the first round: a host that has just started takes memory that it then keeps.
const WARM_UP: u64 = 10;

/// Patients of whom there is not all that is typed; they are passed over.
const SPARE: u64 = 20;

pub(crate) fn measure(bench: &Bench, runtime: &Runtime, rounds: &mut Rounds) -> Result<(), Failure> {
    let installation = Installation::new(&bench.host, &bench.component)?;
    let number =
        u64::try_from(bench.rounds).unwrap_or(u64::MAX).saturating_mul(JOURNEYS).saturating_add(WARM_UP);
    let mut invited = runtime.block_on(invite(bench, &installation, number))?.into_iter();
    let host = installation.start()?;
    for claim in invited.by_ref().take(usize::try_from(WARM_UP).unwrap_or(usize::MAX)) {
        runtime.block_on(journey(&host, &claim))?;
    }
    // Memory and files grow in steps, so they are looked at before and after all rounds.
    let (resident, stored) = (host.process.resident()?, installation.database_bytes());
    let mut journeys = 0_u32;
    for _ in 0..bench.rounds {
        let (begun, mut second_half) = (host.process.processor_seconds()?, 0.0);
        for claim in invited.by_ref().take(usize::try_from(JOURNEYS).unwrap_or(usize::MAX)) {
            second_half += runtime.block_on(journey(&host, &claim))?;
            journeys = journeys.saturating_add(1);
        }
        let whole = host.process.processor_seconds()? - begun;
        rounds.push("1,000 journeys, processor", Unit::Seconds, whole * OF_A_THOUSAND);
        rounds.push("1,000 visits with a log in, processor", Unit::Seconds, second_half * OF_A_THOUSAND);
    }
    let of_a_thousand = 1_000.0 / f64::from(journeys.max(1));
    let grown = (host.process.resident()? - resident).max(0.0);
    rounds.push("1,000 journeys, memory", Unit::Bytes, grown * of_a_thousand);
    let written = installation.database_bytes().saturating_sub(stored) as f64;
    rounds.push("1,000 journeys, database", Unit::Bytes, written * of_a_thousand);
    Ok(())
}

async fn invite(bench: &Bench, installation: &Installation, number: u64) -> Result<Vec<Claim>, Failure> {
    let practice = Practice::open(&installation.database(), &bench.component, &bench.compiled()).await?;
    let patients = number.saturating_add(number / 10).saturating_add(SPARE);
    seed(&practice, patients, 0).await?;
    let mut invited = Vec::new();
    for index in 0..patients {
        invited.extend(practice.invites(&chart(index)).await?);
    }
    practice.database.shut_down().await;
    Ok(invited)
}

/// From the start page to logging out; how long a processor took for the half of it that begins with the log in.
async fn journey(host: &Host, claim: &Claim) -> Result<f64, Failure> {
    let number = claim.portal_id.parse().unwrap_or_default();
    let mut visitor = Visitor::new(&Website::At(host.address.clone()), number);
    visitor.opens("/").await?;
    visitor.opens("/activate").await?;
    claim.is_sent_by(&mut visitor).await?;
    visitor.opens("/credentials").await?;
    let username = format!("chart.{}", claim.patient.as_str());
    let fields = [("username", username.as_str()), ("password", PASSWORD), ("password_again", PASSWORD)];
    visitor.sends("/credentials", &fields).await?;
    visitor.opens("/activated").await?;
    let begun = host.process.processor_seconds()?;
    visitor.opens("/").await?;
    visitor.sends("/login", &[("username", &username), ("password", PASSWORD)]).await?;
    visitor.opens("/home").await?;
    visitor.opens("/account").await?;
    visitor.opens("/home").await?;
    visitor.sends("/logout", &[]).await?;
    visitor.opens("/logged-out").await?;
    Ok(host.process.processor_seconds()? - begun)
}
