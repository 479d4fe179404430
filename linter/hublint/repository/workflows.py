"""GitHub workflows that push the repository they are in, or a folder of it, to the Hub as a Space, as it is.

A closed world: a job in which anything is done that could bring another README.md along is not such a push.
Sources: https://huggingface.co/docs/hub/spaces-github-actions, https://github.com/huggingface/hub-sync (action.yml),
https://github.com/nateraw/huggingface-sync-action (action.yml).
"""

from __future__ import annotations

import re

from hublint.documents.source import Source, Span
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

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
    b"upload_folder",
    b"HF_TOKEN",
)
_SPACE_URL = r"huggingface\.co/spaces/([\w.$\{\}-]+/[\w.$\{\}-]+)"
_EXPRESSION = r"\$\{\{[^}\n]{0,300}\}\}"
_TEMPLATE = ("USERNAME", "SPACE_NAME", "YOUR")
_SYNC_ACTIONS = ("huggingface/hub-sync", "huggingface/huggingface-sync-action", "nateraw/huggingface-sync-action")
_UPLOADS_THE_CHECKOUT = "huggingface/hub-sync"
_HARMLESS_ACTIONS = ("actions/setup-", "actions/cache", "astral-sh/", "docker/setup-")
_ELSEWHERE = ("repository", "path", "ref")
_HARMLESS = frozenset(
    "[ [[ apt-get black curl echo exit export false flake8 ls mkdir mypy pip pip3 printf pwd pytest ruff set sleep "
    "test true".split()
)
_HARMLESS_GIT = frozenset("branch config fetch log remote rev-parse show status version --version lfs".split())
_IN_CLONE = frozenset(("add", "commit", "diff", "pull", "rm"))
_COPY_FLAGS = (
    "-a",
    "-r",
    "-R",
    "-f",
    "-v",
    "-p",
    "-u",
    "-z",
    "-h",
    "-t",
    "--archive",
    "--recursive",
    "--delete",
    "--exclude",
)
_HARMLESS_CALLS = frozenset("HfApi create_repo getenv get login print upload_folder".split())
_UPLOAD_OPTIONS = frozenset(
    "folder_path repo_id repo_type token commit_message commit_description delete_patterns path_in_repo".split()
)
_FETCHES_FILES = r"\bgit lfs (?:pull|fetch|checkout)\b"
_SPLIT = r"git subtree split --prefix[= ]([\w./-]+)(?: (?:main|master|HEAD))?"
_OWN_BRANCH = r"\+?(?:main|master|HEAD)(?::(?:refs/heads/)?(?:main|master))?"


class Push(NamedTuple):
    """A step that pushes the repository; `space` is `owner/name` where it is written out, else empty.

    `folder` is the part that is pushed by `git subtree`, empty for the whole. `with_pointers` says that the checkout
    surely leaves pointers in the place of the files in Git LFS.
    """

    source: Source
    span: Span
    space: str
    folder: str = ""
    with_pointers: bool = False


class _Doubt(Exception):
    """Something that may change what is pushed."""


def space_push(sources: Sources) -> Push | None:
    """The first workflow's push of the whole repository to a Space; None where there is none or one cannot tell."""
    for path, size in sources.tree.sizes().items():
        if path.startswith(FOLDER) and path.endswith((".yml", ".yaml")) and size <= _LARGEST:
            source = sources.source(path)
            found = _workflow(source, sources) if source is not None and not source.is_binary else None
            if found is not None and not (found.folder and _has_block(sources, found.folder)):
                return found
    return None


def _has_block(sources: Sources, folder: str) -> bool:
    """Whether the README.md of a folder that is pushed by itself begins with metadata."""
    source = sources.source(f"{folder}/README.md")
    return source is not None and source.text.lstrip("\ufeff").startswith("---")


def _workflow(source: Source, sources: Sources) -> Push | None:
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
                pushed = _job(body, "defaults" in root.value, sources)
            except _Doubt:
                continue
            if pushed is not None:
                return Push(source, job.key.span, *pushed)
    return None


def _on_main(triggers: Any) -> bool:
    """Whether pushes to other branches than the main one are all that starts the workflow."""
    push = triggers.get("push") if isinstance(triggers, dict) else None
    branches = push.get("branches") if isinstance(push, dict) else None
    if isinstance(branches, str):
        branches = [branches]
    return not isinstance(branches, list) or "main" in branches or "master" in branches


def _job(job: dict[str, Any], defaults: bool, sources: Sources) -> tuple[str, str, bool] | None:
    """The Space that a job pushes to, empty where its name is not written out, the folder, and whether with pointers.

    None where it pushes to none.

    Raises:
        _Doubt: another README.md may be pushed.
    """
    steps = [step for step in job["steps"] if isinstance(step, dict)]
    if defaults or "strategy" in job or "defaults" in job:
        raise _Doubt
    if any("readme" in str(step.get("run", "")).lower() for step in steps):
        raise _Doubt
    reader = _Steps(sources)
    for step in steps:
        given = step.get("with")
        options = given if isinstance(given, dict) else {}
        if "uses" in step:
            space = reader.action(str(step["uses"]).partition("@")[0].lower(), options)
        elif "working-directory" in step:
            raise _Doubt
        else:
            space = reader.script(str(step.get("run", "")))
        if space is not None:
            return space, reader.folder, reader.with_pointers
    return None


class _Steps:
    """Follows the commands of a job's steps up to the first push.

    Attributes:
        folder: what is pushed, empty for the repository's root.
        with_pointers: whether the checkout has left pointers in the place of the files in Git LFS.
    """

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.folder = ""
        self.with_pointers = False
        self._spaces: dict[str, str] = {}  # remotes and variables that hold a Space's address
        self._clones: dict[str, str] = {}
        self._copied: set[str] = set()
        self._inside = ""

    def action(self, name: str, options: dict[str, Any]) -> str | None:
        """The Space that an action pushes to."""
        if name == "actions/checkout":
            if any(option in options for option in _ELSEWHERE):
                raise _Doubt
            self.with_pointers = str(options.get("lfs", "false")).lower() == "false"
            return None
        if name in _SYNC_ACTIONS:
            self.with_pointers = self.with_pointers and name == _UPLOADS_THE_CHECKOUT
            source = str(options.get("github_repo_id", "${{github.repository}}")).replace(" ", "")
            if options.get("repo_type", "space") != "space" or source != "${{github.repository}}":
                raise _Doubt
            self.folder = str(options.get("subdirectory") or "").strip("./")
            return _named(str(options.get("huggingface_repo_id", "")))
        if not name.startswith(_HARMLESS_ACTIONS):
            raise _Doubt
        return None

    def script(self, text: str) -> str | None:
        """The Space that the commands of a step push to."""
        from hublint.documents.shell import commands

        self._inside = ""
        self.with_pointers = self.with_pointers and re.search(_FETCHES_FILES, text) is None
        for command in commands(re.sub(_EXPRESSION, "$EXPRESSION", text)):
            for name, word in command.assignments:
                found = re.search(_SPACE_URL, word.text)
                if found:
                    self._spaces[name] = found[1]
            if command.inside and re.match(_SPLIT, " ".join(word.text for word in command.argv)):
                continue
            space = self._command(command) if command.argv else None
            if space is not None:
                return space
        return None

    def _command(self, command: Command) -> str | None:
        words = [word.text.strip("\"'") for word in command.argv]
        if command.name == "git":
            return self._git(words[1:])
        if command.name in ("hf", "huggingface-cli"):
            return _upload(command)
        if command.name in ("python", "python3"):
            return self._python(command)
        if command.name == "cd" and len(words) == 2 and (words[1].strip("/") in self._clones or words[1] == ".."):
            self._inside = "" if words[1] == ".." else words[1].strip("/")
        elif command.name in ("cp", "rsync"):
            self._copy(words[1:])
        elif command.name == "rm" and all(self._clone_of(word) for word in words[1:] if not word.startswith("-")):
            pass
        elif command.name not in _HARMLESS:
            raise _Doubt
        return None

    def _git(self, words: list[str]) -> str | None:
        if words[:2] == ["remote", "add"] and len(words) == 4:
            address = self._address(words[3])
            if address:
                self._spaces[words[2]] = address
            return None
        if words[:1] == ["clone"]:
            self._clone([word for word in words[1:] if not word.startswith("-")])
            return None
        if words[:2] == ["subtree", "push"]:
            return self._subtree(words[2:])
        if words[:1] == ["push"]:
            return self._push(words[1:])
        allowed = _HARMLESS_GIT | _IN_CLONE if self._inside else _HARMLESS_GIT
        if not words or words[0] not in allowed:
            raise _Doubt
        return None

    def _push(self, words: list[str]) -> str | None:
        """`git push [REMOTE [BRANCH]]`, of a clone that everything was copied into too."""
        if self._inside:
            if self._inside not in self._copied:
                raise _Doubt
            return _named(self._clones[self._inside])
        target, *branches = [word for word in words if not word.startswith("-")] or [""]
        split = re.fullmatch(
            rf"\+?[`$(]+{_SPLIT}[`)]+:(?:refs/heads/)?(?:main|master)", branches[0] if branches else ""
        )
        if split is not None:
            self.folder = split[1].removeprefix("./").strip("/")
        elif any(not re.fullmatch(_OWN_BRANCH, branch) for branch in branches) or len(branches) > 1:
            raise _Doubt
        address = self._address(target)
        return _named(address) if address else None

    def _address(self, word: str) -> str:
        found = re.search(_SPACE_URL, word)
        return found[1] if found else self._spaces.get(word.strip("${}"), "")

    def _clone(self, words: list[str]) -> None:
        address = self._address(words[0]) if words else ""
        if not address or len(words) > 2:
            raise _Doubt
        folder = words[1] if len(words) == 2 else address.rpartition("/")[2].removesuffix(".git")
        self._clones[folder.removeprefix("./").strip("/")] = address

    def _clone_of(self, word: str) -> str:
        """The clone that a path is in, empty for any other."""
        first = word.removeprefix("./").partition("/")[0]
        return first if first in self._clones else ""

    def _copy(self, words: list[str]) -> None:
        """Take over a copy of everything into a clone; any other copy is a doubt."""
        flags = [word for word in words if word.startswith("-")]
        places = [word for word in words if not word.startswith("-")]
        if not all(flag.startswith(_COPY_FLAGS) for flag in flags) or self._inside or len(places) < 2:
            raise _Doubt
        excluded = {words[at + 1] for at, word in enumerate(words[:-1]) if word == "--exclude"}
        places = [place for place in places if place not in excluded]
        target = self._clone_of(places[-1])
        if len(places) != 2 or not target or places[-1].removeprefix("./").strip("/.") != target:
            raise _Doubt
        if places[0] not in (".", "./", "*", "./*", "./."):
            raise _Doubt
        self._copied.add(target)

    def _subtree(self, words: list[str]) -> str | None:
        """`git subtree push --prefix FOLDER REMOTE BRANCH`."""
        words = list(_joined(words)) if "--prefix" in words else words
        prefix = next((word.partition("=")[2] for word in words if word.startswith("--prefix=")), "")
        places = [word for word in words if not word.startswith("-")]
        if len(places) != 2 or places[1] not in ("main", "master") or not re.fullmatch(r"[\w./-]+", prefix):
            raise _Doubt
        address = self._address(places[0])
        if not address:
            raise _Doubt
        self.folder = prefix.removeprefix("./").strip("/")
        return _named(address)

    def _python(self, command: Command) -> str | None:
        """A program that uploads the repository with `upload_folder`, on the command line or in a file of its own."""
        values = [word.value for word in command.argv[1:]]
        if values[:2] == ["-m", "pip"]:
            return None
        code = values[1] if values[:1] == ["-c"] and len(values) == 2 else None
        if code is None and len(values) == 1 and values[0] and values[0].endswith(".py"):
            source = self.sources.source(values[0].removeprefix("./"))
            code = source.text if source is not None and len(source.raw) <= _LARGEST else None
        if code is None or "upload_folder" not in code or "readme" in code.lower():
            raise _Doubt
        return _uploaded_by(code)


def _uploaded_by(code: str) -> str | None:
    """The Space to which Python code uploads the folder that it runs in."""
    from hublint.documents.python import PythonSource

    python = PythonSource(Source("upload.py", code.encode("utf-8", "surrogateescape")))
    uploads = [call for call in python.calls if call.method == "upload_folder"]
    others = [call for call in python.calls if call.method not in _HARMLESS_CALLS]
    if len(uploads) != 1 or others or uploads[0].runs != "always" or uploads[0].unpacks:
        raise _Doubt
    given = {name: python.value(value) for name, value in uploads[0].keywords.items()}
    folder, kind, space = (given.get(name) for name in ("folder_path", "repo_type", "repo_id"))
    if not given.keys() <= _UPLOAD_OPTIONS or folder is None or folder.value not in (".", "./"):
        raise _Doubt
    if kind is None or kind.value != "space":
        raise _Doubt
    return _named(space.value) if space is not None and isinstance(space.value, str) and not space.env else ""


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
