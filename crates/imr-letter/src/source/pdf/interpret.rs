//! Runs the text operators of a page and gathers the characters it draws, with their places.
//!
//! Only what moves or shows text is interpreted: graphics state stack, coordinate maps, text state, and forms.
//! Colour, clipping and text rendering mode are ignored: the invisible text of a scanned page is the text one
//! wants. Operators, characters, unpacked bytes and depth are budgeted over the whole document, so forms that draw
//! each other a thousand times end at a limit and not at the end of the machine.

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, Stream};

use super::annotation;
use super::content;
use super::font::{Code, Font};
use super::lexer::{Lexer, Token};
use super::matrix::Matrix;
use crate::source::Limits;

/// One character on a page. Lengths are in points; y grows upwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glyph {
    /// The character.
    pub character: char,
    /// Left end of its baseline.
    pub x: f64,
    /// Height of its baseline.
    pub y: f64,
    /// How far it moves along its baseline, as a vector.
    pub advance: (f64, f64),
    /// Font size as seen on the page.
    pub size: f64,
}

/// A limit was reached; what it limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Exceeded(pub &'static str);

impl Exceeded {
    /// The limit of unpacked bytes.
    pub(super) const UNPACKED: Self = Self("too much unpacked content");
}

/// What is left of the limits, and what pages share.
pub(super) struct Interpreter<'a> {
    document: &'a Document,
    limits: Limits,
    bytes_left: usize,
    operators_left: usize,
    characters_left: usize,
    /// Fonts by the place of their dictionaries in memory.
    fonts: BTreeMap<usize, Rc<Font>>,
    /// Whether any page drew a picture.
    pub pictures: bool,
    /// Whether the content of a form could not be read whole.
    pub damaged: bool,
    glyphs: Vec<Glyph>,
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    character_spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

/// Most saved graphics states; deeper ones share the last.
const MAX_SAVED: usize = 512;
/// Most operands of one operator; the array of a long justified line has some hundred.
const MAX_OPERANDS: usize = 100_000;

impl<'a> Interpreter<'a> {
    /// An interpreter for the pages of `document`.
    pub(super) fn new(document: &'a Document, limits: Limits) -> Self {
        Self {
            document,
            limits,
            bytes_left: limits.total_bytes,
            operators_left: limits.operators,
            characters_left: limits.characters,
            fonts: BTreeMap::new(),
            pictures: false,
            damaged: false,
            glyphs: Vec::new(),
        }
    }

    /// Draws the content of a page.
    pub(super) fn page(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
    ) -> Result<(), Exceeded> {
        self.run(content, resources, Matrix::IDENTITY, 0)
    }

    /// The characters drawn since they were last taken.
    pub(super) fn take_glyphs(&mut self) -> Vec<Glyph> {
        std::mem::take(&mut self.glyphs)
    }

    /// Takes `count` unpacked bytes from the budget.
    pub(super) fn charge(&mut self, count: usize) -> Result<(), Exceeded> {
        self.bytes_left = self.bytes_left.checked_sub(count).ok_or(Exceeded::UNPACKED)?;
        Ok(())
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        ctm: Matrix,
        depth: usize,
    ) -> Result<(), Exceeded> {
        self.charge(content.len())?;
        let mut run = Run::new(self, resources, ctm, depth);
        let mut lexer = Lexer::new(content);
        let mut operands: Vec<Token<'_>> = Vec::new();
        while let Some(token) = lexer.next() {
            let Token::Word(operator) = token else {
                if operands.len() < MAX_OPERANDS {
                    operands.push(token);
                }
                continue;
            };
            run.pages.operators_left = run
                .pages
                .operators_left
                .checked_sub(1)
                .ok_or(Exceeded("too many drawing operators"))?;
            if operator == b"ID" {
                lexer.skip_image_data();
                run.pages.pictures = true;
            }
            run.operator(operator, &operands)?;
            operands.clear();
        }
        Ok(())
    }

    /// Draws a form; one without resources of its own uses those of what draws it.
    pub(super) fn form(
        &mut self,
        form: &'a Stream,
        resources: Option<&'a Dictionary>,
        ctm: Matrix,
        depth: usize,
    ) -> Result<(), Exceeded> {
        if depth > self.limits.form_depth {
            return Err(Exceeded("too many forms within forms"));
        }
        let room = self.limits.stream_bytes.min(self.bytes_left);
        let content = content::unpack(form, room)?;
        self.damaged |= content.damaged;
        let own = form.dict.get_deref(b"Resources", self.document).and_then(Object::as_dict).ok();
        let matrix = annotation::form_matrix(self.document, form);
        self.run(&content.bytes, own.or(resources), matrix.then(ctm), depth)
    }

    fn font(&mut self, resources: Option<&'a Dictionary>, name: &[u8]) -> Option<Rc<Font>> {
        let fonts = resources?.get_deref(b"Font", self.document).and_then(Object::as_dict).ok()?;
        let dictionary = fonts.get_deref(name, self.document).and_then(Object::as_dict).ok()?;
        // A font need not be an object with a number; its place in the document is its identity.
        let place = std::ptr::from_ref(dictionary).addr();
        if let Some(known) = self.fonts.get(&place) {
            return Some(Rc::clone(known));
        }
        let font = Rc::new(Font::read(self.document, dictionary, &self.limits));
        self.fonts.insert(place, Rc::clone(&font));
        Some(font)
    }

    fn draw(&mut self, glyph: Glyph) -> Result<(), Exceeded> {
        self.characters_left =
            self.characters_left.checked_sub(1).ok_or(Exceeded("too many characters"))?;
        let numbers = [glyph.x, glyph.y, glyph.advance.0, glyph.advance.1, glyph.size];
        if numbers.iter().all(|number| number.abs() < 1e6) {
            self.glyphs.push(glyph);
        }
        Ok(())
    }
}

/// One content stream being run.
struct Run<'r, 'a> {
    pages: &'r mut Interpreter<'a>,
    resources: Option<&'a Dictionary>,
    depth: usize,
    state: State,
    saved: Vec<State>,
    text: Matrix,
    line: Matrix,
}

impl<'r, 'a> Run<'r, 'a> {
    fn new(
        pages: &'r mut Interpreter<'a>,
        resources: Option<&'a Dictionary>,
        ctm: Matrix,
        depth: usize,
    ) -> Self {
        let state = State {
            ctm,
            font: None,
            size: 0.0,
            character_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let (text, line) = (Matrix::IDENTITY, Matrix::IDENTITY);
        Self { pages, resources, depth, state, saved: Vec::new(), text, line }
    }

    fn operator(&mut self, operator: &[u8], operands: &[Token<'_>]) -> Result<(), Exceeded> {
        match operator {
            b"Tj" | b"TJ" => return self.show(operands),
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                return self.show(operands);
            }
            b"\"" => {
                self.set_number(b"Tw", operands.first());
                self.set_number(b"Tc", operands.get(1));
                self.next_line(0.0, -self.state.leading);
                return self.show(operands.get(2..).unwrap_or_default());
            }
            b"Do" => return self.form(operands.last()),
            b"q" if self.saved.len() < MAX_SAVED => self.saved.push(self.state.clone()),
            b"Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            b"Tf" => self.set_font(operands),
            b"BT" => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"T*" => self.next_line(0.0, -self.state.leading),
            _ => self.place(operator, operands),
        }
        Ok(())
    }

    /// The operators whose operands are all numbers.
    fn place(&mut self, operator: &[u8], operands: &[Token<'_>]) {
        match (operator, numbers(operands).as_slice()) {
            (b"cm", six) => {
                if let Some(matrix) = Matrix::from_numbers(six) {
                    self.state.ctm = matrix.then(self.state.ctm);
                }
            }
            (b"Tm", six) => {
                if let Some(matrix) = Matrix::from_numbers(six) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            (b"Td", [x, y]) => self.next_line(*x, *y),
            (b"TD", [x, y]) => {
                self.state.leading = -y;
                self.next_line(*x, *y);
            }
            _ => self.set_number(operator, operands.last()),
        }
    }

    fn set_number(&mut self, operator: &[u8], operand: Option<&Token<'_>>) {
        let Some(Token::Number(number)) = operand else { return };
        match operator {
            b"Tc" => self.state.character_spacing = *number,
            b"Tw" => self.state.word_spacing = *number,
            b"Tz" => self.state.scale = number / 100.0,
            b"TL" => self.state.leading = *number,
            b"Ts" => self.state.rise = *number,
            _ => {}
        }
    }

    fn set_font(&mut self, operands: &[Token<'_>]) {
        if let [.., Token::Name(name), Token::Number(size)] = operands {
            self.state.font = self.pages.font(self.resources, name);
            self.state.size = *size;
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }

    fn show(&mut self, operands: &[Token<'_>]) -> Result<(), Exceeded> {
        let Some(font) = self.state.font.clone() else { return Ok(()) };
        for operand in operands {
            match operand {
                Token::String(bytes) => {
                    let mut result = Ok(());
                    font.decode(bytes, |code| result = result.and_then(|()| self.show_code(code)));
                    result?;
                }
                Token::Number(number) => {
                    let shift = -number / 1000.0 * self.state.size * self.state.scale;
                    self.text = Matrix::shift(shift, 0.0).then(self.text);
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn show_code(&mut self, code: &Code) -> Result<(), Exceeded> {
        let State { ctm, size, scale, rise, .. } = self.state;
        let on_page = self.text.then(ctm);
        let width = code.width * size * scale;
        let count = code.text.chars().count().max(1);
        #[expect(clippy::cast_precision_loss, reason = "a code has at most 64 characters")]
        let step = width / count as f64;
        let height = (on_page.c.hypot(on_page.d) * size).abs();
        let mut at = 0.0;
        for character in code.text.chars() {
            let (x, y) = on_page.apply(at, rise);
            let advance = (step * on_page.a, step * on_page.b);
            self.pages.draw(Glyph { character, x, y, advance, size: height })?;
            at += step;
        }
        let spacing = self.state.character_spacing
            + if code.word_space { self.state.word_spacing } else { 0.0 };
        self.text = Matrix::shift(width + spacing * scale, 0.0).then(self.text);
        Ok(())
    }

    fn form(&mut self, operand: Option<&Token<'_>>) -> Result<(), Exceeded> {
        let Some(Token::Name(name)) = operand else { return Ok(()) };
        let Some(stream) = self.object(name) else { return Ok(()) };
        if !matches!(stream.dict.get(b"Subtype").and_then(Object::as_name), Ok(b"Form")) {
            self.pages.pictures = true;
            return Ok(());
        }
        let (resources, ctm) = (self.resources, self.state.ctm);
        self.pages.form(stream, resources, ctm, self.depth + 1)
    }

    fn object(&self, name: &[u8]) -> Option<&'a Stream> {
        let document = self.pages.document;
        let objects =
            self.resources?.get_deref(b"XObject", document).and_then(Object::as_dict).ok()?;
        objects.get_deref(name, document).and_then(Object::as_stream).ok()
    }
}

fn numbers(operands: &[Token<'_>]) -> Vec<f64> {
    let number =
        |token: &Token<'_>| if let Token::Number(number) = token { Some(*number) } else { None };
    operands.iter().filter_map(number).collect()
}
