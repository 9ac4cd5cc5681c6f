//! How often letters and passages count in a fit (`--times PREFIX=N`).

use crate::exit::Failure;

/// How often what begins so counts.
pub(super) struct Times(Vec<(String, usize)>);

impl Times {
    /// Reads each `PREFIX=N`.
    pub(super) fn of(written: &[String]) -> Result<Self, Failure> {
        written.iter().map(|one| pair(one)).collect::<Result<_, _>>().map(Self)
    }

    /// How often a case or passage counts; 1 where nothing is said.
    pub(super) fn get(&self, name: &str) -> usize {
        let own = self.0.iter().find(|(prefix, _)| name.starts_with(prefix.as_str()));
        own.map_or(1, |(_, times)| *times)
    }
}

/// The examples of one source, with as many copies (made by `again`) as make it count so often.
pub(super) fn repeated<T>(once: Vec<T>, times: usize, again: impl Fn(&T) -> T) -> Vec<T> {
    let copies = (1..times).flat_map(|_| once.iter().map(&again)).collect::<Vec<_>>();
    if times == 0 { Vec::new() } else { once.into_iter().chain(copies).collect() }
}

fn pair(written: &str) -> Result<(String, usize), Failure> {
    let parts = written.split_once('=');
    let read = parts.and_then(|(prefix, times)| Some((prefix.to_owned(), times.parse().ok()?)));
    read.ok_or_else(|| {
        Failure::Usage(format!("--times {written}: expected PREFIX=N, such as CM=4"))
    })
}
