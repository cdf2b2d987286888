//! `accept`, `reject`, `note`: a person's word on a statement, kept for ever.

use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::output::{self, Exit, Format, NotThere};
use super::study::StudyFolder;
use crate::model::{Act, Decision, StatementId, StoredArticle, StoredVersion};
use crate::store::{Judging, Store};
use crate::{render, report};

#[derive(Debug, Args)]
pub(super) struct Accept {
    #[command(flatten)]
    which: Which,
}

#[derive(Debug, Args)]
pub(super) struct Reject {
    #[command(flatten)]
    which: Which,
}

#[derive(Debug, Args)]
struct Which {
    /// The statements, as a-12.3: the third of article a-12 (see `show a-12 --statements`, `compare --statements`, `review`)
    #[arg(required = true, value_name = "ID")]
    ids: Vec<StatementId>,
    /// Take such a judgement back: nobody has decided then
    #[arg(long)]
    undo: bool,
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Note {
    /// The statement, as a-12.3
    id: StatementId,
    /// What to note, in the place of an earlier note; "" takes it away
    #[arg(required = true)]
    text: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl Accept {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        self.which.decide(folder, "accept", Decision::Accept)
    }
}

impl Reject {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        self.which.decide(folder, "reject", Decision::Reject)
    }
}

impl Note {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let act = Act::Note(self.text.join(" "));
        judge(folder, "note", &[self.id], self.format, |_| Some(act.clone()))
    }
}

impl Which {
    fn decide(&self, folder: &StudyFolder, command: &str, decision: Decision) -> anyhow::Result<Exit> {
        judge(folder, command, &self.ids, self.format, |now| match self.undo {
            false => Some(Act::Decide(decision)),
            // Only a judgement of this sort is taken back by it.
            true => (now == decision).then_some(Act::Decide(Decision::None)),
        })
    }
}

/// Does one act upon each statement, all of them or none.
///
/// `act` is given what is decided now, and may find nothing to do.
fn judge(
    folder: &StudyFolder,
    command: &str,
    ids: &[StatementId],
    format: Format,
    act: impl Fn(Decision) -> Option<Act>,
) -> anyhow::Result<Exit> {
    let now = Timestamp::now();
    let mut store = folder.write_known(command, now)?;
    let mut found = Vec::new();
    let mut missing = Vec::new();
    for id in ids {
        match find(&store, *id)? {
            Some((article, at)) => found.push((*id, article, at)),
            None => missing.push(id.to_string()),
        }
    }
    if !missing.is_empty() {
        let article = ids[0].article;
        return Err(NotThere(format!(
            "there is no statement {} (see `gainsay show {article} --statements`)",
            missing.join(", ")
        ))
        .into());
    }
    let mut done = Vec::new();
    for (id, article, at) in &found {
        let version = &article.versions[*at];
        let decided = version.statements[id.position()].review.decision();
        let changed = match act(decided) {
            Some(act) => {
                store.judge(&Judging { article: article.id, version, position: id.position(), act: &act, at: now })?
            }
            None => false,
        };
        done.push((*id, changed));
    }
    let exit = folder.catch_up(&store);
    show(&store, &done, format)?;
    Ok(exit)
}

/// Returns the article of a statement and which of its versions holds it; `None` when it is not there.
fn find(store: &Store, id: StatementId) -> anyhow::Result<Option<(StoredArticle, usize)>> {
    let Some(article) = store.article(id.article)? else { return Ok(None) };
    let is_it = |version: &StoredVersion| id.version.is_none_or(|number| number == version.number);
    let at = article.versions.iter().rposition(is_it);
    let there = at.filter(|at| article.versions[*at].statements.len() > id.position());
    Ok(there.map(|at| (article, at)))
}

/// Prints each statement as it stands now.
fn show(store: &Store, done: &[(StatementId, bool)], format: Format) -> anyhow::Result<()> {
    let mut documents = Vec::new();
    for (id, changed) in done {
        let Some((article, at)) = find(store, *id)? else { continue };
        let version = &article.versions[at];
        let statement = &version.statements[id.position()];
        if format.json {
            let mut document = render::judged_json(*id, statement, &version.article.title, &version.article.text);
            document["changed"] = json!(changed);
            documents.push(document);
            continue;
        }
        let stands = match statement.review.decision() {
            Decision::Accept => "accepted",
            Decision::Reject => "rejected",
            Decision::None => "unreviewed",
        };
        let did = if *changed { stands.to_owned() } else { format!("no change, {stands}:") };
        let (sentence, _) = report::sentence(statement, version);
        output::text(&render::judged_text(&did, *id, statement, sentence, output::width()))?;
        if let Some(note) = statement.review.note() {
            output::line(&format!("  note: {}", render::safe(note)))?;
        }
    }
    if format.json { output::document(&json!({ "judged": documents })) } else { Ok(()) }
}
