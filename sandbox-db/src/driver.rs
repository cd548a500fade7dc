//! How statements are declared and run. Each is one that SQLite and PostgreSQL both understand; what only
//! one of them knows is in `backend`.

use sqlx::query::{Query, QueryAs, QueryScalar};
use sqlx::{AssertSqlSafe, FromRow};

/// Either database.
pub(crate) type Driver = sqlx::Any;
pub(crate) type Connection = <Driver as sqlx::Database>::Connection;
pub(crate) type Row = <Driver as sqlx::Database>::Row;
pub(crate) type Arguments = <Driver as sqlx::Database>::Arguments;
pub(crate) type Transaction = sqlx::Transaction<'static, Driver>;

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

/// Rows that one statement stores at the most. With 17 columns, 8,500 parameters: SQLite takes 32,766, PostgreSQL
/// 65,535.
pub(crate) const ROWS_AT_ONCE: usize = 500;

/// A statement for any number of rows.
pub(crate) struct Into {
    /// How many values each row has.
    pub(crate) columns: usize,
    /// Up to the values.
    pub(crate) before: &'static str,
    /// What comes after them.
    pub(crate) after: &'static str,
}

impl Into {
    /// The statement for so many rows, whose values are bound one after the other.
    pub(crate) fn rows(&self, many: usize) -> Query<'static, Driver, Arguments> {
        let row = |row: usize| {
            let places = (1..=self.columns).map(|column| format!("${}", row * self.columns + column));
            format!("({})", places.collect::<Vec<_>>().join(", "))
        };
        let rows: Vec<_> = (0..many).map(row).collect();
        sqlx::query(AssertSqlSafe(format!("{}{}{}", self.before, rows.join(", "), self.after)))
    }
}

/// Whether `error` says that `column`'s value is already in `table`'s unique index over practice
/// and `column`.
///
/// SQLite names the index's columns in its message; PostgreSQL names the constraint, which every
/// migration calls `{table}_{column}_unique`.
pub(crate) fn is_taken(error: &sqlx::Error, table: &str, column: &str) -> bool {
    let Some(error) = error.as_database_error() else { return false };
    error.is_unique_violation()
        && error.constraint().map_or_else(
            || error.message().ends_with(&format!("{table}.{column}")),
            |constraint| constraint == format!("{table}_{column}_unique"),
        )
}
