//! Scripts that import others.

use std::path::Path;

use moondock_tests::binary::command;
use moondock_tests::process::{Finished, run};

use super::{DEADLINE, NOWHERE};

/// Runs the first of some files in a folder of their own.
fn run_first(files: &[(&str, &str)]) -> Finished {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let mut moondock = command(NOWHERE).unwrap();
    moondock.current_dir(folder.path()).arg("run").arg(Path::new(files[0].0));
    run(&mut moondock, DEADLINE).unwrap()
}

#[test]
fn handlers_may_be_those_of_a_module_and_call_what_it_has() {
    let lua = [
        (
            "main.lua",
            "local m, tools = require 'moondock', require 'tools'
             local function shout(words) tools.say(words .. '!') end
             tools.soon(function()
                 shout('main')
                 tools.soon(function()
                     shout('again')
                     tools.soon_of_its_own()
                 end)
             end)",
        ),
        (
            "tools.lua",
            "local m, tools = require 'moondock', {}
             function tools.say(words) print('tools: ' .. words) end
             function tools.soon(f)
                 local one
                 one = m.every('1ms', function() one:off() f() end)
             end
             function tools.soon_of_its_own()
                 m.every('1ms', function() tools.say('its own') m.exit(7) end)
             end
             return tools",
        ),
    ];
    let rhai = [
        (
            "main.rhai",
            "import \"tools\" as tools;
             fn shout(words) { tools::say(words + \"!\"); }
             tools::soon(|| {
                 shout(\"main\");
                 tools::soon(|| {
                     shout(\"again\");
                     tools::soon_of_its_own();
                 });
             });",
        ),
        (
            "tools.rhai",
            "fn say(words) { print(`tools: ${words}`); }
             fn soon(f) {
                 let one = ();
                 one = moondock::every(\"1ms\", || { one.off(); f.call(); });
             }
             fn soon_of_its_own() { moondock::every(\"1ms\", || { say(\"its own\"); moondock::exit(7); }); }",
        ),
    ];
    for files in [lua, rhai] {
        let finished = run_first(&files);
        assert_eq!(finished.stderr(), "", "{}", files[0].0);
        let printed = "tools: main!\ntools: again!\ntools: its own\n";
        assert_eq!((finished.stdout().as_str(), finished.code()), (printed, Some(7)), "{}", files[0].0);
    }
}

#[test]
fn handlers_may_register_handlers_without_end() {
    let finished = run_first(&[
        (
            "main.rhai",
            "import \"tools\" as tools;
             fn again(n) {
                 if n == 0 { moondock::exit(7); }
                 tools::soon(|| again(n - 1));
             }
             again(100);",
        ),
        (
            "tools.rhai",
            "fn soon(f) { let one = (); one = moondock::every(\"1ms\", || { one.off(); f.call(); }); }",
        ),
    ]);
    assert_eq!((finished.stderr().as_str(), finished.code()), ("", Some(7)));
}

#[test]
fn an_error_in_a_module_names_its_file() {
    for (files, place) in [
        (
            [
                ("main.lua", "require 'tools'.fail()"),
                ("tools.lua", "return {fail = function()\nerror('because') end}"),
            ],
            "tools.lua:2: because",
        ),
        ([("main.lua", "require 'tools'"), ("tools.lua", "\nerror('because')")], "tools.lua:2: because"),
        (
            [
                ("main.rhai", "import \"tools\" as tools; tools::fail();"),
                ("tools.rhai", "fn fail() {\nthrow \"because\"; }"),
            ],
            "tools:2:1: because",
        ),
        (
            [("main.rhai", "import \"tools\" as tools;"), ("tools.rhai", "\nthrow \"because\";")],
            "tools:2:1: because",
        ),
    ] {
        let finished = run_first(&files);
        assert!(finished.stderr().contains(place), "{files:?}: {}", finished.stderr());
        assert_eq!(finished.code(), Some(1), "{files:?}");
    }
}
