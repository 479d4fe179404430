"""Put what `refresh.py` changed in this checkout onto branches, one for each file of upstream/.

    python schemas/refresh.py --all && python schemas/propose.py

Each branch starts at HEAD, is called `tables/NAME`, and has that file and what follows from it - tables, schemas,
compiled checks, pages - in one commit. The checkout is left as HEAD has it. Prints the branches; nothing without a
change.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UPSTREAM = "schemas/upstream"


def main() -> None:
    """Run the command."""
    fetched = {name: (ROOT / name).read_bytes() for name in _git("diff", "--name-only", "HEAD", "--", UPSTREAM)}
    fetched |= {name: (ROOT / name).read_bytes() for name in _git("ls-files", "--others", "--", UPSTREAM)}
    for name in fetched:
        _proposed(name, fetched[name])
    _restored()


def _proposed(name: str, data: bytes) -> None:
    """Commit one fetched file and what follows from it to a branch of its own."""
    _restored()
    (ROOT / name).write_bytes(data)
    told = _run(sys.executable, "schemas/refresh.py", "--offline")
    _run(sys.executable, "docs/generate.py")
    branch = f"tables/{Path(name).stem}"
    base = _git("rev-parse", "HEAD")[0]
    _git("switch", "--quiet", "--detach")
    _git("add", "--all", ".")
    _git("commit", "--quiet", "--message", f"{Path(name).stem} as of today\n\n{told}")
    _git("branch", "--force", branch)
    _git("switch", "--quiet", "--detach", base)
    print(branch)


def _restored() -> None:
    _git("checkout", "--quiet", "HEAD", "--", ".")
    _git("clean", "--quiet", "--force", "--", UPSTREAM, "schemas/hublint_schemas")


def _git(*arguments: str) -> list[str]:
    return _run("git", *arguments).splitlines()


def _run(*command: str) -> str:
    """What a command prints.

    Raises:
        SystemExit: it failed; says what it said.
    """
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout


if __name__ == "__main__":
    main()
