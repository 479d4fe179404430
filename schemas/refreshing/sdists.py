"""Which releases pip cannot build from source: it is asked for their metadata, in clean environments.

    python schemas/refreshing/sdists.py

A failure counts only where it comes before anything is compiled, so that no compiler or library of the system is
missing. Each row of upstream/sdists.json is one release and Python; those that are there are not measured again. Needs
uv and the Pythons on the PATH or where uv finds them.
"""

from __future__ import annotations

import datetime
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from refreshing.files import UPSTREAM, read, write

# Releases that have no wheel for the Pythons behind them; those between two that fail alike are taken to fail too.
PINS = {
    "numpy": (("1.19.5", "1.20.3", "1.22.4", "1.23.5", "1.24.0", "1.24.4", "1.25.0", "1.25.2"), ("3.12", "3.13")),
    "pyyaml": (("5.1", "5.4.1", "6.0"), ("3.10", "3.12", "3.13")),
}
_MARKS = ("Error", "Cannot")
_SECONDS = 240
FILE = UPSTREAM / "sdists.json"


def main() -> None:
    """Fill in the rows that are not there."""
    for name, (versions, pythons) in PINS.items():
        for python in pythons:
            for version in versions:
                rows = read(FILE)["data"]["rows"] if FILE.exists() else {}
                key = f"{name} {version} {python}"
                if key not in rows:
                    rows[key] = failure(name, version, python)
                    _write(dict(sorted(rows.items())))
                    print(key, rows[key], flush=True)


def failure(name: str, version: str, python: str) -> str:
    """The line that tells why the metadata of an sdist cannot be had; empty where they can.

    Raises:
        ValueError: pip does not try, since the release is not for that Python.
    """
    with tempfile.TemporaryDirectory() as folder:
        inside = f"{folder}/env/bin/python"
        _run("uv", "venv", "-q", "--seed", "--python", python, f"{folder}/env")
        _run(inside, "-m", "pip", "install", "-q", "-U", "pip")
        command = (inside, "-m", "pip", "install", "--dry-run", "--no-deps", "--no-binary", name, f"{name}=={version}")
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=_SECONDS)
    said = [line.strip(" │╰─>×") for line in (done.stdout + done.stderr).splitlines()]
    told = [line for line in said if any(mark in line for mark in _MARKS) and "subprocess-exited" not in line]
    if done.returncode and not told:
        raise ValueError(f"{name} {version} is not for Python {python}")
    return told[0][:200] if done.returncode else ""


def _write(rows: dict[str, Any]) -> None:
    today = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    write(
        FILE,
        {"name": "metadata of sdists in clean environments", "version": today, "date": today, "data": {"rows": rows}},
    )


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
