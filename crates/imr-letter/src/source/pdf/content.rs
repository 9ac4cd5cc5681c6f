//! Unpacking the content streams of pages and forms, and saying when not all of it could be.
//!
//! `lopdf` unpacks what it can of a damaged stream and keeps quiet, which suits a viewer. Here a letter that lost its
//! second half must not look like one that never had it, so the usual packing is undone here, with its checksum;
//! the others are rare enough to leave to `lopdf`.

use std::io::Read;

use flate2::read::ZlibDecoder;
use lopdf::{DecompressError, Document, Error, Object, ObjectId, Stream};

use super::interpret::Exceeded;

/// What a stream unpacks to.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// The bytes that could be unpacked.
    pub bytes: Vec<u8>,
    /// Whether there should be more of them, or other ones.
    pub damaged: bool,
}

impl Content {
    fn lost() -> Self {
        Self { bytes: Vec::new(), damaged: true }
    }
}

/// The content of a page: that of its streams, one after the other.
pub(super) fn of_page(
    document: &Document,
    page: ObjectId,
    room: usize,
) -> Result<Content, Exceeded> {
    let mut content = Content::default();
    for id in document.get_page_contents(page) {
        let part = match document.get_object(id).and_then(Object::as_stream) {
            Ok(stream) => unpack(stream, room.saturating_sub(content.bytes.len()))?,
            Err(_) => Content::lost(),
        };
        content.bytes.extend(part.bytes);
        content.bytes.push(b'\n');
        content.damaged |= part.damaged;
    }
    Ok(content)
}

/// What one stream unpacks to, if that is no more than `room` bytes.
pub(super) fn unpack(stream: &Stream, room: usize) -> Result<Content, Exceeded> {
    if matches!(stream.filters().as_deref(), Ok([b"FlateDecode"]))
        && !stream.dict.has(b"DecodeParms")
    {
        return inflate(&stream.content, room);
    }
    match stream.get_plain_content_with_limit(room) {
        Ok(bytes) => Ok(Content { bytes, damaged: false }),
        Err(Error::Decompress(DecompressError::MemoryLimitExceeded { .. })) => {
            Err(Exceeded::UNPACKED)
        }
        Err(_) => Ok(Content::lost()),
    }
}

fn inflate(packed: &[u8], room: usize) -> Result<Content, Exceeded> {
    let mut bytes = Vec::new();
    let most = u64::try_from(room).unwrap_or(u64::MAX).saturating_add(1);
    let damaged = ZlibDecoder::new(packed).take(most).read_to_end(&mut bytes).is_err();
    if bytes.len() > room {
        return Err(Exceeded::UNPACKED);
    }
    // Some programs pack without the two bytes of header and the checksum.
    if damaged && bytes.is_empty() {
        let raw = flate2::read::DeflateDecoder::new(packed.get(2..).unwrap_or_default());
        let damaged = raw.take(most).read_to_end(&mut bytes).is_err();
        return if bytes.len() > room {
            Err(Exceeded::UNPACKED)
        } else {
            Ok(Content { bytes, damaged })
        };
    }
    Ok(Content { bytes, damaged })
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn packed(content: &[u8]) -> Stream {
        let mut stream = Stream::new(dictionary! {}, content.to_vec());
        stream.compress().unwrap();
        stream
    }

    #[test]
    fn whole_content_is_not_damaged() {
        let content = unpack(&packed(&[b'A'; 1000]), 1000).unwrap();
        assert_eq!((content.bytes.len(), content.damaged), (1000, false));
    }

    #[test]
    fn content_that_breaks_off_is() {
        let mut stream = packed("0 0 Td (Norco) Tj ".repeat(100).as_bytes());
        let half = stream.content.len() / 2;
        stream.content.truncate(half);
        assert!(unpack(&stream, 10_000).unwrap().damaged);
    }

    #[test]
    fn a_bomb_stops_at_the_limit() {
        assert_eq!(unpack(&packed(&vec![b'A'; 100_000]), 1000).unwrap_err(), Exceeded::UNPACKED);
    }
}
