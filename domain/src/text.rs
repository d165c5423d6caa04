//! Text that people type, checked once at the border and trusted after it.

/// What is wrong with a text, and the bound it broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextProblem {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// More characters (Unicode scalar values) than allowed.
    #[error("must have at most {most} characters")]
    TooLong {
        /// The bound.
        most: usize,
    },
    /// A control character other than a line break or a tab.
    #[error("must not contain control characters")]
    Control,
    /// Not an e-mail address.
    #[error("must be an e-mail address")]
    NotAnAddress,
}

/// The most characters of a message or a note (SPEC §2.7).
pub const MESSAGE_CHARACTERS: usize = 10_000;

/// A message's or a note's text: 1 to 10,000 characters, line breaks as `\n`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(String);

/// One line of at most `MOST` characters: a name, a subject, an order number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<const MOST: usize>(String);

/// An e-mail address, shape checked, domain in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(String);

impl Text {
    /// Checks a text; surrounding white space is dropped.
    pub fn parse(text: &str) -> Result<Self, TextProblem> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim();
        bounded(text, MESSAGE_CHARACTERS)?;
        if text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
            return Err(TextProblem::Control);
        }
        Ok(Self(text.to_owned()))
    }
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// One line that begins like the text, for a list: at most `bytes` bytes, cut between characters.
    pub fn excerpt(&self, bytes: usize) -> String {
        excerpt(&self.0, bytes)
    }
}

/// One line that begins like `text`: white space folded, at most `bytes` bytes with the ellipsis.
pub fn excerpt(text: &str, bytes: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.len() <= bytes {
        return line;
    }
    let mut end = bytes.saturating_sub('…'.len_utf8());
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", line[..end].trim_end())
}

impl<const MOST: usize> Line<MOST> {
    /// Checks a line; surrounding white space is dropped, line breaks are refused.
    pub fn parse(text: &str) -> Result<Self, TextProblem> {
        let text = text.trim();
        bounded(text, MOST)?;
        if text.chars().any(char::is_control) {
            return Err(TextProblem::Control);
        }
        Ok(Self(text.to_owned()))
    }
    /// The line.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The line, given away.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Email {
    /// Checks the shape `local@domain.tld` within 254 bytes; whether it exists only a mail can tell.
    pub fn parse(text: &str) -> Result<Self, TextProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(TextProblem::Empty);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(TextProblem::NotAnAddress)?;
        let refused = |c: char| c.is_control() || c.is_whitespace() || "<>()[],;:\\\"@".contains(c);
        let fits = text.len() <= 254
            && (1..=64).contains(&local.len())
            && !local.contains(refused)
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && is_domain(domain);
        if !fits {
            return Err(TextProblem::NotAnAddress);
        }
        Ok(Self(format!("{local}@{}", domain.to_lowercase())))
    }
    /// The address as it was typed, domain in lower case.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    /// The form by which a guest is recognised: all in lower case.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
}

fn bounded(text: &str, most: usize) -> Result<(), TextProblem> {
    if text.is_empty() {
        return Err(TextProblem::Empty);
    }
    // A byte is at least a quarter of a character: most texts are accepted without counting.
    if text.len() > most && text.chars().count() > most {
        return Err(TextProblem::TooLong { most });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_bounded_in_characters_not_bytes() {
        assert!(Text::parse(&"客".repeat(10_000)).is_ok());
        assert_eq!(Text::parse(&"客".repeat(10_001)), Err(TextProblem::TooLong { most: 10_000 }));
        assert_eq!(Text::parse(" \r\n "), Err(TextProblem::Empty));
        assert_eq!(Text::parse("a\0b"), Err(TextProblem::Control));
        assert_eq!(Text::parse("a\r\nb").as_ref().map(Text::as_str), Ok("a\nb"));
    }

    #[test]
    fn a_line_never_holds_a_line_break() {
        assert_eq!(Line::<10>::parse("a\nBcc: x"), Err(TextProblem::Control));
        assert_eq!(Line::<3>::parse("四個字呢"), Err(TextProblem::TooLong { most: 3 }));
    }

    #[test]
    fn addresses_are_told_from_what_is_none() {
        for good in ["ada@example.com", "a.b+c@sub.example.co.uk", "王@例子.台灣"] {
            assert!(Email::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "ada",
            "ada@",
            "@x.y",
            "a b@x.y",
            "a@x",
            "a@x..y",
            "a@x.y\r\nBcc: z@q.r",
            "<a@x.y>",
            "a@b@c.d",
        ] {
            assert!(Email::parse(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn an_excerpt_never_passes_its_bound(text in "\\PC{0,80}", bytes in 4usize..60) {
            prop_assert!(excerpt(&text, bytes).len() <= bytes);
        }
    }
}
