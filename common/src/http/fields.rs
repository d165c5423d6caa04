//! Checks a body's fields and names every wrong one at once.

use domain::text::{Email, Line, Text, TextProblem};

use crate::problem::{Code, FieldCode, FieldProblem, Problem};

/// The problems found so far.
#[derive(Debug, Default)]
pub struct Fields(Vec<FieldProblem>);

impl Fields {
    /// Notes that a field is wrong.
    pub fn wrong(&mut self, field: &str, code: FieldCode) {
        self.0.push(FieldProblem { field: field.to_owned(), code });
    }

    /// A message's or a note's text, which must be there.
    pub fn text(&mut self, field: &str, value: Option<&str>) -> Option<Text> {
        self.checked(field, value, Text::parse)
    }

    /// A line that must be there.
    pub fn line<const MOST: usize>(&mut self, field: &str, value: Option<&str>) -> Option<Line<MOST>> {
        self.checked(field, value, Line::parse)
    }

    /// An e-mail address that must be there.
    pub fn email(&mut self, field: &str, value: Option<&str>) -> Option<Email> {
        self.checked(field, value, Email::parse)
    }

    /// A line that may be missing or empty.
    pub fn line_if_any<const MOST: usize>(&mut self, field: &str, value: Option<&str>) -> Option<String> {
        let value = value.filter(|text| !text.trim().is_empty())?;
        self.line::<MOST>(field, Some(value)).map(Line::into_string)
    }

    /// A text that may be missing or empty.
    pub fn text_if_any(&mut self, field: &str, value: Option<&str>) -> Option<Text> {
        let value = value.filter(|text| !text.trim().is_empty())?;
        self.text(field, Some(value))
    }

    /// A text of at most `most` characters that must be there.
    pub fn text_within(&mut self, field: &str, value: Option<&str>, most: usize) -> Option<Text> {
        let text = self.text(field, value)?;
        if text.as_str().chars().count() > most {
            self.wrong(field, FieldCode::TooLong(most));
            return None;
        }
        Some(text)
    }

    /// The same where it may be missing or empty.
    pub fn text_within_if_any(&mut self, field: &str, value: Option<&str>, most: usize) -> Option<Text> {
        let value = value.filter(|text| !text.trim().is_empty())?;
        self.text_within(field, Some(value), most)
    }

    /// A field that means nothing here, and so must not be there.
    pub fn none(&mut self, field: &str, there: bool) {
        if there {
            self.wrong(field, FieldCode::MustBeEmpty);
        }
    }

    /// A value that must be there.
    pub fn needed<T>(&mut self, field: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.wrong(field, FieldCode::Required);
        }
        value
    }

    /// What was checked, if nothing is wrong.
    ///
    /// # Errors
    /// [`Code::InvalidFields`] with every wrong field.
    pub fn all_right<T>(self, checked: Option<T>) -> Result<T, Problem> {
        match checked {
            Some(value) if self.0.is_empty() => Ok(value),
            _ => Err(Problem { fields: self.0, ..Problem::new(Code::InvalidFields) }),
        }
    }

    fn checked<T>(
        &mut self,
        field: &str,
        value: Option<&str>,
        parse: impl Fn(&str) -> Result<T, TextProblem>,
    ) -> Option<T> {
        match parse(value.unwrap_or_default()) {
            Ok(parsed) => Some(parsed),
            Err(problem) => {
                self.wrong(field, problem.into());
                None
            }
        }
    }
}
