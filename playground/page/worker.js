// The engine's side: Python in WebAssembly, the files of one repository in its memory, and what is asked of them.
import { loadPyodide } from "../pyodide/pyodide.mjs";

const KEPT = 1 << 20; // bytes of a file that is copied into memory; of a larger one, what is asked for is read
const RARELY = /(?:^|\/)\.git\/objects\//; // one file of thousands is asked for
const HOME = "/repositories";

let python, engine;
let root = "";
let count = 0;

async function start() {
  const archive = fetch(new URL("../engine.zip", import.meta.url)).then((response) => {
    if (!response.ok) throw new Error(`engine.zip: ${response.status}`);
    return response.arrayBuffer();
  });
  python = await loadPyodide({ indexURL: new URL("../pyodide/", import.meta.url).href });
  python.unpackArchive(await archive, "zip", { extractDir: "/lib/hublint" });
  python.runPython("import sys; sys.path.insert(0, '/lib/hublint')");
  engine = python.pyimport("hublint_playground");
}

/** Hold other files: an empty repository of that name. */
function clear(name) {
  const { FS } = python;
  root = `${HOME}/${++count}/${name}`;
  FS.mkdirTree(root);
  FS.chdir(root);
}

/** Write one file: a text, a blob, or null for one that is gone. */
async function write(path, data) {
  const { FS } = python;
  const place = `${root}/${path}`;
  const known = FS.analyzePath(place).exists;
  if (known) FS.unlink(place);
  if (data === null) return;
  FS.mkdirTree(place.slice(0, place.lastIndexOf("/")));
  if (typeof data === "string") FS.writeFile(place, data);
  else if (data.size <= KEPT && !RARELY.test(path)) FS.writeFile(place, new Uint8Array(await data.arrayBuffer()));
  else {
    const { WORKERFS } = FS.filesystems;
    WORKERFS.reader ??= new FileReaderSync();
    const folder = FS.lookupPath(place.slice(0, place.lastIndexOf("/"))).node;
    WORKERFS.createNode(folder, place.slice(place.lastIndexOf("/") + 1), WORKERFS.FILE_MODE, 0, data);
  }
}

/** What Python gave as `(diff, files)`. */
function fixed(pair) {
  const [diff, files] = pair.toJs({ dict_converter: Array.from });
  pair.destroy();
  return { diff, files };
}

const answers = {
  async open({ name, files }) {
    const old = root;
    clear(name);
    for (const [path, data] of files) await write(path, data);
    if (old) python.pyimport("shutil").rmtree(`${HOME}/${count - 1}`);
  },
  async put({ files }) {
    for (const [path, data] of files) await write(path, data);
  },
  check: ({ kind, profile }) => JSON.parse(engine.check(kind || undefined, profile)),
  fix: ({ kind, profile, unsafe }) => fixed(engine.fix(kind || undefined, profile, unsafe)),
  fixOne: ({ finding, kind, profile }) => fixed(engine.fix_one(finding, kind || undefined, profile)),
  async compare({ before, kind, profile }) {
    const given = [];
    for (const [path, data] of before) {
      given.push([path, data === null ? undefined : new Uint8Array(await data.arrayBuffer())]);
    }
    return engine.compare(python.toPy(new Map(given)), kind || undefined, profile);
  },
  archive: ({ paths }) => engine.archive(python.toPy(paths)).toJs(),
  rules: ({ words }) => JSON.parse(engine.rules(words)),
  rule: ({ code }) => JSON.parse(engine.rule(code)),
};

const started = start();
started.then(
  () => self.postMessage({ ready: true }),
  (error) => self.postMessage({ ready: false, error: String(error) }),
);
let last = started;
self.addEventListener("message", ({ data: { id, ask, given } }) => {
  // One after the other: a check must not see half of the files.
  last = last.then(async () => {
    try {
      self.postMessage({ id, answer: await answers[ask](given) });
    } catch (error) {
      self.postMessage({ id, error: String(error && error.message ? error.message : error) });
    }
  });
});
