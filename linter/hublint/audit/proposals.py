"""The safe fixes of a repository as a pull request: its files, its title and its description."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hublint import __version__
from hublint.documents.source import Source
from hublint.engine import registry
from hublint.engine.applying import UNSETTLED
from hublint.engine.fixing import changes
from hublint.links import HOME
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.reporters.markdown import as_span, as_text
from hublint.reporters.style import printable
from hublint.reporters.summary import counted, late
from hublint.reporters.wording import message_of
from hublint.repository.git.gitattributes import Attributes
from hublint.repository.git.ignored import ignores
from hublint.secrets.shapes import covered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hublint.engine.fixing import Change, Fixed
    from hublint.engine.project import Project
    from hublint.engine.reported import Applied, Reported
    from hublint.repository.repository import Repository
    from hublint_schemas import Kind

MARK = "hublint: "  # what the titles of our pull requests begin with, by which they are found again
_MOST_FILES = 100
_MOST_BYTES = 10 * 1024 * 1024
_NAME = lazy(r"[A-Za-z0-9._/-]{1,80}")  # of a file, as it may stand in a title
_UNFIT = "its safe fixes are in files that Git LFS holds, .gitignore names or are not UTF-8; none of those is proposed"
_UNAPPLIED = "its safe fixes cannot be applied to the files as they are"
_TOLD = 30  # so many findings are described one by one


class Proposal(NamedTuple):
    """A pull request that may be opened.

    Attributes:
        commit: the one that was judged, and whose bytes the files differ from at the fixes only.
        files: the new bytes by path.
        changes: the same for people, credentials covered.
    """

    kind: Kind
    id: str
    commit: str
    title: str
    description: str
    files: Mapping[str, bytes]
    changes: Sequence[Change]


def is_ours(title: str) -> bool:
    """Whether a pull request of the same author is one that hublint opened."""
    return title.startswith(MARK)


def proposal_of(project: Project, id: str, commit: str) -> Proposal | str:
    """What the safe fixes make of a repository at a commit, or why they make nothing of it, a sentence."""
    repository = project.repository
    fixed = project.fix(unsafe=False)
    unfit = {path for path, data in fixed.files.items() if not _is_fit(repository, path, data)}
    if unfit:
        fixed = project.fix(unsafe=False, only=fixed.files.keys() - unfit)
    if not fixed.settled:
        return UNSETTLED
    if not fixed.files:
        return _UNFIT if unfit else _UNAPPLIED
    if len(fixed.files) > _MOST_FILES or sum(map(len, fixed.files.values())) > _MOST_BYTES:
        where = counted(len(fixed.files), "file")
        return f"its safe fixes are in {where}, too many or too large for a pull request that one reads"
    title = covered(f"{MARK}{counted(len(fixed.fixes), 'safe fix')} in {_where(sorted(fixed.files))}")
    description = covered("\n".join(_description(project, fixed, commit)))
    return Proposal(repository.kind, id, commit, title, description, fixed.files, changes(repository, fixed.files))


def _is_fit(repository: Repository, path: str, data: bytes) -> bool:
    """Whether a file with new bytes is a text that git itself holds and the Hub does not leave out of a commit."""
    source = Source(path, data)
    is_text = source.is_utf8 and not source.is_binary
    return is_text and not repository.once(Attributes).is_in_lfs(path) and not ignores(repository).names(path)


def _where(paths: list[str]) -> str:
    return paths[0] if len(paths) == 1 and _NAME.fullmatch(paths[0]) else counted(len(paths), "file")


def _description(project: Project, fixed: Fixed, commit: str) -> Iterator[str]:
    """The lines of a description: what is changed, why, and how anybody can see that for themselves."""
    kind, number = project.repository.kind, f"{counted(len(fixed.fixes), 'safe fix')}{late(fixed.fixes)}"
    rules = ",".join(dict.fromkeys(fix.code for fix in fixed.fixes))
    yield f"[hublint]({HOME}) {__version__} checked this repository at commit {commit} and proposes {number}:"
    yield ""
    yield from _what(project, fixed)
    yield ""
    yield (
        "The page behind each code says why it matters on the Hub. Safe fixes are those that need nobody to decide: "
        "every byte outside of them stays as it is, and what could be parsed before still can."
    )
    yield ""
    yield "To see it for yourself, in a clone of this repository at that commit:"
    yield ""
    yield "```"
    yield f"pip install hublint=={__version__}"
    yield f"hublint check --isolated --repo-type {kind} --select {rules} ."
    yield f"hublint fix --isolated --repo-type {kind} --select {rules} --diff ."
    yield "```"
    yield ""
    yield "Opened with `hublint audit --propose`. If it is not wanted, closing it is enough."


def _what(project: Project, fixed: Fixed) -> Iterator[str]:
    """A line for each finding that the fixes end, and for each rule that had more of them."""
    left = {finding.fingerprint for finding in fixed.result.findings}
    ended: dict[str, list[Reported]] = {fix.code: [] for fix in fixed.fixes}
    for finding in project.check().findings:
        is_safe = finding.fix is not None and finding.fix.safety == "safe"
        if is_safe and finding.code in ended and finding.fingerprint not in left:
            ended[finding.code].append(finding)
    rules = registry.listed(project.settings.config.plugins)
    room = _TOLD
    for code, found in ended.items():
        fixes = [fix for fix in fixed.fixes if fix.code == code]
        url = rules[code].url
        rule = f"{f'[{code}]({url})' if url else code} {as_text(fixes[0].name)}"
        shown = found[: max(room, 0)]
        room -= len(shown)
        for finding in shown:
            place = f"{as_span(printable(finding.place.path))}, line {finding.place.line}"
            yield f"* {rule}: {as_text(message_of(finding), as_span)} ({place})"
        more = len(fixes) - len(shown)
        if more > 0:
            yield f"* {rule}: {counted(more, 'more fix' if shown else 'fix')} in {_files_of(fixes)}"


def _files_of(fixes: Sequence[Applied]) -> str:
    return as_text(_where(sorted({path for fix in fixes for path in fix.paths})))
