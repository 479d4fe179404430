"""What a Gradio Space of each version does today: measured in clean environments made as the Hub's builder makes them.

    python schemas/refreshing/gradio_starts.py [--minutes N] [--ends | --first | --alone] [--beside] [VERSION ...]

Each row of upstream/gradio_starts.json is one version, Python and set of held libraries; `alone` has those where gradio
was installed by itself, as in a Docker image. Rows that are there are not measured again, so that the script may be
stopped and started. Needs uv and the Pythons 3.10 and 3.13 on the PATH or where uv finds them, and Node.js, which the
pages of gradio 5 and newer are rendered with.
"""

from __future__ import annotations

import argparse
import atexit
import contextlib
import datetime
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from refreshing.files import UPSTREAM, read, write

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHONS = ("3.10", "3.13")
# What the builder installs first, and beside requirements.txt (build logs of public Spaces, 2026-04 to 2026-07).
FIRST = ("datasets", "huggingface-hub>=0.30", "hf-transfer>=0.1.4", "protobuf<4", "click<8.1")
BESIDE = ("uvicorn>=0.14.0", "websockets>=10.4", "spaces")
# Seen beside gradio 4.0.0 and 4.31.0 in 2026; which versions get it is not documented, so gradio 4 is tried both ways.
OLD_FASTAPI = "fastapi<0.113.0"
HOLDS = {
    "client": "gradio_client<0.6",
    "hub": "huggingface_hub<1.0",
    "pydantic": "pydantic==2.10.6",
    "starlette": "starlette<1.0",
    "numpy": "numpy<2",
    "audioop": "audioop-lts; python_version >= '3.13'",
}
REPAIR = ("hub", "pydantic", "starlette")
_CULPRITS = (
    ("client", r"No module named 'gradio_client\."),
    ("requests", r"No module named 'requests'"),
    ("hub", r"HfFolder|cached_download|huggingface_hub"),
    ("pydantic", r"'bool' is not iterable|Cannot parse schema|pydantic"),
    ("starlette", r"unhashable type: 'dict'|TemplateResponse|starlette"),
    ("audioop", r"audioop"),
    ("numpy", r"numpy"),
)
_WATCHED = ("huggingface-hub", "pydantic", "starlette", "fastapi", "numpy")
COMPONENTS = """
Textbox Number Dropdown Image Video Audio File Dataframe JSON Label Chatbot Gallery Plot HighlightedText Model3D
AnnotatedImage ImageEditor MultimodalTextbox UploadButton
""".split()
_EMPTY: dict[str, Any] = {"free": "", "libraries": {}, "lets": {}, "alone": {}}
_SECONDS = 240
FILE = UPSTREAM / "gradio_starts.json"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="measure what Gradio Spaces do today")
    parser.add_argument("versions", nargs="*")
    parser.add_argument("--beside", action="store_true", help="ask as well what other packages hold back or need")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--into", type=Path, default=FILE)
    parser.add_argument("--ends", action="store_true", help="hold nothing, then all that the repair needs")
    parser.add_argument("--first", action="store_true", help="hold nothing")
    parser.add_argument("--alone", action="store_true", help="import gradio where nothing else is installed")
    arguments = parser.parse_args()
    if arguments.beside:
        beside(arguments.into)
    end = time.monotonic() + arguments.minutes * 60
    for version in arguments.versions:
        for python in PYTHONS:
            if time.monotonic() < end and arguments.alone:
                alone(arguments.into, version, python)
            elif time.monotonic() < end:
                measure(arguments.into, version, python, arguments.ends, arguments.first)


def measure(file: Path, version: str, python: str, ends: bool, first: bool) -> None:
    """Fill in the rows of one version on one Python: with nothing held, then with each culprit held as well."""
    held: list[str] = []
    while True:
        row = _row(file, version, python, held)
        culprit = row["culprit"]
        if first or culprit not in HOLDS or culprit in held:
            break
        held = [name for name in HOLDS if name in (*held, culprit)]
        if ends:
            break
    if held:
        client = ["client"] if "client" in held else []
        whole = [*client, *REPAIR, *(["audioop"] if python == "3.13" and version < "5" else [])]
        _row(file, version, python, whole)


def alone(file: Path, version: str, python: str) -> None:
    """Fill in whether gradio can be imported where pip installed it and what it asks for, nothing else."""
    key = f"{version} {python}"
    if file.exists() and key in read(file)["data"].get("alone", {}):
        return
    with _environment(python) as (folder, inside):
        built = _installed(folder, inside, python, [f"gradio=={version}"])
        found = {"build": built} if built else {"got": _got(inside), **_probe(inside, "false", [])}
    row = {name: found[name] for name in ("build", "got", "import") if name in found}
    row["culprit"] = culprit_of(row)
    old = read(file)
    today = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    rows = {**old["data"].get("alone", {}), key: row}
    ordered = {name: rows[name] for name in sorted(rows, key=_order)}
    write(file, {**old, "version": today, "date": today, "data": {**old["data"], "alone": ordered}})
    print("alone", key, json.dumps(row), flush=True)


def beside(file: Path) -> None:
    """Fill in which packages hold nothing back, which pins do not import, and what pins let in."""
    from refreshing import held_back, library_imports

    old = read(file) if file.exists() else {"name": "gradio in clean environments", "data": {**_EMPTY, "rows": {}}}
    today = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    names = sorted(dict.fromkeys(held_back.NAMES))
    found = {
        "free": " ".join(name for name in names if all(held_back.free(name, python) for python in PYTHONS)),
        "libraries": {
            library: {version: library_imports.imports(library, version) for version in versions}
            for library, versions in library_imports.PINS.items()
        },
        "lets": {
            library: {version: library_imports.lets(library, version) for version in versions}
            for library, versions in library_imports.LETS.items()
        },
    }
    write(file, {**old, "version": today, "date": today, "data": {**old["data"], **found}})


def culprit_of(row: dict[str, Any]) -> str:
    """What a row fails with: one of `HOLDS`, `other`, or nothing."""
    said = " ".join(filter(None, (row.get("build"), row.get("import"), *row.get("launch", {}).values())))
    return next((name for name, pattern in _CULPRITS if re.search(pattern, said)), "other" if said else "")


def _row(file: Path, version: str, python: str, held: list[str]) -> dict[str, Any]:
    rows = read(file)["data"]["rows"] if file.exists() else {}
    key = " ".join((version, python, *held))
    if key not in rows:
        found = _measured(version, python, [HOLDS[name] for name in held])
        if version.startswith("4.") and found.get("launch"):  # the import is the same
            other = _measured(version, python, [*(HOLDS[name] for name in held), OLD_FASTAPI])
            found["launch"] = _joined(found, other, is_repair=set(REPAIR) <= set(held))
        found["culprit"] = culprit_of(found)
        rows = read(file)["data"]["rows"] if file.exists() else {}
        rows[key] = found
        today = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
        ordered = {name: rows[name] for name in sorted(rows, key=_order)}
        head = {"name": "gradio in clean environments", "version": today, "date": today}
        write(file, {**head, "data": {**(read(file)["data"] if file.exists() else _EMPTY), "rows": ordered}})
        print(key, json.dumps(found), flush=True)
    row: dict[str, Any] = rows[key]
    return row


def _order(key: str) -> tuple[Any, ...]:
    version, python, *held = key.split()
    return (tuple(map(int, version.split("."))), python, len(held))


def _joined(one: dict[str, Any], other: dict[str, Any], is_repair: bool) -> dict[str, str]:
    """What fails with a new FastAPI and with an old one; of a repair, what fails with either."""
    if other.get("build") or other.get("import"):
        return {"import": str(other)} if is_repair else {}
    if is_repair:
        return {**other["launch"], **one["launch"]}
    return {name: text for name, text in one["launch"].items() if name in other["launch"]}


def _measured(version: str, python: str, held: list[str]) -> dict[str, Any]:
    extras = "oauth,mcp" if tuple(map(int, version.split(".")))[:2] >= (5, 28) else "oauth"
    first = _first(python)
    with _environment(python) as (folder, inside):
        _run("uv", "pip", "install", "-q", "--no-deps", "--python", inside, *first)
        built = _installed(folder, inside, python, [f"gradio[{extras}]=={version}", *BESIDE, *held])
        if built:
            return {"build": built}
        return {"got": _got(inside), **_tried(inside, is_rendered=int(version.partition(".")[0]) >= 5)}


@cache
def _first(python: str) -> tuple[str, ...]:
    """What `FIRST` brings, resolved once a run."""
    with _environment(python) as (_, inside):
        _run("uv", "pip", "install", "-q", "--python", inside, *FIRST)
        return tuple(_run("uv", "pip", "freeze", "-q", "--python", inside).splitlines())


@contextlib.contextmanager
def _environment(python: str) -> Iterator[tuple[str, str]]:
    """A folder with a new environment, and the environment's Python; always in one place, for the sake of bytecode."""
    folder = Path(_work(), "made")
    folder.mkdir()
    try:
        _run("uv", "venv", "-q", "--python", python, f"{folder}/env")
        yield str(folder), f"{folder}/env/bin/python"
    finally:
        shutil.rmtree(folder)


@cache
def _work() -> str:
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _installed(folder: str, inside: str, python: str, lines: list[str]) -> str:
    """Install; what went wrong, else nothing."""
    command = ["uv", "pip", "install", "-q", "--python", inside, *lines]
    if python == "3.13":  # the numpy 1 that old releases want is built from source there, for an hour
        override = Path(folder, "override.txt")
        override.write_text("numpy>=2\n", encoding="utf-8")
        command += ["--override", str(override)]
    built = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    lines = [line.strip() for line in built.stderr.splitlines() if line.strip()]
    return " ".join(lines)[:300] if built.returncode else ""


def _got(inside: str) -> dict[str, str]:
    frozen = _run("uv", "pip", "freeze", "--python", inside).splitlines()
    got = dict(line.split("==") for line in frozen if "==" in line)
    return {name: got[name] for name in _WATCHED if name in got}


def _tried(inside: str, is_rendered: bool) -> dict[str, Any]:
    """What fails in every way: `import`, or under `launch` each component that an app cannot be launched with.

    Where Node.js renders the page, a process launches one app only: the first of the failing ones stands for all.
    """
    every = "+".join(COMPONENTS)
    probed = _probe(inside, "false", [*(["--rendered"] if is_rendered else []), every])
    if "import" in probed:
        return {"import": probed["import"]}
    if not probed["launch"][every]:
        return {"launch": {}, **({"rendered": probed["rendered"]} if is_rendered else {})}
    answers = _probe(inside, "false", COMPONENTS)["launch"]
    failing = {name: text for name, text in answers.items() if text and text != "absent"}
    if not is_rendered:
        return {"launch": failing}
    (answer,) = _probe(inside, "true", [next(iter(failing), every)])["launch"].values()
    return {"launch": failing if answer else {}, "rendered": answer}


def _probe(inside: str, ssr: str, names: list[str]) -> dict[str, Any]:
    variables = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    variables |= {"SYSTEM": "spaces", "SPACE_ID": "example/demo", "GRADIO_ANALYTICS_ENABLED": "False"}
    variables |= {"GRADIO_SSR_MODE": ssr, "PYTHONPYCACHEPREFIX": f"{_work()}/bytecode"}
    probe = str(Path(__file__).with_name("gradio_probe.py"))
    with tempfile.TemporaryDirectory() as folder, Path(folder, "said").open("w+", encoding="utf-8") as said:
        command = (inside, probe, *names)
        running = subprocess.Popen(
            command, stdout=said, stderr=subprocess.STDOUT, env=variables, cwd=folder, start_new_session=True
        )
        try:
            running.wait(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return {"import": "no answer"}
        finally:
            with contextlib.suppress(ProcessLookupError):  # Node.js outlives the app
                os.killpg(running.pid, signal.SIGKILL)
        said.seek(0)
        lines = [line for line in said.read().splitlines() if line.startswith("{")]
    if not lines:
        return {"import": "no answer"}
    answer: dict[str, Any] = json.loads(lines[-1])
    return answer


def _run(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


if __name__ == "__main__":
    main()
