-- A real editor: opens a file, sees the finding, applies the fix, saves, sees the finding gone.
-- Environment: SERVER is the command as JSON, ROOT the folder, FILE the file in it, CODE the rule.
local function finish(message)
  io.stdout:write(message .. "\n")
  vim.cmd(message == "ok" and "qa!" or "cquit")
end

local function waited(what, condition)
  if not vim.wait(20000, condition, 20) then
    finish("never: " .. what .. "; shown: " .. vim.inspect(vim.diagnostic.get(0)))
  end
end

local function shown(code)
  local count = 0
  for _, item in ipairs(vim.diagnostic.get(0)) do
    local known = item.code or (item.user_data and item.user_data.lsp and item.user_data.lsp.code)
    if known == code then count = count + 1 end
  end
  return count
end

vim.cmd("edit " .. vim.env.ROOT .. "/" .. vim.env.FILE)
vim.bo.filetype = "go"
local answered = 0
local publish = vim.lsp.handlers["textDocument/publishDiagnostics"]
vim.lsp.handlers["textDocument/publishDiagnostics"] = function(...)
  answered = answered + 1
  return publish(...)
end
local id = vim.lsp.start_client({
  name = "golint-concurrency",
  cmd = vim.fn.json_decode(vim.env.SERVER),
  root_dir = vim.env.ROOT,
})
vim.lsp.buf_attach_client(0, id)
waited("finding on open", function() return shown(vim.env.CODE) == 1 end)

local item
for _, each in ipairs(vim.diagnostic.get(0)) do
  local known = each.code or each.user_data.lsp.code
  if known == vim.env.CODE then item = each end
end
vim.api.nvim_win_set_cursor(0, { item.lnum + 1, item.col })
local params = vim.lsp.util.make_range_params()
params.context = { diagnostics = {} }
local answers = vim.lsp.buf_request_sync(0, "textDocument/codeAction", params, 20000)
local client = vim.lsp.get_client_by_id(id)
local fixed = false
for _, action in ipairs(answers[id].result) do
  if action.edit and not action.title:find("^Ignore") and not fixed then
    vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
    fixed = true
  end
end
if not fixed then finish("no fix was offered: " .. vim.inspect(answers)) end
vim.cmd("write")
waited("finding gone after the fix", function() return answered >= 2 and shown(vim.env.CODE) == 0 end)
vim.lsp.stop_client(id)
finish("ok")
