"""Two paths that differ only in upper and lower case.

## What it does
Compares all paths without regard to case, folders included; what git leaves out and what tools bring is left alone.

## Why it matters on the Hub
The Hub keeps both, but a clone on Windows or macOS has only one of them, and the next commit from there may remove the
other. On Linux, `import knowledge` and `Knowledge.py` are not the same.

## Example
```listing
Knowledge.py 100
knowledge.py 100
```

## Use instead
```listing
knowledge.py 100
```

## Evidence
https://git-scm.com/docs/git-config, `core.ignoreCase` (2026-11): file systems that take both for the same.
"""

from __future__ import annotations

from hublint.repository.git.ignored import ignores
from hublint.repository.texts import VENDORED
from hublint.rule import Finding, Rule
from hublint_rules._places import at_file
from hublint_rules._wording import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="RP012",
    name="case-clash",
    severity="warning",
    effect="broken",
    subject="repository",
    since="0.1.0",
)

_FILES_NAMED = 3


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for each pair, at the folder where they part."""
    groups: dict[str, set[str]] = {}
    for path in (*repository.files, *repository.folders):
        groups.setdefault(path.lower(), set()).add(path)
    left_out = ignores(repository)
    reported: set[str] = set()
    for lower, found in sorted(groups.items()):
        kept = sorted(path for path in found if VENDORED.isdisjoint(path.split("/")) and path not in left_out)
        parent = lower.rpartition("/")[0]
        if len(kept) < 2 or parent in reported:
            reported |= {lower} if parent in reported else set()
            continue
        reported.add(lower)
        place = next((path for path in kept if path in repository.files), kept[0])
        yield Finding(
            *at_file(place),
            f"{listed(kept, _FILES_NAMED)} differ only in case: a clone on Windows or macOS has one of them",
            help="rename one, or keep only the one that is used",
        )
