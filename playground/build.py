"""Build the playground into a folder for any web server of static files: `python playground/build.py FOLDER`.

Everything that the page needs is in that folder: Pyodide from npm, pinned by package-lock.json; wheels from PyPI,
pinned by requirements.txt; hublint from this checkout. Needs Node.js and npm.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
WHEELS = ROOT / ".cache" / "playground"
PAGE = ("index.html", "style.css", "README.md", ".gitattributes")
RUNTIME = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
SOURCES = ("linter/hublint", "rules/hublint_rules", "schemas/hublint_schemas")
STAMP = "sources.sha256"
FACES = ("audit", "cli", "preflight", "server", "testing")  # of hublint, the page being one itself
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
        run("node", str(HERE / "compile.mjs"), str(site), cwd=HERE)
        _pack(site, target / "engine.zip")
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


def _pack(site: Path, archive: Path) -> None:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(site.rglob("*")):
            if path.is_file():
                packed.writestr(
                    zipfile.ZipInfo(path.relative_to(site).as_posix(), _DATE), path.read_bytes(), zipfile.ZIP_DEFLATED
                )


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    build(Path(sys.argv[1]).resolve())
    print(f"{sys.argv[1]}: serve it with `python -m http.server -d {sys.argv[1]}`")
