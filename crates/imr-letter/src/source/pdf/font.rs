//! Fonts as far as text needs them: what a code says and how far it moves on.
//!
//! Text comes from `ToUnicode` first, then from the encoding with its differences. Outlines are never looked at, so a
//! subset font without either gives U+FFFD for each glyph; the caller reports such damage instead of guessing.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object};

use super::cmap::CharacterMap;
use super::encoding::{self, Base};
use super::metrics;
use crate::source::Limits;

/// One character code as drawn.
#[derive(Debug)]
pub(super) struct Code {
    /// What it says; several characters for a ligature, none for a code without text.
    pub text: String,
    /// Advance width as a fraction of the font size.
    pub width: f64,
    /// Whether it is the one-byte code 32, to which word spacing applies.
    pub word_space: bool,
}

/// A font, ready to decode strings.
#[derive(Debug)]
pub(super) enum Font {
    /// One-byte codes: text and width of each.
    Simple(Vec<(String, f64)>),
    /// Composite font.
    Composite(Composite),
}

/// A font whose codes have several bytes.
#[derive(Debug)]
pub(super) struct Composite {
    unicode: CharacterMap,
    /// An embedded character map for the lengths of codes; otherwise two bytes each.
    codes: Option<CharacterMap>,
    /// Whether the codes are UTF-16 themselves.
    utf16: bool,
    widths: BTreeMap<u32, f64>,
    default_width: f64,
}

impl Font {
    /// The font that `dictionary` describes; missing or wrong parts get defaults.
    pub(super) fn read(document: &Document, dictionary: &Dictionary, limits: &Limits) -> Self {
        match name(document, dictionary, b"Subtype") {
            b"Type0" => Self::Composite(Composite::read(document, dictionary, limits)),
            subtype => Self::Simple(simple(document, dictionary, subtype, limits)),
        }
    }

    /// Calls `each` for every code of `bytes`.
    pub(super) fn decode(&self, bytes: &[u8], mut each: impl FnMut(&Code)) {
        match self {
            Self::Simple(codes) => {
                for byte in bytes {
                    let (text, width) = codes.get(usize::from(*byte)).cloned().unwrap_or_default();
                    each(&Code { text, width, word_space: *byte == b' ' });
                }
            }
            Self::Composite(font) => font.decode(bytes, each),
        }
    }
}

impl Composite {
    fn read(document: &Document, dictionary: &Dictionary, limits: &Limits) -> Self {
        let encoding = dictionary.get_deref(b"Encoding", document).ok();
        let encoding_name = encoding.and_then(|object| object.as_name().ok()).unwrap_or_default();
        let codes = encoding.and_then(|object| character_map(object, limits));
        let mut font = Self {
            unicode: to_unicode(document, dictionary, limits).unwrap_or_default(),
            codes,
            utf16: [&b"UCS2"[..], b"UTF16"]
                .iter()
                .any(|part| encoding_name.windows(part.len()).any(|w| w == *part)),
            widths: BTreeMap::new(),
            default_width: 1.0,
        };
        let descendant =
            dictionary.get_deref(b"DescendantFonts", document).and_then(Object::as_array).ok();
        let descendant =
            descendant.and_then(|fonts| resolve(document, fonts.first()?)?.as_dict().ok());
        if let Some(descendant) = descendant {
            font.default_width =
                real(document, descendant.get(b"DW").ok()).map_or(1.0, |width| width / 1000.0);
            font.read_widths(document, descendant);
        }
        font
    }

    /// Reads `W`: `first [w w w]` or `first last w`, repeated.
    fn read_widths(&mut self, document: &Document, descendant: &Dictionary) {
        // Twice as many as there are codes, so that ranges may overlap but not for ever.
        const MOST: usize = 131_072;
        let Ok(array) = descendant.get_deref(b"W", document).and_then(Object::as_array) else {
            return;
        };
        let mut items = array.iter();
        let mut room = MOST;
        while let (Some(first), Some(second)) = (items.next(), items.next()) {
            let Some(first) = real(document, Some(first)) else { return };
            let first = code(first);
            if let Some(widths) =
                resolve(document, second).and_then(|object| object.as_array().ok())
            {
                for (at, width) in (first..).zip(widths).take(room) {
                    self.set_width(at, real(document, Some(width)));
                }
                room = room.saturating_sub(widths.len());
            } else if let (Some(last), width) = (real(document, Some(second)), items.next()) {
                let width = real(document, width);
                let codes = first..=code(last);
                room = room.saturating_sub(codes.clone().count());
                for at in codes {
                    self.set_width(at, width);
                }
            }
            if room == 0 {
                return;
            }
        }
    }

    fn set_width(&mut self, at: u32, width: Option<f64>) {
        if let Some(width) = width {
            self.widths.insert(at, width / 1000.0);
        }
    }

    fn decode(&self, bytes: &[u8], mut each: impl FnMut(&Code)) {
        let mut rest = bytes;
        while let Some(first) = rest.first() {
            let length =
                self.codes.as_ref().and_then(|codes| codes.code_length(*first)).unwrap_or(2);
            let (head, tail) = rest.split_at_checked(length).unwrap_or((rest, &[]));
            rest = tail;
            let code = head.iter().fold(0_u32, |code, byte| code << 8 | u32::from(*byte));
            each(&Code {
                text: self.text(code),
                width: self.widths.get(&code).copied().unwrap_or(self.default_width),
                word_space: head == b" ",
            });
        }
    }

    fn text(&self, code: u32) -> String {
        let own = || self.utf16.then(|| char::from_u32(code).map(String::from)).flatten();
        self.unicode
            .text(code)
            .or_else(own)
            .unwrap_or_else(|| char::REPLACEMENT_CHARACTER.to_string())
    }
}

/// The 256 codes of a simple font.
fn simple(
    document: &Document,
    font: &Dictionary,
    subtype: &[u8],
    limits: &Limits,
) -> Vec<(String, f64)> {
    let base_font = String::from_utf8_lossy(name(document, font, b"BaseFont")).into_owned();
    let unicode = to_unicode(document, font, limits);
    let (base, differences) = encoding_of(document, font, &base_font, subtype);
    let widths = Widths::read(document, font, subtype, base_font);
    (0..=u8::MAX)
        .map(|code| {
            let mapped = || unicode.as_ref()?.text(u32::from(code));
            let encoded = || match differences.get(&code) {
                Some(glyph) => *glyph,
                None => base.character(code),
            };
            let text = mapped().or_else(|| encoded().map(String::from));
            (text.unwrap_or_else(|| undefined(code)), widths.width(code))
        })
        .collect()
}

/// The text of a code that no table knows: none for a control character, else the sign for a lost one.
fn undefined(code: u8) -> String {
    if code < 0x20 { String::new() } else { char::REPLACEMENT_CHARACTER.to_string() }
}

type Differences = BTreeMap<u8, Option<char>>;

/// The base encoding of a simple font, and where it differs.
fn encoding_of(
    document: &Document,
    font: &Dictionary,
    base_font: &str,
    subtype: &[u8],
) -> (Base, Differences) {
    let default = match subtype {
        _ if base_font.contains("Symbol") => Base::Symbol,
        b"TrueType" => Base::WinAnsi,
        _ => Base::Standard,
    };
    match font.get_deref(b"Encoding", document) {
        Ok(Object::Name(name)) => (Base::from_name(name).unwrap_or(default), Differences::new()),
        Ok(Object::Dictionary(encoding)) => {
            let base =
                Base::from_name(name(document, encoding, b"BaseEncoding")).unwrap_or(default);
            let list = encoding.get_deref(b"Differences", document).and_then(Object::as_array);
            (base, list.map(|list| differences(list)).unwrap_or_default())
        }
        _ => (default, Differences::new()),
    }
}

fn differences(list: &[Object]) -> Differences {
    let mut differences = Differences::new();
    let mut code = 0_u8;
    for entry in list {
        match entry {
            Object::Integer(first) => code = u8::try_from(*first).unwrap_or_default(),
            Object::Name(name) => {
                differences.insert(code, encoding::glyph(name));
                code = code.wrapping_add(1);
            }
            _ => {}
        }
    }
    differences
}

/// The widths of a simple font.
struct Widths {
    first: i64,
    stated: Vec<Option<f64>>,
    missing: Option<f64>,
    base_font: String,
    /// From the units of the font to fractions of its size.
    scale: f64,
}

impl Widths {
    fn read(document: &Document, font: &Dictionary, subtype: &[u8], base_font: String) -> Self {
        let stated = font.get_deref(b"Widths", document).and_then(Object::as_array);
        let descriptor = font.get_deref(b"FontDescriptor", document).and_then(Object::as_dict).ok();
        let matrix = font.get_deref(b"FontMatrix", document).and_then(Object::as_array).ok();
        let unit = matrix
            .filter(|_| subtype == b"Type3")
            .and_then(|matrix| real(document, matrix.first()));
        Self {
            first: font
                .get_deref(b"FirstChar", document)
                .and_then(Object::as_i64)
                .unwrap_or_default(),
            stated: stated
                .map(|widths| {
                    widths.iter().take(256).map(|width| real(document, Some(width))).collect()
                })
                .unwrap_or_default(),
            missing: descriptor
                .and_then(|entry| real(document, entry.get(b"MissingWidth").ok()))
                .filter(|w| *w > 0.0),
            base_font,
            scale: unit.unwrap_or(0.001),
        }
    }

    fn width(&self, code: u8) -> f64 {
        let at = usize::try_from(i64::from(code).saturating_sub(self.first)).ok();
        let stated = at.and_then(|at| self.stated.get(at).copied().flatten());
        match stated.or(self.missing) {
            Some(width) => width * self.scale,
            None => metrics::width(&self.base_font, code) / 1000.0,
        }
    }
}

fn to_unicode(document: &Document, font: &Dictionary, limits: &Limits) -> Option<CharacterMap> {
    character_map(font.get_deref(b"ToUnicode", document).ok()?, limits)
}

fn character_map(object: &Object, limits: &Limits) -> Option<CharacterMap> {
    let content =
        object.as_stream().ok()?.get_plain_content_with_limit(limits.stream_bytes).ok()?;
    Some(CharacterMap::parse(&content))
}

fn resolve<'a>(document: &'a Document, object: &'a Object) -> Option<&'a Object> {
    document.dereference(object).ok().map(|(_, object)| object)
}

fn name<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> &'a [u8] {
    dictionary.get_deref(key, document).and_then(Object::as_name).unwrap_or_default()
}

/// The number that `object` is or refers to.
pub(super) fn real(document: &Document, object: Option<&Object>) -> Option<f64> {
    resolve(document, object?)?.as_float().ok().map(f64::from).filter(|number| number.is_finite())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of codes first"
)]
fn code(number: f64) -> u32 {
    number.clamp(0.0, 65_535.0) as u32
}
