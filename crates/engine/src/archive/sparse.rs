//! Files with holes: in an archive they stand as GNU tar's sparse format 1.0, which engines read.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom, Write};

/// A stretch of a file that holds data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    offset: u64,
    length: u64,
}

const BLOCK: usize = 512;
/// A map with more stretches than this is a fraud.
const MOST: u64 = 1 << 20;
/// Zeros in a row from which on a hole is worth it.
const HOLE: u16 = 32 * 1024;

/// The stretches of a file that has holes; none for one without.
#[cfg(target_os = "linux")]
pub(super) fn stretches(file: &File, metadata: &Metadata) -> Option<Vec<Stretch>> {
    use rustix::fs::{SeekFrom, seek};
    use rustix::io::Errno;
    use std::os::unix::fs::MetadataExt;

    let size = metadata.len();
    if metadata.blocks() * 512 >= size {
        return None;
    }
    let (mut found, mut at) = (Vec::new(), 0);
    while at < size {
        let offset = match seek(file, SeekFrom::Data(at)) {
            Ok(offset) if offset < size => offset,
            Ok(_) | Err(Errno::NXIO) => break,
            Err(_) => return None,
        };
        at = seek(file, SeekFrom::Hole(offset)).ok()?.min(size);
        found.push(Stretch { offset, length: at.checked_sub(offset).filter(|length| *length > 0)? });
    }
    // File systems that compress, or that know no holes, call the whole file data.
    (found != [Stretch { offset: 0, length: size }]).then_some(found)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn stretches(_: &File, _: &Metadata) -> Option<Vec<Stretch>> {
    None
}

/// The map that stands before a file's data.
pub(super) fn map(stretches: &[Stretch], size: u64) -> Vec<u8> {
    let end = Stretch { offset: size, length: 0 };
    let numbers = stretches.iter().chain([&end]).flat_map(|stretch| [stretch.offset, stretch.length]);
    let lines =
        std::iter::once(stretches.len() as u64 + 1).chain(numbers).map(|number| format!("{number}\n"));
    let mut map = lines.collect::<String>().into_bytes();
    map.resize(map.len().next_multiple_of(BLOCK), 0);
    map
}

/// How many bytes of data there are.
pub(super) fn length(stretches: &[Stretch]) -> u64 {
    stretches.iter().map(|stretch| stretch.length).sum()
}

/// Reads as many bytes of a file as were promised, or fails: a file that shrinks would garble the archive.
pub(super) struct Reader {
    source: File,
    rest: std::vec::IntoIter<Stretch>,
    left: u64,
}

impl Reader {
    /// Reads a file from where it is.
    pub(super) fn whole(source: File, length: u64) -> Self {
        Self { source, rest: Vec::new().into_iter(), left: length }
    }

    /// Reads the data of a file with holes.
    pub(super) fn of(source: File, stretches: Vec<Stretch>) -> Self {
        Self { source, rest: stretches.into_iter(), left: 0 }
    }
}

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.left == 0 {
            let Some(stretch) = self.rest.next() else { return Ok(0) };
            self.source.seek(SeekFrom::Start(stretch.offset))?;
            self.left = stretch.length;
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let count = self.source.read(&mut buffer[..most])?;
        if count == 0 && most > 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file shrank while it was read"));
        }
        self.left -= count as u64;
        Ok(count)
    }
}

/// Writes a file of this size from a map and the data behind it.
pub(super) fn unfold(file: &mut File, source: &mut impl Read, size: u64) -> io::Result<()> {
    let invalid = |words| io::Error::new(io::ErrorKind::InvalidData, words);
    let mut numbers = Numbers { source, block: [0; BLOCK], at: BLOCK };
    let count = numbers.next()?;
    if count > MOST {
        return Err(invalid("the archive's map of a file with holes is too long"));
    }
    let mut stretches = Vec::new();
    let mut end = 0;
    for _ in 0..count {
        let (offset, length) = (numbers.next()?, numbers.next()?);
        if offset < end {
            return Err(invalid("the archive's map of a file with holes is out of order"));
        }
        end = offset
            .checked_add(length)
            .filter(|end| *end <= size)
            .ok_or_else(|| invalid("the archive's map of a file with holes goes beyond the file's end"))?;
        stretches.push(Stretch { offset, length });
    }
    for stretch in stretches {
        file.seek(SeekFrom::Start(stretch.offset))?;
        if io::copy(&mut source.take(stretch.length), file)? != stretch.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    file.set_len(size)
}

/// The decimal numbers of a map, a line each.
struct Numbers<'a, R> {
    source: &'a mut R,
    block: [u8; BLOCK],
    at: usize,
}

impl<R: Read> Numbers<'_, R> {
    fn next(&mut self) -> io::Result<u64> {
        let mut number: Option<u64> = None;
        loop {
            if self.at == BLOCK {
                self.source.read_exact(&mut self.block)?;
                self.at = 0;
            }
            let byte = self.block[self.at];
            self.at += 1;
            let digit = match (byte, number) {
                (b'\n', Some(number)) => return Ok(number),
                (b'0'..=b'9', _) => Some(u64::from(byte - b'0')),
                _ => None,
            };
            let grown = digit.and_then(|digit| number.unwrap_or(0).checked_mul(10)?.checked_add(digit));
            number = Some(grown.ok_or_else(|| {
                io::Error::new(io::ErrorKind::InvalidData, "the archive's map of a file with holes is no map")
            })?);
        }
    }
}

/// Writes a file of this size from its bytes, with holes where these are zeros: engines write no sparse archives.
pub(super) fn fill(file: &mut File, source: &mut impl Read, size: u64) -> io::Result<()> {
    let mut buffer = Vec::with_capacity(HOLE.into());
    let mut left = size;
    while left > 0 {
        buffer.clear();
        source.by_ref().take(left.min(HOLE.into())).read_to_end(&mut buffer)?;
        if buffer.is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ended inside the file"));
        }
        left -= buffer.len() as u64;
        if buffer.len() == usize::from(HOLE) && buffer.iter().all(|byte| *byte == 0) {
            file.seek(SeekFrom::Current(HOLE.into()))?;
        } else {
            file.write_all(&buffer)?;
        }
    }
    file.set_len(size)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unfolded(wire: &[u8], size: u64) -> io::Result<Vec<u8>> {
        let mut file = tempfile::tempfile()?;
        unfold(&mut file, &mut &wire[..], size)?;
        file.rewind()?;
        let mut all = Vec::new();
        file.read_to_end(&mut all)?;
        Ok(all)
    }

    #[test]
    fn finds_holes_and_gives_them_back() {
        let mut file = tempfile::tempfile().unwrap();
        file.seek(SeekFrom::Start(10 << 20)).unwrap();
        file.write_all(b"middle").unwrap();
        file.set_len(30 << 20).unwrap();
        let metadata = file.metadata().unwrap();
        let found = stretches(&file, &metadata).unwrap();
        assert!(length(&found) < 1 << 20, "{found:?}");
        let mut wire = map(&found, metadata.len());
        Reader::of(file, found).read_to_end(&mut wire).unwrap();
        let all = unfolded(&wire, metadata.len()).unwrap();
        assert_eq!(all.len(), 30 << 20);
        assert_eq!(&all[10 << 20..(10 << 20) + 6], b"middle");
        assert_eq!(all.iter().filter(|byte| **byte != 0).count(), 6);
    }

    #[test]
    fn a_file_without_holes_has_no_map() {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&vec![1; 100_000]).unwrap();
        assert_eq!(stretches(&file, &file.metadata().unwrap()), None);
    }

    #[test]
    fn refuses_maps_that_lie() {
        for (map, words) in [
            ("1\n5\n10\n", "beyond"),
            ("2\n5\n1\n3\n1\n", "order"),
            ("9999999999\n", "too long"),
            ("x\n", "no map"),
            ("\n", "no map"),
            ("1\n18446744073709551615\n18446744073709551615\n", "beyond"),
            ("99999999999999999999999\n", "no map"),
        ] {
            let mut wire = map.as_bytes().to_vec();
            wire.resize(1024, 0);
            let error = unfolded(&wire, 10).unwrap_err();
            assert!(error.to_string().contains(words), "{map:?}: {error}");
        }
    }

    #[test]
    fn a_shrunken_file_is_an_error() {
        let mut reader = Reader::whole(tempfile::tempfile().unwrap(), 1);
        assert!(reader.read_to_end(&mut Vec::new()).unwrap_err().to_string().contains("shrank"));
    }

    #[test]
    fn zeros_become_holes() {
        let data = [vec![0; 5 << 20], b"x".to_vec(), vec![0; 5 << 20]].concat();
        let mut file = tempfile::tempfile().unwrap();
        fill(&mut file, &mut &data[..], data.len() as u64).unwrap();
        file.rewind().unwrap();
        let mut read = Vec::new();
        file.read_to_end(&mut read).unwrap();
        assert!(read == data);
        #[cfg(target_os = "linux")]
        assert!(std::os::unix::fs::MetadataExt::blocks(&file.metadata().unwrap()) * 512 < 1 << 20);
    }

    proptest! {
        #[test]
        fn no_map_harms(wire in prop::collection::vec(any::<u8>(), 0..1200), size in 0u64..5000) {
            if let Ok(all) = unfolded(&wire, size) {
                prop_assert_eq!(all.len() as u64, size);
            }
        }
    }
}
