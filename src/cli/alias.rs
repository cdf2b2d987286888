//! `alias`: the names of a study that lead to one actor, for people who edit no files.

use std::fs;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::output::{self, Exit, Format, Hinted, NotThere, plural};
use super::study::{self, StudyFolder, TERMS};
use crate::config::{self, AliasAdded, AliasError};
use crate::lexicon::{Lexicon, Names};
use crate::model::{Lang, NameOwner, Terms};
use crate::render::safe;

/// Said with every change, because the record is not read again by itself.
const NEXT_POLL: &str = "this holds from the next poll on; what was read before keeps the ids it was read with";

#[derive(Debug, Subcommand)]
pub(super) enum AliasCommand {
    /// Makes two names one person or office: alias add 楊騰波 = Yang Tengbo
    Add(Add),
    /// Lists the study's own names
    List(List),
    /// Takes a name of the study out again
    Remove(Remove),
}

#[derive(Debug, Args)]
pub(super) struct Add {
    /// Two names with = between them; quotes are not needed
    #[arg(required = true, num_args = 1.., value_name = "NAME = NAME")]
    names: Vec<String>,
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Remove {
    /// The name; quotes are not needed
    #[arg(required = true, num_args = 1..)]
    name: Vec<String>,
    #[command(flatten)]
    format: Format,
}

impl AliasCommand {
    pub(super) fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        match self {
            Self::Add(add) => add.run(folder),
            Self::List(list) => list.run(folder),
            Self::Remove(remove) => remove.run(folder),
        }
    }
}

impl Add {
    fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let (left, right) = self.two_names()?;
        let names = Names::shipped();
        let shipped = |name: &str| names.owner(name);
        for name in [&left, &right] {
            refuse_everyday(name)?;
            refuse_unknown_id(name, &names)?;
        }
        let text = read(folder)?;
        let (changed, added) =
            config::add_alias(&text, TERMS, (&left, &right), &shipped).map_err(|error| explained(folder, error))?;
        let (id, what) = match &added {
            AliasAdded::NewPerson { id } => (id, format!("{left} and {right} are one person now, {id}")),
            AliasAdded::Joined { name, id } => (id, format!("{name} is a name of {id} now")),
            AliasAdded::Already { id } => {
                (id, format!("{left} and {right} were names of {id} before: nothing changed"))
            }
        };
        let is_new = !matches!(added, AliasAdded::Already { .. });
        if is_new {
            study::replace(&folder.terms_path(), &changed)?;
        }
        if self.format.json {
            let new_person = matches!(added, AliasAdded::NewPerson { .. });
            output::document(
                &json!({ "id": id, "names": [left, right], "new_person": new_person, "changed": is_new }),
            )?;
        } else {
            output::line(&safe(&what))?;
        }
        if is_new {
            eprintln!("{NEXT_POLL}");
        }
        Ok(Exit::Done)
    }

    /// Returns the names on either side of the sign, however the shell split them.
    fn two_names(&self) -> anyhow::Result<(String, String)> {
        let line = self.names.join(" ");
        let sides: Vec<&str> = line.split(['=', '＝']).map(str::trim).collect();
        match sides[..] {
            [left, right] if !left.is_empty() && !right.is_empty() => Ok((tidy(left), tidy(right))),
            _ => Err(Hinted {
                message: format!("`{}` is not two names with one = between them", safe(&line)),
                hint: "gainsay alias add 楊騰波 = Yang Tengbo".to_owned(),
            }
            .into()),
        }
    }
}

/// Refuses a word of every sentence: as the name of an actor it would put them into each.
fn refuse_everyday(name: &str) -> anyhow::Result<()> {
    let lexicon = Lexicon::shipped();
    let grammar = lexicon.cues(&Lang::en()).map(|table| &table.grammar);
    let of_grammar =
        name.starts_with(char::is_lowercase) && grammar.is_some_and(|grammar| grammar.class(name).is_some());
    if of_grammar {
        let message = format!("`{}` stands in most sentences and can name nobody", safe(name));
        return Err(Hinted { message, hint: "give the name in full, as it is printed".to_owned() }.into());
    }
    Ok(())
}

/// Refuses what is written as an id and is none.
fn refuse_unknown_id(name: &str, names: &Names) -> anyhow::Result<()> {
    let (before, after) = name.split_once('.').unwrap_or_default();
    let like_an_id = (1..=3).contains(&before.len())
        && before.chars().all(|c| c.is_ascii_uppercase())
        && after.len() > 1
        && after.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if like_an_id && matches!(names.owner(name), NameOwner::Nobody) {
        let message = format!("no actor has the id `{}`", safe(name));
        return Err(Hinted { message, hint: "gainsay show ID --statements prints the ids of actors".to_owned() }.into());
    }
    Ok(())
}

impl List {
    fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let terms = if folder.terms_path().exists() { study::terms(&folder.terms_path())? } else { Terms::default() };
        // Grouped by actor, in the order of the file.
        let mut actors: Vec<(&str, &str, Vec<&str>)> = Vec::new();
        for name in &terms.names {
            let known = actors.iter_mut().find(|(id, kind, _)| *id == name.id && *kind == name.kind.name());
            match known {
                Some((_, _, names)) => names.push(&name.name),
                None => actors.push((&name.id, name.kind.name(), vec![&name.name])),
            }
        }
        if self.format.json {
            let row = |(id, kind, names): &(&str, &str, Vec<&str>)| json!({ "id": id, "kind": kind, "names": names });
            output::document(&json!({ "actors": actors.iter().map(row).collect::<Vec<Value>>() }))?;
        } else if !actors.is_empty() {
            let rows: Vec<Vec<String>> = actors
                .iter()
                .map(|(id, kind, names)| vec![(*id).to_owned(), (*kind).to_owned(), names.join(" = ")])
                .collect();
            output::table(&["actor", "kind", "names of this study"], &rows)?;
        }
        let count = terms.names.len();
        eprintln!("{count} name{} of this study, on top of those that ship", plural(count));
        Ok(if count == 0 { Exit::NothingFound } else { Exit::Done })
    }
}

impl Remove {
    fn run(&self, folder: &StudyFolder) -> anyhow::Result<Exit> {
        let name = tidy(&self.name.join(" "));
        let names = Names::shipped();
        let shipped = |name: &str| -> NameOwner { names.owner(name) };
        let text = read(folder)?;
        let (changed, removed) =
            config::remove_alias(&text, TERMS, &name, &shipped).map_err(|error| explained(folder, error))?;
        study::replace(&folder.terms_path(), &changed)?;
        if self.format.json {
            output::document(&json!({ "id": removed.id, "removed": removed.name }))?;
        } else {
            output::line(&safe(&format!("{} is no name of {} any more", removed.name, removed.id)))?;
        }
        eprintln!("{NEXT_POLL}");
        Ok(Exit::Done)
    }
}

/// Takes doubled white space out of a name that came in pieces.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the text of the study's terms.toml; a study without one has an empty one.
fn read(folder: &StudyFolder) -> anyhow::Result<String> {
    let path = folder.terms_path();
    match fs::read_to_string(&path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(error).with_context(|| path.display().to_string()),
    }
}

/// Says what to do about an alias that could not be.
fn explained(folder: &StudyFolder, error: AliasError) -> anyhow::Error {
    let path = folder.terms_path();
    let hint = match &error {
        AliasError::Unknown(name) => return NotThere(safe(&format!("the study has no name `{name}`"))).into(),
        AliasError::TwoActors { .. } => {
            format!(
                "when they are one all the same, write so in {}: what stands there overrides what ships",
                path.display()
            )
        }
        AliasError::Ships { .. } => {
            format!("an [[entity]] with that name in {} overrides it", path.display())
        }
        AliasError::NoSuchId(_) => {
            format!("write a name of the actor; an [[entity]] with that id in {} makes a new one", path.display())
        }
        AliasError::ByHand(_) | AliasError::Broken(_) | AliasError::WouldBreak(_) => format!("edit {}", path.display()),
        AliasError::NoName { .. } | AliasError::SameName { .. } | AliasError::Relative { .. } => {
            return anyhow::anyhow!(error.to_string());
        }
    };
    Hinted { message: error.to_string(), hint }.into()
}
