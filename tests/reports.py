"""What each format makes of the repositories in fixtures/reports/demo.yml; `make docs` writes it beside them."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from tokens import with_tokens

FOLDER = Path(__file__).resolve().parent.parent / "fixtures" / "reports"
RULES = "SP008,SP014,FM006,FM013,MC004,MC008,SE001,HL001"
SUFFIXES = {
    "text": "text.txt",
    "concise": "concise.txt",
    "jsonl": "jsonl",
    "sarif": "sarif.json",
    "gitlab": "gitlab.json",
    "junit": "junit.xml",
    "rdjson": "rdjson.json",
    "github": "github.txt",
    "markdown": "markdown.md",
    "json": "json",
}


def write_demo(folder: Path) -> None:
    """Write the repositories below a folder."""
    for path, text in with_tokens(yaml.safe_load((FOLDER / "demo.yml").read_text("utf-8"))).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())


def check(folder: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    """`hublint check` of all that is in a folder, in it."""
    command = [sys.executable, "-m", "hublint", "check", "--isolated", "--select", RULES, *options, "."]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False)


def reports() -> dict[Path, str]:
    """Every report of the demo, all of one run, by the file that it is kept in."""
    with tempfile.TemporaryDirectory() as folder:
        demo, out = Path(folder, "demo"), Path(folder, "out")
        write_demo(demo)
        wanted = (word for name in SUFFIXES for word in ("--output-format", f"{name}:{out / name}"))
        done = check(demo, *wanted)
        assert done.returncode == 1, done.stderr.decode()
        return {FOLDER / f"demo.{suffix}": (out / name).read_text("utf-8") for name, suffix in SUFFIXES.items()}
