//! The sentences from which every cell of the matrix follows.

use domain::actor::Role;

use super::callers::{Caller, Link, Standing};
use super::operations::{For, Operation};
use super::scene::{Object, shop_of};
use super::shoppers::Signature;
use crate::support::{LANTERN, TAIPEI};

/// How somebody is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Expected {
    /// As one of the operation's statuses for those who may.
    Passes,
    /// 401: not known here.
    Unknown,
    /// 403: known, without the permission.
    Forbidden,
    /// 404: for them there is nothing there.
    NotThere,
}

/// What a path names: a shop, and perhaps an inquiry or an order.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// As it stands in the path.
    pub shop: &'static str,
    pub object: Option<Object>,
}

/// How `caller` is answered by `operation` at `place`.
pub fn expected(operation: &Operation, caller: &Caller, place: Place) -> Expected {
    // What is not even text names no shop either.
    let unreadable = [Some(Object::Unreadable), Some(Object::UnreadableOrder)].contains(&place.object);
    let there = [TAIPEI, LANTERN].contains(&place.shop) && !unreadable;
    let standing = caller.at(place.shop);
    match operation.audience {
        // Who is signed in is told where they work, whatever the path.
        For::SignedIn => match standing {
            Standing::Staff(..) | Standing::Stranger => Expected::Passes,
            _ => Expected::Unknown,
        },
        // Staff are asked who they are before anything is said of the shop.
        For::Staff
        | For::Service
        | For::ServiceOnInquiry
        | For::Overseers
        | For::OverseersOnInquiry
        | For::ServiceOnOrder
        | For::Supervisors
        | For::Owners => match standing {
            Standing::Nobody | Standing::Invalid | Standing::Customer(_) | Standing::Backend => {
                Expected::Unknown
            }
            _ if !there => Expected::NotThere,
            Standing::Stranger => Expected::NotThere,
            Standing::Staff(service, role) if !may(operation.audience, service, role) => Expected::Forbidden,
            Standing::Staff(..) => {
                place.object.map_or(Expected::Passes, |object| seen_by_staff(object, place.shop))
            }
        },
        // To everybody else a shop that does not exist is not there.
        _ if !there => Expected::NotThere,
        For::Everybody => Expected::Passes,
        For::ConfirmLink => only(caller.link == Some(Link::Confirm) && place.shop == TAIPEI),
        // Nothing of theirs has timed out: nobody here has such a link.
        For::ReopenLink => Expected::Unknown,
        For::InquiryLink => only(caller.link == Some(Link::Inquiry) && place.shop == TAIPEI),
        // A backend may push any number, whoever it belongs to.
        For::Backend => only(standing == Standing::Backend),
        For::Provider => only(match caller.signature {
            Some(Signature::Good) => place.shop == TAIPEI,
            Some(Signature::OtherShops) => place.shop == LANTERN,
            _ => false,
        }),
        For::Visitors => match standing {
            Standing::Nobody | Standing::Customer(_) => Expected::Passes,
            _ => Expected::Unknown,
        },
        For::Customers => match standing {
            Standing::Customer(own) => match place.object {
                Some(object) if !own.contains(&object) => Expected::NotThere,
                _ => Expected::Passes,
            },
            _ => Expected::Unknown,
        },
    }
}

/// Whether staff with that permission and role may.
fn may(audience: For, service: bool, role: Role) -> bool {
    match audience {
        For::Service | For::ServiceOnInquiry | For::ServiceOnOrder => service,
        For::Overseers | For::OverseersOnInquiry => service || role >= Role::Supervisor,
        For::Supervisors => role >= Role::Supervisor,
        For::Owners => role >= Role::Owner,
        _ => true,
    }
}

fn only(holds: bool) -> Expected {
    if holds { Expected::Passes } else { Expected::Unknown }
}

/// Staff see every order and every inquiry of their shop, but what a guest has not confirmed.
fn seen_by_staff(object: Object, shop: &str) -> Expected {
    let seen = shop_of(object) == Some(shop) && object != Object::Unconfirmed;
    if seen { Expected::Passes } else { Expected::NotThere }
}

impl Expected {
    /// Whether that status is such an answer.
    pub fn is(self, status: u16, operation: &Operation) -> bool {
        match self {
            Self::Passes => operation.passes.contains(&status),
            Self::Unknown => status == 401,
            Self::Forbidden => status == 403,
            Self::NotThere => status == 404,
        }
    }
}
