"""Audits run as a user runs them, and what is in their files."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from functools import cache
from typing import TYPE_CHECKING, Any

from hublint.audit.records import Record, repositories
from tokens import with_tokens

if TYPE_CHECKING:
    from pathlib import Path

    from hub_server import HubServer

# The oldest that is supported, which has another httpx; it is installed beside the environment's own.
VERSIONS = ["installed", *(["1.2.0"] if os.environ.get("HUBLINT_TEST_ALL") else [])]
_TEXT = "---\n# Demo\n\n```python\nload()\n```\n"
MODEL = f"---\nlicense: Apache 2.0\n{_TEXT}"
CLEAN = f"---\nlicense: apache-2.0\nlanguage: en\nlibrary_name: transformers\npipeline_tag: text-generation\n{_TEXT}"


def audit(
    folder: Path, *words: str, input: str | None = None, python: str = sys.executable, **environment: str
) -> subprocess.CompletedProcess[str]:
    """`hublint audit` in a folder, as a process of its own."""
    return subprocess.run(
        [python, "-m", "hublint", "audit", *words],
        cwd=folder,
        input=input,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, **environment},
    )


def records(file: Path) -> dict[str, Record]:
    """The repositories in a file, by id."""
    return {record.id: record for record in repositories(str(file))}


def codes(record: Record) -> list[str]:
    """The rules that found something."""
    return [finding["code"] for finding in record.findings]


def folders(root: Path, number: int) -> None:
    """So many model repositories, every other of them with a finding."""
    for each in range(number):
        place = root / f"model-{each:03}"
        place.mkdir(parents=True)
        (place / "README.md").write_text(CLEAN if each % 2 else MODEL)
        (place / "config.json").write_text("{}")


def rows(file: Path, *rows: dict[str, Any]) -> Path:
    """A dump of JSON Lines."""
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return file


def environment(hub: HubServer, folder: Path, version: str = "installed") -> dict[str, str]:
    """What makes hublint ask the server, with a token."""
    told = {
        "HF_ENDPOINT": hub.endpoint,
        "HF_TOKEN": with_tokens("hf_[34 letters]"),
        "HF_HUB_DOWNLOAD_TIMEOUT": "1",
        "HF_HOME": str(folder / "home"),
    }
    return told if version == "installed" else {**told, "PYTHONPATH": _installed(version)}


@cache
def _installed(version: str) -> str:
    """Where another huggingface_hub is, which is installed once for all tests of this process."""
    place = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", place]
    subprocess.run([*command, f"huggingface_hub=={version}", "httpx", "httpcore", "shellingham"], check=True)
    return place


def interruptible() -> None:
    """For `preexec_fn`: Ctrl-C counts, though whoever runs the tests in the background has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
