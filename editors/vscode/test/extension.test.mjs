import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';

/** Stands for whatever of the editor's API is only named, not looked at. */
const anything = new Proxy(class {}, { get: (target, name) => (name in target ? target[name] : anything), apply: () => anything });

function editor(settings, asked) {
  const written = [];
  const channel = Object.fromEntries(['info', 'warn', 'debug', 'error', 'show', 'dispose'].map((name) => [name, (text) => written.push(text)]));
  const known = {
    window: { createOutputChannel: () => channel, showWarningMessage: (...words) => (asked.push(words), Promise.resolve(undefined)) },
    commands: { registerCommand: (name) => (known.registered.push(name), { dispose() {} }) },
    workspace: {
      isTrusted: true,
      workspaceFolders: [],
      getConfiguration: () => ({ get: (name, otherwise) => settings[name] ?? otherwise }),
      onDidGrantWorkspaceTrust: () => ({ dispose() {} }),
      onDidChangeConfiguration: () => ({ dispose() {} }),
    },
    extensions: { getExtension: () => undefined },
    registered: [],
    written,
  };
  return known;
}

function loaded(known) {
  const load = Module._load;
  Module._load = (name, ...rest) =>
    name === 'vscode' ? new Proxy(known, { get: (target, key) => target[key] ?? anything }) : load(name, ...rest);
  try {
    const require = createRequire(import.meta.url);
    delete require.cache[require.resolve('../dist/extension.js')];
    return require('../dist/extension.js');
  } finally {
    Module._load = load;
  }
}

test('where there is no hublint, that is said in words, with buttons', async () => {
  const asked = [];
  const missing = path.join(mkdtempSync(path.join(tmpdir(), 'hublint-')), 'hublint');
  const known = editor({ path: missing }, asked);
  await loaded(known).activate({ subscriptions: [] });
  assert.deepEqual(known.registered.sort(), ['hublint.fixAll', 'hublint.restart', 'hublint.showLog']);
  const [[sentence, ...buttons]] = asked;
  assert.match(sentence, /^hublint does not run: the setting hublint\.path: .* does not exist\.$/);
  assert.deepEqual(buttons, ['Choose hublint...', 'How to install it', 'Show the log']);
});

test('where it is switched off, nothing is started and nothing asked', async () => {
  const asked = [];
  const known = editor({ enable: false }, asked);
  await loaded(known).activate({ subscriptions: [] });
  assert.deepEqual(asked, []);
  assert.match(known.written.join(), /hublint\.enable is false/);
});
