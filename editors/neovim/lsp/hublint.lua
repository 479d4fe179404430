-- For Neovim 0.11 and later: put it into ~/.config/nvim/lsp/ and call vim.lsp.enable('hublint').
return {
  cmd = { 'hublint', 'server' },
  filetypes = { 'markdown', 'dockerfile', 'python', 'yaml', 'json', 'toml', 'sh', 'requirements', 'gitattributes' },
  root_markers = { 'hublint.toml', '.hublint.toml', '.gitattributes', '.git' },
  -- as in hublint.toml, and before it: profile, select, extendSelect, ignore, configuration, debounce
  settings = { hublint = {} },
}
