// Replaces the Python sources in a folder by what the pinned Python compiles them to: `node compile.mjs FOLDER LEVEL`.
// LEVEL is Python's `optimize`: at 2, docstrings are left out, at 0 all is kept.
import { loadPyodide } from "pyodide";

const python = await loadPyodide();
python.FS.mkdirTree("/site");
python.FS.mount(python.FS.filesystems.NODEFS, { root: process.argv[2] }, "/site");
python.globals.set("level", Number(process.argv[3]));
python.runPython(`
import compileall
from pathlib import Path

assert compileall.compile_dir("/site", quiet=1, legacy=True, stripdir="/site", optimize=level, maxlevels=50)
for path in list(Path("/site").rglob("*.py")):
    path.unlink()
`);
