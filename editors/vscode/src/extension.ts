import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, State } from 'vscode-languageclient/node';
import { find, type Found } from './finding';

const LANGUAGES = [
  'markdown', 'dockerfile', 'python', 'yaml', 'json', 'jsonc', 'jsonl', 'toml', 'shellscript', 'javascript',
  'pip-requirements', 'plaintext', 'ignore', 'properties', 'dotenv',
];
const GUIDE = 'https://github.com/hublint/hublint/blob/main/docs/editors.md#visual-studio-code';

let client: LanguageClient | undefined;
let log: vscode.LogOutputChannel;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  log = vscode.window.createOutputChannel('hublint', { log: true });
  context.subscriptions.push(
    log,
    vscode.commands.registerCommand('hublint.restart', restart),
    vscode.commands.registerCommand('hublint.showLog', () => log.show()),
    vscode.commands.registerCommand('hublint.fixAll', fixAll),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration(async (event) => {
      if (event.affectsConfiguration('hublint.path') || event.affectsConfiguration('hublint.enable')) {
        await restart();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  await client?.stop().catch(() => undefined);
  client = undefined;
}

async function restart(): Promise<void> {
  await deactivate();
  await start();
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('hublint');
  if (!settings.get<boolean>('enable', true)) {
    log.info('not started: hublint.enable is false');
    return;
  }
  const found = await find({
    setting: settings.get<string>('path', '').trim(),
    folders: vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []).map((each) => each.uri.fsPath) : [],
    interpreter: vscode.workspace.isTrusted ? await interpreter() : '',
    environment: process.env,
    windows: process.platform === 'win32',
  });
  if ('tried' in found) {
    await complain(found.tried);
    return;
  }
  log.info(`starting ${found.command} ${found.args.join(' ')} (found by: ${found.where})`);
  client = made(found);
  try {
    await client.start();
  } catch (error) {
    await complain([`${found.where}: ${found.command} did not start: ${String(error)}`]);
  }
}

function made(found: Found): LanguageClient {
  let restarts = 0;
  const made = new LanguageClient(
    'hublint',
    'hublint',
    // the folder of the extension, not of the workspace: nothing of what is checked is imported or run
    { command: found.command, args: found.args, options: { cwd: __dirname } },
    {
      documentSelector: [
        ...LANGUAGES.map((language) => ({ scheme: 'file', language })),
        { scheme: 'file', pattern: '**/{.gitattributes,.gitignore,.dockerignore,.env,requirements*.txt,packages.txt}' },
        { scheme: 'untitled', language: 'markdown' },
        { scheme: 'untitled', language: 'dockerfile' },
        { scheme: 'vscode-vfs', language: 'markdown' },
        { scheme: 'vscode-vfs', language: 'dockerfile' },
      ],
      initializationOptions: vscode.workspace.getConfiguration('hublint'),
      synchronize: { configurationSection: 'hublint' },
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue }),
        closed: async () => {
          restarts += 1;
          if (restarts <= 3) {
            return { action: CloseAction.Restart };
          }
          await complain([`the server ended ${restarts} times`]);
          return { action: CloseAction.DoNotRestart, handled: true };
        },
      },
    },
  );
  made.onDidChangeState((event) => log.debug(`the server is ${State[event.newState].toLowerCase()}`));
  return made;
}

/** Say in words why there is no server, with what can be done about it. */
async function complain(tried: string[]): Promise<void> {
  for (const each of tried) {
    log.warn(each);
  }
  const choose = 'Choose hublint...', guide = 'How to install it', show = 'Show the log';
  // nobody is kept waiting for the answer
  void vscode.window.showWarningMessage(`hublint does not run: ${tried.join('; ')}.`, choose, guide, show).then(async (answer) => {
    if (answer === choose) {
      const chosen = await vscode.window.showOpenDialog({ title: 'The hublint program', canSelectMany: false });
      if (chosen) {
        await vscode.workspace.getConfiguration('hublint').update('path', chosen[0].fsPath, vscode.ConfigurationTarget.Global);
      }
    } else if (answer === guide) {
      await vscode.env.openExternal(vscode.Uri.parse(GUIDE));
    } else if (answer === show) {
      log.show();
    }
  });
}

/** The interpreter that the Python extension has chosen, if it is there. */
async function interpreter(): Promise<string> {
  const python = vscode.extensions.getExtension('ms-python.python');
  try {
    const api = await python?.activate();
    return api?.environments?.getActiveEnvironmentPath?.().path ?? '';
  } catch (error) {
    log.debug(`the Python extension does not say which interpreter is chosen: ${String(error)}`);
    return '';
  }
}

async function fixAll(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !client?.isRunning()) {
    void vscode.window.showInformationMessage('hublint: there is no file to fix, or the server does not run');
    return;
  }
  await vscode.commands.executeCommand('editor.action.codeAction', { kind: 'source.fixAll.hublint', apply: 'first' });
}
