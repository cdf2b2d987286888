//! Reading beside the run's own task: few at once, and each for a time.
//!
//! What takes too long cannot be stopped, only left behind. It goes on counting among those at work, so that hostile answers
//! slow a run down and never fill the memory.

use std::sync::{Arc, LazyLock};
use std::thread;
use std::time::Duration;

use tokio::sync::Semaphore;

/// More readers than this are never at work at once: each may need some hundred megabytes.
const MOST_READERS: usize = 4;

static READERS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    Arc::new(Semaphore::new(cores.clamp(1, MOST_READERS)))
});

/// Why nothing was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfinished {
    /// The reader failed, which is our fault.
    Failed,
    /// It took too long.
    TooSlow,
}

/// Reads on a thread of its own, once one is free, for so long.
pub(super) async fn read<T: Send + 'static>(
    limit: Duration,
    reader: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Unfinished> {
    let permit = Arc::clone(&READERS).acquire_owned().await.map_err(|_| Unfinished::Failed)?;
    let working = tokio::task::spawn_blocking(move || {
        let read = reader();
        drop(permit);
        read
    });
    match tokio::time::timeout(limit, working).await {
        Ok(Ok(read)) => Ok(read),
        Ok(Err(_)) => Err(Unfinished::Failed),
        Err(_) => Err(Unfinished::TooSlow),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn what_was_left_behind_keeps_its_place() {
        static AT_WORK: AtomicUsize = AtomicUsize::new(0);
        static MOST: AtomicUsize = AtomicUsize::new(0);
        let reads = (0..12).map(|_| {
            read(Duration::from_millis(5), || {
                MOST.fetch_max(AT_WORK.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                thread::sleep(Duration::from_millis(60));
                AT_WORK.fetch_sub(1, Ordering::SeqCst);
            })
        });
        let read = futures_util::future::join_all(reads).await;
        assert!(read.iter().all(|read| *read == Err(Unfinished::TooSlow)), "{read:?}");
        assert!(MOST.load(Ordering::SeqCst) <= MOST_READERS);
    }

    #[tokio::test]
    async fn a_reader_that_fails_frees_its_place() {
        for _ in 0..2 * MOST_READERS {
            let read: Result<(), _> = read(Duration::from_secs(5), || panic!("as a reader may")).await;
            assert_eq!(read, Err(Unfinished::Failed));
        }
    }
}
