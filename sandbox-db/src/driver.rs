//! The one place that names the database, beside `sqlite.rs` with what is its own. Everything else is
//! written in statements that SQLite and PostgreSQL both understand, against the aliases here.

use sqlx::query::{Query, QueryAs, QueryScalar};
use sqlx::{Database as _, FromRow};

/// The database behind the pool.
pub(crate) type Driver = sqlx::Sqlite;
pub(crate) type Connection = <Driver as sqlx::Database>::Connection;
pub(crate) type Row = <Driver as sqlx::Database>::Row;
pub(crate) type Arguments = <Driver as sqlx::Database>::Arguments;
pub(crate) type Transaction = sqlx::Transaction<'static, Driver>;

/// How a transaction that writes begins. SQLite: taking the write lock at once, because a
/// transaction that reads first and then finds another writer ahead of it cannot wait, only fail.
pub(crate) const BEGIN_WRITING: &str = "BEGIN IMMEDIATE";

/// Declares a file's statements, each once, and lists them for the tests that explain and run them
/// all.
macro_rules! statements {
    ($($name:ident = $sql:literal;)+) => {
        $(pub(crate) const $name: &str = $sql;)+

        #[cfg(test)]
        pub(crate) const STATEMENTS: &[&str] = &[$($name),+];
    };
}
pub(crate) use statements;

/// A statement that returns nothing.
pub(crate) fn statement(sql: &'static str) -> Query<'static, Driver, Arguments> {
    #[cfg(test)]
    crate::contract::executed::record(sql);
    sqlx::query(sql)
}

/// A statement that returns rows.
pub(crate) fn rows<T>(sql: &'static str) -> QueryAs<'static, Driver, T, Arguments>
where
    T: for<'r> FromRow<'r, Row>,
{
    #[cfg(test)]
    crate::contract::executed::record(sql);
    sqlx::query_as(sql)
}

/// A statement that returns one column.
pub(crate) fn scalar<T>(sql: &'static str) -> QueryScalar<'static, Driver, T, Arguments>
where
    (T,): for<'r> FromRow<'r, Row>,
{
    #[cfg(test)]
    crate::contract::executed::record(sql);
    sqlx::query_scalar(sql)
}

/// Whether `error` says that `column`'s value is already in `table`'s unique index over practice
/// and `column`.
///
/// SQLite names the index's columns in its message; PostgreSQL names the constraint, which every
/// migration calls `{table}_{column}_unique`.
pub(crate) fn is_taken(error: &sqlx::Error, table: &str, column: &str) -> bool {
    let Some(error) = error.as_database_error() else { return false };
    error.is_unique_violation()
        && match Driver::NAME {
            "SQLite" => error.message().ends_with(&format!("{table}.{column}")),
            _ => error.constraint() == Some(format!("{table}_{column}_unique").as_str()),
        }
}
