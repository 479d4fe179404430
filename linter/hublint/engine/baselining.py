"""Baselines across the repositories of a run: what is written into one, and what is taken out."""

from __future__ import annotations

import os
from collections import Counter

from hublint.engine import registry
from hublint.engine.baseline import bytes_of, key_of, text_of
from hublint.engine.reported import Applied
from hublint.engine.stale import asked, stale
from hublint.engine.writing import WriteError, put
from hublint.errors import UsageError
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from hublint.engine.baseline import Baseline, Key
    from hublint.engine.findings import Result
    from hublint.engine.project import Project
    from hublint.engine.report import Checked
    from hublint.engine.reported import Reported


class Changes(NamedTuple):
    """What an update makes of a baseline: its lines, and what is told of them.

    Attributes:
        moved: from where to where.
        others: how many entries are about what this run did not look at; they stay.
        secret: how many findings are about credentials and were left out.
    """

    texts: tuple[str, ...]
    added: tuple[Key, ...] = ()
    removed: tuple[Key, ...] = ()
    moved: tuple[tuple[Key, Key], ...] = ()
    kept: int = 0
    others: int = 0
    secret: int = 0


def changes(
    baseline: Baseline, results: Sequence[tuple[Project, Result]], named: Collection[str], prune: bool
) -> Changes:
    """What a baseline becomes with the results of a run.

    An entry stays word for word where its finding is still there. One is taken for moved where the same finding is new
    in another file.

    Args:
        results: of each repository that was checked, without any baseline.
        named: the paths that were to be checked.
        prune: whether new findings are left out.
    """
    found, secret = _found(baseline, results)
    new = Counter({key: len(texts) for key, texts in found.items()})
    scope = _Scope(results, named)
    kept: list[str] = []
    gone: list[Key] = []
    others = 0
    for entry in baseline.entries:
        if new[entry.key]:
            new[entry.key] -= 1
            kept.append(entry.text)
        elif scope.has(entry.key):
            gone.append(entry.key)
        else:
            others += 1
            kept.append(entry.text)
    stayed = len(kept) - others
    moved = list(_moved(gone, new))
    for _, key in moved:
        kept.append(found[key][-1])
    removed = Counter(gone) - Counter(old for old, _ in moved)
    added = [] if prune else sorted(new.elements())
    kept += [text for key, number in new.items() if not prune for text in found[key][:number]]
    return Changes(tuple(kept), tuple(added), tuple(sorted(removed.elements())), tuple(moved), stayed, others, secret)


def save(baseline: Baseline, texts: Iterable[str]) -> None:
    """Write a baseline with these lines; one that would stay as it is is not touched.

    Raises:
        UsageError: it cannot be written.
    """
    data = bytes_of(texts)
    if data != baseline.data or not os.path.exists(baseline.file):
        _write(baseline, data)


def prune(checked: Sequence[Checked], projects: Sequence[Project]) -> list[Checked]:
    """Take stale entries, as far as findings say so, out of the baselines on disk; those findings are fixed then.

    Raises:
        UsageError: a baseline cannot be written.
    """
    done = []
    for one in checked:
        about = [each for each in one.result.findings if _is_stale(each)]
        if about:
            left = tuple(each for each in one.result.findings if not _is_stale(each))
            one = one._replace(result=one.result._replace(findings=left), fixes=(*one.fixes, *map(_applied, about)))
        done.append(one)
    for baseline, data, _ in without_stale(zip(projects, (one.result for one in checked), strict=True)):
        _write(baseline, data)
    return done


def without_stale(results: Iterable[tuple[Project, Result]]) -> list[tuple[Baseline, bytes, list[Applied]]]:
    """The baselines with stale entries, as far as findings say so, what is left of each, and the fixes that makes."""
    found: dict[str, tuple[Baseline, set[int], list[Applied]]] = {}
    for project, result in results:
        known = project.settings.known
        about = [each for each in result.findings if known is not None and _is_stale(each)]
        if known is not None and about:
            _, lines, fixes = found.setdefault(known.baseline.file, (known.baseline, set(), []))
            lines.update(each.place.line for each in about)
            fixes += map(_applied, about)
    return [(baseline, baseline.without(lines), fixes) for baseline, lines, fixes in found.values()]


def _applied(finding: Reported) -> Applied:
    return Applied(finding.code, finding.name, (finding.place.path,))


def _is_stale(finding: Reported) -> bool:
    """Whether a finding is about an entry of a baseline."""
    rules = registry.listed()
    return finding.code in rules and registry.metadata(rules[finding.code]).subject == "baseline"


def with_orphans(checked: Sequence[Checked], projects: Sequence[Project], named: Collection[str]) -> list[Checked]:
    """The results, with the last of a baseline's repositories telling of entries whose file and repository are gone."""
    last = {known.baseline.file: index for index, each in enumerate(projects) if (known := each.settings.known)}
    scope = _Scope([(project, one.result) for project, one in zip(projects, checked, strict=True)], named)
    every = list(checked)
    for index in last.values():
        repository, settings = projects[index].repository, projects[index].settings
        config, selection, _, known, *_ = settings
        if known is None:
            continue
        gone = [entry.key for entry in known.baseline.entries if scope.is_orphan(entry.key)]
        if gone:
            result = every[index].result
            findings = (*result.findings, *stale(repository, config, selection, known, gone, settings.located))
            every[index] = every[index]._replace(result=result._replace(findings=findings))
    return every


class _Scope:
    """What a run looked at: the repositories that it checked, and what it was to check."""

    def __init__(self, results: Iterable[tuple[Project, Result]], named: Collection[str]) -> None:
        self._projects = {os.path.realpath(project.folder): (project, result) for project, result in results}
        self._named = [os.path.realpath(path).rstrip(os.sep) for path in named]

    def has(self, key: Key) -> bool:
        """Whether the run would have found again what is known."""
        around = self._around(key.path)
        if around is None:
            return self.is_orphan(key)
        project, result = around
        settings = project.settings
        online = project.repository.online is not None
        return key.rule not in {crash.code for crash in result.crashes} and asked(
            settings.config, settings.selection, key.rule, online
        )

    def is_orphan(self, key: Key) -> bool:
        """Whether a file is gone from a place that was to be checked, together with the repository around it."""
        beneath = any(key.path.startswith(f"{path}{os.sep}") for path in self._named)
        return beneath and self._around(key.path) is None and not os.path.lexists(key.path)

    def _around(self, path: str) -> tuple[Project, Result] | None:
        folder = os.path.dirname(path)
        while folder not in self._projects and os.path.dirname(folder) != folder:
            folder = os.path.dirname(folder)
        return self._projects.get(folder)


def _found(baseline: Baseline, results: Iterable[tuple[Project, Result]]) -> tuple[dict[Key, list[str]], int]:
    """The lines for all that was found, and how many findings about credentials have none."""
    found: dict[Key, list[str]] = {}
    left = 0
    for project, result in results:
        folder = os.path.realpath(project.folder)
        config = project.settings.config
        rules = registry.listed(config.plugins)
        for finding in result.findings:
            secret = registry.metadata(rules[finding.code]).effect == "leaked"
            if secret and not config.baseline_secrets:
                left += 1
                continue
            key = key_of(folder, finding)
            told = ("", "") if secret else (finding.route, finding.message)
            found.setdefault(key, []).append(text_of(key, baseline.file, *told))
    return found, left


def _moved(gone: Iterable[Key], new: Counter[Key]) -> Iterator[tuple[Key, Key]]:
    """Pairs of what is gone and what is new elsewhere; what is paired is taken out of `new`."""
    elsewhere: dict[tuple[str, str], list[Key]] = {}
    for key in sorted(new.elements(), reverse=True):
        elsewhere.setdefault((key.rule, key.content), []).append(key)
    for key in sorted(gone):
        if not os.path.lexists(key.path) and (candidates := elsewhere.get((key.rule, key.content))):
            found = candidates.pop()
            new[found] -= 1
            yield key, found


def _write(baseline: Baseline, data: bytes) -> None:
    from hublint.engine.config import shown_file

    try:
        put(baseline.file, shown_file(baseline.file), baseline.data if os.path.exists(baseline.file) else None, data)
    except WriteError as error:
        raise UsageError(str(error)) from None
