//! What bad input gets: a problem document that names what is wrong, in the reader's language, and never an
//! error of the machine. Every command of the API is asked everything.

mod bodies;
mod bounds;
mod commands;
mod headers;
mod mail;
mod paths;
mod queries;
mod random;
