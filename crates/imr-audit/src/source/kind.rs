//! What a file is: by its first bytes where they tell, else by its name.

use std::path::Path;

use super::TableKind;

/// File name endings of letters, in lower case.
const LETTERS: [&str; 3] = ["txt", "pdf", "docx"];

/// File name endings of archives of letters, in lower case.
const ARCHIVES: [&str; 7] = [".zip", ".tar", ".tar.gz", ".tgz", ".tar.zst", ".tzst", ".tar.zstd"];

/// What a file or a stream holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One letter.
    Letter,
    /// A zip archive, which a DOCX is too.
    Zip,
    /// A tar archive.
    Tar,
    /// Rows of text.
    Table(TableKind),
    /// A Parquet table.
    Parquet,
    /// A packed stream of any of these.
    Packed(Layer),
}

/// How a stream is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    Gzip,
    Zstd,
}

impl Kind {
    /// The kind of a file.
    pub(super) fn of(name: &str, head: &[u8]) -> Self {
        let lower = name.to_ascii_lowercase();
        let named = |ending: &str| lower.ends_with(ending);
        let ustar = head.get(257..262) == Some(b"ustar");
        match head {
            [0x1F, 0x8B, ..] => Self::Packed(Layer::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Self::Packed(Layer::Zstd),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] if !named(".docx") => Self::Zip,
            [b'P', b'A', b'R', b'1', ..] => Self::Parquet,
            _ if ustar || named(".tar") => Self::Tar,
            _ if named(".jsonl") || named(".ndjson") => Self::Table(TableKind::JsonLines),
            _ if named(".csv") => Self::Table(TableKind::Csv),
            _ if named(".tsv") || named(".tab") => Self::Table(TableKind::Tsv),
            _ if named(".parquet") => Self::Parquet,
            _ if named(".zip") => Self::Zip,
            _ if named(".gz") || named(".tgz") => Self::Packed(Layer::Gzip),
            _ if named(".zst") || named(".tzst") || named(".zstd") => Self::Packed(Layer::Zstd),
            _ => Self::Letter,
        }
    }

    /// The kind of a stream that may have no name: an object in its first line makes it JSON lines.
    pub(super) fn of_stream(name: &str, head: &[u8]) -> Self {
        match Self::of(name, head) {
            Self::Letter if name.is_empty() && head.trim_ascii_start().starts_with(b"{\"") => {
                Self::Table(TableKind::JsonLines)
            }
            kind => kind,
        }
    }
}

/// The name of what a packed file holds.
pub(super) fn unpacked(name: &str) -> &str {
    let cut = |ending: &str| {
        let at = name.len().checked_sub(ending.len())?;
        let (before, after) = name.split_at_checked(at)?;
        after.eq_ignore_ascii_case(ending).then_some(before)
    };
    if cut(".tgz").or_else(|| cut(".tzst")).is_some() {
        return ".tar";
    }
    cut(".gz").or_else(|| cut(".zst")).or_else(|| cut(".zstd")).unwrap_or(name)
}

/// Whether a file is a letter by its name.
pub(crate) fn is_letter(path: &Path) -> bool {
    let extension =
        path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase);
    extension.is_some_and(|extension| LETTERS.contains(&extension.as_str()))
}

/// Whether a file is an archive of letters by its name.
pub(crate) fn is_archive(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase());
    name.is_some_and(|name| ARCHIVES.iter().any(|ending| name.ends_with(ending)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn letters_and_archives_are_told_by_their_extension_in_any_case() {
        assert!(is_letter(Path::new("a/CM17.PDF")));
        assert!(!is_letter(Path::new("a/readme.md")));
        assert!(!is_letter(Path::new("pdf")));
        assert!(is_archive(Path::new("a/2017.TAR.GZ")));
        assert!(!is_archive(Path::new("a/labels.jsonl")));
    }

    #[test]
    fn content_counts_more_than_the_name() {
        assert_eq!(Kind::of("a.csv", b"PK\x03\x04"), Kind::Zip);
        assert_eq!(Kind::of("a.docx", b"PK\x03\x04"), Kind::Letter);
        assert_eq!(Kind::of("a.jsonl", b"\x1F\x8B"), Kind::Packed(Layer::Gzip));
        assert_eq!(Kind::of("a.jsonl", b"{}"), Kind::Table(TableKind::JsonLines));
        assert_eq!(Kind::of_stream("", b" {\"id\""), Kind::Table(TableKind::JsonLines));
        assert_eq!(Kind::of_stream("", b"HOW THE IMR"), Kind::Letter);
    }

    #[test]
    fn packed_names_tell_what_is_inside() {
        assert_eq!(unpacked("a.csv.GZ"), "a.csv");
        assert_eq!(unpacked("a.tgz"), ".tar");
        assert_eq!(unpacked("a.tar.zst"), "a.tar");
        assert_eq!(unpacked("plain"), "plain");
    }
}
