"""The base image's Python, Node, Debian or Ubuntu gets no security fixes any more.

## What it does
Looks up the tags of the official images `python`, `node`, `debian` and `ubuntu`, the Debian that the first two are
built on included (`python:3.12-buster`), of every stage that the image needs. It is a warning where support ended over
a year before October 2026, the date of the table, and advice where it ended since.

## Why it matters on the Hub
A Space is a public server. Such an image is not built again, so its known holes stay open; `apt-get update` fails once
its packages have moved to the archive, and new versions of libraries drop it.

## Example
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.8-slim
CMD ["python", "-m", "http.server", "7860"]
```

## Use instead
```yaml
title: Demo
sdk: docker
```
```dockerfile Dockerfile
FROM python:3.12-slim
CMD ["python", "-m", "http.server", "7860"]
```

## Evidence
https://devguide.python.org/versions/, https://github.com/nodejs/release, https://wiki.debian.org/LTS (the end of LTS
counts), https://ubuntu.com/about/release-cycle (the end of standard support counts). Every date was compared with
https://github.com/endoflife-date/endoflife.date (2026-08-22).
"""

from __future__ import annotations

from hublint.rule import Finding, Rule
from hublint.space.container.needed_stages import needed
from hublint_rules._wording import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile.dockerfile import Dockerfile
    from hublint.documents.dockerfile.words import Word
    from hublint.repository.repository import Repository

RULE = Rule(
    code="DK015",
    name="end-of-life-base",
    severity="warning",
    effect="advice",
    subject="dockerfile",
    since="0.1.0",
    kinds=("space",),
    sdks=("docker",),
)

_ENDED = {
    "python": "2:2020-01 3.4:2019-03 3.5:2020-09 3.6:2021-12 3.7:2023-06 3.8:2024-10 3.9:2025-10",
    "node": "8:2019-12 9:2018-06 10:2021-04 11:2019-06 12:2022-04 13:2020-06 14:2023-04 15:2021-06 16:2023-09 "
    "17:2022-06 18:2025-04 19:2023-06 20:2026-04 21:2024-06 23:2025-06 25:2026-06",
    "debian": "8:2020-06 9:2022-06 10:2024-06 11:2026-08",
    "ubuntu": "14.04:2019-04 16.04:2021-04 18.04:2023-05 20.04:2025-05 20.10:2021-07 21.04:2022-01 21.10:2022-07 "
    "22.10:2023-07 23.04:2024-01 23.10:2024-07 24.10:2025-07 25.04:2026-01 25.10:2026-07",
}
_NAMES = {
    "debian": {"jessie": "8", "stretch": "9", "buster": "10", "bullseye": "11"},
    "ubuntu": {"trusty": "14.04", "xenial": "16.04", "bionic": "18.04", "focal": "20.04"},
}
_NEWER = {"python": "3.12", "node": "24", "debian": "bookworm", "ubuntu": "24.04"}
_A_YEAR_AGO = "2025-10"


def check(dockerfile: Dockerfile, repository: Repository) -> Iterator[Finding]:
    """Yield at most one finding, on the base image that has been without support for the longest time."""
    found = sorted(_ended(dockerfile), key=lambda finding: finding[0])
    if not found:
        return
    ended, word, image, system, version = found[0]
    others = list(dict.fromkeys(name for _, _, name, _, _ in found if name != image))
    yield Finding(
        dockerfile.source,
        word,
        f"`{image}` has {system.capitalize()} {version}, which has had no security fixes since {ended}; "
        f"move to `{_NEWER[system]}` or newer"
        + (f"; {listed(others)} {'is' if len(others) == 1 else 'are'} out of support too" if others else ""),
        label="end of life",
        severity=None if ended < _A_YEAR_AGO else "info",
    )


def _ended(dockerfile: Dockerfile) -> Iterator[tuple[str, Word, str, str, str]]:
    """The month since when there are no fixes, the base in its FROM, its name, and what of it is that old."""
    for stage in needed(dockerfile):
        if stage.base is None or not stage.base_name or stage.base_stage is not None:
            continue
        image, _, tag = stage.base_name.partition("@")[0].rpartition(":")
        for system, version in _systems(image, tag):
            ended = dict(pair.split(":") for pair in _ENDED[system].split()).get(version)
            if ended is not None:
                yield ended, stage.base, stage.base_name, system, version
                break


def _systems(image: str, tag: str) -> list[tuple[str, str]]:
    """What a tag says of an official image, the language first."""
    from hublint.space.container.base_images import image_name

    name = image_name(image)
    if name not in _ENDED:
        return []
    parts = tag.split("-")
    numbers = parts[0].split(".")
    length = 1 if name in ("node", "debian") or numbers[0] == "2" else 2
    found = [(name, ".".join(numbers[:length]))]
    for system in ("ubuntu",) if name == "ubuntu" else ("debian",):
        found += [(system, _NAMES[system][part]) for part in parts if part in _NAMES[system]]
    return found
