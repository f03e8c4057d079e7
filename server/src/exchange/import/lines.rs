//! Bytes to lines, whatever the bytes: a line that is too long is told and skipped, never kept.

use domain::Invalid;
use domain::exchange::MAX_LINE_BYTES;

/// A line from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, from 1.
    pub number: u64,
    /// Its text without the line end, or why it is no text.
    pub text: Result<String, Invalid>,
}

/// Splits bytes into lines, in memory of one line at most. Blank lines are counted and left out.
#[derive(Debug, Default)]
pub struct LineSplitter {
    buffer: Vec<u8>,
    number: u64,
    /// Bytes of the current line beyond the longest allowed.
    skipped: u64,
}

impl LineSplitter {
    /// The number of the line under way, from 1.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number + 1
    }

    /// How many bytes of the line under way were skipped because it is too long.
    #[must_use]
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Takes bytes and gives the lines that end in them.
    pub fn push(&mut self, mut bytes: &[u8], mut each: impl FnMut(Line)) {
        while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
            self.keep(&bytes[..end]);
            self.end_line(&mut each);
            bytes = &bytes[end + 1..];
        }
        self.keep(bytes);
    }

    /// Ends the last line, which needs no line end.
    pub fn finish(mut self, mut each: impl FnMut(Line)) {
        if !self.buffer.is_empty() || self.skipped > 0 {
            self.end_line(&mut each);
        }
    }

    fn keep(&mut self, bytes: &[u8]) {
        // One more than allowed may be a carriage return.
        let room = MAX_LINE_BYTES + 1 - self.buffer.len();
        let kept = bytes.len().min(room);
        self.buffer.extend_from_slice(&bytes[..kept]);
        self.skipped += (bytes.len() - kept) as u64;
    }

    fn end_line(&mut self, each: &mut impl FnMut(Line)) {
        self.number += 1;
        let mut bytes = std::mem::take(&mut self.buffer);
        if bytes.last() == Some(&b'\r') {
            bytes.pop();
        }
        let too_long = self.skipped > 0 || bytes.len() > MAX_LINE_BYTES;
        self.skipped = 0;
        let text = if too_long {
            Err(Invalid::TooLong(MAX_LINE_BYTES))
        } else {
            String::from_utf8(bytes).map_err(|_| Invalid::NotUtf8)
        };
        let text = match text {
            // Windows writes a byte order mark before the first line.
            Ok(text) if self.number == 1 && text.starts_with('\u{FEFF}') => {
                Ok(text.trim_start_matches('\u{FEFF}').to_owned())
            }
            other => other,
        };
        if text.as_ref().is_ok_and(|text| text.trim().is_empty()) {
            return;
        }
        each(Line {
            number: self.number,
            text,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(pieces: &[&[u8]]) -> Vec<Line> {
        let mut splitter = LineSplitter::default();
        let mut lines = Vec::new();
        for piece in pieces {
            splitter.push(piece, |line| lines.push(line));
        }
        splitter.finish(|line| lines.push(line));
        lines
    }

    fn line(number: u64, text: &str) -> Line {
        Line {
            number,
            text: Ok(text.to_owned()),
        }
    }

    #[test]
    fn lines_are_the_same_however_the_bytes_come() {
        let bytes = "\u{FEFF}a\r\n\n  \nå\nc".as_bytes();
        let expected = vec![line(1, "a"), line(4, "å"), line(5, "c")];
        assert_eq!(split(&[bytes]), expected);
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(split(&single), expected);
    }

    #[test]
    fn broken_and_endless_lines_are_told_and_the_next_line_is_read() {
        let long = vec![b'x'; MAX_LINE_BYTES + 2];
        let lines = split(&[b"\xff\xfe\n", &long, b"\nb\n"]);
        assert_eq!(lines[0].text, Err(Invalid::NotUtf8));
        assert_eq!(lines[1].text, Err(Invalid::TooLong(MAX_LINE_BYTES)));
        assert_eq!(lines[2], line(3, "b"));
        let longest = vec![b'x'; MAX_LINE_BYTES];
        assert!(split(&[&longest, b"\r\n"])[0].text.is_ok());
    }

    #[test]
    fn an_endless_line_takes_no_more_memory_than_one() {
        let mut splitter = LineSplitter::default();
        for _ in 0..1_000 {
            splitter.push(&[b'x'; 10_000], |_| panic!("no line has ended"));
        }
        assert!(splitter.buffer.capacity() <= 2 * MAX_LINE_BYTES + 16);
        assert_eq!(splitter.skipped(), 10_000_000 - MAX_LINE_BYTES as u64 - 1);
    }
}
