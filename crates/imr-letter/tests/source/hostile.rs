//! Files that are meant to harm, and a thousand files damaged at random from a fixed seed: each gives a letter or a
//! one-line error that names it, soon, and nothing else.

use std::time::{Duration, Instant};

use imr_letter::source::{Limits, Reason, read_bytes};
use lopdf::{Object, Stream, dictionary};

use crate::made::{Pdf, docx, error, lines, saved, zipped};

/// A file that is small must not take longer than this, even without optimisation on a busy machine.
const SOON: Duration = Duration::from_secs(8);

fn harmless(name: &str, bytes: &[u8]) {
    let start = Instant::now();
    if let Err(error) = read_bytes(name, bytes, &Limits::default()) {
        let message = error.to_string();
        assert!(
            message.starts_with(&format!("{name}: ")) && !message.contains('\n'),
            "{message:?}"
        );
    }
    assert!(start.elapsed() < SOON, "{name} took {:?}", start.elapsed());
}

/// Numbers that look random and are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap()
    }

    fn damage(&mut self, file: &[u8]) -> Vec<u8> {
        let mut bytes = file.to_vec();
        let at = self.below(bytes.len());
        let end = (at + 1 + self.below(2000)).min(bytes.len());
        match self.below(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..end)),
            2 => drop(bytes.drain(..at)),
            3 => {
                let copy = bytes[at..end].to_vec();
                bytes.splice(at..at, copy);
            }
            4 => {
                for _ in 0..=self.below(60) {
                    let at = self.below(bytes.len());
                    bytes[at] ^= 1 << self.below(8);
                }
            }
            5 => {
                let junk = [&b"[<<("[..], b"<w:p>", b"</", b"0 0 obj", b"\0\xFF", b"99999999999"]
                    [self.below(6)];
                bytes.splice(at..at, junk.repeat(1 + self.below(50)));
            }
            _ => {
                for _ in 0..10 {
                    let at = self.below(bytes.len());
                    if bytes[at].is_ascii_digit() {
                        bytes[at] = b'0' + u8::try_from(self.below(10)).unwrap();
                    }
                }
            }
        }
        bytes
    }
}

fn letter() -> String {
    let mut places = Vec::new();
    for line in 0..40 {
        places.push((
            72.0,
            720.0 - 14.0 * f64::from(line),
            "There is no documentation of functional improvement.",
        ));
    }
    lines(&places)
}

#[test]
fn damaged_pdfs() {
    let plain = Pdf::new().page(letter()).page(letter()).bytes();
    let mut modern = Pdf::new().page(letter()).finish();
    let mut packed = Vec::new();
    modern.save_modern(&mut packed).unwrap();
    let mut random = Random(20_170_120);
    for round in 0..500 {
        let source = if round % 2 == 0 { &plain } else { &packed };
        harmless("damaged.pdf", &random.damage(source));
    }
}

#[test]
fn damaged_docx_and_texts() {
    let paragraph =
        "<w:p><w:r><w:t>There is no documentation &amp; no improvement.</w:t></w:r></w:p>";
    let file = docx(&paragraph.repeat(40));
    let text = "Patient\u{2019}s pain: 8/10.\r\n".repeat(100);
    let mut random = Random(20_161_013);
    for round in 0..500 {
        if round % 2 == 0 {
            harmless("damaged.docx", &random.damage(&file));
        } else {
            harmless("damaged.txt", &random.damage(text.as_bytes()));
        }
    }
}

#[test]
fn damaged_xml_within_a_sound_archive() {
    let paragraph = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>no &#x41; improvement</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let xml = format!("<w:document>{}</w:document>", paragraph.repeat(10));
    let mut random = Random(20_161_014);
    for _ in 0..200 {
        harmless("damaged.docx", &zipped(&[("word/document.xml", &random.damage(xml.as_bytes()))]));
    }
}

#[test]
fn damaged_content_within_a_sound_pdf() {
    let mut random = Random(20_161_015);
    let content = letter();
    for _ in 0..200 {
        harmless("damaged.pdf", &Pdf::new().page(random.damage(content.as_bytes())).bytes());
    }
}

#[test]
fn nesting_a_hundred_thousand_deep() {
    for open in ["[", "<<", "(", "<</A ", "q ", "{"] {
        harmless("deep.pdf", &Pdf::new().page(open.repeat(100_000)).bytes());
        harmless(
            "deep.pdf",
            format!("%PDF-1.4\n1 0 obj\n{}\nendobj\n", open.repeat(100_000)).as_bytes(),
        );
    }
    assert_eq!(error("deep.docx", &docx(&"<w:tc>".repeat(100_000))).reason, Reason::DamagedDocx);
}

#[test]
fn forms_that_draw_each_other() {
    let form = |content: &str| {
        Stream::new(
            dictionary! { "Type" => "XObject", "Subtype" => "Form" },
            content.as_bytes().to_vec(),
        )
    };
    let twice = "/A Do /B Do ".repeat(20);
    let pdf = Pdf::new().object("A", form(&twice)).object("B", form(&twice)).page(&twice);
    assert_eq!(error("forms.pdf", &pdf.bytes()).reason, Reason::TooLarge);
}

#[test]
fn a_page_tree_that_bites_its_tail() {
    let mut document = Pdf::new().page(letter()).finish();
    let tree = document.catalog().unwrap().get(b"Pages").unwrap().as_reference().unwrap();
    let node = document.get_dictionary_mut(tree).unwrap();
    node.set("Kids", vec![tree.into(), tree.into()]);
    node.set("Parent", tree);
    harmless("tail.pdf", &saved(&mut document));
}

#[test]
fn bombs_stop_at_the_limit() {
    let bomb = Pdf::new().page(vec![b' '; 20 << 20]).bytes();
    assert!(bomb.len() < 100_000);
    assert_eq!(error("bomb.pdf", &bomb).reason, Reason::TooLarge);
    let bomb = zipped(&[("word/document.xml", &vec![b' '; 20 << 20])]);
    assert!(bomb.len() < 100_000);
    assert_eq!(error("bomb.docx", &bomb).reason, Reason::TooLarge);
}

#[test]
fn fifty_megabytes_of_one_line() {
    assert_eq!(error("line.txt", &vec![b'A'; 50 << 20]).reason, Reason::TooLarge);
    let line = "no documentation ".repeat(1 << 20);
    assert_eq!(read_bytes("line.txt", line.as_bytes(), &Limits::default()).unwrap().text, line);
}

#[test]
fn fonts_that_claim_the_same_widths_over_and_over() {
    let mut pdf = Pdf::new();
    let widths: Vec<Object> =
        [0, 65_535, 500].repeat(20_000).into_iter().map(Object::Integer).collect();
    let descendant = dictionary! { "Type" => "Font", "Subtype" => "CIDFontType2", "W" => widths };
    let descendant = pdf.document.add_object(descendant);
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![descendant.into()],
    };
    harmless("widths.pdf", &pdf.font("F2", font).page("BT /F2 12 Tf (abcd) Tj ET").bytes());
}

#[test]
fn fonts_without_a_number_chosen_over_and_over() {
    let mut document = Pdf::new().page("BT /F9 12 Tf ".repeat(100_000) + "(Norco) Tj ET").finish();
    let font = dictionary! { "Type" => "Font", "Subtype" => "TrueType", "BaseFont" => "Arial" };
    let page = document.page_iter().next().unwrap();
    let resources = dictionary! { "Font" => dictionary! { "F9" => font } };
    document.get_dictionary_mut(page).unwrap().set("Resources", resources);
    harmless("fonts.pdf", &saved(&mut document));
}
