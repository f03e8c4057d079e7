//! What keeps an offer or a case alive: when it is looked at next, who is told, and how it is shown
//! when nobody answers.
//!
//! Days are days of the portal's own calendar; the caller turns a moment into one.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::codes::codes;
use crate::notice::NoticeKind;
use crate::{Entry, Offer};

codes! {
    /// How sure a reader can be that what is published still holds.
    Freshness {
        Confirmed, "confirmed", "Bekræftet", "Confirmed";
        Unconfirmed, "unconfirmed", "Ikke bekræftet", "Not confirmed";
        Lapsed, "lapsed", "Ikke bekræftet i lang tid", "Not confirmed for a long time";
    }
}

codes! {
    /// The reminders that an owner gets before a review, in order.
    Reminder {
        MonthBefore, "month-before", "30 dage før", "30 days before";
        WeekBefore, "week-before", "7 dage før", "7 days before";
        OnTheDay, "on-the-day", "På dagen", "On the day";
    }
}

codes! {
    /// What an owner is told of a review, in order. Whoever has been told of one is not told of those before it.
    Stage {
        MonthBefore, "month-before", "30 dage før", "30 days before";
        WeekBefore, "week-before", "7 dage før", "7 days before";
        OnTheDay, "on-the-day", "På dagen", "On the day";
        Unconfirmed, "unconfirmed", "30 dage efter", "30 days after";
        Lapsed, "lapsed", "90 dage efter", "90 days after";
    }
}

impl Stage {
    /// The notice that tells of it.
    #[must_use]
    pub fn notice(self) -> NoticeKind {
        match self {
            Stage::MonthBefore | Stage::WeekBefore | Stage::OnTheDay => NoticeKind::ReviewDue,
            Stage::Unconfirmed => NoticeKind::NotConfirmed,
            Stage::Lapsed => NoticeKind::Lapsed,
        }
    }
}

impl Reminder {
    /// The number of days before the review.
    #[must_use]
    pub fn days_before(self) -> i32 {
        match self {
            Reminder::MonthBefore => 30,
            Reminder::WeekBefore => 7,
            Reminder::OnTheDay => 0,
        }
    }
}

/// The next review (næste gennemgang) of something published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Review {
    /// The day it is due.
    pub due: Date,
}

impl Review {
    /// The number of days after the review from which it is shown as not confirmed and ranked lower.
    pub const UNCONFIRMED_AFTER: i32 = 30;

    /// The number of days after the review from which it is out of the default search.
    pub const LAPSED_AFTER: i32 = 90;

    /// The review that follows a confirmation: a year later, or where the offer has a season, the
    /// day on which the season next starts. What is published or changed is thereby confirmed.
    ///
    /// A season comes every year on the same date, whichever year it was written with. A confirmation
    /// from the first reminder on counts for the season it announces; otherwise the answer
    /// to a reminder would be asked for again on the day.
    ///
    /// A 29th of February falls on the 28th in other years.
    #[must_use]
    pub fn after(confirmed: Date, season_start: Option<Date>) -> Review {
        let due = match season_start {
            None => confirmed.saturating_add(1.year()),
            Some(start) => {
                let announced =
                    confirmed.saturating_add(Reminder::MonthBefore.days_before().days());
                (0..=2)
                    .map(|later| on_the_date_of(start, announced.year().saturating_add(later)))
                    .find(|day| *day > announced)
                    .unwrap_or(Date::MAX)
            }
        };
        Review { due }
    }

    /// The review of what was last confirmed on a day: an offer's follows its season, a case's comes every year, and
    /// nothing else has one.
    #[must_use]
    pub fn of(entry: &Entry, confirmed: Date) -> Option<Review> {
        match entry {
            Entry::Offer(offer) => Some(Review::of_offer(offer, confirmed)),
            Entry::Case(_) => Some(Review::of_case(confirmed)),
            _ => None,
        }
    }

    /// The review of an offer, see [`Review::of`]. Its season starts where the period in which it is available does.
    #[must_use]
    pub fn of_offer(offer: &Offer, confirmed: Date) -> Review {
        let season = offer.available.as_ref().and_then(|period| period.from);
        Review::after(confirmed, season)
    }

    /// The review of a case, see [`Review::of`].
    #[must_use]
    pub fn of_case(confirmed: Date) -> Review {
        Review::after(confirmed, None)
    }

    /// What its owner is to have been told by the day given; nothing while it is far off.
    #[must_use]
    pub fn stage(self, today: Date) -> Option<Stage> {
        match (self.freshness(today), self.reminder(today)) {
            (Freshness::Lapsed, _) => Some(Stage::Lapsed),
            (Freshness::Unconfirmed, _) => Some(Stage::Unconfirmed),
            (Freshness::Confirmed, Some(Reminder::OnTheDay)) => Some(Stage::OnTheDay),
            (Freshness::Confirmed, Some(Reminder::WeekBefore)) => Some(Stage::WeekBefore),
            (Freshness::Confirmed, Some(Reminder::MonthBefore)) => Some(Stage::MonthBefore),
            (Freshness::Confirmed, None) => None,
        }
    }

    /// How it is shown on the day given.
    #[must_use]
    pub fn freshness(self, today: Date) -> Freshness {
        match self.days_past(today) {
            Review::LAPSED_AFTER.. => Freshness::Lapsed,
            Review::UNCONFIRMED_AFTER.. => Freshness::Unconfirmed,
            _ => Freshness::Confirmed,
        }
    }

    /// The latest reminder whose day has come. The owner is told if none as late has been sent for
    /// this review, so that a day on which no mail went out is made up for and nothing is told twice.
    #[must_use]
    pub fn reminder(self, today: Date) -> Option<Reminder> {
        [
            Reminder::OnTheDay,
            Reminder::WeekBefore,
            Reminder::MonthBefore,
        ]
        .into_iter()
        .find(|reminder| self.days_past(today) >= -reminder.days_before())
    }

    /// The day on which a reminder is due.
    #[must_use]
    pub fn day_of(self, reminder: Reminder) -> Date {
        self.due.saturating_sub(reminder.days_before().days())
    }

    fn days_past(self, today: Date) -> i32 {
        (today - self.due).get_days()
    }
}

fn on_the_date_of(date: Date, year: i16) -> Date {
    Date::new(year, date.month(), date.day())
        .or_else(|_| Date::new(year, date.month(), 28))
        .unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn due(confirmed: Date, season: Option<Date>) -> Date {
        Review::after(confirmed, season).due
    }

    #[test]
    fn a_year_after_the_last_confirmation() {
        assert_eq!(due(date(2026, 8, 31), None), date(2027, 8, 31));
        assert_eq!(due(date(2027, 2, 28), None), date(2028, 2, 28));
        assert_eq!(due(date(2028, 2, 28), None), date(2029, 2, 28));
        assert_eq!(due(date(2028, 2, 29), None), date(2029, 2, 28));
        assert_eq!(due(date(2027, 3, 1), None), date(2028, 3, 1));
    }

    #[test]
    fn the_seasons_start_if_it_has_one() {
        let may = Some(date(2024, 5, 1));
        assert_eq!(due(date(2026, 1, 10), may), date(2026, 5, 1));
        assert_eq!(due(date(2026, 5, 1), may), date(2027, 5, 1));
        assert_eq!(due(date(2026, 12, 31), may), date(2027, 5, 1));
        let years_ahead = Some(date(2030, 5, 1));
        assert_eq!(due(date(2026, 1, 10), years_ahead), date(2026, 5, 1));
        let january = Some(date(2024, 1, 5));
        assert_eq!(due(date(2026, 12, 20), january), date(2028, 1, 5));
        assert_eq!(due(date(2026, 12, 5), january), date(2027, 1, 5));
    }

    #[test]
    fn the_answer_to_a_reminder_counts_for_the_season_it_announces() {
        let may = Some(date(2024, 5, 1));
        let first_reminder = Review {
            due: date(2026, 5, 1),
        }
        .day_of(Reminder::MonthBefore);
        assert_eq!(first_reminder, date(2026, 4, 1));
        assert_eq!(due(date(2026, 3, 31), may), date(2026, 5, 1));
        assert_eq!(due(date(2026, 4, 1), may), date(2027, 5, 1));
        assert_eq!(due(date(2026, 4, 30), may), date(2027, 5, 1));
    }

    #[test]
    fn a_season_that_starts_on_a_leap_day() {
        let leap_day = Some(date(2024, 2, 29));
        assert_eq!(due(date(2026, 6, 1), leap_day), date(2027, 2, 28));
        assert_eq!(due(date(2027, 6, 1), leap_day), date(2028, 2, 29));
        assert_eq!(due(date(2028, 2, 29), leap_day), date(2029, 2, 28));
        assert_eq!(due(date(2028, 1, 29), leap_day), date(2028, 2, 29));
        assert_eq!(due(date(2028, 1, 30), leap_day), date(2029, 2, 28));
    }

    #[test]
    fn the_end_of_the_calendar_is_no_panic() {
        for season in [
            None,
            Some(date(2024, 5, 1)),
            Some(Date::MAX),
            Some(Date::MIN),
        ] {
            assert!(due(Date::MAX, season) <= Date::MAX);
            assert!(due(Date::MIN, season) > Date::MIN);
        }
        let review = Review { due: Date::MIN };
        assert_eq!(review.freshness(Date::MAX), Freshness::Lapsed);
        assert_eq!(Review { due: Date::MAX }.reminder(Date::MIN), None);
        assert_eq!(review.day_of(Reminder::MonthBefore), Date::MIN);
    }

    #[test]
    fn unconfirmed_after_30_days_and_lapsed_after_90() {
        for (review, shown) in [
            // Across no leap day, and across the one of 2028.
            (
                date(2026, 12, 31),
                [
                    (date(2026, 12, 30), Freshness::Confirmed),
                    (date(2026, 12, 31), Freshness::Confirmed),
                    (date(2027, 1, 29), Freshness::Confirmed),
                    (date(2027, 1, 30), Freshness::Unconfirmed),
                    (date(2027, 3, 30), Freshness::Unconfirmed),
                    (date(2027, 3, 31), Freshness::Lapsed),
                ],
            ),
            (
                date(2028, 2, 1),
                [
                    (date(2027, 2, 1), Freshness::Confirmed),
                    (date(2028, 2, 1), Freshness::Confirmed),
                    (date(2028, 3, 1), Freshness::Confirmed),
                    (date(2028, 3, 2), Freshness::Unconfirmed),
                    (date(2028, 4, 30), Freshness::Unconfirmed),
                    (date(2028, 5, 1), Freshness::Lapsed),
                ],
            ),
        ] {
            for (today, expected) in shown {
                assert_eq!(Review { due: review }.freshness(today), expected, "{today}");
            }
        }
    }

    #[test]
    fn an_offer_follows_its_season_a_case_the_year_and_a_role_nothing() {
        let line = |text: &str| crate::exchange::parse_line(text).unwrap();
        let offer = |more: &str| {
            line(&format!(
                r#"{{"type":"offer","id":"a","title":"A","summary":"A","provider":"a"{more}}}"#
            ))
        };
        let confirmed = date(2026, 11, 24);
        let of = |entry: &Entry| Review::of(entry, confirmed).map(|review| review.due);
        assert_eq!(of(&offer("")), Some(date(2027, 11, 24)));
        let season = r#","available":{"from":"2020-04-01","to":"2020-09-30"}"#;
        assert_eq!(of(&offer(season)), Some(date(2027, 4, 1)));
        let case = r#"{"type":"case","id":"a","title":"A","summary":"A","partners":[{"organisation":"a"}],"sourceUrl":"https://a.example/"}"#;
        assert_eq!(of(&line(case)), Some(date(2027, 11, 24)));
        let museum = r#"{"type":"organisation","id":"a","name":"A","kind":"institution"}"#;
        assert_eq!(of(&line(museum)), None);
    }

    #[test]
    fn an_owner_is_told_five_times_at_most() {
        let review = Review {
            due: date(2027, 6, 1),
        };
        for (today, expected) in [
            (date(2027, 5, 1), None),
            (date(2027, 5, 2), Some(Stage::MonthBefore)),
            (date(2027, 5, 25), Some(Stage::WeekBefore)),
            (date(2027, 6, 1), Some(Stage::OnTheDay)),
            (date(2027, 6, 30), Some(Stage::OnTheDay)),
            (date(2027, 7, 1), Some(Stage::Unconfirmed)),
            (date(2027, 8, 29), Some(Stage::Unconfirmed)),
            (date(2027, 8, 30), Some(Stage::Lapsed)),
            (date(2030, 1, 1), Some(Stage::Lapsed)),
        ] {
            assert_eq!(review.stage(today), expected, "{today}");
        }
        assert!(<Stage as crate::Code>::all().is_sorted());
    }

    #[test]
    fn reminded_30_and_7_days_before_and_on_the_day() {
        let review = Review {
            due: date(2028, 3, 15),
        };
        for (today, expected) in [
            (date(2028, 2, 13), None),
            (date(2028, 2, 14), Some(Reminder::MonthBefore)),
            (date(2028, 3, 7), Some(Reminder::MonthBefore)),
            (date(2028, 3, 8), Some(Reminder::WeekBefore)),
            (date(2028, 3, 14), Some(Reminder::WeekBefore)),
            (date(2028, 3, 15), Some(Reminder::OnTheDay)),
            (date(2028, 7, 1), Some(Reminder::OnTheDay)),
        ] {
            assert_eq!(review.reminder(today), expected, "{today}");
        }
        let leapless = Review {
            due: date(2027, 3, 15),
        };
        assert_eq!(leapless.reminder(date(2027, 2, 12)), None);
        assert_eq!(
            leapless.day_of(Reminder::MonthBefore),
            date(2027, 2, 13),
            "a day earlier than in a leap year"
        );
    }
}
