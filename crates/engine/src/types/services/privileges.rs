//! The security options of a service's containers.

use serde_json::{Map, Value, json};

use crate::error::Result;
use crate::params;
use crate::types::fields::Fields;
use crate::types::invalid;
use crate::types::part::PartType;

params! {
    /// The security options of a service's containers (docker-py: `docker.types.Privileges`).
    pub struct Privileges {
        /// The file in the engine's data folder with a Windows credential specification.
        credentialspec_file: Option<String>,
        /// The value in the Windows registry with a credential specification.
        credentialspec_registry: Option<String>,
        /// Without `SELinux`.
        selinux_disable: Option<bool>,
        /// The `SELinux` user.
        selinux_user: Option<String>,
        /// The `SELinux` role.
        selinux_role: Option<String>,
        /// The `SELinux` type.
        selinux_type: Option<String>,
        /// The `SELinux` level.
        selinux_level: Option<String>,
        /// The id of the config with a Windows credential specification. docker-py does not have it.
        credentialspec_config: Option<String>,
        /// The seccomp profile: `{Mode, Profile}`, the mode `default`, `unconfined` or `custom`, the profile in base64.
        #[since(1, 44)]
        seccomp: Option<Map<String, Value>>,
        /// `AppArmor`: `{Mode}`, which is `default` or `disabled`.
        #[since(1, 44)]
        apparmor: Option<Map<String, Value>>,
        /// Processes cannot gain privileges.
        #[since(1, 44)]
        no_new_privileges: Option<bool>,
    }
}

impl PartType for Privileges {
    const NAME: &'static str = "Privileges";

    fn to_wire(&self) -> Result<Value> {
        let sources = [
            ("File", &self.credentialspec_file),
            ("Registry", &self.credentialspec_registry),
            ("Config", &self.credentialspec_config),
        ];
        let credentials: Map<_, _> = sources
            .into_iter()
            .filter_map(|(name, source)| Some((name.to_owned(), Value::from(source.clone()?))))
            .collect();
        if credentials.len() > 1 {
            let names = "`credentialspec_file`, `credentialspec_registry` and `credentialspec_config`";
            return Err(invalid(format!("Privileges: {names} contradict each other; give one of them")));
        }
        let selinux = json!({
            "Disable": self.selinux_disable,
            "User": self.selinux_user,
            "Role": self.selinux_role,
            "Type": self.selinux_type,
            "Level": self.selinux_level,
        });
        Ok(Fields::default()
            .filled("CredentialSpec", Some(credentials))
            .set("SELinuxContext", selinux)
            .given("Seccomp", self.seccomp.clone())
            .given("AppArmor", self.apparmor.clone())
            .given("NoNewPrivileges", self.no_new_privileges)
            .into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Part;

    #[test]
    fn takes_one_source_of_credentials() {
        let one = Privileges::default().credentialspec_file("a.json");
        let made = Part::from(one.clone()).to_wire().unwrap();
        assert_eq!(made["CredentialSpec"], json!({"File": "a.json"}));
        assert_eq!(made["SELinuxContext"]["Disable"], Value::Null);
        let error = Part::from(one.credentialspec_registry("b")).to_wire().unwrap_err();
        assert!(error.to_string().contains("contradict"), "{error}");
    }
}
