//! A world for one test: a study in a folder of its own, and a site on loopback that it watches.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use gainsay::demo::site::{Answer, Request, Site, World as Pages};
use tempfile::TempDir;

/// What a command gave back.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Returns stdout as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{}\n{}", self.out, self.err))
    }

    /// Checks the exit code, and shows what was said when it is another.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }
}

/// The pages of a site that is not up yet.
#[derive(Default)]
pub(crate) struct Builder {
    pages: Pages,
    sources: String,
}

/// A study and the site that it watches.
pub(crate) struct World {
    dir: TempDir,
    site: Site,
    // The site lives on it.
    _runtime: tokio::runtime::Runtime,
}

const HOST: &str = "127.0.0.1";

impl Builder {
    /// Serves a page from the first phase on.
    pub(crate) fn page(self, path: &str, answer: Answer) -> Self {
        self.page_from(1, path, answer)
    }

    /// Serves a page from a phase on.
    pub(crate) fn page_from(mut self, phase: u8, path: &str, answer: Answer) -> Self {
        self.pages.put(HOST, path, phase, answer);
        self
    }

    /// Watches a feed of the site; `PORT` in the keys stands for the site's.
    pub(crate) fn source(mut self, id: &str, path: &str) -> Self {
        self.sources.push_str(&format!(
            "[[source]]\nid = \"{id}\"\nname = \"{id}\"\nlang = \"en\"\ncountry = \"GB\"\nowner = \"private\"\nzone = \"Europe/London\"\n\
             [[source.entry]]\nkind = \"feed\"\nurl = \"http://{HOST}:PORT{path}\"\n\n"
        ));
        self
    }

    /// Adds keys as they are.
    pub(crate) fn toml(mut self, text: &str) -> Self {
        self.sources.push_str(text);
        self
    }

    /// Starts the site and writes the study.
    pub(crate) fn start(self) -> World {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().expect("a runtime");
        let site = runtime.block_on(async { Site::start(self.pages) }).expect("loopback can be listened on");
        let port = site.address().port().to_string();
        let dir = TempDir::new().expect("a temporary folder");
        let study = format!("[study]\nallow_hosts = [\"{HOST}:{port}\"]\n\n{}", self.sources.replace("PORT", &port));
        std::fs::write(dir.path().join("feeds.toml"), study).expect("the study can be written");
        World { dir, site, _runtime: runtime }
    }
}

impl World {
    /// Begins a world.
    pub(crate) fn build() -> Builder {
        Builder::default()
    }

    /// Runs the program on the study.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        ran(&self.command(arguments).output().expect("the program runs"))
    }

    /// A run of the program on the study, not started yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program();
        command.args(arguments).current_dir(self.dir.path());
        command
    }

    /// The study's folder.
    pub(crate) fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The address of a path of the site.
    pub(crate) fn address_of(&self, path: &str) -> String {
        format!("http://{HOST}:{}{path}", self.site.address().port())
    }

    /// Lets the site tell the next phase.
    pub(crate) fn phase(&self, phase: u8) {
        self.site.set_phase(phase);
    }

    /// The requests that reached the site.
    pub(crate) fn requests(&self) -> Vec<Request> {
        self.site.log()
    }

    /// How often a path was asked for.
    pub(crate) fn asked(&self, path: &str) -> usize {
        self.requests().iter().filter(|request| request.path == path).count()
    }
}

/// The program, with nothing of this machine's settings.
pub(crate) fn program() -> Command {
    let mut command = Command::new(PathBuf::from(env!("CARGO_BIN_EXE_gainsay")));
    command.env_remove("GAINSAY_STUDY").env_remove("GAINSAY_LOG").env("NO_COLOR", "1");
    command
}

/// Reads what a run gave back.
pub(crate) fn ran(output: &Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// An RSS feed of these items: path, title, date. `PORT` is not known yet: the links are relative.
pub(crate) fn rss(items: &[(&str, &str, &str)]) -> Answer {
    let items: String = items
        .iter()
        .map(|(path, title, date)| {
            format!("<item><title>{title}</title><link>{path}</link><guid isPermaLink=\"false\">{path}</guid><pubDate>{date}</pubDate></item>")
        })
        .collect();
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Harbour Bulletin</title><link>/</link><description/>{items}</channel></rss>"
    );
    Answer::ok("application/rss+xml", feed).validators(None)
}

/// An article page.
pub(crate) fn page(title: &str, paragraphs: &[&str]) -> Answer {
    let body: String = paragraphs.iter().map(|paragraph| format!("<p>{paragraph}</p>")).collect();
    let html = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><nav><a href=\"/\">Home</a></nav>\
         <article><h1>{title}</h1>{body}</article><footer>Invented for a test.</footer></body></html>"
    );
    Answer::ok("text/html; charset=utf-8", html)
}

/// A study with one source and one on-topic article, polled once.
pub(crate) fn watched() -> World {
    let world = World::build()
        .source("harbour", "/rss.xml")
        .page("/rss.xml", rss(&[("/a", ON_TOPIC.0, DATE)]))
        .page("/a", page(ON_TOPIC.0, ON_TOPIC.1))
        .start();
    world.run(&["poll"]).exits(0);
    world
}

/// When the items of test feeds say that they were published.
pub(crate) const DATE: &str = "Fri, 20 Nov 2026 09:00:00 GMT";

/// A headline and paragraphs that are on topic beyond doubt, of invented people.
pub(crate) const ON_TOPIC: (&str, &[&str]) = (
    "Aldland accuses China's Ministry of State Security of recruiting port officers",
    &[
        "The Harbour Security Service of Aldland on Thursday accused China's Ministry of State Security of recruiting port officers as spies through a job-hunting site.",
        "The service said that Chinese intelligence officers had paid four port officers for shipping schedules and the plans of a naval berth.",
        "\"The accusation is pure fabrication,\" Chinese foreign ministry spokesperson Qiu Lanting told a regular briefing in Beijing, adding that China firmly opposes the smear.",
        "A hearing of the four officers, who were suspended in October, is expected to begin at the district court in the new year.",
    ],
);

/// A headline and paragraphs that are off topic beyond doubt.
pub(crate) const OFF_TOPIC: (&str, &[&str]) = (
    "Ferry timetable changes for the winter season",
    &[
        "The harbour ferry will run every forty minutes from December, the operator said on Thursday, ten minutes less often than in summer.",
        "Passengers had asked for a later last boat, and the operator has added one on Fridays and Saturdays at half past eleven.",
        "Tickets stay at the same price for the third year in a row, and children under six travel free on all lines.",
    ],
);
