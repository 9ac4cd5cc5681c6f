//! Bytes to the text of a rule file.

use super::diagnostic::Diagnostic;
use super::node::Place;
use super::read::MAX_FILE_BYTES;

/// The text of a rule file. The caller need not read more than one byte beyond [`MAX_FILE_BYTES`] to have a file refused.
///
/// # Errors
/// A file that is too large, or that is no UTF-8.
pub fn text(file: &str, bytes: Vec<u8>) -> Result<String, Box<Diagnostic>> {
    if bytes.len() > MAX_FILE_BYTES {
        let message = format!("the file is larger than the limit of {MAX_FILE_BYTES} bytes");
        let diagnostic =
            Diagnostic::new("yaml-too-large", &Place::new(&file.into(), 0, 0), message);
        return Err(Box::new(diagnostic.help("split it into several files")));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("the file is no UTF-8 text from byte {at} on");
        let place = Place::new(&file.into(), at, at);
        Box::new(Diagnostic::new("yaml-not-text", &place, message).help("save it as UTF-8"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_and_one_that_is_no_text_are_refused() {
        let code = |bytes: Vec<u8>| text("a.yaml", bytes).map_err(|error| error.code);
        assert_eq!(code(b"id: a".to_vec()), Ok("id: a".to_owned()));
        assert_eq!(code(vec![b' '; MAX_FILE_BYTES + 1]), Err("yaml-too-large"));
        assert_eq!(code(vec![b'a', 0xff, b'b']), Err("yaml-not-text"));
    }
}
