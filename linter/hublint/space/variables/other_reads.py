"""What a Dockerfile, shell scripts, JavaScript and pages ask of the environment."""

from __future__ import annotations

import re

from hublint.space.variables.reads import Read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.dockerfile import Dockerfile
    from hublint.documents.source import Source

_SHELL = re.compile(r"\$\{([A-Za-z_]\w{0,99})(:?[?])")
_NODE = re.compile(
    r"\bprocess\.env(?:\.([A-Za-z_]\w{0,99})|\[\s*[\"']([A-Za-z_]\w{0,99})[\"']\s*\])(?P<default>\s*(?:\|\||\?\?)(?!\s*(?:\"\"|''|``|null|undefined)))?"
)
_STATIC = re.compile(
    r"\bhuggingface\??\.variables\??(?:\.([A-Za-z_]\w{0,99})|(?:\??\.)?\[\s*[\"']([A-Za-z_]\w{0,99})[\"']\s*\])"
)
_PUBLISHED = ("NEXT_PUBLIC_", "VITE_", "REACT_APP_")
# Docker gives these to every build.
_PREDEFINED = re.compile(r"(?i:https?_proxy|ftp_proxy|no_proxy|all_proxy)|(?:BUILD|TARGET)(?:PLATFORM|OS|ARCH|VARIANT)")


def dockerfile_reads(dockerfile: Dockerfile) -> Iterator[Read]:
    """Secrets that a RUN mounts, and ARGs without default, which the Hub fills from the variables.

    Source: https://huggingface.co/docs/hub/spaces-sdks-docker#secrets-and-variables-management (2026-08-22).
    """
    source = dockerfile.source
    for instruction in dockerfile.instructions:
        line = source.position(instruction.span.start).line
        for flag in instruction.flags if instruction.name == "RUN" else ():
            if flag.name == "mount" and flag.value:
                yield from _mounted(flag.value, source.path, line)
        for pair in instruction.pairs if instruction.name == "ARG" else ():
            if pair.value is None and not _PREDEFINED.fullmatch(pair.key):
                yield Read(pair.key, source.path, line, "optional", "while the image is built")


def _mounted(mount: str, path: str, line: int) -> Iterator[Read]:
    pairs = dict(part.partition("=")[::2] for part in mount.split(","))
    if pairs.get("type") != "secret":
        return
    name = pairs.get("id") or pairs.get("target", pairs.get("dst", "")).rpartition("/")[2]
    required = "required" in pairs and pairs["required"].lower() in ("", "true", "1")
    if name:
        yield Read(name, path, line, "build" if required else "optional", "a secret of the build")


def shell_reads(source: Source) -> Iterator[Read]:
    """Variables that a script insists on with `${NAME:?message}`."""
    for match in _SHELL.finditer(source.text):
        line = source.position(match.start()).line
        if "#" not in source.line(line).partition(match[0])[0]:
            yield Read(match[1], source.path, line, "use")


def node_reads(source: Source) -> Iterator[Read]:
    """Variables that JavaScript or TypeScript reads of `process.env`."""
    for match in _NODE.finditer(source.text):
        name = match[1] or match[2]
        after = source.text[match.end() : match.end() + 3].lstrip()
        if after.startswith("=") and not after.startswith("=="):
            continue
        note = "while the image is built" if name.startswith(_PUBLISHED) else ""
        yield Read(
            name, source.path, source.position(match.start()).line, "default" if match["default"] else "optional", note
        )


def page_reads(source: Source) -> Iterator[Read]:
    """Variables that a static Space's pages read of `window.huggingface.variables`."""
    for match in _STATIC.finditer(source.text):
        yield Read(match[1] or match[2], source.path, source.position(match.start()).line, "optional", "in the browser")
