//! Files that give no letter say why.

use imr_letter::source::{Limits, Reason, read_bytes};
use lopdf::encryption::{EncryptionState, EncryptionVersion, Permissions};
use lopdf::{Document, Object, Stream, dictionary};

use crate::made::{Pdf, docx, error, lines, saved, zipped};

fn norco() -> Pdf {
    Pdf::new().page(lines(&[(72.0, 700.0, "Norco")]))
}

fn encrypted(user_password: &str) -> Vec<u8> {
    let mut document = norco().finish();
    let id = Object::string_literal(b"0123456789abcdef".to_vec());
    document.trailer.set("ID", vec![id.clone(), id]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    document.encrypt(&state).unwrap();
    saved(&mut document)
}

#[test]
fn a_pdf_that_only_its_owner_may_change_is_read() {
    let letter = read_bytes("a.pdf", &encrypted(""), &Limits::default()).unwrap();
    assert_eq!(letter.text, "Norco\n");
}

#[test]
fn a_pdf_that_asks_for_a_password_says_so() {
    let error = error("a.pdf", &encrypted("secret"));
    assert_eq!(error.reason, Reason::Encrypted);
    assert_eq!(
        error.to_string(),
        "a.pdf: the PDF asks for a password; save a copy without one and use that"
    );
}

#[test]
fn a_scan_without_text_layer_asks_for_text_recognition() {
    let picture =
        dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1 };
    let scan = Pdf::new()
        .object("X1", Stream::new(picture, vec![0]))
        .page("q 612 0 0 792 0 0 cm /X1 Do Q");
    assert_eq!(error("a.pdf", &scan.bytes()).reason, Reason::ImageOnly);
    assert_eq!(error("a.pdf", &Pdf::new().page("").bytes()).reason, Reason::NoText);
}

#[test]
fn damaged_files_name_their_kind() {
    assert_eq!(error("a.pdf", b"%PDF-1.7\nnothing more").reason, Reason::DamagedPdf);
    assert_eq!(error("a.pdf", b"no header").reason, Reason::DamagedPdf);
    assert_eq!(error("a", b"PK\x03\x04 nothing more").reason, Reason::DamagedDocx);
    assert_eq!(error("a.pdf", &Pdf::new().bytes()).reason, Reason::DamagedPdf);
}

#[test]
fn a_page_that_breaks_off_is_a_problem_of_the_letter() {
    let text = format!("{:?}", (0..200).collect::<Vec<i32>>());
    let mut document = norco().page(lines(&[(72.0, 700.0, &text)])).finish();
    let cut = |stream: &mut Stream| {
        let half = stream.content.len() / 2;
        stream.set_content(stream.content[..half].to_vec());
    };
    let packed =
        |object: &&mut Object| object.as_stream().is_ok_and(|stream| stream.dict.has(b"Filter"));
    document
        .objects
        .values_mut()
        .filter(packed)
        .for_each(|object| cut(object.as_stream_mut().unwrap()));
    let letter = read_bytes("a.pdf", &saved(&mut document), &Limits::default()).unwrap();
    assert!(
        letter.problems[0].message.contains("page 2 of the PDF is damaged"),
        "{:?}",
        letter.problems
    );
}

#[test]
fn other_files_are_not_letters() {
    for (bytes, advice) in [
        (&b"\xFF\xD8\xFF\xE0\0\x10JFIF"[..], "run text recognition"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "save it as DOCX"),
        (b"\x7FELF\x02\x01\x01\0\0\0\0", "expected text, PDF or DOCX"),
    ] {
        let error = error("a.bin", bytes);
        assert_eq!(error.reason, Reason::NotALetter);
        assert!(error.to_string().contains(advice), "{error}");
    }
    assert_eq!(error("a.zip", &zipped(&[("a.txt", b"x")])).reason, Reason::NotALetter);
}

#[test]
fn empty_files_are_empty() {
    for (name, bytes) in
        [("a.txt", &b""[..]), ("a.pdf", b""), ("a.txt", b"\n \n"), ("a.docx", &docx("<w:p/>"))]
    {
        assert_eq!(error(name, bytes).reason, Reason::Empty, "{name}");
    }
}

#[test]
fn limits_bound_every_dimension() {
    let limits = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        limits
    };
    let page = lines(&[(72.0, 700.0, "Norco 10/325 mg")]);
    let pdf = Pdf::new().page(&page).page(&page).bytes();
    for limits in [
        limits(|limits| limits.file_bytes = 100),
        limits(|limits| limits.stream_bytes = 20),
        limits(|limits| limits.total_bytes = 70),
        limits(|limits| limits.objects = 3),
        limits(|limits| limits.pages = 1),
        limits(|limits| limits.operators = 5),
        limits(|limits| limits.characters = 10),
    ] {
        let error = read_bytes("a.pdf", &pdf, &limits).unwrap_err();
        assert_eq!(error.reason, Reason::TooLarge, "{limits:?}");
    }
    assert!(read_bytes("a.pdf", &pdf, &Limits::default()).is_ok());
}

#[test]
fn the_content_tells_the_kind_before_the_name_does() {
    let pdf = norco().bytes();
    assert_eq!(read_bytes("letter.txt", &pdf, &Limits::default()).unwrap().text, "Norco\n");
    let fax = [b"FROM 555-0100 PAGE 1\r\n".as_slice(), &pdf].concat();
    assert!(Document::load_mem(&fax).is_ok());
    assert_eq!(read_bytes("fax", &fax, &Limits::default()).unwrap().text, "Norco\n");
}
