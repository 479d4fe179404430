"""Pictures of what a browser shows: of a page of the site, a report, a drawing."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tests"))

from browser import CHROMIUM


def photograph(address: str, path: Path, wide: int, high: int) -> None:
    """Write what Chromium shows of an address as PNG, twice as large as it is shown, in 128 colours.

    Args:
        address: `http:` or `file:`.
        path: where the picture is written.
        wide: the window's width, in pixels of the page.
        high: its height.

    Raises:
        FileNotFoundError: there is no Chromium.
        subprocess.CalledProcessError: Chromium failed.
    """
    from PIL import Image

    if not CHROMIUM:
        raise FileNotFoundError("no chromium on the PATH")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2"]
    options += ["--virtual-time-budget=5000", f"--window-size={wide},{high}", f"--screenshot={path}"]
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run([CHROMIUM, *options, f"--user-data-dir={profile}", address], check=True, capture_output=True)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
