//! One table of the file, read key by key, with the place of everything that is found.

use toml::de::{DeTable, DeValue};

use super::keys;
use super::problem::{Report, shown};

/// A value and the byte at which it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<T> {
    /// The value.
    pub(super) value: T,
    /// Where it stands.
    pub(super) at: usize,
}

/// A table of the file under reading.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stanza<'a> {
    table: &'a DeTable<'a>,
    /// Where its header stands.
    pub(super) at: usize,
    /// The id of the source it belongs to, as written.
    pub(super) source_id: Option<&'a str>,
}

impl<'a> Stanza<'a> {
    /// Takes a table whose header stands at a byte.
    pub(super) fn new(table: &'a DeTable<'a>, at: usize) -> Self {
        Self { table, at, source_id: None }
    }

    /// Says which source the table belongs to.
    pub(super) fn of_source(self, source_id: Option<&'a str>) -> Self {
        Self { source_id, ..self }
    }

    /// Adds a problem with this table.
    pub(super) fn problem(&self, report: &mut Report, at: usize, what: impl Into<String>, remedy: impl Into<String>) {
        report.add(at, self.source_id, what, remedy);
    }

    /// Reports the keys that nothing here reads.
    pub(super) fn check_keys(&self, known: &[&str], report: &mut Report) {
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let remedy = match keys::nearest(name, known) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys here are {}", known.join(", ")),
            };
            self.problem(report, key.span().start, format!("unknown key `{}`", shown(name)), remedy);
        }
    }

    /// Returns the text of a key; `None` when it is absent, or is no text and so reported.
    pub(super) fn text(&self, key: &str, report: &mut Report) -> Option<Found<&'a str>> {
        let found = self.value(key)?;
        let Some(text) = found.value.as_str() else {
            self.wrong_type(key, found, "a text in quotes", report);
            return None;
        };
        if text.trim().is_empty() {
            self.problem(report, found.at, format!("`{key}` is empty"), "fill it in or take it out");
            return None;
        }
        Some(Found { value: text, at: found.at })
    }

    /// Returns the text of a key that has to be there; reports its absence.
    pub(super) fn needed(&self, key: &str, example: &str, report: &mut Report) -> Option<Found<&'a str>> {
        if self.value(key).is_none() {
            self.problem(report, self.at, format!("`{key}` is missing"), format!("add {key} = \"{example}\""));
            return None;
        }
        self.text(key, report)
    }

    /// Returns a yes or no, or what holds when the key is absent.
    pub(super) fn flag(&self, key: &str, otherwise: bool, report: &mut Report) -> bool {
        let Some(found) = self.value(key) else { return otherwise };
        found.value.as_bool().unwrap_or_else(|| {
            self.wrong_type(key, found, "true or false, without quotes", report);
            otherwise
        })
    }

    /// Returns the day of a key; `None` when it is absent, or is no day and so reported.
    pub(super) fn day(&self, key: &str, report: &mut Report) -> Option<jiff::civil::Date> {
        let found = self.value(key)?;
        let Some(moment) = found.value.as_datetime() else {
            self.wrong_type(key, found, "a day without quotes, as in 2026-11-30", report);
            return None;
        };
        let only_day = moment.date.filter(|_| moment.time.is_none() && moment.offset.is_none());
        let day = only_day.and_then(|date| {
            let (year, month, day) = (i16::try_from(date.year).ok()?, date.month as i8, date.day as i8);
            jiff::civil::Date::new(year, month, day).ok()
        });
        if day.is_none() {
            self.problem(report, found.at, format!("`{key}` is not a day"), "write it as in 2026-11-30");
        }
        day
    }

    /// Returns the texts of a list; what is no text is reported and left out.
    pub(super) fn texts(&self, key: &str, report: &mut Report) -> Vec<Found<&'a str>> {
        let Some(found) = self.value(key) else { return Vec::new() };
        let Some(items) = found.value.as_array() else {
            self.wrong_type(key, found, "a list of texts, as in [\"a\", \"b\"]", report);
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            let item = Found { value: item.get_ref(), at: item.span().start };
            match item.value.as_str() {
                Some(text) => texts.push(Found { value: text, at: item.at }),
                None => self.wrong_type(key, item, "a list of texts, as in [\"a\", \"b\"]", report),
            }
        }
        texts
    }

    /// Returns the number of a key that lies between two; `None` when it is absent, or is none and so reported.
    pub(super) fn number(&self, key: &str, between: (f64, f64), report: &mut Report) -> Option<f64> {
        let found = self.value(key)?;
        // The digits are kept as written: `3` and `3.0` are both numbers to whoever writes them.
        let written = match found.value {
            DeValue::Integer(number) => number.as_str().replace('_', "").parse::<f64>().ok(),
            DeValue::Float(number) => number.as_str().replace('_', "").parse::<f64>().ok(),
            _ => {
                self.wrong_type(key, found, "a number without quotes", report);
                return None;
            }
        };
        let fits = written.filter(|number| (between.0..=between.1).contains(number));
        if fits.is_none() {
            let remedy = format!("write a number from {} to {}", between.0, between.1);
            self.problem(report, found.at, format!("`{key}` is out of range"), remedy);
        }
        fits
    }

    /// Returns every key of a table whose keys are free, with its text; what is no text is reported and left out.
    pub(super) fn pairs(&self, report: &mut Report) -> Vec<(Found<&'a str>, Found<&'a str>)> {
        let mut pairs = Vec::new();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if let Some(text) = self.text(name, report) {
                pairs.push((Found { value: name, at: key.span().start }, text));
            }
        }
        pairs.sort_by_key(|(key, _)| key.at);
        pairs
    }

    /// Returns the table of a key; `None` when it is absent, or is no table and so reported.
    pub(super) fn table(&self, key: &str, report: &mut Report) -> Option<Stanza<'a>> {
        let found = self.value(key)?;
        let Some(table) = found.value.as_table() else {
            self.wrong_type(key, found, &format!("a table; write [{key}] on a line of its own"), report);
            return None;
        };
        Some(Stanza { table, at: found.at, source_id: self.source_id })
    }

    /// Returns the tables of a key written as `[[header]]`; what is none is reported.
    pub(super) fn tables(&self, key: &str, header: &str, report: &mut Report) -> Vec<Stanza<'a>> {
        let Some(found) = self.value(key) else { return Vec::new() };
        let wanted = format!("a list of tables; write {header} above each, with two brackets");
        let Some(items) = found.value.as_array() else {
            self.wrong_type(key, found, &wanted, report);
            return Vec::new();
        };
        let mut tables = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                Some(table) => tables.push(Stanza { table, at: item.span().start, source_id: self.source_id }),
                None => {
                    self.wrong_type(key, Found { value: item.get_ref(), at: item.span().start }, &wanted, report);
                }
            }
        }
        tables
    }

    /// Returns where a list stands that holds nothing.
    pub(super) fn empty_list(&self, key: &str) -> Option<usize> {
        self.value(key).filter(|found| found.value.as_array().is_some_and(|list| list.is_empty())).map(|found| found.at)
    }

    /// Says whether the key is there, whatever it holds.
    pub(super) fn has(&self, key: &str) -> bool {
        self.value(key).is_some()
    }

    fn value(&self, key: &str) -> Option<Found<&'a DeValue<'a>>> {
        self.table.get(key).map(|value| Found { value: value.get_ref(), at: value.span().start })
    }

    fn wrong_type(&self, key: &str, found: Found<&DeValue<'_>>, wanted: &str, report: &mut Report) {
        let is = match found.value {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        self.problem(report, found.at, format!("`{key}` is {is}"), format!("it has to be {wanted}"));
    }
}
