// Replaces the Python sources in a folder by what the pinned Python compiles them to: `node compile.mjs FOLDER`.
import { loadPyodide } from "pyodide";

const python = await loadPyodide();
python.FS.mkdirTree("/site");
python.FS.mount(python.FS.filesystems.NODEFS, { root: process.argv[2] }, "/site");
python.runPython(`
import compileall
from pathlib import Path

assert compileall.compile_dir("/site", quiet=1, legacy=True, stripdir="/site", optimize=0, maxlevels=50)
for path in list(Path("/site").rglob("*.py")):
    path.unlink()
`);
