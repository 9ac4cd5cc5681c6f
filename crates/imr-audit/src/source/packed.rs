//! Packed streams, with a limit on what a bomb may cost.
//!
//! Memory is bounded anyway, since a stream is never held; what a bomb costs is time. So a stream ends with an error once
//! it has unpacked to [`MOST`] bytes at more than [`RATIO`] for each packed one. Letters pack at three to ten, copies of
//! one letter at some hundreds; only a stream of nothing reaches the limit.

use std::io::{self, BufRead, BufReader, Read};

use super::kind::Layer;

/// Bytes that any packed stream may unpack to.
const MOST: u64 = 1 << 30;

/// Unpacked bytes for each packed one that a longer stream may have.
const RATIO: u64 = 500;

/// The unpacked stream.
pub(super) fn open<'s>(
    layer: Layer,
    packed: &'s mut dyn BufRead,
) -> io::Result<BufReader<Box<dyn Read + 's>>> {
    let packed = Metered { packed, bytes: 0 };
    let unpacked: Box<dyn Read + 's> = match layer {
        Layer::Gzip => {
            let decoder = flate2::bufread::MultiGzDecoder::new(packed);
            let packed =
                |decoder: &flate2::bufread::MultiGzDecoder<Metered<'_>>| decoder.get_ref().bytes;
            Box::new(Guarded { decoder, packed, bytes: 0 })
        }
        Layer::Zstd => {
            let decoder = zstd::stream::read::Decoder::with_buffer(packed)?;
            let packed =
                |decoder: &zstd::stream::read::Decoder<'_, Metered<'_>>| decoder.get_ref().bytes;
            Box::new(Guarded { decoder, packed, bytes: 0 })
        }
    };
    Ok(BufReader::with_capacity(super::BUFFER, unpacked))
}

/// A packed stream that counts its bytes.
struct Metered<'s> {
    packed: &'s mut dyn BufRead,
    bytes: u64,
}

impl Read for Metered<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.packed.read(into)?;
        self.bytes += u64::try_from(read).unwrap_or_default();
        Ok(read)
    }
}

impl BufRead for Metered<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.packed.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.bytes += u64::try_from(amount).unwrap_or_default();
        self.packed.consume(amount);
    }
}

/// A decoder that stops when it gives too much for what it takes.
struct Guarded<D, P> {
    decoder: D,
    packed: P,
    bytes: u64,
}

impl<D: Read, P: Fn(&D) -> u64> Read for Guarded<D, P> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(into)?;
        self.bytes += u64::try_from(read).unwrap_or_default();
        let packed = (self.packed)(&self.decoder).max(1);
        if self.bytes > MOST && self.bytes / packed > RATIO {
            let reason = format!(
                "unpacks to more than {RATIO} times its size, as no archive of letters does; \
                 what follows is not read"
            );
            return Err(io::Error::other(reason));
        }
        Ok(read)
    }
}
