//! File names as the editor writes them: `file:///home/nurse/rules/a.yaml`, with `%20` for a space.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The path of a `file:` address; `None` for any other.
pub(crate) fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = rest.get(rest.find('/')?..)?;
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
    }
    Some(PathBuf::from(String::from_utf8(bytes).ok()?))
}

/// The address of a file.
pub(crate) fn uri(path: &Path) -> String {
    let mut out = String::from("file://");
    for byte in path.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_from_its_address() {
        let path_of = PathBuf::from("/home/a nurse/règles/a.yaml");
        assert_eq!(uri(&path_of), "file:///home/a%20nurse/r%C3%A8gles/a.yaml");
        assert_eq!(path(&uri(&path_of)), Some(path_of));
        assert_eq!(path("untitled:1"), None);
    }
}
