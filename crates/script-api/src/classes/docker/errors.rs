//! The module `docker.errors`: the kinds of errors.

use moondock_engine::ErrorKind;

use crate::describe::{Constant, Module};

const COUNT: usize = ErrorKind::ALL.len();

const fn constants() -> [Constant; COUNT] {
    let mut constants = [Constant { name: "", doc: "", value: "" }; COUNT];
    let mut place = 0;
    while place < COUNT {
        let kind = ErrorKind::ALL[place];
        constants[place] = Constant { name: kind.name(), doc: kind.doc(), value: kind.name() };
        place += 1;
    }
    constants
}

static CONSTANTS: [Constant; COUNT] = constants();

pub(in crate::classes) static MODULE: Module = Module {
    name: "docker.errors",
    doc: "The kinds of errors, to be asked for with `is_a`, as in `err:is_a(docker.errors.NotFound)`.",
    functions: &[],
    constants: &CONSTANTS,
};
