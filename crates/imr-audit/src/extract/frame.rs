//! What a worker and its master say to each other.
//!
//! A request is the file's name and its bytes; an answer is `L` with the text and the problems, or `E` with the name
//! of the reason and a detail. Every part is its length in eight bytes, lowest first, and then its bytes. The format
//! needs no version: both ends are the same program.

use std::io::{self, Read, Write};

use imr_letter::problem::{Problem, ProblemKind};
use imr_letter::source::{Reason, SourceError};
use imr_letter::{Letter, Span};

/// Longest part taken from the other side, in bytes.
const MAX_PART: u64 = 1 << 30;

/// A worker's answer: the file's name stays with the master.
#[derive(Debug)]
pub(super) enum Answer {
    /// The text and what went wrong while it was taken.
    Letter(String, Vec<Problem>),
    /// No text.
    Error(Reason, String),
}

impl Answer {
    /// The answer as the outcome for the file `name`.
    pub(super) fn named(self, name: &str) -> Result<Letter, SourceError> {
        match self {
            Self::Letter(text, problems) => Ok(Letter { name: name.to_owned(), text, problems }),
            Self::Error(reason, detail) => Err(SourceError::new(name, reason).with_detail(detail)),
        }
    }
}

/// Writes a request.
pub(super) fn write_request(output: &mut impl Write, name: &str, bytes: &[u8]) -> io::Result<()> {
    write_part(output, name.as_bytes())?;
    write_part(output, bytes)?;
    output.flush()
}

/// Reads a request; `None` when there are no more.
pub(super) fn read_request(input: &mut impl Read) -> io::Result<Option<(String, Vec<u8>)>> {
    let mut first = [0; 1];
    if input.read(&mut first)? == 0 {
        return Ok(None);
    }
    let mut input = first.as_slice().chain(input);
    let name = read_text(&mut input)?;
    Ok(Some((name, read_part(&mut input)?)))
}

/// Writes an answer.
pub(super) fn write_answer(
    output: &mut impl Write,
    answer: &Result<Letter, SourceError>,
) -> io::Result<()> {
    match answer {
        Ok(letter) => {
            output.write_all(b"L")?;
            write_part(output, letter.text.as_bytes())?;
            write_number(output, letter.problems.len())?;
            letter.problems.iter().try_for_each(|problem| write_problem(output, problem))
        }
        Err(error) => {
            output.write_all(b"E")?;
            write_part(output, error.reason.name().as_bytes())?;
            write_part(output, error.detail.as_bytes())
        }
    }
}

/// Reads an answer.
pub(super) fn read_answer(input: &mut impl Read) -> io::Result<Answer> {
    let mut kind = [0; 1];
    input.read_exact(&mut kind)?;
    match &kind {
        b"L" => {
            let text = read_text(input)?;
            let count = read_number(input)?;
            let problems = (0..count).map(|_| read_problem(input)).collect::<io::Result<_>>()?;
            Ok(Answer::Letter(text, problems))
        }
        b"E" => {
            let reason = Reason::from_name(&read_text(input)?).ok_or_else(broken)?;
            Ok(Answer::Error(reason, read_text(input)?))
        }
        _ => Err(broken()),
    }
}

fn write_problem(output: &mut impl Write, problem: &Problem) -> io::Result<()> {
    write_number(output, usize::from(problem.kind == ProblemKind::Truncated))?;
    write_number(output, problem.span.start)?;
    write_number(output, problem.span.end)?;
    write_part(output, problem.message.as_bytes())
}

/// Reads a problem; a source has two kinds of them.
fn read_problem(input: &mut impl Read) -> io::Result<Problem> {
    let kind = match read_number(input)? {
        0 => ProblemKind::DamagedText,
        _ => ProblemKind::Truncated,
    };
    let place = |number: u64| usize::try_from(number).map_err(|_| broken());
    let span = Span::new(place(read_number(input)?)?, place(read_number(input)?)?);
    Ok(Problem { kind, span, message: read_text(input)? })
}

fn write_number(output: &mut impl Write, number: usize) -> io::Result<()> {
    output.write_all(&(number as u64).to_le_bytes())
}

fn read_number(input: &mut impl Read) -> io::Result<u64> {
    let mut bytes = [0; 8];
    input.read_exact(&mut bytes)?;
    Ok(u64::from_le_bytes(bytes))
}

fn write_part(output: &mut impl Write, part: &[u8]) -> io::Result<()> {
    write_number(output, part.len())?;
    output.write_all(part)
}

fn read_part(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let length = read_number(input)?;
    if length > MAX_PART {
        return Err(broken());
    }
    let mut part = Vec::new();
    let got = input.take(length).read_to_end(&mut part)?;
    if got as u64 == length { Ok(part) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

fn read_text(input: &mut impl Read) -> io::Result<String> {
    String::from_utf8(read_part(input)?).map_err(|_| broken())
}

fn broken() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "expected an answer of the extraction protocol")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_errors_arrive_as_sent() {
        let problem = Problem {
            kind: ProblemKind::DamagedText,
            span: Span::new(3, 6),
            message: "page 2 of the PDF cannot be read".to_owned(),
        };
        let letter =
            Letter { name: "a.pdf".to_owned(), text: "Norco".to_owned(), problems: vec![problem] };
        let error = SourceError::new("a.pdf", Reason::Encrypted).with_detail("owner");
        let mut bytes = Vec::new();
        write_answer(&mut bytes, &Ok(letter.clone())).unwrap();
        write_answer(&mut bytes, &Err(error.clone())).unwrap();
        let mut bytes = bytes.as_slice();
        let back = read_answer(&mut bytes).unwrap().named("a.pdf").unwrap();
        assert_eq!((back.text, back.problems), (letter.text, letter.problems));
        assert_eq!(read_answer(&mut bytes).unwrap().named("a.pdf").unwrap_err(), error);
    }

    #[test]
    fn an_answer_that_breaks_off_or_lies_is_an_error() {
        for bytes in
            [&b""[..], b"L", b"L\x05\0\0\0\0\0\0\0abc", b"X", b"L\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"]
        {
            assert!(read_answer(&mut &*bytes).is_err(), "{bytes:?}");
        }
    }
}
