//! Unpacking gzip, with a limit.

use std::io::Read;

/// Unpacks a gzip file of one or more members, up to `limit` bytes.
///
/// # Errors
/// When the bytes are not gzip, or unpack to more than the limit.
pub fn gunzip(bytes: &[u8], limit: u64) -> std::io::Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    flate2::read::MultiGzDecoder::new(bytes).take(limit + 1).read_to_end(&mut unpacked)?;
    if unpacked.len() as u64 > limit {
        return Err(std::io::Error::other(format!("unpacks to more than {limit} bytes")));
    }
    Ok(unpacked)
}
