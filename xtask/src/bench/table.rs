//! Results as Markdown.

use std::fmt;

/// A table of results, each with its ratio to the first.
pub(super) struct Table {
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    /// What the columns behind the name hold.
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<(&'static str, Vec<f64>)>,
}

/// What a column holds.
pub(super) struct Column {
    pub(super) name: &'static str,
    /// Digits behind the point.
    pub(super) digits: usize,
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "## {}\n", self.title)?;
        if !self.about.is_empty() {
            writeln!(f, "{}\n", self.about)?;
        }
        write!(f, "| |")?;
        for column in &self.columns {
            write!(f, " {} | ratio |", column.name)?;
        }
        writeln!(f, "\n| --- |{}", " ---: | ---: |".repeat(self.columns.len()))?;
        for (name, values) in &self.rows {
            write!(f, "| {name} |")?;
            for ((value, column), first) in values.iter().zip(&self.columns).zip(&self.rows[0].1) {
                write!(f, " {value:.*} | {:.2} |", column.digits, value / first)?;
            }
            writeln!(f)?;
        }
        Ok(())
    }
}
