//! The clock of everything that waits: the real one, or a simulated one whose sleeps cost no time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// Tells the time and sleeps.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's.
    System,
    /// One that moves only when somebody sleeps or sets it.
    Simulated(SimulatedClock),
}

/// A clock that jumps: a sleeper moves it to the moment it waits for. It never goes back.
#[derive(Debug, Clone)]
pub struct SimulatedClock(Arc<Mutex<Timestamp>>);

impl SimulatedClock {
    /// Starts a clock at a moment.
    pub fn new(start: Timestamp) -> Self {
        Self(Arc::new(Mutex::new(start)))
    }

    /// Returns the moment it stands at.
    pub fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Moves it forward to a moment; an earlier one changes nothing.
    pub fn advance_to(&self, moment: Timestamp) {
        let mut now = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *now = moment.max(*now);
    }
}

impl Clock {
    /// Returns the present moment, in whole microseconds (what the record can hold).
    pub fn now(&self) -> Timestamp {
        let now = match self {
            Self::System => Timestamp::now(),
            Self::Simulated(clock) => clock.now(),
        };
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }

    /// Waits until a moment; one that is past costs nothing.
    pub async fn sleep_until(&self, moment: Timestamp) {
        match self {
            Self::System => {
                let wait = moment.duration_since(Timestamp::now());
                if let Ok(wait) = Duration::try_from(wait) {
                    tokio::time::sleep(wait).await;
                }
            }
            Self::Simulated(clock) => {
                clock.advance_to(moment);
                tokio::task::yield_now().await;
            }
        }
    }
}

/// Adds a duration to a moment; at the end of time it stays there.
pub fn later(moment: Timestamp, by: SignedDuration) -> Timestamp {
    moment.checked_add(by).unwrap_or(Timestamp::MAX)
}
