// The engine's side: Python in WebAssembly, the files of one repository in its memory, and what is asked of them.
import { loadPyodide } from "../pyodide/pyodide.mjs";

const KEPT = 1 << 20; // bytes of a file that is copied into memory; of a larger one, what is asked for is read
const RARELY = /(?:^|\/)\.git\/objects\//; // one file of thousands is asked for
const HOME = "/repositories";
const LIBRARY = "/lib/hublint";

let python, engine;
let root = "";
let count = 0;

async function start() {
  const archive = unpacked(new URL("../engine.pack", import.meta.url));
  python = await loadPyodide({ indexURL: new URL("../pyodide/", import.meta.url).href });
  const { FS } = python;
  for (const [path, bytes] of members(await archive)) {
    const place = `${LIBRARY}/${path}`;
    FS.mkdirTree(place.slice(0, place.lastIndexOf("/")));
    FS.writeFile(place, bytes, { canOwn: true });
  }
  python.runPython(`import sys; sys.path.insert(0, "${LIBRARY}")`);
  engine = python.pyimport("hublint_playground");
}

/** What a file in gzip holds; the browser unpacks it while Python starts. */
async function unpacked(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const stream = response.body.pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The files of a tar as build.py writes it: blocks of 512 bytes, a header before each file. */
function* members(tar) {
  const text = (from, size) => String.fromCharCode(...tar.subarray(from, from + size)).replace(/\0.*$/s, "");
  for (let at = 0; tar[at]; ) {
    const size = parseInt(text(at + 124, 12), 8);
    yield [text(at, 100), tar.subarray(at + 512, at + 512 + size)];
    at += 512 * (1 + Math.ceil(size / 512));
  }
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
