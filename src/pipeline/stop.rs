//! A wish to stop: from a signal, or because the time given is over.

use jiff::Timestamp;
use tokio::sync::watch;

use crate::fetch::Clock;

/// Tells a run when to begin nothing new.
#[derive(Debug, Clone)]
pub struct Stop {
    wished: watch::Receiver<bool>,
    deadline: Option<Timestamp>,
}

impl Stop {
    /// Stops when `wished` turns true or is dropped with true in it, or when the deadline has passed.
    pub fn new(wished: watch::Receiver<bool>, deadline: Option<Timestamp>) -> Self {
        Self { wished, deadline }
    }

    /// Never stops.
    pub fn never() -> Self {
        Self { wished: watch::channel(false).1, deadline: None }
    }

    /// Says whether nothing new should be begun.
    pub fn is_due(&self, clock: &Clock) -> bool {
        *self.wished.borrow() || self.deadline.is_some_and(|deadline| clock.now() >= deadline)
    }

    /// Waits for the wish; the deadline alone breaks nothing off.
    pub async fn wished(&self) {
        let mut wished = self.wished.clone();
        if wished.wait_for(|wished| *wished).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
