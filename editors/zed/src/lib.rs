//! Starts `hublint server`, which has to be on the PATH of the worktree or named in the settings.

use zed_extension_api::{self as zed, settings::LspSettings, LanguageServerId, Result};

struct Hublint;

impl zed::Extension for Hublint {
    fn new() -> Self {
        Hublint
    }

    fn language_server_command(
        &mut self,
        server: &LanguageServerId,
        worktree: &zed::Worktree,
    ) -> Result<zed::Command> {
        let binary = LspSettings::for_worktree(server.as_ref(), worktree).ok().and_then(|settings| settings.binary);
        let named = binary.as_ref().and_then(|binary| binary.path.clone());
        let command = named.or_else(|| worktree.which("hublint")).ok_or_else(|| {
            "hublint is not on the PATH: pip install 'hublint[lsp]', or name it in lsp.hublint.binary.path".to_string()
        })?;
        let args = binary.and_then(|binary| binary.arguments).unwrap_or_else(|| vec!["server".into()]);
        Ok(zed::Command { command, args, env: worktree.shell_env() })
    }

    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &zed::Worktree,
    ) -> Result<Option<zed::serde_json::Value>> {
        Ok(LspSettings::for_worktree(server.as_ref(), worktree).ok().and_then(|settings| settings.settings))
    }
}

zed::register_extension!(Hublint);
