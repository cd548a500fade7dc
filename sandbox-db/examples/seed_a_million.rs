//! Measures how long a million made-up patients take: `cargo run --release --example seed_a_million
//! -- FILE [COUNT]`.

use portal_host::lent::PasswordHash;
use portal_host::{HostKeys, SystemEntropy};
use sandbox_db::{Database, StaffPasswordHashes, seed_patients, seed_sandbox};
use std::error::Error;
use std::time::Instant;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("expected a file")?;
    let count = arguments.next().map_or(Ok(1_000_000), |count| count.parse())?;
    let database = Database::open(&format!("sqlite:{file}"), HostKeys::draw(&SystemEntropy)?.audit()).await?;
    let nobody = PasswordHash::new("nobody signs in");
    let passwords = StaffPasswordHashes { admin: nobody.clone(), frontdesk: nobody.clone(), billing: nobody };
    let practice = seed_sandbox(&database, &passwords).await?;

    let begun = Instant::now();
    let added = seed_patients(&database, &practice, count, 1, |done| {
        if done % 100_000 == 0 {
            println!("{done} after {:.1} s", begun.elapsed().as_secs_f64());
        }
    })
    .await?;
    println!("{added} added in {:.1} s", begun.elapsed().as_secs_f64());

    for query in ["", "smith", "smith, z", "xoch", "maria garcia", "02/29/1984", "100001", "zzz", "a", "ma"] {
        let begun = Instant::now();
        let mut page = database.search_patients(&practice, query, None, 25).await?;
        let first = begun.elapsed();
        let begun = Instant::now();
        let mut pages = 1;
        while let (Some(next), true) = (page.next.clone(), pages < 200) {
            page = database.search_patients(&practice, query, Some(&next), 25).await?;
            pages += 1;
        }
        println!(
            "{query:?}: first page {:.2} ms, {pages} pages {:.1} ms",
            first.as_secs_f64() * 1e3,
            begun.elapsed().as_secs_f64() * 1e3
        );
    }
    database.shut_down().await;
    Ok(())
}
