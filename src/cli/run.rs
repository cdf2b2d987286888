//! What async commands share: the runtime, the wish to stop, progress bars.

use anyhow::Context as _;
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::extract;
use crate::fetch::later;
use crate::pipeline::Stop;
use crate::pipeline::poll::PollEvent;

/// Runs an async command until it is done; Ctrl-C and SIGTERM are wishes to stop.
pub(crate) fn block_on<T>(
    max_time: Option<SignedDuration>,
    work: impl AsyncFnOnce(Stop) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(extract::STACK)
        .build()
        .context("the runtime could not be started")?;
    let deadline = max_time.map(|time| later(Timestamp::now(), time));
    let result = runtime.block_on(async {
        let (wish, wished) = watch::channel(false);
        tokio::spawn(async move {
            if signal().await.is_ok() {
                eprintln!("stopping: what is under way is left for the next run");
                // The run may have ended in between, and then nobody needs the wish.
                let _ = wish.send(true);
            }
        });
        work(Stop::new(wished, deadline)).await
    });
    runtime.shutdown_background();
    result
}

#[cfg(unix)]
async fn signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        result = tokio::signal::ctrl_c() => result,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
fn signal() -> impl std::future::Future<Output = std::io::Result<()>> {
    tokio::signal::ctrl_c()
}

/// Two progress bars on stderr, seen on a terminal only.
pub(crate) struct Bars {
    feeds: ProgressBar,
    pages: ProgressBar,
}

impl Bars {
    pub(crate) fn new() -> Self {
        let both = MultiProgress::new();
        let bar = |name| both.add(ProgressBar::new(0).with_style(style()).with_message(name));
        Self { feeds: bar("feeds"), pages: bar("pages") }
    }

    pub(crate) fn observe(&self, event: PollEvent<'_>) {
        match event {
            PollEvent::FeedsDue(count) => self.feeds.set_length(count as u64),
            PollEvent::Feed(_) => self.feeds.inc(1),
            PollEvent::PagesDue(count) => self.pages.set_length(count as u64),
            PollEvent::Page(..) => self.pages.inc(1),
        }
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        self.feeds.finish_and_clear();
        self.pages.finish_and_clear();
    }
}

/// One bar on stderr, seen on a terminal only.
pub(crate) fn bar(name: &'static str, length: usize) -> ProgressBar {
    ProgressBar::new(length as u64).with_style(style()).with_message(name)
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{msg:5} {bar:30} {pos}/{len} {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
