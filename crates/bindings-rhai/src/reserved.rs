//! Words that Rhai reserves, as names of members: `container.export()`, `moondock::spawn(...)`.

use std::cell::Cell;

use rhai::{Engine, Token};

/// Makes any word behind `.`, `?.` or `::` a name.
pub(crate) fn free_member_names(engine: &mut Engine) {
    let behind = Cell::new(false);
    #[expect(deprecated, reason = "marked as volatile, not as going away")]
    engine.on_parse_token(move |token, _, _| {
        let token = if behind.get() { as_name(token) } else { token };
        behind.set(matches!(token, Token::Period | Token::Elvis | Token::DoubleColon));
        token
    });
}

fn as_name(token: Token) -> Token {
    match token {
        Token::Reserved(word) if word.starts_with(|c: char| c.is_alphabetic() || c == '_') => {
            Token::Identifier(word)
        }
        token if token.is_standard_keyword() => Token::Identifier(Box::new(token.literal_syntax().into())),
        token => token,
    }
}
