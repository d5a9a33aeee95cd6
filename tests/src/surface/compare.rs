//! Where two surfaces differ.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::{Member, Parameter, Surface};

/// How ours differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// docker-py has it, and we do not.
    Missing,
    /// We have it, and docker-py does not.
    Added,
    /// It is another kind of thing, has another value, or is a special case of other kinds of errors.
    Nature,
    /// It can be left out in one of the two only.
    Required,
    /// It has another default.
    Default,
    /// The parameters by place are not docker-py's, in its order.
    Order,
}

/// One difference.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// A place, or a parameter in its call: `Container.stop(timeout)`.
    pub place: String,
    /// How it differs.
    pub what: What,
    detail: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}{}", self.place, self.what, self.detail)
    }
}

fn difference(place: impl Into<String>, what: What, detail: impl Into<String>) -> Difference {
    Difference { place: place.into(), what, detail: detail.into() }
}

/// Holds a surface against docker-py's.
pub fn compare(theirs: &Surface, ours: &Surface) -> Vec<Difference> {
    let mut differences = Vec::new();
    for place in theirs.keys().chain(ours.keys()).collect::<BTreeSet<_>>() {
        match (theirs.get(place), ours.get(place)) {
            (Some(_), None) => differences.push(difference(place, What::Missing, "")),
            (None, Some(_)) => differences.push(difference(place, What::Added, "")),
            (Some(theirs), Some(ours)) => members(place, theirs, ours, &mut differences),
            (None, None) => {}
        }
    }
    differences
}

fn members(place: &str, theirs: &Member, ours: &Member, differences: &mut Vec<Difference>) {
    let same = match (theirs, ours) {
        (Member::Call(theirs), Member::Call(ours)) => return calls(place, theirs, ours, differences),
        (Member::Value(Some(theirs)), Member::Value(Some(ours))) => theirs == ours,
        (Member::Value(_), Member::Value(_)) => true,
        (Member::Kind(theirs), Member::Kind(ours)) => theirs.iter().all(|kind| ours.contains(kind)),
        _ => false,
    };
    if !same {
        differences.push(difference(place, What::Nature, format!(": docker-py {theirs:?}, here {ours:?}")));
    }
}

fn calls(place: &str, theirs: &[Parameter], ours: &[Parameter], differences: &mut Vec<Difference>) {
    let at = |name: &str| format!("{place}({name})");
    for param in theirs {
        let Some(own) = ours.iter().find(|own| own.name == param.name) else {
            differences.push(difference(at(&param.name), What::Missing, ""));
            continue;
        };
        if own.required != param.required {
            let detail = format!(": docker-py {}, here {}", param.required, own.required);
            differences.push(difference(at(&param.name), What::Required, detail));
        } else if !own.required && !is_same_default(&param.default, &own.default) {
            let detail = format!(": docker-py {}, here {}", param.default, own.default);
            differences.push(difference(at(&param.name), What::Default, detail));
        }
    }
    for own in ours.iter().filter(|own| theirs.iter().all(|param| param.name != own.name)) {
        differences.push(difference(at(&own.name), What::Added, ""));
    }
    let places = theirs.iter().take_while(|param| !param.by_name);
    if places.zip(ours).any(|(param, own)| own.by_name || own.name != param.name) {
        let names = |params: &[Parameter]| {
            params.iter().filter(|param| !param.by_name).map(|param| param.name.clone()).collect::<Vec<_>>()
        };
        let detail = format!(": docker-py {:?}, here {:?}", names(theirs), names(ours));
        differences.push(difference(place, What::Order, detail));
    }
}

/// Whether two defaults mean the same: an empty text, list or map is another way to give nothing.
fn is_same_default(one: &Value, other: &Value) -> bool {
    let is_nothing = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    };
    one == other
        || is_nothing(one) && is_nothing(other)
        || one.as_f64().is_some_and(|number| Some(number) == other.as_f64())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn param(name: &str) -> Parameter {
        Parameter { name: name.to_owned(), by_name: false, required: false, default: Value::Null }
    }

    fn required(name: &str) -> Parameter {
        Parameter { required: true, ..param(name) }
    }

    fn by_name(name: &str) -> Parameter {
        Parameter { by_name: true, ..param(name) }
    }

    fn default(name: &str, default: Value) -> Parameter {
        Parameter { default, ..param(name) }
    }

    fn surface(members: impl IntoIterator<Item = (&'static str, Member)>) -> Surface {
        members.into_iter().map(|(place, member)| (place.to_owned(), member)).collect()
    }

    fn found(theirs: Member, ours: Member) -> Vec<(String, What)> {
        let differences = compare(&surface([("A.b", theirs)]), &surface([("A.b", ours)]));
        differences.into_iter().map(|difference| (difference.place, difference.what)).collect()
    }

    fn of_calls(
        theirs: impl IntoIterator<Item = Parameter>,
        ours: impl IntoIterator<Item = Parameter>,
    ) -> Vec<(String, What)> {
        found(Member::Call(theirs.into_iter().collect()), Member::Call(ours.into_iter().collect()))
    }

    fn at(place: &str, what: What) -> (String, What) {
        (place.to_owned(), what)
    }

    #[test]
    fn what_one_of_them_lacks_is_found() {
        let theirs = surface([("A.b", Member::Value(None)), ("A.c", Member::Value(None))]);
        let ours = surface([("A.c", Member::Value(None)), ("A.d", Member::Value(None))]);
        let found: Vec<_> = compare(&theirs, &ours).iter().map(ToString::to_string).collect();
        assert_eq!(found, ["A.b: Missing", "A.d: Added"]);
    }

    #[test]
    fn members_are_of_one_nature() {
        let call = Member::Call(Vec::new());
        assert_eq!(found(Member::Value(None), call.clone()), [at("A.b", What::Nature)]);
        assert_eq!(found(call.clone(), call), []);
        let value = |value: Value| Member::Value(Some(value));
        assert_eq!(found(value(json!("a")), value(json!("b"))), [at("A.b", What::Nature)]);
        assert_eq!(found(value(json!("a")), Member::Value(None)), []);
    }

    #[test]
    fn a_kind_is_a_special_case_of_at_least_the_same() {
        let kind =
            |names: &[&str]| Member::Kind(names.iter().copied().map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(found(kind(&["A"]), kind(&["B", "A"])), []);
        assert_eq!(found(kind(&["A", "B"]), kind(&["B"])), [at("A.b", What::Nature)]);
    }

    #[test]
    fn parameters_are_there_in_both() {
        assert_eq!(of_calls([param("a")], []), [at("A.b(a)", What::Missing)]);
        assert_eq!(of_calls([], [param("a")]), [at("A.b(a)", What::Added)]);
        assert_eq!(of_calls([required("a")], [param("a")]), [at("A.b(a)", What::Required)]);
        let odd = Parameter { default: json!(0), ..required("a") };
        assert_eq!(of_calls([required("a")], [odd]), []);
    }

    #[test]
    fn defaults_are_the_same() {
        let of = |theirs, ours| of_calls([default("a", theirs)], [default("a", ours)]);
        assert_eq!(of(json!(false), json!(true)), [at("A.b(a)", What::Default)]);
        assert_eq!(of(json!(false), Value::Null), [at("A.b(a)", What::Default)]);
        assert_eq!(of(json!(0), Value::Null), [at("A.b(a)", What::Default)]);
        assert_eq!(of(json!(60), json!(60.0)), []);
        assert_eq!(of(json!(""), Value::Null), []);
        assert_eq!(of(json!({}), json!([])), []);
    }

    #[test]
    fn places_are_the_same() {
        let order = [at("A.b", What::Order)];
        assert_eq!(of_calls([param("a"), param("b")], [param("b"), param("a")]), order);
        assert_eq!(of_calls([param("a")], [by_name("a")]), order);
        assert_eq!(of_calls([by_name("a"), by_name("b")], [param("b"), param("a")]), []);
        assert_eq!(of_calls([param("a"), by_name("b")], [param("b"), param("a")]), order);
        let in_the_way = of_calls([param("a"), param("b")], [param("a"), param("new"), param("b")]);
        assert_eq!(in_the_way, [at("A.b(new)", What::Added), order[0].clone()]);
        let missing = of_calls([param("a"), param("b"), param("c")], [param("a"), param("c")]);
        assert_eq!(missing, [at("A.b(b)", What::Missing), order[0].clone()]);
    }
}
