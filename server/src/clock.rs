//! The time, which everything that needs it is given.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

/// Where the time comes from: the machine, or a test's fixed moment.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// Always the same moment.
    Fixed(Timestamp),
}

impl Clock {
    /// The moment it is.
    #[must_use]
    pub fn now(self) -> Timestamp {
        match self {
            Clock::System => Timestamp::now(),
            Clock::Fixed(moment) => moment,
        }
    }

    /// The day it is in Denmark, whatever the machine's time zone.
    #[must_use]
    pub fn today(self) -> Date {
        in_denmark(self.now()).date()
    }
}

/// What clocks in Denmark show at a moment.
#[must_use]
pub fn in_denmark(moment: Timestamp) -> DateTime {
    denmark().to_datetime(moment)
}

/// The moment at which clocks in Denmark show this; a time that the change of clocks leaves out is taken as the one
/// after it, one that comes twice as the first.
#[must_use]
pub fn moment_in_denmark(shown: DateTime) -> Timestamp {
    // Only times at the very ends of the calendar have no moment.
    denmark()
        .to_timestamp(shown)
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

fn denmark() -> TimeZone {
    // The program carries its own time zones; without them Denmark is at most two hours off.
    TimeZone::get("Europe/Copenhagen").unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_denmarks() {
        let late_evening_utc: Timestamp = "2026-06-30T22:30:00Z".parse().unwrap();
        assert_eq!(
            Clock::Fixed(late_evening_utc).today().to_string(),
            "2026-07-01"
        );
    }
}
