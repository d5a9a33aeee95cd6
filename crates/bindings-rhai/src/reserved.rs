//! Words that Rhai reserves, as names of members and arguments: `container.export()`, `#{until: "0s"}`.

use std::cell::Cell;

use rhai::{Engine, Token};

/// What the token before allows a word to be.
#[derive(Clone, Copy)]
enum Behind {
    /// `.`, `?.` and `::`, and `#{`, behind which there is only a name.
    OnlyName,
    /// A comma, behind which there may be a key or an expression, which some keywords begin.
    Comma,
    /// A word that has become a name; Rhai still thinks that a sign behind it belongs to a number.
    Freed,
    Other,
}

/// Makes any word a name where a member or the key of a map stands.
pub(crate) fn free_names(engine: &mut Engine) {
    let behind = Cell::new(Behind::Other);
    #[expect(deprecated, reason = "marked as volatile, not as going away")]
    engine.on_parse_token(move |token, _, _| {
        let mut freed = false;
        let token = match (behind.get(), token) {
            (Behind::Freed, Token::UnaryPlus) => Token::Plus,
            (Behind::Freed, Token::UnaryMinus) => Token::Minus,
            (Behind::OnlyName, token) if token.is_standard_keyword() => {
                freed = true;
                name(&token)
            }
            (Behind::Comma, token) if begins_nothing(&token) => name(&token),
            (Behind::OnlyName | Behind::Comma, Token::Reserved(word))
                if word.starts_with(|letter: char| letter.is_alphabetic() || letter == '_') =>
            {
                Token::Identifier(word)
            }
            (_, token) => token,
        };
        behind.set(match token {
            Token::Period | Token::Elvis | Token::DoubleColon | Token::MapStart => Behind::OnlyName,
            Token::Comma => Behind::Comma,
            _ if freed => Behind::Freed,
            _ => Behind::Other,
        });
        token
    });
}

fn name(keyword: &Token) -> Token {
    Token::Identifier(Box::new(keyword.literal_syntax().into()))
}

/// Whether no expression can begin with this keyword.
fn begins_nothing(keyword: &Token) -> bool {
    use Token::{As, Catch, Else, Export, Import, In, Private, Until};
    matches!(keyword, As | Catch | Else | Export | Import | In | Private | Until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_are_names_where_names_stand() {
        let mut engine = Engine::new();
        free_names(&mut engine);
        for (script, expected) in [
            ("let m = #{until: 1, case: 2, in: 3, default: 4}; m.until + m.case + m.in - m.default", 2),
            ("let m = #{if: 1}; m.if", 1),
            ("let f = |a, b| a + b; f.call(1, if true { 2 } else { 3 })", 3),
            ("let m = [1, switch 1 { 1 => 2, _ => 3 }]; m[1]", 2),
        ] {
            assert_eq!(engine.eval::<rhai::INT>(script).unwrap(), expected, "{script}");
        }
        // A keyword that begins expressions has to be quoted behind a comma.
        assert!(engine.compile("#{a: 1, if: 2}").is_err());
    }
}
