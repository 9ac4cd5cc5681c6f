//! From characters with places to text with layout.
//!
//! Letters are read by their layout: a blank line ends a paragraph, a label and its value share a line, a heading is
//! centred. So lines are rebuilt from baselines and words from gaps, not from the order of drawing: characters are
//! gathered into rows of one baseline, small raised or lowered rows join the row they belong to, rows become
//! lines, and the distance between two baselines says how many line breaks lie between them. Within a line a
//! narrow gap is one space and a wide one moves to the column that the place on the page asks for.
//!
//! The price is that text set in two columns comes out side by side; determination letters have none.

use super::interpret::Glyph;

/// Gap, as a fraction of the font size, from which on two characters belong to two words.
const WORD_GAP: f64 = 0.1;
/// Gap, as a fraction of the font size, from which on two words belong to two columns.
const COLUMN_GAP: f64 = 1.0;
/// Baselines that differ by less than this fraction of the larger font size are one line.
const SAME_LINE: f64 = 0.5;
/// Two prints of a character closer than this fraction of the font size are one (bold by overprinting).
const OVERPRINT: f64 = 0.1;
/// Most line breaks between two lines.
const MAX_BREAKS: usize = 5;
/// Widest indentation or column gap, in spaces.
const MAX_COLUMN: f64 = 200.0;

/// A character in the reading direction of its line: `x` to the right, `y` upwards.
#[derive(Clone, Copy, Debug)]
struct Placed {
    character: char,
    x: f64,
    end: f64,
    y: f64,
    /// How far its own advance leads above its baseline's quarter turn.
    rise: f64,
    size: f64,
}

/// The text of one page, its lines ended by line feeds.
pub(super) fn page(glyphs: &[Glyph]) -> String {
    let mut directions: [Vec<Placed>; 4] = Default::default();
    for glyph in glyphs {
        let (quarter, placed) = place(glyph);
        if let Some(direction) = directions.get_mut(quarter) {
            direction.push(placed);
        }
    }
    // The direction of most of the text first; what stands sideways beside it (stamps, margins) after it.
    directions.sort_by_key(|placed| std::cmp::Reverse(placed.len()));
    directions.into_iter().map(upright).collect()
}

/// The quarter turn that the character's baseline makes, and its place with that turn undone.
fn place(glyph: &Glyph) -> (usize, Placed) {
    let (along, up) = glyph.advance;
    let (quarter, x, y, width, rise) = match (along.abs() >= up.abs(), along >= 0.0, up >= 0.0) {
        (true, true, _) => (0, glyph.x, glyph.y, along, up),
        (true, false, _) => (2, -glyph.x, -glyph.y, -along, -up),
        (false, _, true) => (1, glyph.y, -glyph.x, up, -along),
        (false, _, false) => (3, -glyph.y, glyph.x, -up, along),
    };
    let (end, size) = (x + width, glyph.size.max(0.1));
    (quarter, Placed { character: glyph.character, x, end, y, rise, size })
}

fn upright(mut placed: Vec<Placed>) -> String {
    straighten(&mut placed);
    let pitch = pitch(&placed);
    let lines = lines(placed);
    let left = lines.iter().filter_map(Line::left).fold(f64::INFINITY, f64::min);
    let mut text = String::new();
    let mut above: Option<&Line> = None;
    for line in lines.iter().filter(|line| line.left().is_some()) {
        if let Some(above) = above {
            text.extend(std::iter::repeat_n('\n', above.breaks_before(line)));
        }
        line.write(left, pitch, &mut text);
        above = Some(line);
    }
    if above.is_some() {
        text.push('\n');
    }
    text
}

/// Undoes the slight turn of a page that was scanned askew, so that its lines are level.
fn straighten(placed: &mut [Placed]) {
    let (along, rise) = placed
        .iter()
        .fold((0.0, 0.0), |(along, rise), glyph| (along + glyph.end - glyph.x, rise + glyph.rise));
    if f64::abs(rise) < 1e-4 * along {
        return;
    }
    let length = f64::hypot(along, rise);
    let (cos, sin) = (along / length, rise / length);
    for glyph in placed {
        let width = glyph.end - glyph.x;
        let (x, y) = (glyph.x * cos + glyph.y * sin, glyph.y * cos - glyph.x * sin);
        (glyph.x, glyph.y, glyph.end) = (x, y, x + width);
    }
}

/// The average width of a character: the unit of columns.
fn pitch(placed: &[Placed]) -> f64 {
    let width: f64 = placed.iter().map(|glyph| glyph.end - glyph.x).sum();
    #[expect(
        clippy::cast_precision_loss,
        reason = "the number of characters is limited to millions"
    )]
    let average = width / placed.len().max(1) as f64;
    if average > 0.1 { average } else { 5.0 }
}

#[derive(Debug)]
struct Line {
    /// Baseline of its largest characters.
    y: f64,
    /// Their size.
    size: f64,
    glyphs: Vec<Placed>,
}

/// Gathers the characters into lines from top to bottom.
fn lines(mut placed: Vec<Placed>) -> Vec<Line> {
    placed.sort_by(|one, other| other.y.total_cmp(&one.y));
    let mut lines: Vec<Line> = Vec::new();
    for row in placed.chunk_by(|one, next| one.y - next.y < 0.05 * one.size) {
        let size = row.iter().map(|glyph| glyph.size).fold(0.0, f64::max);
        let y = row.first().map_or(0.0, |glyph| glyph.y);
        match lines.last_mut() {
            Some(line) if line.y - y < SAME_LINE * line.size.max(size) => line.join(y, size, row),
            _ => lines.push(Line { y, size, glyphs: row.to_vec() }),
        }
    }
    for line in &mut lines {
        line.glyphs.sort_by(|one, other| one.x.total_cmp(&other.x));
    }
    lines
}

impl Line {
    /// Adds a row that lies a little lower, such as the line itself below its superscripts.
    fn join(&mut self, y: f64, size: f64, row: &[Placed]) {
        if size > self.size {
            (self.y, self.size) = (y, size);
        }
        self.glyphs.extend_from_slice(row);
    }

    /// Where its first visible character stands.
    fn left(&self) -> Option<f64> {
        self.glyphs.iter().find(|glyph| !glyph.character.is_whitespace()).map(|glyph| glyph.x)
    }

    /// How many line breaks lie between this line and the `next` lower one: as many as lines of this line's own
    /// font size fit between their baselines.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to a few lines first"
    )]
    fn breaks_before(&self, next: &Self) -> usize {
        let fit = (self.y - next.y) / self.size;
        (fit.clamp(1.0, 100.0) as usize).min(MAX_BREAKS)
    }

    fn write(&self, left: f64, pitch: f64, text: &mut String) {
        let mut column = 0.0;
        let mut last: Option<&Placed> = None;
        let mut spaced = false;
        for glyph in &self.glyphs {
            if glyph.character.is_whitespace() {
                spaced = true;
                continue;
            }
            if last.is_some_and(|last| last.character == glyph.character && overprints(last, glyph))
            {
                continue;
            }
            let wanted = ((glyph.x - left) / pitch).round() - column;
            let count = spaces(last, glyph, spaced, wanted);
            text.extend((0..count).map(|_| ' '));
            column += f64::from(count) + push(glyph.character, text);
            last = Some(glyph);
            spaced = false;
        }
    }
}

fn overprints(last: &Placed, glyph: &Placed) -> bool {
    (glyph.x - last.x).abs() < OVERPRINT * glyph.size
        && (glyph.y - last.y).abs() < OVERPRINT * glyph.size
}

/// How many spaces come before `glyph`; `wanted` would bring it to its column.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to a line's width first"
)]
fn spaces(last: Option<&Placed>, glyph: &Placed, spaced: bool, wanted: f64) -> u32 {
    let Some(last) = last else { return wanted.clamp(0.0, MAX_COLUMN) as u32 };
    let gap = (glyph.x - last.end) / last.size.max(glyph.size);
    if gap > COLUMN_GAP {
        wanted.clamp(2.0, MAX_COLUMN) as u32
    } else {
        u32::from(spaced || gap > WORD_GAP)
    }
}

/// Writes a character, ligatures as their letters; returns how many were written.
fn push(character: char, text: &mut String) -> f64 {
    let letters = match character {
        '\u{FB00}' => "ff",
        '\u{FB01}' => "fi",
        '\u{FB02}' => "fl",
        '\u{FB03}' => "ffi",
        '\u{FB04}' => "ffl",
        '\u{FB05}' | '\u{FB06}' => "st",
        _ if character.is_control() => return 0.0,
        _ => {
            text.push(character);
            return 1.0;
        }
    };
    text.push_str(letters);
    if letters.len() == 3 { 3.0 } else { 2.0 }
}
