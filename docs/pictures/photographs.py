"""Pictures of what a browser shows: of a page of the site, a report, a drawing."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


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

    if CHROMIUM is None:
        raise FileNotFoundError("no chromium on the PATH")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=2"]
    options += ["--virtual-time-budget=5000", f"--window-size={wide},{high}", f"--screenshot={path}"]
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run([CHROMIUM, *options, f"--user-data-dir={profile}", address], check=True, capture_output=True)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
