//! A map that holds a bounded number of groups and does not care in which order they come.
//!
//! Keys are hashes. When there are more keys than room, those with the smallest hashes stay. A key that is among the
//! smallest of all is among the smallest at every moment before, so it was never thrown out and its count is complete;
//! which keys stay depends on the batch and not on its order. The same holds for a bound on all that groups keep, because
//! what a group keeps only grows. Cutting off by "first come" would be simpler and give
//! another report for every order of the input. The price: groups are sampled blindly, large ones as well as small ones,
//! and the report must say which share of the groups was followed ([`Bounded::followed`]).

use std::collections::BTreeMap;

/// A map from hashes to groups, at most `room` of them, and at most `most` things kept in all of them together.
#[derive(Clone, Debug)]
pub struct Bounded<V> {
    room: usize,
    most: usize,
    /// Things kept in all groups.
    kept: usize,
    /// The groups, each with the number of things that it keeps.
    groups: BTreeMap<u64, (V, usize)>,
    /// The smallest key that there was no room for: from there on nothing is followed.
    limit: Option<u64>,
}

impl<V> Bounded<V> {
    /// An empty map with room for so many groups.
    pub fn new(room: usize) -> Self {
        Self::keeping(room, usize::MAX)
    }

    /// The same with room for so many things in all groups together, of which [`Bounded::keep`] tells.
    pub fn keeping(room: usize, most: usize) -> Self {
        Self { room, most, kept: 0, groups: BTreeMap::new(), limit: None }
    }

    /// The group of a key, made when it is new; `None` when there is no room for it.
    pub fn group(&mut self, key: u64, new: impl FnOnce() -> V) -> Option<&mut V> {
        if self.limit.is_some_and(|limit| key >= limit) {
            return None;
        }
        if self.groups.len() >= self.room && !self.groups.contains_key(&key) {
            if self.groups.last_key_value().is_none_or(|(last, _)| *last < key) {
                self.limit = Some(key);
                return None;
            }
            self.pop();
        }
        Some(&mut self.groups.entry(key).or_insert_with(|| (new(), 0)).0)
    }

    /// Tells that the group of a key keeps so many things more. A group may exchange what it keeps but never keep less: then
    /// the groups that stay are the same for any order, as they are by their number.
    pub fn keep(&mut self, key: u64, more: usize) {
        let Some((_, kept)) = self.groups.get_mut(&key) else { return };
        *kept += more;
        self.kept += more;
        while self.kept > self.most && !self.groups.is_empty() {
            self.pop();
        }
    }

    fn pop(&mut self) {
        if let Some((key, (_, kept))) = self.groups.pop_last() {
            self.kept -= kept;
            self.limit = Some(key);
        }
    }

    /// The groups by hash.
    pub fn into_groups(self) -> impl Iterator<Item = (u64, V)> {
        self.groups.into_iter().map(|(key, (group, _))| (key, group))
    }

    /// Which share of the groups was followed, estimated from the smallest hash that found no room; 1 when there was room
    /// for all.
    pub fn followed(&self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "an estimate needs no more digits")]
        self.limit.map_or(1.0, |limit| limit as f64 / u64::MAX as f64)
    }
}

/// A hash of texts that is the same on every machine, with the bits well mixed.
///
/// FNV-1a as in [`crate::evaluate::fingerprint`], each field followed by a zero byte, then the finisher of `splitmix64`
/// (Steele, Lea and Flood, OOPSLA 2014), because FNV alone leaves the high bits of short texts alike and the smallest
/// hashes are a fair sample only when every bit is fair.
pub fn hash<'f>(fields: impl IntoIterator<Item = &'f str>) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for field in fields {
        for byte in field.bytes().chain(std::iter::once(0)) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    mixed(hash)
}

/// A number with its bits mixed: every bit of the result depends on every bit of the number.
pub(super) fn mixed(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(keys: impl Iterator<Item = u64>) -> (Vec<(u64, usize)>, u64) {
        let mut map = Bounded::new(10);
        for key in keys {
            if let Some(count) = map.group(mixed(key % 100), || 0) {
                *count += 1;
            }
        }
        let followed = map.followed().to_bits();
        (map.into_groups().collect(), followed)
    }

    #[test]
    fn what_stays_and_its_counts_do_not_depend_on_the_order() {
        let forward = counts(0..1_000);
        assert_eq!(forward, counts((0..1_000).rev()));
        assert_eq!(forward, counts((0..1_000).map(|key| key * 7 % 1_000)));
        assert!(forward.0.iter().all(|(_, count)| *count == 10), "{forward:?}");
    }

    #[test]
    fn the_share_of_groups_that_was_followed_is_told() {
        let (groups, followed) = counts(0..1_000);
        assert_eq!(groups.len(), 10);
        let followed = f64::from_bits(followed);
        assert!((0.04..0.25).contains(&followed), "{followed}");
        assert!((Bounded::<()>::new(3).followed() - 1.0).abs() < f64::EPSILON);
    }

    #[test]
    fn what_groups_keep_is_bounded_and_does_not_depend_on_the_order() {
        let kept = |keys: &mut dyn Iterator<Item = u64>| {
            let mut map = Bounded::keeping(1_000, 50);
            for key in keys {
                let key = mixed(key % 100);
                let Some(count) = map.group(key, || 0) else { continue };
                *count += 1;
                if *count <= 4 {
                    map.keep(key, 1);
                }
            }
            assert!(map.kept <= 50 && map.groups.len() == map.kept.div_ceil(4), "{map:?}");
            let followed = map.followed();
            assert!((0.03..0.3).contains(&followed), "{followed}");
            (map.into_groups().collect::<Vec<_>>(), followed.to_bits())
        };
        let forward = kept(&mut (0..1_000));
        assert_eq!(forward, kept(&mut (0..1_000).rev()));
        assert_eq!(forward, kept(&mut (0..1_000).map(|key| key * 7 % 1_000)));
        assert!(forward.0.iter().all(|(_, count)| *count == 10), "{forward:?}");
    }

    #[test]
    fn fields_do_not_run_together() {
        assert_ne!(hash(["ab", "c"]), hash(["a", "bc"]));
    }
}
