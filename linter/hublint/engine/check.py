"""Run the selected rules over one repository. Nothing is written into the repository, so it may be checked again."""

from __future__ import annotations

import os

from hublint.engine import registry
from hublint.engine.findings import Result
from hublint.engine.selection import select
from hublint.engine.subjects import Subjects
from hublint.engine.suppressions import Comments, is_excluded, silenced_by
from hublint.records import NamedTuple
from hublint.repository.sources import README
from hublint.rule import Error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from hublint.engine.baseline import Known
    from hublint.engine.config import Config
    from hublint.engine.covering import Judged
    from hublint.engine.registry import Listed
    from hublint.engine.reported import Crash
    from hublint.engine.selection import Selection
    from hublint.repository.comments import Suppression
    from hublint.repository.repository import Repository
    from hublint.rule import Rule


_CLOSING = "suppressions"
_VERDICT = "verdict"
_OF_METADATA = ("metadata", "violations", "unreadable", "readme")
_LATER = (_VERDICT, _CLOSING, "baseline")  # what is judged once the others have run


class Settings(NamedTuple):
    """What holds for one repository.

    Attributes:
        within: its path relative to the configuration's folder, empty for itself.
        known: what a baseline knows of it, where there is one.
        today: the date in ISO form, after which comments expire; none does where it is empty.
        comments: whether comments silence.
        located: whether findings are told where they stand as other programs count, too.
    """

    config: Config
    selection: Selection
    within: str = ""
    known: Known | None = None
    today: str = ""
    comments: bool = True
    located: bool = False

    @classmethod
    def of(cls, config: Config, folder: str = "") -> Settings:
        """What a configuration makes of the repository in a folder.

        Raises:
            UsageError: the configuration names a rule that does not exist, or a plugin that cannot be imported.
        """
        return cls(config, select(config), within(config, folder) if folder else "")


def within(config: Config, folder: str) -> str:
    """A folder as a path relative to a configuration's own, empty where it is the same."""
    relative = os.path.relpath(folder, config.root or folder).replace(os.sep, "/")
    return "" if relative == "." else relative


def check(repository: Repository, settings: Settings) -> Result:
    """Everything that the selected rules find in a repository, as it may be shown."""
    judged, crashes = judge(repository, settings)
    if not judged and not crashes and settings.known is None:
        return Result(read=tuple(sorted(repository.sources.read)))
    return concluded(repository, settings, judged, crashes)


def concluded(repository: Repository, settings: Settings, judged: Iterable[Judged], crashes: Iterable[Crash]) -> Result:
    """What was found as it may be shown: without what a baseline knows, and with what is to be said of the baseline."""
    from hublint.engine.covering import covered

    result = covered(repository, judged, crashes, settings.located)
    config, selection, _, known, *_ = settings
    if known is None:
        return result
    from hublint.engine.baseline import reviewed
    from hublint.engine.stale import asked, stale

    result, gone = reviewed(result, known)
    crashed = {crash.code for crash in result.crashes}
    online = repository.online is not None
    gone = [key for key in gone if key.rule not in crashed and asked(config, selection, key.rule, online)]
    if not gone or repository.synced:
        return result
    return result._replace(
        findings=(*result.findings, *stale(repository, config, selection, known, gone, settings.located))
    )


def judge(repository: Repository, settings: Settings) -> tuple[list[Judged], list[Crash]]:
    """Everything that the selected rules find, sorted by path and place, and the rules that failed.

    Nothing is covered in it: it never leaves the engine.
    """
    run = _Run(repository, settings)
    found = list(run.findings(run.ordinary))
    if repository.online is not None:
        found += run.compared(found)
    if settings.comments and (found or run.closing):
        from hublint.repository.comments import suppressions

        comments = repository.once(suppressions)
        if comments:
            found = run.reviewed(found, comments)
    found.sort(key=lambda each: (each.finding.path, each.finding.span, each.rule.code, each.finding.message))
    return found, run.crashes


class _Run:
    """One check under way.

    Attributes:
        ordinary: the rules that are run first, and what each judges.
        closing: those about suppressions, which are run when the others are done.
        crashes: what failed so far.
    """

    def __init__(self, repository: Repository, settings: Settings) -> None:
        self.repository = repository
        self.settings = settings
        self.crashes: list[Crash] = []
        self.rules = registry.listed(settings.config.plugins)
        self.wanted = settings.selection.rules(repository.kind)
        self.subjects = Subjects(repository)
        self.closing = [each for each, rule in self.wanted.items() if rule.subject == _CLOSING]
        self.ordinary = self._subjects(self.wanted)

    def _subjects(self, rules: Mapping[Listed, Rule]) -> list[tuple[Listed, tuple[Any, ...]]]:
        """What each of the rules judges, of those that have something to judge."""
        found = [(each, self.subjects.of(rule)) for each, rule in rules.items() if rule.subject not in _LATER]
        return [(each, subject) for each, subject in found if subject is not None]

    def findings(self, rules: Iterable[tuple[Listed, tuple[Any, ...]]]) -> Iterator[Judged]:
        """What rules find, and whether the configuration hides it; a rule that fails is noted in `crashes`."""
        selection, config, within = self.settings.selection, self.settings.config, self.settings.within
        for listed, subject in rules:
            rule, check, _ = registry.load(listed)
            try:
                for finding in check(*subject):
                    severity = selection.severity(rule, finding)
                    if selection.keeps(rule, severity):
                        hidden = is_excluded(rule, finding.path, config, within)
                        from hublint.engine.covering import Judged

                        yield Judged(rule, severity, finding, "config" if hidden else "")
            except (Exception, SystemExit) as error:  # a plugin may try to end the program
                from hublint.engine.reported import Crash

                self.crashes.append(Crash(rule.code, f"{type(error).__name__}: {error}"))

    def compared(self, found: Iterable[Judged]) -> Iterator[Judged]:
        """What the rules find that compare what was found in README.md with the Hub's own verdict."""
        errors = tuple(
            Error(rule.code, rule.effect == "refused" and rule.subject in _OF_METADATA, finding.route, finding.span)
            for rule, _, finding, *_ in found
            if finding.path == README and (finding.severity or rule.severity) == "error"
        )
        subjects = [(each, self.subjects.of(rule)) for each, rule in self.wanted.items() if rule.subject == _VERDICT]
        return self.findings((each, (*subject, errors)) for each, subject in subjects if subject is not None)

    def reviewed(self, found: list[Judged], comments: tuple[Suppression, ...]) -> list[Judged]:
        """The findings, hidden where a comment says so, and those about the comments themselves."""
        from hublint.repository.comments import Review

        used: dict[Suppression, set[str]] = {comment: set() for comment in comments}
        covering = Comments(comments, self.settings.today)
        kept = [silenced_by(covering, each, used) for each in found]
        if not self.closing or self.repository.synced:
            return kept
        unasked = self._named(comments)
        for each in self.findings(self._subjects(unasked)):
            silenced_by(covering, each, used)
        checked = (*self.wanted.values(), *unasked.values())
        ran = frozenset((rule.code, rule.name) for rule in checked if self._judges(rule))
        known = frozenset((rule.code, rule.name) for rule in self.rules.values())
        review = Review(comments, used, ran, known, self.settings.today)
        return [*kept, *self.findings((each, (review,)) for each in self.closing)]

    def _judges(self, rule: Rule) -> bool:
        may_ask = not rule.online or self.repository.online is not None
        return may_ask and (not rule.sdks or self.repository.sdk in rule.sdks)

    def _named(self, comments: Iterable[Suppression]) -> dict[Listed, Rule]:
        """The rules that were not asked and that a comment is about, whatever is selected.

        They tell whether the comment is of use: one that names a rule by the rules that would be asked without
        `select`, one that names a family by all of it.
        """
        from hublint.repository.comments import stands_for

        config, kind = self.settings.config, self.repository.kind
        names = {code for comment in comments if comment.valid for code in comment.codes or ("",)}
        exact = {name for rule in self.rules.values() for name in (rule.code, rule.name)}
        families = names - exact - {""}
        found = select(config._replace(select=(), extend_select=())).rules(kind) if config.select else {}
        found = {each: rule for each, rule in found.items() if not names.isdisjoint(("", rule.code, rule.name))}
        for each in self.rules.values():
            if any(stands_for(family, each.code, each.name) for family in families):
                rule = registry.metadata(each)
                if kind in rule.kinds:
                    found[each] = rule
        return {each: rule for each, rule in found.items() if each not in self.wanted and rule.subject not in _LATER}
