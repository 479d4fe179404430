/** Where `hublint` is: asked of places in their order, each of which says why it has none. */

import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import * as path from 'node:path';

/** A command that starts the server, and where it was found. */
export interface Found {
  command: string;
  args: string[];
  where: string;
}

/** What was tried, a sentence each, where nothing was found. */
export interface Missing {
  tried: string[];
}

export interface Places {
  /** The setting `hublint.path`; empty where it is not set. */
  setting: string;
  /** The workspace's folders; none where they are not trusted. */
  folders: string[];
  /** The interpreter that was chosen for Python; empty where none was. */
  interpreter: string;
  environment: NodeJS.ProcessEnv;
  windows: boolean;
}

const FOLDERS = ['.venv', 'venv', 'env'];
const PATIENCE = 20_000;

/** Find a `hublint` that has the server. */
export async function find(places: Places): Promise<Found | Missing> {
  const tried: string[] = [];
  if (places.setting) {
    const program = expanded(places.setting, places);
    const problem = await whyNot(program, ['--version'], places);
    if (problem) {
      return { tried: [`the setting hublint.path: ${program} ${problem}`] };
    }
    const server = await whyNot(program, ['server', '--check'], places);
    return server
      ? { tried: [`the setting hublint.path: ${program} has no server; it needs the extra: pip install 'hublint[lsp]'`] }
      : { command: program, args: ['server'], where: 'the setting hublint.path' };
  }
  for (const [program, where] of await candidates(places)) {
    const problem = await whyNot(program, ['server', '--check'], places);
    if (!problem) {
      return { command: program, args: ['server'], where };
    }
    tried.push(`${where}: ${program} ${problem}`);
  }
  const uvx = await onPath(places.windows ? 'uvx.exe' : 'uvx', places);
  if (uvx) {
    return { command: uvx, args: ['--from', 'hublint[lsp]', 'hublint', 'server'], where: 'uvx' };
  }
  if (!tried.length) {
    tried.push('there is no hublint in the workspace (.venv, venv, env) and none on the PATH');
  }
  return { tried: [...tried, 'there is no uvx on the PATH that could fetch it'] };
}

async function candidates(places: Places): Promise<[string, string][]> {
  const found: [string, string][] = [];
  const name = places.windows ? 'hublint.exe' : 'hublint';
  const bin = places.windows ? 'Scripts' : 'bin';
  if (places.interpreter) {
    found.push([path.join(path.dirname(places.interpreter), name), 'the chosen interpreter']);
  }
  for (const folder of places.folders) {
    for (const inner of FOLDERS) {
      found.push([path.join(folder, inner, bin, name), `${inner} of the workspace`]);
    }
  }
  const there: [string, string][] = [];
  for (const each of found) {
    if (await runnable(each[0])) {
      there.push(each);
    }
  }
  const global = await onPath(name, places);
  return global ? [...there, [global, 'the PATH']] : there;
}

function expanded(setting: string, places: Places): string {
  const home = places.environment.HOME ?? places.environment.USERPROFILE ?? '';
  return setting.replace(/^~(?=[\\/])/, home).replace('${workspaceFolder}', places.folders[0] ?? '');
}

async function runnable(program: string): Promise<boolean> {
  try {
    await access(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function onPath(name: string, places: Places): Promise<string> {
  for (const folder of (places.environment.PATH ?? places.environment.Path ?? '').split(path.delimiter)) {
    // a folder of the workspace that came onto the PATH as `.` may hold anything
    if (path.isAbsolute(folder) && (await runnable(path.join(folder, name)))) {
      return path.join(folder, name);
    }
  }
  return '';
}

/** Why a program does not do what it should; empty where it does. */
function whyNot(program: string, args: string[], places: Places): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, args, { env: places.environment, timeout: PATIENCE, windowsHide: true }, (error, _out, said) => {
      if (!error) {
        resolve('');
      } else if (error.code === 'ENOENT') {
        resolve('does not exist');
      } else if (error.code === 'EACCES') {
        resolve('may not be run');
      } else if (error.killed) {
        resolve(`did not answer within ${PATIENCE / 1000} seconds`);
      } else {
        resolve(`failed: ${said.trim().split('\n').pop() || error.message}`);
      }
    });
  });
}
