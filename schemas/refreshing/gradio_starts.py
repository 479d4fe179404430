"""What a Gradio Space of each version does today: measured in clean environments made as the Hub's builder makes them.

    python schemas/refreshing/gradio_starts.py [--minutes N] [VERSION ...]

Each row of upstream/gradio_starts.json is one version, Python and set of held libraries. Rows that are there are not
measured again, so that the script may be stopped and started. Needs uv and the Pythons 3.10 and 3.13 on the PATH or
where uv finds them, and Node.js, which the pages of gradio 5 and newer are rendered with.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from refreshing.files import UPSTREAM, read, write

PYTHONS = ("3.10", "3.13")
# What the builder installs first, and beside requirements.txt (build logs of public Spaces, 2026-04 to 2026-07).
FIRST = ("datasets", "huggingface-hub>=0.30", "hf-transfer>=0.1.4", "protobuf<4", "click<8.1")
BESIDE = ("uvicorn>=0.14.0", "websockets>=10.4", "spaces")
# Seen beside gradio 4.0.0 and 4.31.0 in 2026; which versions get it is not documented, so gradio 4 is tried both ways.
OLD_FASTAPI = "fastapi<0.113.0"
HOLDS = {
    "hub": "huggingface_hub<1.0",
    "pydantic": "pydantic==2.10.6",
    "starlette": "starlette<1.0",
    "numpy": "numpy<2",
    "audioop": "audioop-lts; python_version >= '3.13'",
}
REPAIR = ("hub", "pydantic", "starlette")
_CULPRITS = (
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
_EMPTY: dict[str, Any] = {"free": "", "libraries": {}, "lets": {}}
_SECONDS = 240
FILE = UPSTREAM / "gradio_starts.json"


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(description="measure what Gradio Spaces do today")
    parser.add_argument("versions", nargs="+")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--into", type=Path, default=FILE)
    parser.add_argument("--ends", action="store_true", help="hold nothing, then all that the repair needs")
    parser.add_argument("--first", action="store_true", help="hold nothing")
    arguments = parser.parse_args()
    end = time.monotonic() + arguments.minutes * 60
    for version in arguments.versions:
        for python in PYTHONS:
            if time.monotonic() < end:
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
        whole = [*REPAIR, *(["audioop"] if python == "3.13" and version < "5" else [])]
        _row(file, version, python, whole)


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
    with tempfile.TemporaryDirectory() as folder:
        environment = str(Path(folder, "env"))
        inside = f"{environment}/bin/python"
        _run("uv", "venv", "-q", "--python", python, environment)
        _run("uv", "pip", "install", "-q", "--python", inside, *FIRST)
        command = ["uv", "pip", "install", "-q", "--python", inside, f"gradio[{extras}]=={version}", *BESIDE, *held]
        if python == "3.13":  # the numpy 1 that old releases want is built from source there, for an hour
            override = Path(folder, "override.txt")
            override.write_text("numpy>=2\n", encoding="utf-8")
            command += ["--override", str(override)]
        built = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if built.returncode:
            lines = [line.strip() for line in built.stderr.splitlines() if line.strip()]
            return {"build": " ".join(lines)[:300]}
        frozen = _run("uv", "pip", "freeze", "--python", inside).splitlines()
        got = dict(line.split("==") for line in frozen if "==" in line)
        found: dict[str, Any] = {"got": {name: got[name] for name in _WATCHED if name in got}}
        ways = ("false", "true") if int(version.partition(".")[0]) >= 5 else ("false",)
        return {**found, **_tried(inside, ways)}


def _tried(inside: str, ways: tuple[str, ...]) -> dict[str, Any]:
    """What fails in every way: `import`, or under `launch` each component that an app cannot be launched with.

    Where Node.js renders the page, a process launches one app only: the first of the failing ones stands for all.
    """
    every = "+".join(COMPONENTS)
    failing: dict[str, str] = {}
    for way in ways:
        probed = _probe(inside, way, [next(iter(failing), every)])
        if "import" in probed:
            return {"import": probed["import"]}
        (answer,) = probed["launch"].values()
        if way == ways[0] and answer:
            answers = _probe(inside, way, COMPONENTS)["launch"]
            failing = {name: text for name, text in answers.items() if text and text != "absent"}
        elif way != ways[0]:
            return {"launch": failing if answer else {}, "rendered": answer}
    return {"launch": failing}


def _probe(inside: str, ssr: str, names: list[str]) -> dict[str, Any]:
    variables = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    variables |= {"SYSTEM": "spaces", "SPACE_ID": "example/demo", "GRADIO_ANALYTICS_ENABLED": "False"}
    variables["GRADIO_SSR_MODE"] = ssr
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
