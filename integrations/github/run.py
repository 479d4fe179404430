"""The steps of action.yml: `tool` says where hublint is kept, `install` puts it there, `check` runs it.

Everything is told by the environment, so that nothing that a pull request can write becomes a part of a command. Only
Python's own library is used: it runs before hublint is there.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
_CHANGED = ("", "repositories", "lines")


def tool() -> int:
    """Say where hublint is kept, and by which key it is cached: of its version or its sources, and of Python."""
    folder = Path(os.environ["RUNNER_TEMP"]) / "hublint"
    what = os.environ["VERSION"] or _digest()
    python = f"{platform.system()}-{platform.machine()}-{platform.python_implementation()}-{platform.python_version()}"
    _output(folder=str(folder), key=f"hublint-{python}-{what}")
    return 0


def install() -> int:
    """Make an environment with hublint in it."""
    folder, version = os.environ["FOLDER"], os.environ["VERSION"]
    what = f"hublint=={version}" if version else str(ROOT)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = _program(folder, "python")
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", what], check=True)
    return 0


def check() -> int:
    """Run hublint; its exit code is told, since what comes behind it has to run first."""
    out = Path(os.environ["RUNNER_TEMP"]) / "hublint-reports"
    report = out / "hublint.jsonl"
    sarif = out / "hublint.sarif" if _is("SARIF") else None
    formats = ["github" if _is("ANNOTATIONS") else "text", f"jsonl:{report}"]
    if _is("SUMMARY"):
        formats.append(f"markdown:{os.environ['GITHUB_STEP_SUMMARY']}")
    if sarif:
        formats.append(f"sarif:{sarif}")
    command = [_program(os.environ["FOLDER"], "hublint"), "check", *_lines("ARGS"), *_since()]
    command += [f"--output-format={format}" for format in formats]
    code = subprocess.run([*command, "--", *_lines("PATHS")], check=False).returncode
    counts = {"errors": 0, "warnings": 0, "notes": 0}
    done = report.read_text("utf-8").splitlines() if report.exists() else []
    if done:
        found = json.loads(done[-1])["counts"]
        counts = {"errors": found["error"], "warnings": found["warning"], "notes": found["info"]}
    written = str(sarif) if sarif and sarif.exists() else ""
    _output(**{"exit-code": code, **counts, "report": report if done else "", "sarif-file": written})
    return 0


def _since() -> list[str]:
    changed, base = os.environ["CHANGED"], os.environ["BASE"]
    if changed not in _CHANGED:
        raise SystemExit(f"hublint: `changed` is `repositories` or `lines`, not `{changed}`")
    if not changed or not base:
        return []
    return [f"--since={base}", *(["--changed-lines"] if changed == "lines" else [])]


def _digest() -> str:
    """What tells the sources of the action from others."""
    digest = hashlib.sha256()
    folders = (path for name in ("linter", "rules", "schemas") for path in (ROOT / name).rglob("*"))
    for path in [ROOT / "pyproject.toml", *sorted(folders)]:
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _is(name: str) -> bool:
    return os.environ[name] == "true"


def _lines(name: str) -> list[str]:
    return [line.strip() for line in os.environ[name].splitlines() if line.strip()]


def _program(folder: str, name: str) -> str:
    windows = platform.system() == "Windows"
    return str(Path(folder) / ("Scripts" if windows else "bin") / (f"{name}.exe" if windows else name))


def _output(**values: object) -> None:
    with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in values.items())


if __name__ == "__main__":
    sys.exit({"tool": tool, "install": install, "check": check}[sys.argv[1]]())
