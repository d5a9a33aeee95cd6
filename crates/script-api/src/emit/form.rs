//! The forms in which a call can be written.

use moondock_engine::{Kind, Param, ParamList};

/// How many arguments by place a form lists; more are better given by name.
const LISTED: usize = 6;

/// What stands behind the arguments by place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Options {
    /// Nothing.
    None,
    /// A map with further arguments, which may be left out.
    Further,
    /// A map with all arguments, some of them required.
    All,
}

/// A form of a call: arguments by place, then perhaps a map of arguments by name.
#[derive(Clone, Debug)]
pub(super) struct Form {
    pub(super) by_place: Vec<&'static Param>,
    pub(super) options: Options,
}

/// The forms of a call, the shortest first, the most usual last.
pub(super) fn forms(list: &ParamList) -> Vec<Form> {
    let all = list.all();
    let required = all.iter().filter(|param| param.required).count();
    let form = |count: usize, options| Form { by_place: all[..count].to_vec(), options };
    let behind = |count: usize| if count < all.len() { Options::Further } else { Options::None };
    let most = required.max(2).min(all.len());
    let mut forms = Vec::new();
    if all.len() > most && all.len() <= LISTED {
        forms.push(form(all.len(), Options::None));
    }
    forms.extend((required.max(1)..=most).rev().map(|count| form(count, behind(count))));
    match (all.len(), required) {
        (0, _) => forms.push(form(0, Options::None)),
        (_, 0) => forms.push(form(0, Options::Further)),
        (_, _) => forms.insert(0, form(0, Options::All)),
    }
    forms
}

/// A parameter's kind where it is given: what may be left out is told apart from that.
pub(super) fn given(param: &Param) -> Kind {
    match param.kind {
        Kind::Optional(kind) => *kind,
        kind => kind,
    }
}

/// What a parameter does, on one line, with the API version that it needs.
pub(super) fn doc(param: &Param) -> String {
    let doc = param.doc.replace('\n', " ");
    match param.since {
        Some(version) => format!("{doc} Needs API {version}."),
        None => doc,
    }
}

#[cfg(test)]
mod tests {
    use moondock_engine::{Params, params};

    use super::*;

    params! {
        /// Two required.
        struct TwoParams {
            /// First.
            first: String => required,
            /// Second.
            second: String => required,
            /// Third.
            third: Option<i64>,
        }
    }

    #[test]
    fn defaults_are_as_scripts_write_them() {
        let methods = crate::classes::CLASSES.iter().flat_map(|class| class.methods);
        for param in methods.flat_map(|method| method.params.all()) {
            let default = param.plain_default().unwrap_or_default();
            assert!(!default.contains(['(', ':']) || default.starts_with('"'), "{}: {default}", param.name);
        }
    }

    fn shown(list: &ParamList) -> Vec<(usize, Options)> {
        forms(list).iter().map(|form| (form.by_place.len(), form.options)).collect()
    }

    #[test]
    fn the_required_come_by_place_or_all_by_name() {
        assert_eq!(shown(&TwoParams::LIST), [(0, Options::All), (3, Options::None), (2, Options::Further)]);
        assert_eq!(shown(&moondock_engine::params::NoParams::LIST), [(0, Options::None)]);
    }
}
