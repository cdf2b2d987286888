//! What a query asks of one statement, and whether a statement has it.

use tantivy::TantivyDocument;
use tantivy::schema::Field;

use super::IndexedStatement;
use super::lookup::{Looked, Lookup};
use super::query::{Form, Key, Leaf, QueryNode};
use super::schema::stored_text;
use super::tokenizer::Stems;

/// What is asked of one statement.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    /// All of these.
    All(Vec<Asked>),
    /// At least one of these.
    Any(Vec<Asked>),
    /// This kind.
    Kind(String),
    /// This finer label.
    Sub(String),
    /// A speaker with these words in the name.
    Speaker(Lookup),
    /// A target with these words in the name.
    Target(Lookup),
}

impl Asked {
    /// Works out what a part of a query asks of one statement; `None` when it is about something else.
    pub(super) fn new(node: &QueryNode, stems: &mut Stems) -> Option<Self> {
        let mut each =
            |parts: &[QueryNode]| parts.iter().map(|part| Self::new(part, stems)).collect::<Option<Vec<_>>>();
        match node {
            QueryNode::All(parts) | QueryNode::Same(parts) => each(parts).map(Self::All),
            QueryNode::Any(parts) => each(parts).map(Self::Any),
            QueryNode::Leaf(Leaf::Is { key, value }) => {
                // A name is looked for as a phrase, as in the index.
                let mut name = || Lookup::new(Form::Phrase, value, false, stems);
                match key {
                    Key::Kind => Some(Self::Kind(value.clone())),
                    Key::Sub => Some(Self::Sub(value.clone())),
                    Key::Speaker => name().map(Self::Speaker),
                    Key::Target => name().map(Self::Target),
                    Key::Source | Key::Lang | Key::Country | Key::Story => None,
                }
            }
            QueryNode::Leaf(Leaf::Text { .. } | Leaf::When { .. }) | QueryNode::Not(_) => None,
        }
    }

    /// Says whether a statement has all of it.
    pub(super) fn is_met_by(&self, statement: &IndexedStatement) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.is_met_by(statement)),
            Self::Any(parts) => parts.iter().any(|part| part.is_met_by(statement)),
            Self::Kind(kind) => statement.kind == *kind,
            Self::Sub(sub) => statement.sub.as_ref() == Some(sub),
            Self::Speaker(name) => is_among(name, &statement.speakers),
            Self::Target(name) => is_among(name, &statement.targets),
        }
    }
}

fn is_among(wanted: &Lookup, names: &[String]) -> bool {
    names.iter().any(|name| Looked::new(name).holds(wanted))
}

/// Reads the statements of a document; none when it has none.
pub(super) fn statements(document: &TantivyDocument, field: Field) -> Vec<IndexedStatement> {
    stored_text(document, field).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}

/// Returns what a query asks of statements: one for each group, in order, but for what is not wanted.
pub(super) fn all_asked(root: &QueryNode, stems: &mut Stems) -> Vec<Asked> {
    match root {
        node if node.is_of_statement() => Asked::new(node, stems).into_iter().collect(),
        QueryNode::All(parts) | QueryNode::Any(parts) => parts.iter().flat_map(|part| all_asked(part, stems)).collect(),
        QueryNode::Same(_) | QueryNode::Not(_) | QueryNode::Leaf(_) => Vec::new(),
    }
}
