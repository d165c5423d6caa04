//! The pages of the mailbox. The templates escape everything.

use askama::Template;

use super::Mail;

/// All mails.
#[derive(Template)]
#[template(path = "mailbox.html")]
pub struct ListPage {
    /// Only mails to this address are listed, if it is not empty.
    pub to: String,
    /// No more than this are.
    pub most: usize,
    pub mails: Vec<Mail>,
}

/// One mail.
#[derive(Template)]
#[template(path = "mail.html")]
pub struct MailPage {
    pub mail: Mail,
}
