//! Makes small PDF and DOCX files.

use std::io::{Cursor, Write};

use imr_letter::source::{Limits, SourceError, read_bytes};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A PDF in the making: pages share one set of fonts.
pub(crate) struct Pdf {
    pub(crate) document: Document,
    fonts: Dictionary,
    objects: Dictionary,
    pages: Vec<Vec<u8>>,
}

impl Pdf {
    /// No page yet; the font `F1` is Times with the Windows encoding and no widths of its own.
    pub(crate) fn new() -> Self {
        let times = dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Times-Roman", "Encoding" => "WinAnsiEncoding",
        };
        let (fonts, objects) = (Dictionary::new(), Dictionary::new());
        Self { document: Document::with_version("1.5"), fonts, objects, pages: Vec::new() }
            .font("F1", times)
    }

    pub(crate) fn font(mut self, name: &str, font: Dictionary) -> Self {
        let id = self.document.add_object(font);
        self.fonts.set(name, id);
        self
    }

    pub(crate) fn object(mut self, name: &str, stream: Stream) -> Self {
        let id = self.document.add_object(stream);
        self.objects.set(name, id);
        self
    }

    pub(crate) fn page(mut self, content: impl AsRef<[u8]>) -> Self {
        self.pages.push(content.as_ref().to_vec());
        self
    }

    /// The finished document.
    pub(crate) fn finish(mut self) -> Document {
        let tree = self.document.new_object_id();
        let resources = self
            .document
            .add_object(dictionary! { "Font" => self.fonts, "XObject" => self.objects });
        let mut kids = Vec::new();
        for content in self.pages {
            let mut stream = Stream::new(dictionary! {}, content);
            stream.compress().unwrap();
            let content = self.document.add_object(stream);
            let page = dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content };
            kids.push(Object::Reference(self.document.add_object(page)));
        }
        let count = i64::try_from(kids.len()).unwrap();
        let media_box = vec![0.into(), 0.into(), 612.into(), 792.into()];
        let node = dictionary! {
            "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources, "MediaBox" => media_box,
        };
        self.document.objects.insert(tree, node.into());
        let catalog =
            self.document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
        self.document.trailer.set("Root", catalog);
        self.document
    }

    pub(crate) fn bytes(self) -> Vec<u8> {
        saved(&mut self.finish())
    }

    /// The text that is read from it.
    pub(crate) fn text(self) -> String {
        read_bytes("made.pdf", &self.bytes(), &Limits::default()).unwrap().text
    }
}

pub(crate) fn saved(document: &mut Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// The text of a page that draws `content`.
pub(crate) fn drawn(content: impl AsRef<[u8]>) -> String {
    Pdf::new().page(content).text()
}

/// Content that draws lines of 12 points at the given places.
pub(crate) fn lines(places: &[(f64, f64, &str)]) -> String {
    let line = |(x, y, text): &(f64, f64, &str)| {
        format!("BT /F1 12 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n")
    };
    places.iter().map(line).collect()
}

/// A DOCX with this body.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    zipped(&[(
        "word/document.xml",
        format!("<w:document><w:body>{body}</w:body></w:document>").as_bytes(),
    )])
}

pub(crate) fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

pub(crate) fn error(name: &str, bytes: &[u8]) -> SourceError {
    read_bytes(name, bytes, &Limits::default()).unwrap_err()
}
