import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import finding from '../dist/finding.js';

const SCRIPT = '#!/bin/sh\nexit 0\n';

function program(file, script = SCRIPT) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, script);
  chmodSync(file, 0o755);
  return file;
}

function places(root, more = {}) {
  return { setting: '', folders: [path.join(root, 'work')], interpreter: '', environment: { PATH: path.join(root, 'bin') }, windows: false, ...more };
}

const root = () => mkdtempSync(path.join(tmpdir(), 'hublint-'));

test('the setting goes first, and is not passed over', async () => {
  const at = root();
  const chosen = program(path.join(at, 'own', 'hublint'));
  program(path.join(at, 'bin', 'hublint'));
  assert.equal((await finding.find(places(at, { setting: chosen }))).command, chosen);
  const missing = await finding.find(places(at, { setting: path.join(at, 'nothing') }));
  assert.match(missing.tried[0], /hublint\.path: .*nothing does not exist/);
});

test('a hublint without the extra says how to get it', async () => {
  const at = root();
  const old = program(path.join(at, 'own', 'hublint'), '#!/bin/sh\n[ "$1" = --version ]\n');
  assert.match((await finding.find(places(at, { setting: old }))).tried[0], /pip install 'hublint\[lsp\]'/);
});

test('the chosen interpreter, the workspace, the PATH, uvx', async () => {
  const at = root();
  const uvx = program(path.join(at, 'bin', 'uvx'));
  assert.deepEqual(await finding.find(places(at)), { command: uvx, args: ['--from', 'hublint[lsp]', 'hublint', 'server'], where: 'uvx' });
  const global = program(path.join(at, 'bin', 'hublint'));
  assert.equal((await finding.find(places(at))).command, global);
  const own = program(path.join(at, 'work', '.venv', 'bin', 'hublint'));
  assert.equal((await finding.find(places(at))).command, own);
  assert.equal((await finding.find(places(at, { folders: [] }))).command, global, 'a folder that is not trusted');
  const chosen = program(path.join(at, 'env', 'bin', 'hublint'));
  assert.equal((await finding.find(places(at, { interpreter: path.join(at, 'env', 'bin', 'python') }))).command, chosen);
});

test('a broken one is passed over, and told if there is no other', async () => {
  const at = root();
  program(path.join(at, 'work', 'venv', 'bin', 'hublint'), '#!/bin/sh\necho "ImportError: no hublint" >&2\nexit 1\n');
  const missing = await finding.find(places(at));
  assert.match(missing.tried[0], /venv of the workspace: .* failed: ImportError: no hublint/);
  const global = program(path.join(at, 'bin', 'hublint'));
  assert.equal((await finding.find(places(at))).command, global);
});

test('nothing anywhere is said in words, and `.` on the PATH is not looked at', async () => {
  const at = root();
  program(path.join(at, 'hublint'));
  const missing = await finding.find(places(at, { environment: { PATH: `.${path.delimiter}` } }));
  assert.match(missing.tried.join(' '), /none on the PATH .*no uvx/);
});
