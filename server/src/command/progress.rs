//! How far long work has come: one line that changes where someone watches, else a line now and
//! then.

use std::io::Write;
use std::time::{Duration, Instant};

use super::terminal::Terminal;

/// How often the line changes.
const WATCHED: Duration = Duration::from_millis(200);
/// How often there is a line in a log.
const UNWATCHED: Duration = Duration::from_secs(5);

/// Shows how far work has come.
pub struct Progress {
    terminal: Terminal,
    begun: Instant,
    shown: Instant,
    width: usize,
}

impl Progress {
    /// Begins now.
    #[must_use]
    pub fn begin(terminal: Terminal) -> Progress {
        let now = Instant::now();
        Progress {
            terminal,
            begun: now,
            shown: now,
            width: 0,
        }
    }

    /// How long the work has taken.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.begun.elapsed()
    }

    /// Shows a text, if it is time for one.
    pub fn show(&mut self, text: impl FnOnce() -> String) {
        let pause = if self.terminal.watched {
            WATCHED
        } else {
            UNWATCHED
        };
        if self.shown.elapsed() < pause {
            return;
        }
        self.shown = Instant::now();
        let text = text();
        if self.terminal.watched {
            let length = text.chars().count();
            let blank = " ".repeat(self.width.saturating_sub(length));
            self.width = length;
            let mut output = std::io::stderr();
            // Progress that cannot be shown is no reason to stop the work.
            drop(write!(output, "\r{text}{blank}").and_then(|()| output.flush()));
        } else {
            self.terminal.complain(&text);
        }
    }

    /// Takes the changing line away, so that something else can be written.
    pub fn clear(&mut self) {
        if self.terminal.watched && self.width > 0 {
            drop(write!(std::io::stderr(), "\r{}\r", " ".repeat(self.width)));
            self.width = 0;
        }
    }
}

/// "12.345" in Danish.
#[must_use]
pub fn grouped(number: u64, terminal: Terminal) -> String {
    let digits = number.to_string();
    let separator = terminal.choose(".", ",");
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push_str(separator);
        }
        text.push(digit);
    }
    text
}
