//! Parameters and their description, declared once by [`params!`](crate::params!).

use serde_json::{Map, Value};

use crate::version::ApiVersion;

/// What a parameter takes, or a call gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Anything that JSON can hold.
    Any,
    /// Nothing.
    Nil,
    /// True or false.
    Bool,
    /// A whole number of 64 bits.
    Int,
    /// A number.
    Float,
    /// Text.
    Str,
    /// Bytes that need not be text.
    Bytes,
    /// A list whose items are of one kind.
    List(&'static Kind),
    /// A map from text to values of one kind.
    Map(&'static Kind),
    /// One of several kinds.
    Union(&'static [Kind]),
    /// Several values at once (a tuple in Python).
    Tuple(&'static [Kind]),
    /// A function that is called back.
    Function,
    /// Bytes, an iterator of bytes, or another call's stream.
    Source,
    /// A sequence that is read item by item as it arrives.
    Stream(&'static Kind),
    /// An object of the class with this name.
    Object(&'static str),
    /// A kind or nothing.
    Optional(&'static Kind),
}

impl Kind {
    /// Whether a source of bytes can be one.
    pub fn takes_source(&self) -> bool {
        match self {
            Self::Source => true,
            Self::Optional(kind) => kind.takes_source(),
            Self::Union(kinds) => kinds.iter().any(Self::takes_source),
            _ => false,
        }
    }
}

/// One parameter: what a caller may pass and what it means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Param {
    /// The name, as in docker-py.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// Whether a call without it is an error.
    pub required: bool,
    /// The default as it is written in Rust, empty where there is none.
    pub default: &'static str,
    /// The first API version that knows it, where that is not the oldest one spoken.
    pub since: Option<ApiVersion>,
    /// What it does.
    pub doc: &'static str,
}

impl Param {
    /// The default without what only Rust needs to write it, if there is one.
    pub fn plain_default(&self) -> Option<&'static str> {
        match self.default {
            "" => None,
            "String::new()" => Some("\"\""),
            written => Some(written.strip_suffix(".to_owned()").unwrap_or(written)),
        }
    }
}

/// The parameters of a call, in positional order: its own, then those taken over from others.
#[derive(Clone, Copy, Debug)]
pub struct ParamList {
    /// The call's own parameters.
    pub own: &'static [Param],
    /// The lists that it takes over. A name that it has itself is its own.
    pub inherited: &'static [ParamList],
    /// The names that come first, in this order, where it is not that of the lists.
    pub order: &'static [&'static str],
}

impl ParamList {
    /// Every parameter once, in positional order.
    pub fn all(&self) -> Vec<&'static Param> {
        let mut all: Vec<&'static Param> = self.own.iter().collect();
        for param in self.inherited.iter().flat_map(Self::all) {
            if all.iter().all(|known| known.name != param.name) {
                all.push(param);
            }
        }
        all.sort_by_key(|param| {
            self.order.iter().position(|name| *name == param.name).unwrap_or(self.order.len())
        });
        all
    }
}

/// A field's name without the `r#` of a word that Rust reserves.
#[doc(hidden)]
pub const fn plain_name(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// A set of parameters that describes itself.
pub trait Params: Default + serde::de::DeserializeOwned {
    /// The parameters.
    const LIST: ParamList;

    /// The parameters that are given and that not every API version knows.
    fn needs(&self) -> Vec<(&'static str, ApiVersion)>;
}

/// A type that can be a parameter.
pub trait ParamType {
    /// The kind that describes it.
    const KIND: Kind;
}

macro_rules! kind_of {
    ($($type:ty => $kind:expr),+ $(,)?) => {
        $(impl ParamType for $type { const KIND: Kind = $kind; })+
    };
}

kind_of! {
    bool => Kind::Bool,
    i64 => Kind::Int,
    u64 => Kind::Int,
    f64 => Kind::Float,
    String => Kind::Str,
    Value => Kind::Any,
    Map<String, Value> => Kind::Map(&Kind::Any),
}

impl<T: ParamType> ParamType for Option<T> {
    const KIND: Kind = Kind::Optional(&T::KIND);
}

impl<T: ParamType> ParamType for Vec<T> {
    const KIND: Kind = Kind::List(&T::KIND);
}

/// A field of a parameter struct, which its setter sets from whatever becomes its value.
pub trait Field<V> {
    /// Sets the field.
    fn set(&mut self, value: V);
}

impl<T, V: Into<T>> Field<V> for Option<T> {
    fn set(&mut self, value: V) {
        *self = Some(value.into());
    }
}

macro_rules! fields {
    ($($type:ty),+) => {
        $(impl<V: Into<$type>> Field<V> for $type {
            fn set(&mut self, value: V) {
                *self = value.into();
            }
        })+
    };
}

fields!(bool, i64, f64, String, Value, Map<String, Value>);

/// Declares a parameter struct: its fields, their defaults, its setters and its description.
///
/// A field is written `name: Type`, `name: Type = default`, or `name: Type => required`; `#[since(1, 44)]` before it
/// names the API version that it needs. A line `..name: Type` at the end takes over all parameters of another such
/// struct. Each field's setter has its name, so the struct is its own builder.
///
/// `struct Name in [a, b] {` puts parameters first, wherever they are from. `struct Name as setters {` also makes the
/// macro `setters!(Outer, field)`, which gives another struct the setters of this one, which is in its field. It is
/// called where this struct is, so that the fields' types are known.
///
/// ```
/// moondock_engine::params! {
///     /// How to greet.
///     pub struct GreetParams {
///         /// Whom to greet.
///         name: String => required,
///         /// How often.
///         times: i64 = 1,
///     }
/// }
/// let params = GreetParams::default().name("world").times(2);
/// assert_eq!((params.name.as_str(), params.times), ("world", 2));
/// ```
#[macro_export]
macro_rules! params {
    (
        $(#[$struct_meta:meta])*
        $vis:vis struct $struct:ident $(in [$($place:ident),+ $(,)?])? {
            $(
                $(#[doc = $doc:literal])*
                $(#[since($major:literal, $minor:literal)])?
                $name:ident : $type:ty $(= $default:expr)? $(=> $required:ident)?
            ),* $(,)?
            $(;
                $($(#[doc = $flat_doc:literal])* ..$flat:ident : $flat_type:ty),+ $(,)?
            )?
        }
    ) => {
        $(#[$struct_meta])*
        #[derive(Clone, Debug, ::serde::Deserialize)]
        #[serde(default)]
        #[non_exhaustive]
        $vis struct $struct {
            $($(#[doc = $doc])* pub $name: $type,)*
            $($($(#[doc = $flat_doc])* #[serde(flatten)] pub $flat: $flat_type,)+)?
        }

        impl Default for $struct {
            fn default() -> Self {
                Self {
                    $($name: $crate::params!(@default $($default)?),)*
                    $($($flat: Default::default(),)+)?
                }
            }
        }

        impl $struct {
            $(
                $(#[doc = $doc])*
                $vis fn $name<V>(mut self, $name: V) -> Self
                where
                    $type: $crate::params::Field<V>,
                {
                    $crate::params::Field::set(&mut self.$name, $name);
                    self
                }
            )*
            $($(
                $(#[doc = $flat_doc])*
                $vis fn $flat(mut self, $flat: $flat_type) -> Self {
                    self.$flat = $flat;
                    self
                }
            )+)?
        }

        impl $crate::Params for $struct {
            const LIST: $crate::params::ParamList = $crate::params::ParamList {
                own: &[$($crate::Param {
                    name: $crate::params::plain_name(stringify!($name)),
                    kind: <$type as $crate::ParamType>::KIND,
                    required: $crate::params!(@required $($required)?),
                    default: concat!($(stringify!($default))?),
                    since: $crate::params!(@since $($major, $minor)?),
                    doc: concat!($($doc, "\n"),*).trim_ascii(),
                },)*],
                inherited: &[$($(<$flat_type as $crate::Params>::LIST,)+)?],
                order: &[$($(stringify!($place)),+)?],
            };

            fn needs(&self) -> ::std::vec::Vec<(&'static str, $crate::ApiVersion)> {
                #[allow(unused_mut, reason = "not every struct has a parameter that came later")]
                let mut needs = ::std::vec::Vec::new();
                $($crate::params!(@need self, needs, $name $(, $default)?; $($major, $minor)?);)*
                $($(needs.extend($crate::Params::needs(&self.$flat));)+)?
                needs
            }
        }
    };
    (
        $(#[$struct_meta:meta])*
        $vis:vis struct $struct:ident as $setters:ident { $($body:tt)* }
    ) => {
        $crate::params! { $(#[$struct_meta])* $vis struct $struct { $($body)* } }
        $crate::params! { @setters ($) $setters $vis, $($body)* }
    };
    (
        @setters ($dollar:tt) $setters:ident $vis:vis,
        $(
            $(#[doc = $doc:literal])*
            $(#[since($major:literal, $minor:literal)])?
            $name:ident : $type:ty $(= $default:expr)? $(=> $required:ident)?
        ),* $(,)?
        $(; $($flat:tt)*)?
    ) => {
        macro_rules! $setters {
            ($dollar outer:ty, $dollar field:ident) => {
                impl $dollar outer {
                    $(
                        $(#[doc = $doc])*
                        $vis fn $name<V>(mut self, $name: V) -> Self
                        where
                            $type: $crate::params::Field<V>,
                        {
                            self.$dollar field = self.$dollar field.$name($name);
                            self
                        }
                    )*
                }
            };
        }
    };
    (@default $default:expr) => { $default };
    (@default) => { Default::default() };
    (@since $major:literal, $minor:literal) => { Some($crate::ApiVersion::new($major, $minor)) };
    (@since) => { None };
    (@need $this:ident, $needs:ident, $name:ident $(, $default:expr)?;) => {};
    (@need $this:ident, $needs:ident, $name:ident $(, $default:expr)?; $major:literal, $minor:literal) => {
        if $this.$name != $crate::params!(@default $($default)?) {
            let name = $crate::params::plain_name(stringify!($name));
            $needs.push((name, $crate::ApiVersion::new($major, $minor)));
        }
    };
    (@required required) => { true };
    (@required) => { false };
}

params! {
    /// No parameters.
    pub struct NoParams {}
}

#[cfg(test)]
mod tests {
    use super::*;

    params! {
        /// Shared.
        struct InnerParams as inner_setters {
            /// A size.
            size: Option<i64>,
            /// Hidden by the outer one.
            name: Option<String>,
            /// Newer than the rest.
            #[since(1, 44)]
            newer: bool = false,
            /// A word that Rust reserves.
            r#type: Option<String>,
        }
    }

    params! {
        /// Both.
        struct OuterParams {
            /// A name.
            name: String => required,
            /// A switch.
            on: bool = true;
            /// The rest.
            ..inner: InnerParams,
        }
    }

    params! {
        /// In an order of its own.
        struct OrderedParams in [size, on] {
            /// A switch.
            on: bool = false;
            /// The rest.
            ..inner: InnerParams,
        }
    }
    inner_setters!(OrderedParams, inner);

    #[test]
    fn takes_over_setters_and_has_an_order() {
        let names: Vec<_> = OrderedParams::LIST.all().iter().map(|param| param.name).collect();
        assert_eq!(names, ["size", "on", "name", "newer", "type"]);
        let params = OrderedParams::default()
            .inner(InnerParams::default())
            .size(3)
            .on(true)
            .r#type("a")
            .name("b")
            .newer(true);
        assert_eq!((params.inner.size, params.inner.r#type.as_deref()), (Some(3), Some("a")));
        let read: OrderedParams = serde_json::from_str(r#"{"type":"b","on":true}"#).unwrap();
        assert_eq!((read.on, read.inner.r#type.as_deref()), (true, Some("b")));
        assert_eq!(OrderedParams::default().inner(InnerParams::default().size(4)).inner.size, Some(4));
    }

    #[test]
    fn describes_and_reads_itself() {
        let all = OuterParams::LIST.all();
        let names: Vec<_> = all.iter().map(|param| param.name).collect();
        assert_eq!(names, ["name", "on", "size", "newer", "type"]);
        assert!(all[0].required);
        assert_eq!((all[1].default, all[1].doc), ("true", "A switch."));
        assert_eq!(all[2].kind, Kind::Optional(&Kind::Int));

        let read: OuterParams = serde_json::from_str(r#"{"name":"a","size":9007199254740993}"#).unwrap();
        assert!(read.on);
        assert_eq!(read.inner.size, Some(9_007_199_254_740_993));
        assert_eq!(OuterParams::default().name("b").on(false).name, "b");
        assert_eq!(InnerParams::default().size(1).name("c").size, Some(1));
    }

    #[test]
    fn knows_what_a_newer_parameter_needs() {
        let newer = ApiVersion::new(1, 44);
        assert_eq!(OuterParams::LIST.all()[3].since, Some(newer));
        let params = OuterParams::default();
        assert_eq!(params.needs(), []);
        let params = params.inner(InnerParams::default().newer(true));
        assert_eq!(params.needs(), [("newer", newer)]);
    }
}
