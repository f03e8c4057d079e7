//! Attempts at something that can be guessed, counted, so that nobody can try for long.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// Counts failed attempts by who or what they are at, in windows of time.
#[derive(Debug)]
pub struct Attempts<Key> {
    most: u32,
    within: SignedDuration,
    failures: Mutex<HashMap<Key, Window>>,
}

#[derive(Clone, Copy, Debug)]
struct Window {
    began: Timestamp,
    failures: u32,
}

/// So many are remembered; beyond that the windows that have passed are forgotten, then the oldest.
const REMEMBERED: usize = 20_000;

impl<Key: Clone + Eq + Hash> Attempts<Key> {
    /// At most so many failures within so long.
    #[must_use]
    pub fn new(most: u32, within: SignedDuration) -> Self {
        Self {
            most,
            within,
            failures: Mutex::new(HashMap::new()),
        }
    }

    /// How long it is until another attempt is let through; nothing where it is let through now.
    pub fn wait(&self, key: &Key, now: Timestamp) -> Option<SignedDuration> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let window = failures.get(key)?;
        let left = self.within - now.duration_since(window.began);
        (window.failures >= self.most && left > SignedDuration::ZERO).then_some(left)
    }

    /// Notes a failed attempt.
    pub fn failed(&self, key: Key, now: Timestamp) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= REMEMBERED && !failures.contains_key(&key) {
            let within = self.within;
            failures.retain(|_, window| window.began + within > now);
            if failures.len() >= REMEMBERED {
                let oldest = failures.iter().min_by_key(|(_, window)| window.began);
                if let Some(oldest) = oldest.map(|(key, _)| key.clone()) {
                    failures.remove(&oldest);
                }
            }
        }
        let window = failures.entry(key).or_insert(Window {
            began: now,
            failures: 0,
        });
        if window.began + self.within <= now {
            *window = Window {
                began: now,
                failures: 0,
            };
        }
        window.failures = window.failures.saturating_add(1);
    }

    /// Forgets the failures of whoever has succeeded.
    pub fn succeeded(&self, key: &Key) {
        self.failures
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn the_fourth_try_waits_for_the_window_to_pass() {
        let attempts = Attempts::new(3, SignedDuration::from_secs(60));
        for second in [0, 1, 2] {
            assert_eq!(attempts.wait(&"inge", at(second)), None);
            attempts.failed("inge", at(second));
        }
        assert_eq!(
            attempts.wait(&"inge", at(10)),
            Some(SignedDuration::from_secs(50))
        );
        assert_eq!(attempts.wait(&"bo", at(10)), None);
        assert_eq!(attempts.wait(&"inge", at(60)), None);
        attempts.failed("inge", at(61));
        assert_eq!(attempts.wait(&"inge", at(62)), None);
    }

    #[test]
    fn who_succeeds_starts_anew() {
        let attempts = Attempts::new(1, SignedDuration::from_secs(60));
        attempts.failed("inge", at(0));
        assert!(attempts.wait(&"inge", at(1)).is_some());
        attempts.succeeded(&"inge");
        assert_eq!(attempts.wait(&"inge", at(1)), None);
    }

    #[test]
    fn memory_is_bounded() {
        let attempts = Attempts::new(1, SignedDuration::from_secs(60));
        for number in 0..=REMEMBERED {
            attempts.failed(number, at(0));
        }
        assert!(attempts.failures.lock().unwrap().len() <= REMEMBERED);
    }
}
