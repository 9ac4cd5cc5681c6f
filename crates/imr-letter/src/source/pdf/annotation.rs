//! Annotations that show text: filled-in form fields and typed notes.
//!
//! A letter that was filled into a form has its values not in the page but in the appearance of its fields, a form each
//! that is drawn into the field's rectangle. Links and pop-ups show nothing of their own.

use lopdf::{Dictionary, Document, Object, Stream};

use super::font::real;
use super::matrix::Matrix;

/// Bits of the flags that keep an annotation off the page: hidden, no view.
const UNSEEN: i64 = 0b10_0010;

/// Most annotations of a page that are drawn.
const MOST: usize = 2_000;

/// What the page's annotations draw, each with the map from its form to the page.
pub(super) fn drawn<'a>(document: &'a Document, page: &'a Dictionary) -> Vec<(&'a Stream, Matrix)> {
    let annotations = page.get_deref(b"Annots", document).and_then(Object::as_array);
    let dictionaries = annotations.into_iter().flatten().take(MOST).filter_map(|annotation| {
        document.dereference(annotation).ok().and_then(|(_, annotation)| annotation.as_dict().ok())
    });
    dictionaries.filter_map(|annotation| appearance(document, annotation)).collect()
}

fn appearance<'a>(
    document: &'a Document,
    annotation: &'a Dictionary,
) -> Option<(&'a Stream, Matrix)> {
    let flags = annotation.get_deref(b"F", document).and_then(Object::as_i64).unwrap_or_default();
    let subtype = annotation.get_deref(b"Subtype", document).and_then(Object::as_name).ok()?;
    if flags & UNSEEN != 0 || matches!(subtype, b"Link" | b"Popup") {
        return None;
    }
    let states = annotation.get_deref(b"AP", document).and_then(Object::as_dict).ok()?;
    let form = match states.get_deref(b"N", document).ok()? {
        Object::Stream(form) => form,
        Object::Dictionary(states) => {
            let state = annotation.get_deref(b"AS", document).and_then(Object::as_name).ok()?;
            states.get_deref(state, document).and_then(Object::as_stream).ok()?
        }
        _ => return None,
    };
    let target = numbers::<4>(document, annotation, b"Rect")?;
    Some((form, fit(document, form, target)))
}

/// The map that brings the form's own box, after its own map, to the rectangle on the page.
fn fit(document: &Document, form: &Stream, target: [f64; 4]) -> Matrix {
    let own = form_matrix(document, form);
    let Some([left, bottom, right, top]) = numbers::<4>(document, &form.dict, b"BBox") else {
        return Matrix::shift(target[0].min(target[2]), target[1].min(target[3]));
    };
    let corners =
        [(left, bottom), (right, bottom), (left, top), (right, top)].map(|(x, y)| own.apply(x, y));
    let low =
        corners.iter().fold((f64::MAX, f64::MAX), |low, at| (low.0.min(at.0), low.1.min(at.1)));
    let high =
        corners.iter().fold((f64::MIN, f64::MIN), |high, at| (high.0.max(at.0), high.1.max(at.1)));
    let scale = |target: f64, own: f64| if own.abs() > 1e-6 { target.abs() / own } else { 1.0 };
    let (a, d) = (
        scale(target[2] - target[0], high.0 - low.0),
        scale(target[3] - target[1], high.1 - low.1),
    );
    let (x, y) = (target[0].min(target[2]), target[1].min(target[3]));
    Matrix { a, d, e: x - low.0 * a, f: y - low.1 * d, ..Matrix::IDENTITY }
}

/// A form's own map.
pub(super) fn form_matrix(document: &Document, form: &Stream) -> Matrix {
    numbers::<6>(document, &form.dict, b"Matrix")
        .and_then(|six| Matrix::from_numbers(&six))
        .unwrap_or(Matrix::IDENTITY)
}

/// The `N` numbers of an entry.
pub(super) fn numbers<const N: usize>(
    document: &Document,
    dictionary: &Dictionary,
    key: &[u8],
) -> Option<[f64; N]> {
    let array = dictionary.get_deref(key, document).and_then(Object::as_array).ok()?;
    let numbers: Vec<f64> = array.iter().filter_map(|item| real(document, Some(item))).collect();
    numbers.try_into().ok()
}
