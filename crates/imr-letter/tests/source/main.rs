//! Reading self-made files: the layouts, fonts and encodings that PDFs use, and files that are meant to harm.

#[cfg(test)]
mod fonts;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod layout;
#[cfg(test)]
mod made;
#[cfg(test)]
mod refusals;
