//! The stubs for LuaLS are Lua that any Lua can read, and their modules have what the real ones have.

use std::path::Path;

use mlua::{Lua, Table, Value};
use moondock_script_api::Host;

fn stub(lua: &Lua, name: &str) -> mlua::Result<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("stubs").join(name);
    lua.load(path).eval()
}

#[tokio::test]
async fn stubs_are_lua_with_the_members_of_the_real_modules() {
    let lua = Lua::new();
    let serving = moondock_lua::install(&lua, &Host::builder().build()).unwrap();
    for name in ["docker", "moondock"] {
        let Value::Table(stub) = stub(&lua, &format!("{name}.lua")).unwrap() else {
            panic!("{name} is no table")
        };
        let real: Table = lua.load(format!("return require '{name}'")).eval().unwrap();
        let mut functions = 0;
        for pair in stub.pairs::<String, Value>() {
            let (function, _) = pair.unwrap();
            assert!(real.get::<Value>(function.as_str()).unwrap().is_function(), "{name}.{function}");
            functions += 1;
        }
        assert!(functions > 0, "{name} has no functions");
    }
    assert!(stub(&lua, "classes.lua").unwrap().is_nil());
    drop(serving);
}
