-- Runs in `nvim --headless -l` with a Space in HUBLINT_TEST_SPACE; prints what happened as JSON.
local folder = vim.env.HUBLINT_TEST_SPACE
local told = {}

local function wait(what, holds)
  if not vim.wait(60000, holds, 20) then
    error('waited in vain until ' .. what)
  end
end

local function codes(buffer)
  local found = vim.tbl_map(function(each)
    return each.code
  end, vim.diagnostic.get(buffer))
  table.sort(found)
  return found
end

local function lines(buffer)
  return vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
end

local function run()
  vim.o.swapfile = false
  vim.opt.runtimepath:prepend(vim.env.HUBLINT_TEST_CONFIGURATION)
  vim.lsp.enable('hublint')
  vim.cmd('filetype on')
  vim.cmd.edit(folder .. '/README.md')
  local readme = vim.api.nvim_get_current_buf()
  wait('the server has started', function()
    return #vim.lsp.get_clients({ bufnr = readme, name = 'hublint' }) == 1
  end)
  local client = vim.lsp.get_clients({ bufnr = readme, name = 'hublint' })[1]
  wait('there are findings', function()
    return #vim.diagnostic.get(readme) > 0
  end)
  told.encoding = client.offset_encoding
  told.first = codes(readme)
  for _, each in ipairs(vim.diagnostic.get(readme)) do
    if each.code == 'SP008' then
      told.word = vim.api.nvim_buf_get_text(readme, each.lnum, each.col, each.end_lnum, each.end_col, {})[1]
      told.at = { each.lnum, each.col }
    end
  end

  -- the cursor on the faulty value, which stands behind an emoji
  vim.api.nvim_win_set_cursor(0, { told.at[1] + 1, told.at[2] })
  vim.lsp.buf.hover()
  wait('there is a window with the rule', function()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then
        told.hover = table.concat(lines(vim.api.nvim_win_get_buf(window)), '\n')
        vim.api.nvim_win_close(window, true)
        return true
      end
    end
    return false
  end)

  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.isPreferred
    end,
  })
  wait('the quick fix is in the text', function()
    return vim.api.nvim_buf_get_lines(readme, told.at[1], told.at[1] + 1, false)[1]:find('gray') ~= nil
  end)
  told.fixed = vim.api.nvim_buf_get_lines(readme, told.at[1], told.at[1] + 1, false)[1]
  wait('its finding is gone', function()
    return not vim.tbl_contains(codes(readme), 'SP008')
  end)
  vim.cmd.write()

  -- completion of a value, put into the text as Neovim does
  vim.api.nvim_buf_set_lines(readme, 1, 1, false, { 'license: apa' })
  vim.api.nvim_win_set_cursor(0, { 2, 12 })
  local params = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer = client:request_sync('textDocument/completion', params, 60000, readme)
  for _, item in ipairs(answer.result.items) do
    if item.label == 'apache-2.0' then
      vim.lsp.util.apply_text_edits({ item.textEdit }, readme, client.offset_encoding)
    end
  end
  told.completed = vim.api.nvim_buf_get_lines(readme, 1, 2, false)[1]

  -- a finding in README.md goes when the Dockerfile is written
  wait('the Dockerfile is missed', function()
    return vim.tbl_contains(codes(readme), 'SP025')
  end)
  vim.cmd.edit(folder .. '/Dockerfile')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { 'FROM python:3.11', 'CMD ["python", "-m", "http.server", "7860"]' })
  wait('it is no longer missed', function()
    return not vim.tbl_contains(codes(readme), 'SP025')
  end)
  vim.cmd.write()
  vim.cmd.buffer(readme)
  vim.cmd.write()
  wait('nothing is left', function()
    return #vim.diagnostic.get(readme) == 0
  end)
  told.last = codes(readme)
  client:stop()
  wait('the server has ended', function()
    return client:is_stopped()
  end)
end

local done, problem = pcall(run)
told.problem = not done and problem or nil
told.messages = vim.fn.execute('messages')
io.stdout:write(vim.json.encode(told))
vim.cmd('qa!')
