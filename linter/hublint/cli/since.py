"""What was touched since a git revision, as git itself tells: the only place where `check` runs a program.

Whatever the repository's own configuration names is not started: no hook, no file-system monitor, no external diff, no
text conversion, no filter, no download of what a partial clone lacks.
"""

from __future__ import annotations

import os
from functools import cached_property

from hublint.errors import UsageError
from hublint.regexes import lazy
from hublint.repository.git.folder import is_checkout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hublint.engine.findings import Result
    from hublint.engine.project import Project
    from hublint.engine.report import Checked
    from hublint.engine.reported import Reported

_TIMEOUT = 120.0
_PLAIN = ("--no-ext-diff", "--no-textconv", "--no-color", "--ignore-submodules=all")
_OFF = {
    "core.fsmonitor": "false",
    "core.hooksPath": os.devnull,
    "core.untrackedCache": "false",
    "core.quotePath": "false",
    "diff.noprefix": "false",
    "diff.renameLimit": "5000",
    "color.ui": "false",
}
_HUNK = lazy(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
_EVERY = range(1, 1 << 60)


class Since:
    """The changes since a revision: in each checkout, from where its history and HEAD's part to the files on disk."""

    def __init__(self, revision: str) -> None:
        self.revision = revision
        self._checkouts: dict[str, _Checkout] = {}

    def touched(self, projects: Iterable[Project]) -> list[Project]:
        """The repositories with a file that was changed, added, removed or is not known to git yet, and those whose
        configuration was.

        Raises:
            UsageError: a repository is in no checkout, its clone lacks the revision, or git does not answer.
        """
        return [project for project in projects if self._is_touched(project)]

    def narrowed(self, checked: Iterable[Checked], projects: Iterable[Project]) -> list[Checked]:
        """The results with nothing but what stands on lines that were changed, or in files that are gone."""
        pairs = zip(checked, projects, strict=True)
        return [one._replace(result=self._on_changed_lines(project, one.result)) for one, project in pairs]

    def _on_changed_lines(self, project: Project, result: Result) -> Result:
        checkout = self._checkout(project)

        def changed(finding: Reported) -> bool:
            place = finding.place
            path = os.path.normpath(os.path.join(os.path.realpath(project.folder), place.path))
            found = checkout.lines(os.path.relpath(path, checkout.root).replace(os.sep, "/"))
            return any(each.start <= max(place.line, place.end_line) and place.line < each.stop for each in found)

        return result._replace(findings=tuple(filter(changed, result.findings)))

    def _is_touched(self, project: Project) -> bool:
        checkout = self._checkout(project)
        folder = os.path.relpath(os.path.realpath(project.folder), checkout.root).replace(os.sep, "/")
        start = "" if folder == "." else f"{folder}/"
        file = project.settings.config.file
        config = os.path.relpath(os.path.realpath(file), checkout.root).replace(os.sep, "/") if file else ""
        return any(path.startswith(start) or path == config for path in checkout.paths)

    def _checkout(self, project: Project) -> _Checkout:
        root = os.path.realpath(project.folder)
        while not is_checkout(root):
            if os.path.dirname(root) == root:
                raise UsageError(f"{project.prefix or './'} is not in a git checkout, which --since needs")
            root = os.path.dirname(root)
        if root not in self._checkouts:
            self._checkouts[root] = _Checkout(root, self.revision)
        return self._checkouts[root]


class _Checkout:
    """One checkout at a folder whose links are followed."""

    def __init__(self, root: str, revision: str) -> None:
        from hublint.preflight.programs import find

        self.root = root
        self._revision = revision
        self._lines: dict[str, Sequence[range]] = {}
        git = find("git", root)
        if git is None:
            raise UsageError("--since needs git, and there is none")
        self._git = git
        self._options = [word for key, value in _OFF.items() for word in ("-c", f"{key}={value}")]
        self._options += [word for name in self._filters() for word in ("-c", f"{name}=")]

    @cached_property
    def paths(self) -> frozenset[str]:
        """What differs from the base, both names of what was renamed, and what git does not know yet."""
        changed = self._asked("diff", *_PLAIN, "--no-renames", "--name-only", "-z", self._base, "--")
        return frozenset(filter(None, changed.split("\0"))) | self._unknown

    def lines(self, path: str) -> Sequence[range]:
        """The lines of a file that differ from the base, those beside removed ones too; all of a file that is new or
        gone, or is not text."""
        if path not in self._lines:
            self._lines[path] = self._changed_lines(path) if path in self.paths else ()
        return self._lines[path]

    def _changed_lines(self, path: str) -> Sequence[range]:
        if path in self._unknown or not os.path.lexists(os.path.join(self.root, path)):
            return (_EVERY,)
        names = [path, *([self._renamed[path]] if path in self._renamed else [])]
        text = self._asked(
            "diff",
            *_PLAIN,
            "--find-renames",
            "--unified=0",
            self._base,
            "--",
            *(f":(literal,top){name}" for name in names),
        )
        found = []
        for line in text.split("\n"):
            hunk = _HUNK.match(line)
            if hunk:
                start, count = int(hunk[1]), int(hunk[2] or "1")
                found.append(range(start, start + (count or 2)))
            elif line.startswith("Binary files "):
                return (_EVERY,)
        return found

    @cached_property
    def _unknown(self) -> frozenset[str]:
        listed = self._asked("ls-files", "--others", "--exclude-standard", "--full-name", "-z")
        return frozenset(filter(None, listed.split("\0")))

    @cached_property
    def _renamed(self) -> dict[str, str]:
        """The old name of every file that was renamed, by the new one."""
        names = self._asked(
            "diff", *_PLAIN, "--find-renames", "--diff-filter=R", "--name-status", "-z", self._base, "--"
        )
        fields = names.split("\0")
        return {fields[index + 2]: fields[index + 1] for index in range(0, len(fields) - 2, 3)}

    @cached_property
    def _base(self) -> str:
        """The last commit that the revision and HEAD have in common; the revision itself where they have none."""
        shallow = self._asked("rev-parse", "--is-shallow-repository").strip() == "true"
        wanted = self._told("rev-parse", "--verify", "--quiet", "--end-of-options", f"{self._revision}^{{commit}}")
        common = self._told("merge-base", wanted, "HEAD") if wanted else ""
        if common:
            return common
        shown = os.path.relpath(self.root)
        if shallow:
            what = f"has no history in common with `{self._revision}`" if wanted else f"lacks `{self._revision}`"
            raise UsageError(
                f"{shown}: the clone is shallow and {what}, so nobody can tell what was touched; fetch all of it "
                "(`fetch-depth: 0` of actions/checkout, `GIT_DEPTH: 0` of GitLab, `git fetch --unshallow`)"
            )
        if not wanted:
            raise UsageError(f"{shown}: git knows no revision `{self._revision}`")
        return wanted

    def _filters(self) -> list[str]:
        """The programs that git would start to compare files, as keys of its configuration."""
        names = self._told(
            "config", "--name-only", "-z", "--get-regexp", r"^filter\..*\.(clean|smudge|process|required)$"
        )
        return sorted({name for name in names.split("\0") if name})

    def _asked(self, *arguments: str) -> str:
        from hublint.preflight.programs import run

        done = run(self._git, [*self._options, *arguments], self.root, _TIMEOUT, bare=True)
        if done.problem:
            why = done.complaint.strip().partition("\n")[0]
            if "dubious ownership" in why:
                why += "; if you trust it: `git config --global --add safe.directory FOLDER`"
            raise UsageError(
                f"{os.path.relpath(self.root)}: `git {arguments[0]}` {done.problem}{f': {why}' if why else ''}"
            )
        return done.output

    def _told(self, *arguments: str) -> str:
        """As `_asked`, but nothing where git says no."""
        from hublint.preflight.programs import run

        options = getattr(self, "_options", [])
        done = run(self._git, [*options, *arguments], self.root, _TIMEOUT, bare=True)
        return "" if done.problem else done.output.rstrip("\n")
