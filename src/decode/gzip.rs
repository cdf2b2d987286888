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

/// What gzip data unpacked to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unpacked {
    /// The bytes; of data that is cut off or damaged, those before that.
    pub bytes: Vec<u8>,
    /// What was done, in words for provenance.
    pub repairs: Vec<String>,
    /// What is wrong with the data, as sentences.
    pub problems: Vec<String>,
}

/// Says whether bytes are gzip data: its two first bytes, and the one method that there is.
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1F, 0x8B, 8])
}

/// Unpacks gzip data, member by member, as far as it can be read. Servers that pack whatever they send pack packed files,
/// too, so a second layer is taken off as well.
///
/// # Errors
/// When it unpacks to more than `limit` bytes: a part of it would pass for the whole. The sentence says so.
pub fn unpack(bytes: &[u8], limit: u64) -> Result<Unpacked, String> {
    let outer = members(bytes, limit)?;
    if !is_gzip(&outer.bytes) {
        return Ok(outer);
    }
    let inner = members(&outer.bytes, limit)?;
    Ok(Unpacked {
        bytes: inner.bytes,
        repairs: [outer.repairs, inner.repairs].concat(),
        problems: [outer.problems, inner.problems].concat(),
    })
}

/// Takes one layer off.
fn members(packed: &[u8], limit: u64) -> Result<Unpacked, String> {
    let mut rest = packed;
    let mut bytes = Vec::new();
    loop {
        let room = limit.saturating_sub(bytes.len() as u64) + 1;
        let is_whole = flate2::bufread::GzDecoder::new(&mut rest).take(room).read_to_end(&mut bytes).is_ok();
        if bytes.len() as u64 > limit {
            return Err(format!("the gzip data unpacks to more than {limit} bytes"));
        }
        if is_whole && is_gzip(rest) {
            continue;
        }
        let mut repairs = vec!["gzip data unpacked".to_owned()];
        // Tapes and blocks are filled up with zeros.
        let is_followed = is_whole && rest.iter().any(|byte| *byte != 0);
        repairs.extend(is_followed.then(|| "bytes behind the gzip data left out".to_owned()));
        let could_be_read =
            || format!("the gzip data is cut off or damaged: {} bytes of it could be read", bytes.len());
        let problems = if is_whole { Vec::new() } else { vec![could_be_read()] };
        return Ok(Unpacked { bytes, repairs, problems });
    }
}

/// Packs bytes, for tests.
#[cfg(test)]
pub(crate) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    flate2::read::GzEncoder::new(bytes, flate2::Compression::best())
        .read_to_end(&mut packed)
        .expect("memory takes all");
    packed
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks what data unpacks to, how many repairs are told and what is wrong.
    #[track_caller]
    fn check(bytes: &[u8], expected: &[u8], repairs: usize, problem: Option<&str>) {
        let found = unpack(bytes, 1_000).expect("it is within the limit");
        assert_eq!(String::from_utf8_lossy(&found.bytes), String::from_utf8_lossy(expected));
        assert_eq!(found.repairs.len(), repairs, "{:?}", found.repairs);
        assert_eq!(found.problems.is_empty(), problem.is_none(), "{:?}", found.problems);
        assert!(problem.is_none_or(|problem| found.problems[0].contains(problem)), "{:?}", found.problems);
    }

    #[test]
    fn members_one_behind_the_other_are_one_file() {
        let both = [packed(b"<rss>"), packed(b"</rss>")].concat();
        check(&both, b"<rss></rss>", 1, None);
        check(&packed(b""), b"", 1, None);
        check(&packed(&packed(b"twice")), b"twice", 2, None);
    }

    #[test]
    fn what_stands_behind_the_data_is_left_out() {
        check(&[packed(b"text"), vec![0; 512]].concat(), b"text", 1, None);
        check(&[packed(b"text"), b"<!-- 3 ms -->".to_vec()].concat(), b"text", 2, None);
    }

    #[test]
    fn of_data_that_is_cut_off_stays_what_could_be_read() {
        // Letters without order, so that the packed form is long enough to be cut within.
        let text: Vec<u8> = (0u32..600).map(|n| b'a' + (n.wrapping_mul(2_654_435_761) >> 24) as u8 % 26).collect();
        let whole = packed(&text);
        let cut = unpack(&whole[..whole.len() / 2], 1_000).expect("it is within the limit");
        assert!(text.starts_with(&cut.bytes) && cut.bytes.len() < text.len());
        assert!(cut.problems[0].contains("cut off"), "{:?}", cut.problems);
        let mut damaged = whole.clone();
        let end = damaged.len();
        damaged[end - 6] ^= 0xFF;
        check(&damaged, &text, 1, Some("cut off or damaged"));
        check(&[0x1F, 0x8B, 8], b"", 1, Some("0 bytes"));
        let second_cut = [packed(b"first"), packed(b"second")[..12].to_vec()].concat();
        let found = unpack(&second_cut, 1_000).expect("it is within the limit");
        assert!(found.bytes.starts_with(b"first") && found.problems.len() == 1);
    }

    #[test]
    fn what_unpacks_to_more_than_the_limit_is_refused() {
        let bomb = packed(&vec![b' '; 2_000_000]);
        assert!(bomb.len() < 4_000);
        assert!(unpack(&bomb, 1_000).expect_err("too large").contains("more than 1000 bytes"));
        assert!(unpack(&packed(&vec![b'x'; 1_001]), 1_000).is_err());
        assert!(unpack(&packed(&vec![b'x'; 1_000]), 1_000).is_ok());
        let many: Vec<u8> = packed(b"0123456789").repeat(101);
        assert!(unpack(&many, 1_000).is_err(), "the limit is of all members together");
        assert!(unpack(&packed(&bomb), 10_000).is_err(), "and of each layer");
    }
}
