//! What bad input gets: a problem document that names what is wrong, in the reader's language, and never an
//! error of the machine. Every command of the API is asked everything.

mod bodies;
mod bounds;
mod call_backs;
mod commands;
mod headers;
mod mail;
mod order_commands;
mod orders;
mod paths;
mod queries;
mod random;
