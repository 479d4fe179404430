"""Which release of Debian or Ubuntu a Docker image is, as far as its name tells.

The table `debian` holds which tag is which release, with its sources.
"""

from __future__ import annotations

import re

from hublint.records import NamedTuple
from hublint.space.container.base_images import image_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.documents.dockerfile.stage import Stage

# Images whose tags name the release that they are built on; of others a word in the tag may mean anything.
_NAMING = frozenset(
    "python node debian ubuntu ruby golang rust php perl openjdk eclipse-temurin buildpack-deps nvidia/cuda "
    "nvcr.io/nvidia/cuda ghcr.io/astral-sh/uv oven/bun postgres redis nginx httpd mambaorg/micromamba".split()
)
_UBUNTU = re.compile(r"(?:^|-)ubuntu-?(\d\d\.\d\d)$|(?:^|-)ubuntu-?(\d\d)(\d\d)$")


class System(NamedTuple):
    """An operating system: `debian` or `ubuntu`, its release (`trixie`, `24.04`), and the image that tells it."""

    name: str
    release: str
    image: str

    @property
    def shown(self) -> str:
        """It as people call it."""
        if self.name == "ubuntu":
            return f"Ubuntu {self.release}"
        numbers = {release: number for number, release in facts()["releases"].items()}
        return (
            f"Debian {numbers[self.release]} ({self.release})" if self.release in numbers else f"Debian {self.release}"
        )


def facts() -> dict[str, Any]:
    """What is known of Debian's and Ubuntu's releases."""
    import hublint_schemas

    return hublint_schemas.table("debian")


def system_of(stage: Stage) -> System | None:
    """The system of the image that a stage goes back to; None where its name does not tell."""
    image, _, digest = (stage.image or "").partition("@")
    name, tag = image_name(image), _tag(image)
    if name not in _NAMING:
        return None
    known = facts()
    for word in tag.split("-"):
        if word in known["releases"].values():
            return System("debian", word, image)
        if word in known["ubuntu"]:
            return System("ubuntu", known["ubuntu"][word], image)
    found = _UBUNTU.search(tag)
    if found:
        return System("ubuntu", found[1] or f"{found[2]}.{found[3]}", image)
    if digest:  # of whatever day
        return None
    if name == "ubuntu":
        return System("ubuntu", tag[:5], image) if re.fullmatch(r"\d\d\.\d\d(?:-.*)?", tag) else None
    if name == "debian":
        return _debian(tag, image, known)
    return _python(tag, image, known) if name == "python" else None


def _tag(image: str) -> str:
    return image.rpartition("/")[2].partition(":")[2]


def _debian(tag: str, image: str, known: dict[str, Any]) -> System | None:
    number = re.fullmatch(r"(\d\d?)(?:\.\d+)?(?:-slim|-\d{8}(?:-slim)?)?", tag)
    if number and number[1] in known["releases"]:
        return System("debian", known["releases"][number[1]], image)
    return (
        System("debian", known["newest"]["debian"], image) if tag in ("", "latest", "stable", "stable-slim") else None
    )


def _python(tag: str, image: str, known: dict[str, Any]) -> System | None:
    version = tag.removesuffix("-slim")
    floating = known["python_floating"].get(version)
    if floating:
        return System("debian", floating, image)
    exact = re.fullmatch(r"(3\.\d+)\.(\d+)", version)
    for first, last, release in known["python"].get(exact[1], ()) if exact else ():
        if exact is not None and first <= int(exact[2]) <= last:
            return System("debian", release, image)
    return None
