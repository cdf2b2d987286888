//! One writer at a time: a lock that says who holds it and that the system frees when its holder dies.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::Path;

use jiff::Timestamp;

use super::StoreError;

/// Held as long as a store may write.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock in that folder and writes down who took it.
    pub(super) fn take(record_dir: &Path, who: &str, now: Timestamp) -> Result<Self, StoreError> {
        let path = record_dir.join("lock");
        let failed = |source| StoreError::io(&path, source);
        let mut file =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(StoreError::Locked { holder: holder(&mut file) }),
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        file.set_len(0).map_err(failed)?;
        writeln!(file, "pid {} ({who}), since {now}", std::process::id()).map_err(failed)?;
        Ok(Self { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A courtesy for whoever reads the file.
        let _ = self.file.set_len(0);
        // Closing would do, but for a process that is just being started and still shares all that is open here.
        let _ = self.file.unlock();
    }
}

fn holder(file: &mut File) -> String {
    let mut text = String::new();
    let read = file.rewind().and_then(|()| file.take(400).read_to_string(&mut text));
    let text = text.trim();
    if read.is_err() || text.is_empty() { "another process".to_owned() } else { text.to_owned() }
}
