"""A picture of the page that `hublint audit report --html` writes.

    python docs/pictures/report.py      writes docs/images/report.png

Needs Pillow and Chromium.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from photographs import photograph

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import peers  # noqa: E402

IMAGES = ROOT / "docs" / "images"
WIDE, HIGH = 1320, 1080


def made(folder: Path) -> Path:
    """The page about the repositories of benchmarks/peers.py: each right one, and one with each fault.

    Raises:
        subprocess.CalledProcessError: hublint failed.
    """
    for base, files in peers.BASES.items():
        peers.made(files, folder / "acme" / base)
    for number, fault in enumerate(peers.FAULTS, 1):
        right = peers.BASES[fault.base]
        files = {**right, fault.path: right[fault.path].replace(fault.old, fault.new, 1)}
        peers.made(files, folder / "acme" / f"{fault.base}-{number}")
    for words in ("audit acme --isolated --fail-on never", "audit report audit.jsonl --html report.html"):
        command = [sys.executable, "-m", "hublint", *words.split()]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "report.html"


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        photograph(made(Path(folder)).as_uri(), IMAGES / "report.png", WIDE, HIGH)


if __name__ == "__main__":
    main()
