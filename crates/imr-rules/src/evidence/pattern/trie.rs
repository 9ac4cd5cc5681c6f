//! All patterns in one trie over symbols: grown pattern by pattern, then frozen for matching.

use imr_letter::fixed;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::arcs::{Arcs, Mask, Place};
use super::nodes::{FEW, Gap, Node};
use super::{GAP, Match, PatternId, Step, Symbol};

/// A trie that grows.
#[derive(Clone, Debug, Default)]
pub(super) struct Growing {
    children: FxHashMap<(u32, Step), u32>,
    /// Nodes with the patterns that end there.
    accepts: Vec<(u32, PatternId)>,
    /// Nodes besides the root, which is 0.
    count: u32,
}

impl Growing {
    /// Adds a pattern, given as the alternatives of each of its elements; `None` is an element left out.
    pub(super) fn insert(&mut self, elements: &[Vec<Option<Step>>], id: PatternId) {
        let mut ends = vec![0];
        for steps in elements {
            let mut next = Vec::with_capacity(ends.len() * steps.len());
            for at in ends {
                next.extend(steps.iter().map(|step| step.map_or(at, |step| self.child(at, step))));
            }
            next.sort_unstable();
            next.dedup();
            ends = next;
        }
        self.accepts.extend(ends.into_iter().map(|end| (end, id)));
    }

    fn child(&mut self, at: u32, step: Step) -> u32 {
        let count = &mut self.count;
        *self.children.entry((at, step)).or_insert_with(|| {
            *count += 1;
            *count
        })
    }

    /// The children of all nodes, those of each node in a row, and where each row begins.
    fn by_node(&self) -> (Vec<(Step, u32)>, Vec<usize>) {
        let mut ends = vec![0; self.count as usize + 2];
        let mut count = |at: u32| {
            if let Some(end) = ends.get_mut(at as usize + 1) {
                *end += 1;
            }
        };
        self.children.keys().for_each(|(at, _)| count(*at));
        let mut sum = 0;
        for end in &mut ends {
            sum += *end;
            *end = sum;
        }
        let mut free = ends.clone();
        let mut rows = vec![(Step::Gap(0), 0); self.children.len()];
        self.children.iter().for_each(|((at, step), to)| {
            let place = free.get_mut(*at as usize);
            if let Some(place) = place
                && let Some(row) = rows.get_mut(*place)
            {
                *row = (*step, *to);
                *place += 1;
            }
        });
        (rows, ends)
    }

    /// The trie for matching, with `symbols` different symbols.
    pub(super) fn freeze(&self, symbols: u32) -> Trie {
        let mut trie = Trie { first: vec![0; symbols as usize], ..Trie::default() };
        let (mut rows, ends) = self.by_node();
        let places: Vec<(usize, usize)> =
            ends.iter().copied().zip(ends.iter().skip(1).copied()).collect();
        for (start, end) in &places {
            rows.get_mut(*start..*end).unwrap_or_default().sort_unstable();
        }
        let (order, renumbered) = laid_out(&rows, &places);
        let number = |node: u32| renumbered.get(node as usize).copied().unwrap_or_default();
        let accepts = self.accepts.iter().map(|(node, pattern)| (number(*node), *pattern));
        let mut accepts: Vec<(u32, PatternId)> = accepts.collect();
        accepts.sort_unstable();
        accepts.dedup();
        let mut accepts = accepts.into_iter().peekable();
        for (at, node) in (0..).zip(order) {
            let (start, end) = places.get(node as usize).copied().unwrap_or_default();
            let mut node = trie.end();
            for &(step, to) in rows.get(start..end).unwrap_or_default() {
                let to = number(to);
                match step {
                    Step::Take(symbol) => {
                        trie.symbols.push(symbol);
                        trie.targets.push(to);
                    }
                    Step::Gap(width) => trie.gaps.push(Gap::new(width, to)),
                }
            }
            node.symbols = trie.summed_up(node.edges);
            while let Some((_, pattern)) = accepts.next_if(|(node, _)| *node == at) {
                trie.accepts.push(pattern);
            }
            trie.nodes.push(node);
        }
        trie.nodes.push(trie.end());
        trie.sum_up_gaps();
        trie.list_first();
        trie
    }
}

/// The nodes in the order in which walks come to them, each before what follows from it and gaps first, and the number of each
/// node in it: what is visited together then stands together in memory.
fn laid_out(rows: &[(Step, u32)], places: &[(usize, usize)]) -> (Vec<u32>, Vec<u32>) {
    let mut order = Vec::with_capacity(places.len());
    let mut renumbered = vec![0; places.len()];
    let mut open = vec![0];
    while let Some(node) = open.pop() {
        if let Some(number) = renumbered.get_mut(node as usize) {
            *number = length(&order);
        }
        order.push(node);
        let (start, end) = places.get(node as usize).copied().unwrap_or_default();
        let own = rows.get(start..end).unwrap_or_default();
        let of_kind = |gap: bool| {
            own.iter().rev().filter(move |(step, _)| matches!(step, Step::Gap(_)) == gap)
        };
        // The last that is put there is the next.
        open.extend(of_kind(false).chain(of_kind(true)).map(|(_, to)| *to));
    }
    (order, renumbered)
}

fn length<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

/// A frozen trie.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Trie {
    #[serde(with = "fixed")]
    nodes: Vec<Node>,
    /// Those of nodes with more than a few symbols.
    #[serde(with = "fixed")]
    masks: Vec<Mask>,
    /// The symbols of all edges, sorted for each node, and where each leads.
    #[serde(with = "fixed")]
    symbols: Vec<Symbol>,
    #[serde(with = "fixed")]
    targets: Vec<u32>,
    #[serde(with = "fixed")]
    gaps: Vec<Gap>,
    #[serde(with = "fixed")]
    accepts: Vec<PatternId>,
    /// Where the root's edges lead, by symbol; 0 is nowhere.
    #[serde(with = "fixed")]
    first: Vec<u32>,
}

impl Trie {
    /// A node whose edges, gaps and patterns begin where the lists end now.
    fn end(&self) -> Node {
        Node {
            edges: length(&self.symbols),
            gaps: length(&self.gaps),
            accepts: length(&self.accepts),
            symbols: 0,
        }
    }

    /// What the symbols from a place to the last are, in short.
    fn summed_up(&mut self, from: u32) -> u32 {
        let own = self.symbols.get(from as usize..).unwrap_or_default();
        let mut few = [0; FEW];
        if own.len() <= FEW {
            few.iter_mut().zip(own).for_each(|(one, symbol)| *one = Mask::bit(*symbol));
            return u32::from_le_bytes(few);
        }
        let mut mask = Mask::default();
        for symbol in own {
            mask.add(*symbol);
        }
        self.masks.push(mask);
        length(&self.masks) - 1
    }

    /// Whether a node of so many symbols, which are these in short, may have any of the symbols in a mask.
    fn may_have(&self, count: usize, symbols: u32, mask: &Mask) -> bool {
        match symbols.to_le_bytes().get(..count) {
            Some(few) => few.iter().any(|bit| mask.has(*bit)),
            None => self.masks.get(symbols as usize).is_some_and(|own| own.meets(mask)),
        }
    }

    /// Tells every gap what stands behind it.
    fn sum_up_gaps(&mut self) {
        for gap in &mut self.gaps {
            let behind = self.nodes.get(gap.to as usize..).and_then(<[Node]>::first_chunk);
            let Some([here, next]) = behind else { continue };
            if here.accepts == next.accepts && here.gaps == next.gaps {
                let count = (next.edges.saturating_sub(here.edges) as usize).min(FEW + 1);
                gap.words = u8::try_from(count).unwrap_or_default();
                gap.symbols = here.symbols;
            }
        }
    }

    fn list_first(&mut self) {
        let edges = self.nodes.get(1).map_or(0, |next| next.edges as usize);
        for (symbol, to) in self.symbols.iter().zip(&self.targets).take(edges) {
            if let Some(first) = self.first.get_mut(symbol.0 as usize) {
                *first = *to;
            }
        }
    }

    /// Adds every match that begins at a token.
    pub(super) fn find(&self, start: usize, arcs: &Arcs, found: &mut Vec<Match>) {
        let Some([root, next]) = self.nodes.get(..2) else { return };
        let mut walk = Walk { trie: self, arcs, start, found };
        // A phrase of a group that is optional as a whole stands everywhere.
        walk.accept(root.accepts, next.accepts, start);
        for arc in arcs.at(start) {
            let to = self.first.get(arc.symbol.0 as usize).copied().unwrap_or_default();
            if to != 0 {
                walk.on(to, arc.end as usize);
            }
        }
        walk.over_gaps(root.gaps, next.gaps, start);
    }

    /// A node and the one after it, where its lists end.
    fn pair(&self, node: u32) -> Option<&[Node; 2]> {
        self.nodes.get(node as usize..)?.first_chunk()
    }

    fn edges(&self, from: u32, to: u32) -> (&[Symbol], &[u32]) {
        let range = from as usize..to as usize;
        (
            self.symbols.get(range.clone()).unwrap_or_default(),
            self.targets.get(range).unwrap_or_default(),
        )
    }
}

/// A walk through the trie along a text.
struct Walk<'w> {
    trie: &'w Trie,
    arcs: &'w Arcs,
    start: usize,
    found: &'w mut Vec<Match>,
}

impl<'w> Walk<'w> {
    /// Goes on from a node at a token.
    fn on(&mut self, node: u32, at: usize) {
        let Some([here, next]) = self.trie.pair(node) else { return };
        if here.accepts < next.accepts {
            self.accept(here.accepts, next.accepts, at);
        }
        if here.edges < next.edges
            && let Some(place) = self.arcs.place(at)
        {
            self.take(here, next, place);
        }
        if here.gaps < next.gaps {
            self.over_gaps(here.gaps, next.gaps, at);
        }
    }

    /// Goes on along the edges of a node that what begins at a place has.
    fn take(&mut self, here: &'w Node, next: &'w Node, place: &Place) {
        let count = next.edges.saturating_sub(here.edges) as usize;
        if !self.trie.may_have(count, here.symbols, &place.mask) {
            return;
        }
        let arcs = self.arcs.of(*place);
        let (symbols, targets) = self.trie.edges(here.edges, next.edges);
        for arc in arcs {
            if let Ok(edge) = symbols.binary_search(&arc.symbol)
                && let Some(to) = targets.get(edge)
            {
                self.on(*to, arc.end as usize);
            }
        }
    }

    fn accept(&mut self, from: u32, to: u32, end: usize) {
        let accepts = self.trie.accepts.get(from as usize..to as usize).unwrap_or_default();
        let start = self.start;
        self.found.extend(accepts.iter().map(|&pattern| Match { pattern, start, end }));
    }

    /// Goes on behind each gap, over no token to as many as it is wide.
    fn over_gaps(&mut self, from: u32, to: u32, at: usize) {
        let gaps = self.trie.gaps.get(from as usize..to as usize).unwrap_or_default();
        for &Gap { to, symbols, width, words } in gaps {
            let (width, words) = (usize::from(width), usize::from(words));
            let ahead = |place: &Place| self.trie.may_have(words, symbols, &place.ahead);
            if words > 0 && width <= GAP && !self.arcs.place(at).is_some_and(ahead) {
                continue;
            }
            let Some([here, next]) = self.trie.pair(to) else { continue };
            let places = self.arcs.places(at, width);
            if words > 0 {
                for place in places {
                    self.take(here, next, place);
                    if place.stops {
                        break;
                    }
                }
                continue;
            }
            let stop = places.iter().position(|place| place.stops);
            // Behind the last token, too, a pattern may end.
            for over in at..=at + stop.unwrap_or(width.min(places.len())) {
                self.on(to, over);
            }
        }
    }
}
