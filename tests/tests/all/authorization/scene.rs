//! What there is to ask about: inquiries of several customers in two shops, in every state that matters.

use domain::ids::InquiryId;
use serde_json::json;

use super::shoppers::{Backends, bought};
use crate::support::{Asked, Desk, LANTERN, TAIPEI};

/// Something that a path can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// Of ada, a member of the first shop.
    Adas,
    /// Of ada, and part of another one of hers.
    AdasMerged,
    /// Of ben, another member there.
    Bens,
    /// Of gus, a guest there, confirmed.
    Guss,
    /// Of gus, his second.
    GussSecond,
    /// Of una, a guest there who has not confirmed it.
    Unconfirmed,
    /// Of a member of the second shop who is also called ada.
    OtherShops,
    /// Well formed, with ada's part in it, but nobody's.
    NobodysOfAda,
    /// Well formed, but nobody's.
    Nobodys,
    /// Not the id of anything.
    Garbage,
    /// Not even text.
    Unreadable,
    /// A path that tries to lead elsewhere.
    Crooked,
    /// An order of ada's.
    AdasOrder,
    /// An order of ben's.
    BensOrder,
    /// An order of gus's, which his first inquiry is about.
    GussOrder,
    /// Another one of gus's.
    GussSecondOrder,
    /// An order of the second shop's ada.
    OtherShopsOrder,
    /// A number that an order could have.
    NobodysOrder,
    /// No order's number.
    GarbageOrder,
    /// Not even text.
    UnreadableOrder,
}

pub const OBJECTS: [Object; 12] = [
    Object::Adas,
    Object::AdasMerged,
    Object::Bens,
    Object::Guss,
    Object::GussSecond,
    Object::Unconfirmed,
    Object::OtherShops,
    Object::NobodysOfAda,
    Object::Nobodys,
    Object::Garbage,
    Object::Unreadable,
    Object::Crooked,
];

pub const ORDERS: [Object; 8] = [
    Object::AdasOrder,
    Object::BensOrder,
    Object::GussOrder,
    Object::GussSecondOrder,
    Object::OtherShopsOrder,
    Object::NobodysOrder,
    Object::GarbageOrder,
    Object::UnreadableOrder,
];

/// What stands only in notes, tags and names of colleagues: no customer ever reads it.
pub const SECRET: &str = "only-for-colleagues";

/// The inquiries, and the links that gus and una got by mail.
#[derive(Debug)]
pub struct Scene {
    adas: Asked,
    adas_merged: Asked,
    bens: Asked,
    guss: Asked,
    guss_second: Asked,
    unconfirmed: Asked,
    other_shops: Asked,
    other_shops_second: Asked,
    /// The token of a confirmation mail.
    pub confirm_link: String,
    /// The token of a reply's mail, about gus's first.
    pub inquiry_link: String,
    /// What the backends of both shops have.
    pub backends: Backends,
}

impl Scene {
    pub fn set(desk: &Desk) -> Self {
        let (ada, mia) = (desk.ada(), desk.mia());
        let adas = ada.submits("Where is my parcel?");
        let adas_merged = ada.submits("Where is it?");
        mia.merges(&adas_merged, &adas);
        mia.takes(&adas);
        mia.notes(&adas, SECRET);
        mia.labels(&adas, &json!({ "flag": "red", "priority": "urgent", "add_tags": [SECRET] }));
        let gus = desk.guest("gus@example.com");
        let guss = gus.submits_with(json!({ "text": "Do you deliver to islands?", "order": "G-1" }));
        let guss_second = gus.submits("And by boat?");
        desk.dispatch();
        let confirm_link = desk.mailbox("gus@example.com")[0].token("confirm");
        gus.confirms(&confirm_link).ok();
        mia.keeps_open(&guss, "Yes, we do.");
        desk.dispatch();
        let inquiry_link = desk.mailbox("gus@example.com")[0].token("inquiry");
        let other_ada = desk.member(LANTERN, "ada", "Ada of another shop");
        let (bens, other_shops) = (desk.ben().submits("Is it warm?"), other_ada.submits("Is it bright?"));
        let backends = Backends::set(desk);
        for (buyer, number, asked) in
            [("ada", "A-1", &adas), ("ben", "B-1", &bens), ("", "G-1", &guss), ("", "G-2", &guss)]
        {
            bought(&mia, &backends.key, (buyer, number), asked);
        }
        bought(&desk.nora(), &backends.other_shops_key, ("ada", "L-1"), &other_shops);
        Self {
            unconfirmed: desk.guest("una@example.com").submits("Is anybody there?"),
            other_shops_second: other_ada.submits("Is it light?"),
            backends,
            bens,
            other_shops,
            adas,
            adas_merged,
            guss,
            guss_second,
            confirm_link,
            inquiry_link,
        }
    }

    /// What stands in the path for it.
    pub fn id(&self, object: Object) -> String {
        let own = |id: &str| InquiryId::parse(id).expect("an id");
        match object {
            Object::Adas => self.adas.id.clone(),
            Object::AdasMerged => self.adas_merged.id.clone(),
            Object::Bens => self.bens.id.clone(),
            Object::Guss => self.guss.id.clone(),
            Object::GussSecond => self.guss_second.id.clone(),
            Object::Unconfirmed => self.unconfirmed.id.clone(),
            Object::OtherShops => self.other_shops.id.clone(),
            Object::NobodysOfAda => InquiryId::from_bits(&own(&self.adas.id).customer(), 7).to_string(),
            Object::Nobodys => "inq_00000000000000000000000000".to_owned(),
            Object::Garbage => "inq_%00%E5%AE%A2%22'--".to_owned(),
            Object::Unreadable => "inq_%ff%fe".to_owned(),
            Object::Crooked => "..%2F..%2Flantern".to_owned(),
            Object::AdasOrder => "A-1".to_owned(),
            Object::BensOrder => "B-1".to_owned(),
            Object::GussOrder => "G-1".to_owned(),
            Object::GussSecondOrder => "G-2".to_owned(),
            Object::OtherShopsOrder => "L-1".to_owned(),
            Object::NobodysOrder => "N-1".to_owned(),
            Object::GarbageOrder => "%00%E5%AE%A2%22'--".to_owned(),
            Object::UnreadableOrder => "A%ff".to_owned(),
        }
    }

    /// The id of another inquiry of that shop; of one of its customer's, where it is an order.
    pub fn beside(&self, object: Object) -> String {
        match object {
            Object::AdasOrder => self.adas.id.clone(),
            Object::BensOrder => self.bens.id.clone(),
            Object::OtherShopsOrder => self.other_shops.id.clone(),
            Object::OtherShops => self.other_shops_second.id.clone(),
            Object::Guss => self.bens.id.clone(),
            _ => self.guss.id.clone(),
        }
    }
}

/// The shop in which it stands, if it is anything.
pub fn shop_of(object: Object) -> Option<&'static str> {
    match object {
        Object::NobodysOfAda | Object::Nobodys => None,
        Object::Garbage | Object::Unreadable | Object::Crooked => None,
        Object::NobodysOrder | Object::GarbageOrder | Object::UnreadableOrder => None,
        Object::OtherShops | Object::OtherShopsOrder => Some(LANTERN),
        _ => Some(TAIPEI),
    }
}
