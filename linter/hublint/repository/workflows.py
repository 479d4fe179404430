"""GitHub workflows that push the repository they are in to the Hub as a Space, as it is.

A closed world: a job in which anything is done that could bring another README.md along is no such push.
Sources: https://huggingface.co/docs/hub/spaces-github-actions, https://github.com/huggingface/hub-sync (action.yml),
https://github.com/nateraw/huggingface-sync-action (action.yml).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from hublint.documents.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.shell import Command
    from hublint.repository.sources import Sources

FOLDER = ".github/workflows/"

_LARGEST = 100_000
_MARKS = (
    b"huggingface.co/spaces/",
    b"huggingface/hub-sync@",
    b"huggingface-sync-action@",
    b"hf upload",
    b"-cli upload",
)
_SPACE_URL = r"huggingface\.co/spaces/([\w.$\{\}-]+/[\w.$\{\}-]+)"
_EXPRESSION = r"\$\{\{[^}\n]{0,300}\}\}"
_TEMPLATE = ("USERNAME", "SPACE_NAME", "YOUR")
_SYNC_ACTIONS = ("huggingface/hub-sync", "huggingface/huggingface-sync-action", "nateraw/huggingface-sync-action")
_HARMLESS_ACTIONS = ("actions/setup-", "actions/cache", "astral-sh/", "docker/setup-")
_ELSEWHERE = ("repository", "path", "ref")
_HARMLESS = frozenset(
    "[ [[ apt-get black curl echo exit export false flake8 ls mkdir mypy pip pip3 printf pwd pytest ruff set sleep "
    "test true".split()
)
_HARMLESS_GIT = frozenset("branch config fetch log remote rev-parse show status version --version lfs".split())
_OWN_BRANCH = r"\+?(?:main|master|HEAD)(?::(?:refs/heads/)?(?:main|master))?"


class Push(NamedTuple):
    """A step that pushes the repository; `space` is `owner/name` where it is written out, else empty."""

    source: Source
    span: Span
    space: str


class _Doubt(Exception):
    """Something that may change what is pushed."""


def space_push(sources: Sources) -> Push | None:
    """The first workflow's push of the whole repository to a Space; None where there is none or one cannot tell."""
    for path, size in sources.tree.sizes().items():
        if path.startswith(FOLDER) and path.endswith((".yml", ".yaml")) and size <= _LARGEST:
            found = sources.parsed(path, _workflow)
            if found is not None:
                return found
    return None


def _workflow(source: Source) -> Push | None:
    from hublint.documents.yaml.nodes import Mapping, YamlError, resolve
    from hublint.documents.yaml.parsing import parse

    if not any(mark in source.raw for mark in _MARKS):
        return None
    try:
        root = parse(source.text)
    except YamlError:
        return None
    if not isinstance(root, Mapping) or not _on_main(root.value.get("on")):
        return None
    jobs = resolve(root.get("jobs"))
    for job in jobs if isinstance(jobs, Mapping) else ():
        body = job.value.value
        if isinstance(body, dict) and isinstance(body.get("steps"), list):
            try:
                space = _job(body, "defaults" in root.value)
            except _Doubt:
                continue
            if space is not None:
                return Push(source, job.key.span, space)
    return None


def _on_main(triggers: Any) -> bool:
    """Whether pushes to other branches than the main one are all that starts the workflow."""
    push = triggers.get("push") if isinstance(triggers, dict) else None
    branches = push.get("branches") if isinstance(push, dict) else None
    if isinstance(branches, str):
        branches = [branches]
    return not isinstance(branches, list) or "main" in branches or "master" in branches


def _job(job: dict[str, Any], defaults: bool) -> str | None:
    """The Space that a job pushes to, empty where its name is not written out; None where it pushes to none.

    Raises:
        _Doubt: another README.md may be pushed.
    """
    steps = [step for step in job["steps"] if isinstance(step, dict)]
    if defaults or "strategy" in job or "defaults" in job:
        raise _Doubt
    if any("readme" in str(step.get("run", "")).lower() for step in steps):
        raise _Doubt
    spaces: dict[str, str] = {}
    for step in steps:
        given = step.get("with")
        options = given if isinstance(given, dict) else {}
        if "uses" in step:
            space = _action(str(step["uses"]).partition("@")[0].lower(), options)
        elif "working-directory" in step:
            raise _Doubt
        else:
            space = _script(str(step.get("run", "")), spaces)
        if space is not None:
            return space
    return None


def _action(name: str, options: dict[str, Any]) -> str | None:
    if name == "actions/checkout":
        if any(option in options for option in _ELSEWHERE):
            raise _Doubt
        return None
    if name in _SYNC_ACTIONS:
        source = str(options.get("github_repo_id", "${{github.repository}}")).replace(" ", "")
        plain = options.get("repo_type", "space") == "space" and not options.get("subdirectory")
        if not plain or source != "${{github.repository}}":
            raise _Doubt
        return _named(str(options.get("huggingface_repo_id", "")))
    if not name.startswith(_HARMLESS_ACTIONS):
        raise _Doubt
    return None


def _script(text: str, spaces: dict[str, str]) -> str | None:
    """What the commands of a step push to; `spaces` are remotes and variables that hold a Space's address."""
    from hublint.documents.shell import commands

    for command in commands(re.sub(_EXPRESSION, "$EXPRESSION", text)):
        for name, word in command.assignments:
            found = re.search(_SPACE_URL, word.text)
            if found:
                spaces[name] = found[1]
        if not command.argv:
            continue
        space = None
        if command.name == "git":
            space = _git(command, spaces)
        elif command.name in ("hf", "huggingface-cli"):
            space = _upload(command)
        elif command.name == "python" and [word.value for word in command.argv[1:3]] == ["-m", "pip"]:
            continue
        elif command.name not in _HARMLESS:
            raise _Doubt
        if space is not None:
            return space
    return None


def _git(command: Command, spaces: dict[str, str]) -> str | None:
    words = [word.text.strip("\"'") for word in command.argv[1:]]
    if words[:2] == ["remote", "add"] and len(words) == 4:
        found = re.search(_SPACE_URL, words[3])
        address = found[1] if found else spaces.get(words[3].strip("${}"))
        if address:
            spaces[words[2]] = address
        return None
    if words[:1] != ["push"]:
        if not words or words[0] not in _HARMLESS_GIT:
            raise _Doubt
        return None
    target, *branches = [word for word in words[1:] if not word.startswith("-")] or [""]
    if any(not re.fullmatch(_OWN_BRANCH, branch) for branch in branches) or len(branches) > 1:
        raise _Doubt
    found = re.search(_SPACE_URL, target)
    address = found[1] if found else spaces.get(target.strip("${}"))
    return _named(address) if address else None


def _upload(command: Command) -> str | None:
    words = list(_joined([word.text.strip("\"'") for word in command.argv[1:]]))
    if words[:1] != ["upload"]:
        return None
    flags = [word for word in words[1:] if word.startswith("-")]
    kinds = [flag.partition("=")[2] for flag in flags if flag.startswith(("--repo-type=", "--type="))]
    places = [word for word in words[1:] if not word.startswith("-")]
    if kinds != ["space"]:
        return None
    if len(places) not in (2, 3) or any(place not in (".", "./") for place in places[1:]):
        raise _Doubt
    known = ("--repo-type=", "--type=", "--commit-message=", "--token=", "--delete=", "--private", "--quiet")
    if not all(flag.startswith(known) for flag in flags):
        raise _Doubt
    return _named(places[0])


def _joined(words: list[str]) -> Iterator[str]:
    """Words with each `--name value` as `--name=value`."""
    pending = ""
    for word in words:
        if pending:
            yield f"{pending}={word}"
            pending = ""
        elif word.startswith("--") and "=" not in word and word not in ("--private", "--quiet"):
            pending = word
        else:
            yield word
    if pending:
        yield pending


def _named(space: str) -> str:
    """`owner/name`, empty where a variable or an expression stands in it.

    Raises:
        _Doubt: a guide's example that nobody filled in.
    """
    space = space.removesuffix(".git")
    if "$" in space or "{" in space:
        return ""
    if space.count("/") != 1 or any(word in space.upper() for word in _TEMPLATE):
        raise _Doubt
    return space
