//! Web addresses in content: where they stand, which may be visited, what an answer says, and when the next visit is.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use jiff::ToSpan;
use jiff::civil::Date;

use crate::codes::codes;
use crate::{Entry, Markdown, WebAddress};

/// The days from one visit to the next.
const EVERY: i32 = 7;
/// On so many different days an address has to fail before it is dead.
const FAILURES_OF_THE_DEAD: u32 = 2;

impl Entry {
    /// The web addresses that an offer, a case or an organisation has in fields of their own.
    #[must_use]
    pub fn web_addresses(&self) -> Vec<&WebAddress> {
        let address = match self {
            Entry::Organisation(organisation) => &organisation.url,
            Entry::Offer(offer) => &offer.source_url,
            Entry::Case(case) => &case.source_url,
            Entry::Strategy(_) | Entry::Role(_) | Entry::Recommendation(_) => &None,
        };
        address.iter().collect()
    }

    /// The long texts of an offer or a case, which can have links in them.
    #[must_use]
    pub fn long_texts(&self) -> Vec<&Markdown> {
        let texts = match self {
            Entry::Offer(offer) => {
                let materials = offer.materials.as_ref();
                vec![
                    offer.description.as_ref(),
                    materials.and_then(|materials| materials.before.as_ref()),
                    materials.and_then(|materials| materials.during.as_ref()),
                    materials.and_then(|materials| materials.after.as_ref()),
                    offer
                        .transport
                        .as_ref()
                        .and_then(|transport| transport.activities.as_ref()),
                ]
            }
            Entry::Case(case) => vec![
                case.story.as_ref(),
                case.what_worked.as_ref(),
                case.what_did_not.as_ref(),
            ],
            _ => Vec::new(),
        };
        texts.into_iter().flatten().collect()
    }
}

/// Whether an address is one machine on the public internet, and not of a network of somebody's own. What is not known to
/// be public is not: addresses that stand for others (mapped, translated, tunnelled) are refused with the rest.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// The IPv4 networks of the registry of special purposes (RFC 6890), multicast, and what is reserved: address and length.
const SPECIAL_V4: [(Ipv4Addr, u32); 16] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 31, 196, 0), 24),
    (Ipv4Addr::new(192, 52, 193, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // Multicast, reserved, broadcast.
    (Ipv4Addr::new(224, 0, 0, 0), 3),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = address.to_bits();
    !SPECIAL_V4.iter().any(|(network, length)| {
        let mask = u32::MAX << (32 - length);
        bits & mask == network.to_bits()
    })
}

/// The networks within 2000::/3, the only one given out for machines, that are none: address and length.
const SPECIAL_V6: [(Ipv6Addr, u32); 5] = [
    // Protocols' own, Teredo among them.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    // 6to4, which has an IPv4 address inside.
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3ffe, 0, 0, 0, 0, 0, 0, 0), 16),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

fn is_public_v6(address: Ipv6Addr) -> bool {
    let bits = address.to_bits();
    bits >> 125 == 1
        && !SPECIAL_V6.iter().any(|(network, length)| {
            let mask = u128::MAX << (128 - length);
            bits & mask == network.to_bits()
        })
}

/// Whether a host is named as hosts on the public internet are: letters with a dot between, and not one of the names that
/// stand for a machine or a network of one's own.
#[must_use]
pub fn is_public_name(host: &str) -> bool {
    const OWN: [&str; 9] = [
        "localhost",
        "local",
        "localdomain",
        "internal",
        "intranet",
        "lan",
        "home",
        "arpa",
        "onion",
    ];
    let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
    let Some((_, top)) = host.rsplit_once('.') else {
        return false;
    };
    let numeric =
        host.parse::<IpAddr>().is_ok() || top.chars().all(|letter| letter.is_ascii_digit());
    !numeric && !OWN.contains(&top) && host.split('.').all(|label| !label.is_empty())
}

codes! {
    /// What came of a visit to a web address.
    LinkAnswer {
        Works, "works", "Siden er der", "The page is there";
        NotFound, "not-found", "Siden findes ikke", "There is no such page";
        Gone, "gone", "Siden er fjernet", "The page has been removed";
        UnknownHost, "unknown-host", "Webstedet findes ikke", "There is no such site";
        Insecure, "insecure", "Webstedets sikre forbindelse virker ikke", "The site’s secure connection does not work";
        Busy, "busy", "Webstedet kunne ikke svare lige nu", "The site could not answer just then";
        Silent, "silent", "Webstedet svarede ikke", "The site did not answer";
        Guarded, "guarded", "Webstedet viser ikke siden til programmer", "The site does not show the page to programs";
        Astray, "astray", "Siden viser videre for mange gange", "The page leads on too many times";
        NotPublic, "not-public", "Adressen er ikke på det offentlige internet", "The address is not on the public internet";
    }
}

impl LinkAnswer {
    /// Whether it says for certain that readers find nothing there.
    #[must_use]
    pub fn is_failure(self) -> bool {
        matches!(
            self,
            Self::NotFound | Self::Gone | Self::UnknownHost | Self::Insecure
        )
    }

    /// Whether a site on the internet has answered: then there is a network.
    #[must_use]
    pub fn was_reached(self) -> bool {
        matches!(
            self,
            Self::Works | Self::NotFound | Self::Gone | Self::Busy | Self::Guarded | Self::Astray
        )
    }

    /// Whether it is worth anything. Where no site at all was reached, it says more of the network than of the address.
    #[must_use]
    pub fn counts(self, any_reached: bool) -> bool {
        any_reached || self.was_reached()
    }

    /// What an HTTP status says; nothing for those that lead on.
    #[must_use]
    pub fn of_status(status: u16) -> Option<Self> {
        Some(match status {
            200..=299 => Self::Works,
            301 | 302 | 303 | 307 | 308 => return None,
            404 => Self::NotFound,
            410 => Self::Gone,
            429 | 500..=599 => Self::Busy,
            _ => Self::Guarded,
        })
    }
}

/// What the visits to a web address have shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkHealth {
    /// The day of the last visit that was worth anything.
    pub checked: Option<Date>,
    /// What came of it.
    pub answer: Option<LinkAnswer>,
    /// On how many days it failed since it last worked.
    pub failures: u32,
    /// The first of these days.
    pub since: Option<Date>,
    /// The last of these days.
    pub failed: Option<Date>,
}

impl LinkHealth {
    /// After another visit. Only that it works makes up for failures; what may pass says nothing either way.
    #[must_use]
    pub fn after(self, answer: LinkAnswer, today: Date) -> Self {
        let visited = Self {
            checked: Some(today),
            answer: Some(answer),
            ..self
        };
        if answer == LinkAnswer::Works {
            Self {
                failures: 0,
                since: None,
                failed: None,
                ..visited
            }
        } else if answer.is_failure() && self.failed != Some(today) {
            Self {
                failures: self.failures.saturating_add(1),
                since: self.since.or(Some(today)),
                failed: Some(today),
                ..visited
            }
        } else {
            visited
        }
    }

    /// Whether readers find nothing there any more.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.failures >= FAILURES_OF_THE_DEAD
    }

    /// The day of the next visit: the day after a first failure, else a week after the last visit. What was never visited
    /// waits its turn, so that the addresses of an import are spread over a week.
    #[must_use]
    pub fn next(&self, today: Date, turn: u8) -> Date {
        let days = match self.checked {
            None => i32::from(turn) % EVERY,
            Some(_) if self.failures > 0 && !self.is_dead() => 1,
            Some(_) => EVERY,
        };
        today.saturating_add(days.days())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn only_machines_on_the_public_internet_are_public() {
        for public in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.0.1",
            "193.163.0.1",
            "223.255.255.254",
            "2a00:1450:400f::1",
            "2001:4860:4860::8888",
            "2606:4700::1111",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for own in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:8.8.8.8",
            "::ffff:127.0.0.1",
            "::8.8.8.8",
            "64:ff9b::808:808",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3ffe::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(own.parse().unwrap()), "{own}");
        }
    }

    #[test]
    fn names_of_ones_own_are_not_public() {
        for public in ["natmus.dk", "www.xn--brn-0na.dk", "A.EXAMPLE", "museum.dk."] {
            assert!(is_public_name(public), "{public}");
        }
        for own in [
            "",
            ".",
            "localhost",
            "printer",
            "a.localhost",
            "nas.local",
            "x.internal",
            "router.lan",
            "1.0.0.127.in-addr.arpa",
            "127.0.0.1",
            "10.1",
            "1.2.3.4.",
            "a..dk",
            ".dk",
            "x.onion",
        ] {
            assert!(!is_public_name(own), "{own}");
        }
    }

    #[test]
    fn an_address_is_dead_after_failing_on_two_days() {
        let (first, second, third) = (day("2026-11-24"), day("2026-11-25"), day("2026-12-02"));
        let fresh = LinkHealth::default();
        let once = fresh.after(LinkAnswer::NotFound, first);
        assert!(!once.is_dead());
        assert!(
            !once.after(LinkAnswer::Gone, first).is_dead(),
            "the same day"
        );
        assert_eq!(
            once.next(first, 3),
            second,
            "it is looked at again the next day"
        );
        let busy = once.after(LinkAnswer::Busy, second);
        assert!(!busy.is_dead(), "what may pass is only remembered");
        let dead = busy.after(LinkAnswer::UnknownHost, third);
        assert!(dead.is_dead());
        assert_eq!(dead.since, Some(first));
        assert_eq!(dead.next(third, 3), day("2026-12-09"));
        assert!(dead.after(LinkAnswer::Silent, third).is_dead());
        let alive = dead.after(LinkAnswer::Works, third);
        assert_eq!((alive.failures, alive.since), (0, None));
        assert!(
            !alive
                .after(LinkAnswer::NotFound, day("2026-12-09"))
                .is_dead()
        );
    }

    #[test]
    fn without_a_network_nothing_that_no_site_said_counts() {
        for answer in [
            LinkAnswer::UnknownHost,
            LinkAnswer::Insecure,
            LinkAnswer::Silent,
            LinkAnswer::NotPublic,
        ] {
            assert!(!answer.counts(false) && answer.counts(true), "{answer}");
        }
        assert!(LinkAnswer::NotFound.counts(false), "a site has answered");
    }

    #[test]
    fn the_addresses_of_every_kind_are_known() {
        for offer in crate::Offer::samples() {
            let entry = Entry::Offer(Box::new(offer));
            let is_whole = entry.long_texts().len() == 5;
            assert_eq!(entry.web_addresses().len(), usize::from(is_whole));
        }
        for case in crate::Case::samples() {
            let entry = Entry::Case(Box::new(case));
            assert_eq!(entry.long_texts().len(), entry.web_addresses().len() * 3);
        }
        let organisations = crate::Organisation::samples().into_iter();
        let addresses = organisations
            .map(|organisation| Entry::Organisation(organisation).web_addresses().len());
        assert_eq!(addresses.collect::<Vec<_>>(), [1, 0, 0]);
    }

    fn any_answer() -> impl Strategy<Value = LinkAnswer> {
        proptest::sample::select(<LinkAnswer as crate::Code>::all())
    }

    proptest! {
        /// What stands for an IPv4 address inside IPv6 is never a way around.
        #[test]
        fn no_address_inside_another_is_public(bits: u32) {
            let inside = Ipv4Addr::from_bits(bits);
            let low = u128::from(bits);
            prop_assert!(!is_public(IpAddr::V6(inside.to_ipv6_mapped())));
            for prefix in [0, 0x0064_ff9b_u128 << 96, 0x0064_ff9b_0001_u128 << 80] {
                prop_assert!(!is_public(IpAddr::V6(Ipv6Addr::from_bits(prefix | low))));
            }
            prop_assert!(!is_public(IpAddr::V6(Ipv6Addr::from_bits((0x2002_u128 << 112) | (low << 80)))));
        }

        /// The standard library's own words for addresses of one's own agree.
        #[test]
        fn what_is_known_to_be_ones_own_is_not_public(bits: u32, wide: u128) {
            let short = Ipv4Addr::from_bits(bits);
            if short.is_private() || short.is_loopback() || short.is_link_local() || short.is_multicast()
                || short.is_broadcast() || short.is_documentation() || short.is_unspecified()
            {
                prop_assert!(!is_public(IpAddr::V4(short)));
            }
            let long = Ipv6Addr::from_bits(wide);
            if long.is_multicast() || long.is_loopback() || long.is_unique_local() || long.is_unicast_link_local() {
                prop_assert!(!is_public(IpAddr::V6(long)));
            }
        }

        /// Whatever the answers: dead is what failed on two different days since it last worked, and the next visit is
        /// within a week and never before tomorrow.
        #[test]
        fn death_takes_two_days_of_failure(answers in proptest::collection::vec((any_answer(), 0_i32..9), 1..40)) {
            let mut today = day("2026-11-24");
            let mut health = LinkHealth::default();
            let mut failed: Vec<Date> = Vec::new();
            for (answer, pause) in answers {
                today = today.saturating_add(pause.days());
                health = health.after(answer, today);
                if answer == LinkAnswer::Works {
                    failed.clear();
                } else if answer.is_failure() && !failed.contains(&today) {
                    failed.push(today);
                }
                prop_assert_eq!(health.is_dead(), failed.len() >= 2);
                prop_assert_eq!(health.since, failed.first().copied());
                let next = health.next(today, 0);
                prop_assert!(next > today && next <= today.saturating_add(7.days()));
            }
        }

        #[test]
        fn first_visits_are_spread_over_a_week(turn: u8) {
            let today = day("2026-11-24");
            let next = LinkHealth::default().next(today, turn);
            prop_assert!(next >= today && next < today.saturating_add(7.days()));
        }
    }
}
