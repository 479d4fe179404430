"""The playground as visitors have it: built, served on this machine, and open in a real Chromium."""

from __future__ import annotations

import fcntl
import functools
import http.server
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Playwright

ROOT = Path(__file__).resolve().parent.parent
PLAYGROUND = ROOT / "playground"
BUNDLE = ROOT / "build" / "playground"
PATIENCE = 120_000  # milliseconds; a machine may be busy with other tests

sys.path.insert(0, str(PLAYGROUND))

import build as builder  # noqa: E402

from browser import CHROMIUM  # noqa: E402


def is_fresh() -> bool:
    """Whether the bundle is there and was made from the sources as they are."""
    stamp = BUNDLE / builder.STAMP
    return stamp.is_file() and stamp.read_text("utf-8") == builder.stamp()


def make_bundle() -> None:
    """Build it where it is not fresh, once for all tests that run side by side.

    Raises:
        subprocess.CalledProcessError: npm, pip or node failed.
    """
    BUNDLE.parent.mkdir(exist_ok=True)
    with (BUNDLE.parent / "playground.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_fresh():
            subprocess.run([sys.executable, str(PLAYGROUND / "build.py"), str(BUNDLE)], check=True, timeout=900)


class Server:
    """Files of a folder, or nothing at all, on a port of this machine; `asked` has the paths of all requests."""

    def __init__(self, folder: Path) -> None:
        asked: list[str] = []

        class Handler(http.server.SimpleHTTPRequestHandler):
            extensions_map: ClassVar[dict[str, str]] = {
                **http.server.SimpleHTTPRequestHandler.extensions_map,
                ".js": "text/javascript",
                ".mjs": "text/javascript",
                ".wasm": "application/wasm",
            }

            def log_message(self, format: str, *arguments: Any) -> None:
                asked.append(self.path)

        self.asked = asked
        self._server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder))
        )
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """End it; nobody answers there any more."""
        self._server.shutdown()
        self._server.server_close()


def launched(playwright: Playwright) -> Browser:
    """A Chromium that can reach this machine and nothing else."""
    network = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    sandbox = ["--no-sandbox"] if os.getuid() == 0 else []
    return playwright.chromium.launch(
        executable_path=CHROMIUM, args=[network, "--disable-background-networking", *sandbox]
    )


@contextmanager
def opened(browser: Browser, url: str, refuses: bool = False, **options: Any) -> Iterator[Page]:
    """The page once it has shown what it found; it must not have failed anywhere by the end.

    Args:
        refuses: whether the browser may have refused something, and complained.
    """
    context = browser.new_context(accept_downloads=True, **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
    try:
        page.goto(url)
        page.wait_for_selector("body[data-checked]")
        yield page
        assert refuses or errors == []
    finally:
        context.close()


def rechecked(page: Page, act: Any) -> None:
    """Do something, and wait for the check that it brings."""
    before = int(page.get_attribute("body", "data-checked") or 0)
    act()
    page.wait_for_selector(f'body[data-checked="{before + 1}"]')
