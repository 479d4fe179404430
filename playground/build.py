"""Build the playground into a folder for any web server of static files: `python playground/build.py FOLDER`.

Everything that the page needs is in that folder: Pyodide from npm, pinned by package-lock.json; wheels from PyPI,
pinned by requirements.txt; hublint from this checkout. Needs Node.js and npm.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WHEELS = ROOT / ".cache" / "playground"
PAGE = ("index.html", "style.css", "README.md", ".gitattributes")
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
LIBRARY = "python_stdlib.zip"
# Parts of it for which a page has no use: debuggers, tests, processes, servers, what asks a terminal.
LEFT_OUT = (
    *(
        "_pyrepl",
        "bdb",
        "doctest",
        "ensurepip",
        "ftplib",
        "imaplib",
        "mailbox",
        "multiprocessing",
        "pdb",
        "pickletools",
    ),
    *("poplib", "pydoc", "pydoc_data", "smtplib", "tkinter", "turtle", "unittest", "venv", "wsgiref", "xmlrpc"),
)
SOURCES = ("linter/hublint", "rules/hublint_rules", "schemas/hublint_schemas")
STAMP = "sources.sha256"
# Of hublint: other faces, the page being one itself, and what asks the network.
FACES = ("audit", "cli", "online", "preflight", "server", "testing")
# Folders whose files are an example, by the name that is shown.
EXAMPLES = {
    "A Docker Space": "fixtures/demo/space",
    "A model": "fixtures/demo/model",
    "A dataset": "fixtures/demo/dataset",
}
_UNUSED = re.compile(r"^jsonschema/(?:tests|benchmarks)/")
_DATE = (2026, 1, 1, 0, 0, 0)  # of every file in the archive, so that equal sources make equal bytes


def build(target: Path) -> None:
    """Write the page and all that it loads; what is in the folder is replaced.

    Raises:
        subprocess.CalledProcessError: npm, pip or node failed; what they printed says why.
    """
    made_from = stamp()
    run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", cwd=HERE)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in PAGE:
        shutil.copy(HERE / name, target / name)
    shutil.copytree(HERE / "page", target / "page")
    (target / "pyodide").mkdir()
    for name in RUNTIME:
        shutil.copyfile(HERE / "node_modules" / "pyodide" / name, target / "pyodide" / name)
    lock = json.loads((HERE / "node_modules" / "pyodide" / "pyodide-lock.json").read_text("utf-8"))
    lock["packages"] = {}  # those that it names lie on a delivery network
    (target / "pyodide" / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")
    (target / "examples.json").write_text(json.dumps(examples(), indent=1), "utf-8")
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        licenses = [("hublint", (ROOT / "LICENSE").read_text("utf-8")), *_wheels_into(site)]
        _sources_into(site)
        library = _library_into(Path(folder, "library"))
        run("node", str(HERE / "compile.mjs"), str(library), "2", cwd=HERE)
        _zip(library, target / "pyodide" / LIBRARY)
        run("node", str(HERE / "compile.mjs"), str(site), "0", cwd=HERE)
        _pack(site, target / "engine.pack")
    (target / "LICENSES.txt").write_text("".join(f"{name}\n\n{text}\n\n" for name, text in licenses), "utf-8")
    (target / STAMP).write_text(made_from, "utf-8")


def stamp() -> str:
    """A digest of all that the bundle is made from, by which one can tell whether it is up to date."""
    digest = sha256()
    folders = [HERE, *(ROOT / source for source in SOURCES), *(ROOT / example for example in EXAMPLES.values())]
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not {"__pycache__", "node_modules"}.intersection(path.parts):
                digest.update(f"{path.relative_to(ROOT)}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def run(*command: str, cwd: Path) -> None:
    """Run a tool, whose output goes to standard error.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    subprocess.run([shutil.which(command[0]) or command[0], *command[1:]], cwd=cwd, stdout=sys.stderr, check=True)


def examples() -> dict[str, dict[str, str]]:
    """The texts of the examples by name and path."""
    return {
        name: {
            path.relative_to(ROOT / folder).as_posix(): path.read_text("utf-8")
            for path in sorted((ROOT / folder).rglob("*"))
            if path.is_file()
        }
        for name, folder in EXAMPLES.items()
    }


def _wheels_into(site: Path) -> list[tuple[str, str]]:
    """Unpack the wheels without their compiled parts; their licenses, each with a name."""
    WHEELS.mkdir(parents=True, exist_ok=True)
    for old in WHEELS.glob("*.whl"):
        old.unlink()
    platforms = ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_28_x86_64")
    chosen = ("--python-version", "3.14", *(word for each in platforms for word in ("--platform", each)))
    wanted = ("--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", str(HERE / "requirements.txt"))
    run(
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--disable-pip-version-check",
        *chosen,
        *wanted,
        "--dest",
        str(WHEELS),
        cwd=HERE,
    )
    licenses = [("Pyodide (https://pyodide.org)", "Mozilla Public License 2.0: https://www.mozilla.org/MPL/2.0/")]
    for wheel in sorted(WHEELS.glob("*.whl")):
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if ".dist-info/" in name and os.path.basename(name).upper().startswith(("LICENSE", "COPYING")):
                    licenses.append((wheel.name.split("-")[0], archive.read(name).decode("utf-8", "replace")))
                elif ".dist-info/" not in name and not name.endswith((".so", "/")) and not _UNUSED.search(name):
                    archive.extract(name, site)
    return licenses


def _sources_into(site: Path) -> None:
    shutil.copyfile(HERE / "hublint_playground.py", site / "hublint_playground.py")
    for source in SOURCES:
        package = ROOT / source
        shutil.copytree(package, site / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    for face in FACES:
        shutil.rmtree(site / "hublint" / face)


def _library_into(folder: Path) -> Path:
    """Unpack Python's standard library, which npm's package holds as sources that each start would compile."""
    with zipfile.ZipFile(HERE / "node_modules" / "pyodide" / LIBRARY) as archive:
        for name in archive.namelist():
            if name.partition("/")[0].removesuffix(".py") not in LEFT_OUT:
                archive.extract(name, folder)
    return folder


def _zip(folder: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in _files(folder):
            name = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _DATE)
            packed.writestr(name, path.read_bytes(), zipfile.ZIP_DEFLATED, 9)


def _pack(folder: Path, archive: Path) -> None:
    """A tar, whose reader in page/worker.js knows plain names only."""
    with (
        archive.open("wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as tar,
    ):
        for path in _files(folder):
            entry = tarfile.TarInfo(path.relative_to(folder).as_posix())
            if len(entry.name.encode()) > tarfile.LENGTH_NAME:
                raise ValueError(f"{entry.name} is too long a name")
            entry.size = path.stat().st_size
            with path.open("rb") as file:
                tar.addfile(entry, file)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build(Path(sys.argv[1]).resolve())
    print(f"{sys.argv[1]}: serve it with `python -m http.server -d {sys.argv[1]}`")
