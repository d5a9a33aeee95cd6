//! Credentials in docker's configuration file, in every form that docker-py reads.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::{HUB_KEY, of_user};
use crate::config_file::ConfigFile;
use crate::error::Result;
use crate::types::{HUB, registry_name};

/// Credentials of one registry under the key that the file has them under.
type Entry<'a> = (&'a str, &'a Map<String, Value>);

impl ConfigFile {
    /// The credentials in the file itself for a registry.
    pub(super) fn credentials(&self, registry: &str) -> Result<Option<Map<String, Value>>> {
        let entries = self.entries()?;
        let exact = entries.iter().filter(|(key, _)| *key == registry);
        let same = entries.iter().filter(|(key, _)| *key != registry && registry_name(key) == registry);
        exact.chain(same).find_map(|entry| self.decode(*entry).transpose()).transpose()
    }

    /// All credentials in the file itself.
    pub(super) fn all_credentials(&self) -> Result<Map<String, Value>> {
        let mut all = Map::new();
        for (key, entry) in self.entries()? {
            if let Some(credentials) = self.decode((key, entry))? {
                all.insert(key.to_owned(), credentials.into());
            }
        }
        Ok(all)
    }

    /// The name of the helper that has the credentials of a registry, if a helper has.
    pub(super) fn helper(&self, registry: &str) -> Result<Option<&str>> {
        let helpers = self.helpers()?;
        let key = helper_key(registry);
        let own = helpers.iter().find(|(name, _)| *name == key);
        let own = own.or_else(|| helpers.iter().find(|(name, _)| registry_name(name) == registry));
        match own {
            Some((_, helper)) => Ok(Some(*helper)),
            None => self.default_helper(),
        }
    }

    /// The name of the helper for every registry without one of its own.
    pub(super) fn default_helper(&self) -> Result<Option<&str>> {
        self.text("credsStore")
    }

    /// Registries with helpers of their own, and the helpers' names.
    pub(super) fn helpers(&self) -> Result<Vec<(&str, &str)>> {
        let helpers = self.map("credHelpers")?.into_iter().flatten();
        helpers
            .filter(|(_, helper)| helper.as_str() != Some(""))
            .map(|(registry, helper)| match helper.as_str() {
                Some(helper) => Ok((registry.as_str(), helper)),
                None => Err(self.invalid(format!("`credHelpers` has no name of a helper for `{registry}`"))),
            })
            .collect()
    }

    /// The entries of `auths`. A file without any of the names that credentials stand under may be one of before these
    /// names, which is all entries.
    fn entries(&self) -> Result<Vec<Entry<'_>>> {
        let names = ["auths", "credsStore", "credHelpers"];
        if !names.iter().any(|name| self.content.contains_key(*name)) {
            let entries = self.content.iter().map(|(key, entry)| Some((key.as_str(), entry.as_object()?)));
            return Ok(entries.collect::<Option<_>>().unwrap_or_default());
        }
        let entries = self.map("auths")?.into_iter().flatten();
        entries
            .map(|(key, entry)| match entry {
                Value::Object(entry) => Ok((key.as_str(), entry)),
                _ => Err(self.invalid(format!("`auths` has no map for `{key}`"))),
            })
            .collect()
    }

    /// What an engine is told of an entry; nothing of one that is empty, whose credentials a helper has.
    fn decode(&self, (key, entry): Entry) -> Result<Option<Map<String, Value>>> {
        let text = |name: &str| match entry.get(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.as_str()).filter(|text| !text.is_empty())),
            Some(_) => Err(self.invalid(format!("`{name}` of `{key}` in `auths` is no text"))),
        };
        for token in ["identitytoken", "registrytoken"] {
            if let Some(value) = text(token)? {
                return Ok(Some(Map::from_iter([(token.to_owned(), value.into())])));
            }
        }
        let mut credentials = if let Some(auth) = text("auth")? {
            let (username, password) = user_and_password(auth).ok_or_else(|| {
                self.invalid(format!("`auth` of `{key}` in `auths` is no `user:password` in base64"))
            })?;
            of_user(key, &username, &password)
        } else if let (Some(username), Some(password)) = (text("username")?, text("password")?) {
            of_user(key, username, password)
        } else {
            return Ok(None);
        };
        // docker-py sends it even where there is none.
        credentials.insert("email".to_owned(), text("email")?.into());
        Ok(Some(credentials))
    }
}

/// The key under which helpers have a registry's credentials.
pub(super) fn helper_key(registry: &str) -> &str {
    if registry == HUB { HUB_KEY } else { registry }
}

fn user_and_password(auth: &str) -> Option<(String, String)> {
    let bytes = STANDARD.decode(auth.trim()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let (username, password) = text.split_once(':')?;
    Some((username.to_owned(), password.trim_end_matches('\0').to_owned()))
}

/// The content of the oldest form of the file: a line `auth = ...` and a line `email = ...`, for Docker Hub.
pub(crate) fn legacy(text: &[u8]) -> Option<Map<String, Value>> {
    let text = std::str::from_utf8(text).ok()?;
    let mut values = text.lines().map(|line| line.trim().split_once(" = ").map(|(_, value)| value));
    let (auth, email) = (values.next()??, values.next()??);
    user_and_password(auth)?;
    let entry = Map::from_iter([("auth".to_owned(), auth.into()), ("email".to_owned(), email.into())]);
    let entries = Map::from_iter([(HUB_KEY.to_owned(), Value::Object(entry))]);
    Some(Map::from_iter([("auths".to_owned(), Value::Object(entries))]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::error::ErrorKind;

    fn file(content: &Value) -> ConfigFile {
        ConfigFile { content: content.as_object().unwrap().clone(), ..ConfigFile::default() }
    }

    fn found(content: &Value, registry: &str) -> Value {
        file(content).credentials(registry).unwrap().map_or(Value::Null, Value::Object)
    }

    #[test]
    fn reads_passwords_and_tokens() {
        let content = json!({"auths": {
            "a.io": {"auth": STANDARD.encode("me:pass:word")},
            "b.io": {"auth": STANDARD.encode("me:x"), "identitytoken": "i"},
            "c.io": {"registrytoken": "r"},
            "d.io": {"username": "me", "password": "p", "email": "m@e"},
            "e.io": {},
        }});
        assert_eq!(
            found(&content, "a.io"),
            json!({"username": "me", "password": "pass:word", "serveraddress": "a.io", "email": null})
        );
        assert_eq!(found(&content, "b.io"), json!({"identitytoken": "i"}));
        assert_eq!(found(&content, "c.io"), json!({"registrytoken": "r"}));
        assert_eq!(
            found(&content, "d.io"),
            json!({"username": "me", "password": "p", "serveraddress": "d.io", "email": "m@e"})
        );
        assert_eq!(found(&content, "e.io"), Value::Null);
        assert_eq!(found(&content, "f.io"), Value::Null);
        let all = file(&content).all_credentials().unwrap();
        assert_eq!(all.keys().collect::<Vec<_>>(), ["a.io", "b.io", "c.io", "d.io"]);
    }

    #[test]
    fn finds_a_registry_however_its_key_is_written() {
        let token = |token: &str| json!({"identitytoken": token});
        let content = json!({"auths": {
            HUB_KEY: token("hub"), "https://host:5000/v2/": token("url"), "host:5000": token("exact"),
        }});
        assert_eq!(found(&content, HUB), token("hub"));
        assert_eq!(found(&content, "host:5000"), token("exact"));
        let content = json!({"auths": {"host:5000": {}, "http://host:5000": token("url")}});
        assert_eq!(found(&content, "host:5000"), token("url"));
    }

    #[test]
    fn asks_only_the_registrys_own_helper() {
        let content = json!({"credsStore": "all", "credHelpers": {
            HUB_KEY: "hub", "host:5000": "own", "https://url.io": "url", "none.io": "",
        }});
        let file = file(&content);
        for (registry, helper) in
            [(HUB, "hub"), ("host:5000", "own"), ("url.io", "url"), ("none.io", "all"), ("else.io", "all")]
        {
            assert_eq!(file.helper(registry).unwrap(), Some(helper), "{registry}");
        }
    }

    #[test]
    fn reads_the_forms_of_old() {
        let bare = json!({"https://index.docker.io/v1/": {"auth": STANDARD.encode("me:x"), "email": "m@e"}});
        assert_eq!(found(&bare, HUB)["username"], "me");
        assert_eq!(found(&json!({"HttpHeaders": {"A": "b"}, "detachKeys": "x"}), "A"), Value::Null);

        let lines = format!("auth = {}\nemail = m@e\n", STANDARD.encode("me:x"));
        let content = Value::Object(legacy(lines.as_bytes()).unwrap());
        assert_eq!(found(&content, HUB)["email"], "m@e");
        assert!(legacy(b"auth = ?\nemail = m@e").is_none());
        assert!(legacy(b"{ not json").is_none());
    }

    #[test]
    fn says_what_is_wrong_without_telling_a_secret() {
        for (content, words) in [
            (json!({"auths": []}), "`auths` is no map"),
            (json!({"auths": {"a.io": "secret"}}), "no map for `a.io`"),
            (json!({"auths": {"a.io": {"auth": "secret"}}}), "`auth` of `a.io`"),
            (json!({"auths": {"a.io": {"auth": STANDARD.encode("secret")}}}), "no `user:password`"),
            (json!({"auths": {"a.io": {"identitytoken": ["secret"]}}}), "`identitytoken` of `a.io`"),
            (json!({"credHelpers": {"a.io": 1}}), "no name of a helper for `a.io`"),
            (json!({"credsStore": 1}), "`credsStore` is no text"),
        ] {
            let file = file(&content);
            let result = file.helper("a.io").and_then(|_| file.credentials("a.io"));
            let error = result.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidConfigFile, "{content}");
            assert!(error.to_string().contains(words), "{error}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
    }

    #[test]
    fn an_entry_of_another_registry_does_no_harm() {
        let content = json!({"auths": {"a.io": {"auth": "?"}, "b.io": {"identitytoken": "t"}}});
        assert_eq!(found(&content, "b.io"), json!({"identitytoken": "t"}));
    }

    proptest! {
        #[test]
        fn any_file_of_old_is_read(text in prop::collection::vec(any::<u8>(), 0..200), auth in ".{0,40}") {
            legacy(&text);
            legacy(format!("auth = {auth}\nemail = {auth}\n").as_bytes());
        }

        #[test]
        fn a_user_and_a_password_come_back(user in "[^:]{0,20}", password in "[^\0]{0,20}(:[^\0]{0,20}){0,2}") {
            let content = json!({"auths": {"a.io": {"auth": STANDARD.encode(format!("{user}:{password}"))}}});
            let mut expected = of_user("a.io", &user, &password);
            expected.insert("email".to_owned(), Value::Null);
            prop_assert_eq!(found(&content, "a.io"), Value::Object(expected));
        }

        #[test]
        fn a_token_under_auth_is_one(token in "[^\0]{0,20}(:[^\0]{0,20}){0,2}") {
            let auth = STANDARD.encode(format!("<token>:{token}"));
            let entry = found(&json!({"auths": {"a.io": {"auth": auth}}}), "a.io");
            prop_assert_eq!(&entry["identitytoken"], &Value::from(token));
            prop_assert!(entry.get("password").is_none());
        }

        #[test]
        fn whatever_stands_under_auth_is_an_entry_or_an_error(
            bytes in prop::collection::vec(any::<u8>(), 0..60), encoded: bool,
        ) {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let auth = if encoded { STANDARD.encode(&bytes) } else { text };
            let file = file(&json!({"auths": {"a.io": {"auth": &auth}}}));
            match file.credentials("a.io") {
                Ok(Some(entry)) => {
                    prop_assert!(entry.contains_key("username") || entry.contains_key("identitytoken"));
                }
                Ok(None) => prop_assert!(auth.is_empty()),
                Err(error) => {
                    prop_assert_eq!(error.kind(), ErrorKind::InvalidConfigFile);
                    let words = "`auth` of `a.io` in `auths` is no `user:password` in base64";
                    prop_assert!(error.to_string().ends_with(words), "{}", error);
                }
            }
        }
    }
}
