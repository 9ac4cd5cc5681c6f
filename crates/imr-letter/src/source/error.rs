//! Why a file gave no letter.
//!
//! One error is one line for the person who runs an audit of thousands of files: it names the file, says what was
//! expected and what to do. The reason is a closed enum with a stable name, so that it can cross a process
//! boundary ([`Reason::from_name`]) and be counted in a summary. It carries no letter content.

use std::fmt;

/// A file that gave no letter, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceError {
    /// The file, as the user named it.
    pub name: String,
    /// What is wrong with it.
    pub reason: Reason,
    /// More about it: a limit, a place, the message of the layer below. May be empty.
    pub detail: String,
}

/// What can be wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// It holds no byte, or nothing but white space.
    Empty,
    /// It could not be opened or read.
    Unreadable,
    /// A PDF that asks for a password.
    Encrypted,
    /// A PDF of scanned pages without a text layer.
    ImageOnly,
    /// A PDF that has pages, but neither text nor pictures.
    NoText,
    /// A PDF that cannot be read.
    DamagedPdf,
    /// A DOCX that cannot be read.
    DamagedDocx,
    /// It exceeds a limit, packed or unpacked.
    TooLarge,
    /// Neither text nor PDF nor DOCX.
    NotALetter,
    /// Reading it took too long.
    TimeLimit,
    /// Reading it took too much memory.
    MemoryLimit,
    /// The process that read it ended before it answered.
    Crashed,
}

impl Reason {
    const ALL: [Self; 12] = [
        Self::Empty,
        Self::Unreadable,
        Self::Encrypted,
        Self::ImageOnly,
        Self::NoText,
        Self::DamagedPdf,
        Self::DamagedDocx,
        Self::TooLarge,
        Self::NotALetter,
        Self::TimeLimit,
        Self::MemoryLimit,
        Self::Crashed,
    ];

    /// The stable name, as used in machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Unreadable => "unreadable",
            Self::Encrypted => "encrypted",
            Self::ImageOnly => "image_only",
            Self::NoText => "no_text",
            Self::DamagedPdf => "damaged_pdf",
            Self::DamagedDocx => "damaged_docx",
            Self::TooLarge => "too_large",
            Self::NotALetter => "not_a_letter",
            Self::TimeLimit => "time_limit",
            Self::MemoryLimit => "memory_limit",
            Self::Crashed => "crashed",
        }
    }

    /// The reason of that stable name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// What is wrong, and what to do about it.
    fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::Empty => ("the file is empty", "expected the text of a determination letter"),
            Self::Unreadable => {
                ("cannot be read", "check that the file exists and that you may read it")
            }
            Self::Encrypted => {
                ("the PDF asks for a password", "save a copy without one and use that")
            }
            Self::ImageOnly => (
                "the PDF holds page pictures without a text layer",
                "run text recognition (OCR) on it first",
            ),
            Self::NoText => {
                ("the PDF holds no text", "expected the text of a determination letter")
            }
            Self::DamagedPdf => {
                ("the PDF is damaged", "save it again from a PDF viewer, or get a fresh copy")
            }
            Self::DamagedDocx => {
                ("the DOCX is damaged", "save it again from a word processor, or get a fresh copy")
            }
            Self::TooLarge => {
                ("larger than a determination letter can be", "split it into single letters")
            }
            Self::NotALetter => ("not a letter", "expected text, PDF or DOCX"),
            Self::TimeLimit => {
                ("reading it took too long", "save it again from its program, or leave it out")
            }
            Self::MemoryLimit => (
                "reading it took too much memory",
                "save it again from its program, or leave it out",
            ),
            Self::Crashed => {
                ("reading it failed", "save it again from its program, or leave it out")
            }
        }
    }
}

impl SourceError {
    /// The error that `name` has because of `reason`.
    pub fn new(name: impl Into<String>, reason: Reason) -> Self {
        Self { name: name.into(), reason, detail: String::new() }
    }

    /// The same error with more about it.
    #[must_use]
    pub fn with_detail(mut self, detail: impl fmt::Display) -> Self {
        self.detail = detail.to_string();
        self
    }
}

impl fmt::Display for SourceError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, advice) = self.reason.message();
        write!(out, "{}: {what}", self.name)?;
        if !self.detail.is_empty() {
            write!(out, " ({})", self.detail)?;
        }
        write!(out, "; {advice}")
    }
}

impl std::error::Error for SourceError {}
