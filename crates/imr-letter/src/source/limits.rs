//! How much of a file is read before it is refused.
//!
//! A determination letter is a few pages; the limits are far above the longest one and far below what could tire a
//! machine. They bound what a hostile file can cost in the process that reads it; time and memory of that
//! process are bounded from outside. The price: a very long but honest file must be split.

/// The limits; [`Limits::default`] is what the command line uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub file_bytes: usize,
    /// Bytes that one packed stream (of a PDF) or entry (of a DOCX) may unpack to.
    pub stream_bytes: usize,
    /// Bytes that all streams of a PDF's pages may unpack to together.
    pub total_bytes: usize,
    /// Indirect objects of a PDF.
    pub objects: usize,
    /// Pages of a PDF.
    pub pages: usize,
    /// Drawing operators of a PDF.
    pub operators: usize,
    /// Forms within forms of a PDF.
    pub form_depth: usize,
    /// Characters drawn by a PDF, and bytes of text taken from a DOCX.
    pub characters: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 32 << 20,
            stream_bytes: 16 << 20,
            total_bytes: 64 << 20,
            objects: 200_000,
            pages: 1_000,
            operators: 5_000_000,
            form_depth: 16,
            characters: 4_000_000,
        }
    }
}
