//! How our values stand in columns: times as microseconds, names as text, lists as JSON.

use jiff::Timestamp;
use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::StoreError;
use crate::model::SeenInterval;

/// A time in a column.
#[derive(Debug, Clone, Copy)]
pub(super) struct Micros(pub(super) Timestamp);

impl ToSql for Micros {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.as_microsecond().into())
    }
}

impl FromSql for Micros {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Timestamp::from_microsecond(value.as_i64()?).map(Self).map_err(FromSqlError::other)
    }
}

/// Something whose JSON is one text: an id, a tag, the name of a member of a closed set.
struct Named<T>(T);

impl<T: DeserializeOwned> FromSql for Named<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let name = Value::String(value.as_str()?.to_owned());
        serde_json::from_value(name).map(Self).map_err(FromSqlError::other)
    }
}

/// Anything as JSON.
struct Json<T>(T);

impl<T: DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?).map(Self).map_err(FromSqlError::other)
    }
}

/// Reads our values from the columns of a row.
pub(super) trait Columns {
    /// Reads a time.
    fn time(&self, column: &str) -> rusqlite::Result<Timestamp>;
    /// Reads a time that may be absent.
    fn maybe_time(&self, column: &str) -> rusqlite::Result<Option<Timestamp>>;
    /// Reads the interval of the columns `seen_after` and `seen_by`.
    fn seen(&self) -> rusqlite::Result<SeenInterval>;
    /// Reads a name.
    fn named<T: DeserializeOwned>(&self, column: &str) -> rusqlite::Result<T>;
    /// Reads a name that may be absent.
    fn maybe_named<T: DeserializeOwned>(&self, column: &str) -> rusqlite::Result<Option<T>>;
    /// Reads JSON.
    fn json<T: DeserializeOwned>(&self, column: &str) -> rusqlite::Result<T>;
}

impl Columns for Row<'_> {
    fn time(&self, column: &str) -> rusqlite::Result<Timestamp> {
        Ok(self.get::<_, Micros>(column)?.0)
    }

    fn maybe_time(&self, column: &str) -> rusqlite::Result<Option<Timestamp>> {
        Ok(self.get::<_, Option<Micros>>(column)?.map(|at| at.0))
    }

    fn seen(&self) -> rusqlite::Result<SeenInterval> {
        Ok(SeenInterval { after: self.maybe_time("seen_after")?, by: self.time("seen_by")? })
    }

    fn named<T: DeserializeOwned>(&self, column: &str) -> rusqlite::Result<T> {
        Ok(self.get::<_, Named<T>>(column)?.0)
    }

    fn maybe_named<T: DeserializeOwned>(&self, column: &str) -> rusqlite::Result<Option<T>> {
        Ok(self.get::<_, Option<Named<T>>>(column)?.map(|name| name.0))
    }

    fn json<T: DeserializeOwned>(&self, column: &str) -> rusqlite::Result<T> {
        Ok(self.get::<_, Json<T>>(column)?.0)
    }
}

/// Turns an optional time into what is bound to a parameter.
pub(super) fn maybe(at: Option<Timestamp>) -> Option<Micros> {
    at.map(Micros)
}

/// Writes JSON for a column.
pub(super) fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Damaged(error.to_string()))
}

/// Turns the count of a query into a number of ours.
pub(super) fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Turns a limit into what SQL takes: no limit is -1.
pub(super) fn limit(limit: Option<usize>) -> i64 {
    limit.map_or(-1, |limit| i64::try_from(limit).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_comes_back_to_the_microsecond() {
        let connection = rusqlite::Connection::open_in_memory().expect("memory");
        for micros in [0, -1, 1_764_000_000_123_456] {
            let at = Timestamp::from_microsecond(micros).expect("in range");
            let back: Micros =
                connection.query_row("SELECT ?1", [Micros(at)], |row| row.get(0)).expect("a row with one time");
            assert_eq!(back.0, at);
        }
    }
}
