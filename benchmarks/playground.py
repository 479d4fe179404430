"""What a visitor of the playground waits for: the first result after the page is opened, and those while typing.

Beside them, in the same run: starting Pyodide alone, as npm has it and as the page has it, which is with a compiled
library; and one `hublint check` of the same Space on the command line. Medians; targets: first result 5 s, later ones
100 ms.
Needs Chromium and npm.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import playground_page

ROUNDS = 5
EDITS = 20
# Without a page, so that its content security policy does not matter.
RUNTIME = """async (base) => {
  const started = performance.now();
  const { loadPyodide } = await import(`${base}pyodide.mjs`);
  await loadPyodide({ indexURL: base });
  return performance.now() - started;
}"""


def main() -> None:
    """Print medians."""
    from playwright.sync_api import sync_playwright

    playground_page.make_bundle()
    alone: dict[str, list[float]] = {"": [], "pyodide/": []}
    first: list[float] = []
    later: list[float] = []
    command: list[float] = []
    npm = playground_page.Server(playground_page.PLAYGROUND / "node_modules" / "pyodide")
    server = playground_page.Server(playground_page.BUNDLE)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playground_page.launched(playwright)
        for _ in range(ROUNDS + 1):
            for (folder_of, times), of in zip(alone.items(), (npm, server), strict=True):
                bare = chromium.new_context().new_page()
                bare.goto(f"{of.url}{folder_of}pyodide-lock.json")
                times.append(bare.evaluate(RUNTIME, of.url + folder_of))
                bare.context.close()
            started = time.perf_counter()
            with playground_page.opened(chromium, server.url) as page:
                first.append(1000 * (time.perf_counter() - started))
                page.locator("#text").press("Control+End")
                for _ in range(EDITS):
                    playground_page.rechecked(page, lambda: page.keyboard.type("x"))
                    later.append(float(page.get_attribute("body", "data-took") or 0))
                text = page.input_value("#text")
            (Path(folder) / "README.md").write_text(text, "utf-8")
            command.append(_command(folder))
        chromium.close()
    npm.stop()
    server.stop()
    for name, times in (
        ("Pyodide of npm", alone[""][1:]),
        ("Pyodide here", alone["pyodide/"][1:]),
        ("first result", first[1:]),
        ("a later result", later[EDITS:]),
        ("hublint check", command[1:]),
    ):
        print(f"{name:15} {statistics.median(times):7.0f} ms, the slowest {max(times):.0f} ms")
    for name, runtime in (("of npm", alone[""]), ("here", alone["pyodide/"])):
        ratio = statistics.median(a / b for a, b in zip(first[1:], runtime[1:], strict=True))
        print(f"first result / Pyodide {name}: {ratio:.2f}")
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


def _command(folder: str) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "hublint", "check", folder], capture_output=True, check=False)
    return 1000 * (time.perf_counter() - started)


if __name__ == "__main__":
    main()
