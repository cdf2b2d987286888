//! The numbered migrations: never edited once released, only followed by another.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// The migrations in their order; a record's `user_version` says how many it has had.
const MIGRATIONS: [&str; 7] = [
    include_str!("migrations/0001_begin.sql"),
    include_str!("migrations/0002_judgement.sql"),
    include_str!("migrations/0003_around_the_text.sql"),
    include_str!("migrations/0004_recurring.sql"),
    include_str!("migrations/0005_read_anew.sql"),
    include_str!("migrations/0006_health.sql"),
    include_str!("migrations/0007_headline.sql"),
];

/// The newest format known here.
pub(super) const KNOWN: i64 = MIGRATIONS.len() as i64;

/// Brings a record up to date, each migration in its own transaction.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let found = version(connection)?;
    if found > KNOWN {
        return Err(StoreError::Newer { found, known: KNOWN });
    }
    for (number, migration) in (1..).zip(MIGRATIONS).filter(|(number, _)| *number > found) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}

/// Returns the format of a record; 0 when it has none yet.
pub(super) fn version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
