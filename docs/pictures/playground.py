"""A picture of the playground: built, served on this machine, opened in Chromium, one fix shown before it is taken.

    python docs/pictures/playground.py      writes docs/images/playground.png

Needs what the playground's own tests need: Node.js, npm, playwright and Chromium.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"
WINDOW = {"width": 1280, "height": 860}
sys.path.insert(0, str(ROOT / "tests"))

from playground_page import BUNDLE, Server, launched, make_bundle, opened  # noqa: E402


def main() -> None:
    """Write the picture."""
    from playwright.sync_api import sync_playwright

    make_bundle()
    server = Server(BUNDLE)
    try:
        with sync_playwright() as playwright, opened(launched(playwright), server.url, viewport=WINDOW) as page:
            page.get_by_role("button", name="Fix: Listen on").first.click()
            page.get_by_role("button", name="Accept").first.wait_for()
            page.screenshot(path=IMAGES / "playground.png")
    finally:
        server.stop()


if __name__ == "__main__":
    main()
