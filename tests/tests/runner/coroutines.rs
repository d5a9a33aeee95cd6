//! Calls wherever Lua lets them stand: in coroutines of the script's own, and where no coroutine can yield.

use moondock_tests::process::Finished;
use moondock_tests::replay::{Played, ReplayEngine};
use serde_json::json;

use super::run;

/// Runs a script with `client` and `version()`, a call that has to wait.
fn run_lua(text: &str) -> Finished {
    let engine = ReplayEngine::start(|_, path| {
        (path == "/info").then(|| Played::json(&json!({"Name": "here", "Containers": 2})))
    });
    let engine = engine.unwrap();
    let start =
        "local client = require('docker').from_env() local function name() return client:info().Name end\n";
    run(&engine.host(), ("lua", &format!("{start}{text}")))
}

#[test]
fn a_coroutine_of_the_scripts_gets_results_and_yields_its_own_values() {
    let script = "
        print(coroutine.wrap(name)())
        for word in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(name() .. i) end end) do print(word) end
        local inner = coroutine.create(function(a)
            local b = coroutine.yield(name(), a)
            return b, name()
        end)
        print(coroutine.resume(inner, 1))
        print(coroutine.resume(inner, 2))
        print(coroutine.resume(inner))
        local nested = coroutine.wrap(function() return coroutine.wrap(name)() end)
        print(nested())
        print(pcall(coroutine.wrap(function() client.containers:get('nobody') end)))
    ";
    let finished = run_lua(script).success().unwrap();
    let expected = "here\nhere1\nhere2\nhere3\ntrue\there\t1\ntrue\t2\there\nfalse\tcannot resume dead coroutine\nhere\n\
                    false\tContainers.get: GET /containers/nobody/json: 404 Not Found\n";
    assert_eq!(finished.stdout(), expected);
}

#[test]
fn where_lua_cannot_yield_a_call_waits_on_the_spot() {
    let script = "
        print((('a b'):gsub('%w', name)))
        local list = {2, 1}
        table.sort(list, function(a, b) return name() == 'here' and a < b end)
        print(list[1])
        print(tostring(setmetatable({}, {__tostring = name})))
        package.preload.module = function() return name() end
        print((require 'module'))
        print(xpcall(error, function() return name() end))
        print(load(function() local text = piece; piece = nil; return text and name() and text end or 'return 1')())
        local ok, err = pcall(string.gsub, 'a', '%w', function()
            return client.images:load(function() return nil end)
        end)
        print(ok, err.kind, err.message:match('a call that takes a function') ~= nil)
    ";
    let finished = run_lua(&format!("piece = 'return 1'\n{script}")).success().unwrap();
    let expected = "here here\n1\nhere\nhere\nfalse\there\n1\nfalse\tInvalidArgument\ttrue\n";
    assert_eq!(finished.stdout(), expected);
}

#[test]
fn a_stack_overflow_is_an_error_with_a_short_trace() {
    let finished = run_lua("local function deep() return deep() + 0 end\ndeep()");
    assert_eq!(finished.code(), Some(1));
    let message = finished.stderr();
    assert!(message.contains("stack overflow") && message.lines().count() < 40, "{message}");
}

#[test]
fn tables_that_are_neither_list_nor_map_are_refused() {
    for (argument, words) in [
        ("command = {'echo', nil, 'x'}", "item 2 of a list is nothing"),
        ("environment = {'A=1', B = '2'}", "both items and names"),
        ("labels = {['\\xff'] = 'x'}", "no UTF-8"),
    ] {
        let script = format!(
            "print(select(2, pcall(client.containers.create, client.containers, 'busybox', {{{argument}}})))"
        );
        let finished = run_lua(&script).success().unwrap();
        assert!(finished.stdout().contains(words), "{argument}: {}", finished.stdout());
        assert!(finished.stdout().contains("Containers.create"), "{}", finished.stdout());
    }
}
