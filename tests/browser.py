"""Chromium, in which pages are opened as a user opens them; with HUBLINT_TEST_ALL, where it is installed.

`needed` marks the tests; `opened()` gives a `Page` of playwright and a `Seen`, which holds what the page asked for and
complained of; `violations(page)` is what axe says of it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

Scheme = Literal["dark", "light"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
DESKTOP, PHONE = (1280, 800), (360, 740)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), "")
_OPTIONS = (
    # Chromium's sandbox does not work for root, nor in most containers.
    *("--no-sandbox", "--disable-dev-shm-usage"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"),
)

needed = pytest.mark.skipif(
    not os.environ.get("HUBLINT_TEST_ALL") or not CHROMIUM or not find_spec("playwright"),
    reason="HUBLINT_TEST_ALL: opens pages in Chromium, which has to be installed",
)


class Seen(NamedTuple):
    """What a page did: `requests` are the addresses that it asked for, `complaints` the errors and warnings."""

    requests: list[str]
    complaints: list[str]


@contextmanager
def opened(
    size: tuple[int, int] = DESKTOP, scheme: Scheme = "light", scripts: bool = True, **more: Any
) -> Iterator[tuple[Page, Seen]]:
    """An empty page of a window of that size, and what it will have done; `more` goes to playwright's context."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(_OPTIONS))
        width, height = size
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, java_script_enabled=scripts, **more
        )
        page, seen = context.new_page(), Seen([], [])
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on(
            "console",
            lambda message: seen.complaints.append(message.text) if message.type in ("error", "warning") else None,
        )
        try:
            yield page, seen
        finally:
            browser.close()


def violations(page: Page) -> list[str]:
    """What axe finds wrong in a page as it is shown now: the rule, and the element."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html'][:200]} {node['failureSummary']}" for each in found for node in each["nodes"]]
