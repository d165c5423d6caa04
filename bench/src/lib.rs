//! What Kefu costs on AWS, from what is measured here and AWS's public prices; `bench --costs` prints it.

pub mod costs;
