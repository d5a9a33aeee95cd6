//! What `moondock.on`, `every` and `watch` give.

use moondock_automation::Registration;
use moondock_engine::Kind;
use moondock_engine::params::NoParams;

use super::show;
use crate::describe::{Class, method, property};
use crate::value::{Scripted, Value};

impl Scripted for Registration {
    const CLASS: &'static Class = &CLASS;
}

pub(super) static CLASS: Class = Class {
    name: "Registration",
    doc: "A hook, schedule or watch. The script lives as long as one of them is on.",
    properties: &[property!("active", Registration => Kind::Bool,
        "Whether it is on.", |registration| registration.is_on())],
    methods: &[method!(Write, "off", Registration, NoParams => Kind::Nil,
        "Ends it. A call of its handler that runs goes on to its end.",
        |registration, _, _| { registration.off(); Ok(Value::Null) })],
    display: show,
    identity: |object| {
        object.get::<Registration>().map(|registration| registration.name().to_owned()).unwrap_or_default()
    },
};
