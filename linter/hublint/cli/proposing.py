"""What `hublint audit --propose` asks and does: the safe fixes of repositories on the Hub as pull requests."""

from __future__ import annotations

import sys

import click

from hublint.audit.hub.client import hub
from hublint.audit.hub.errors import HubError
from hublint.audit.hub.pull_requests import moved_on, opened, ours, who
from hublint.audit.hub.units import HubUnit
from hublint.audit.judging import failed
from hublint.audit.plan import MOST_PROPOSALS
from hublint.audit.proposals import Proposal, proposal_of
from hublint.errors import UsageError
from hublint.reporters.diff import render
from hublint.reporters.door import complain, emit
from hublint.reporters.style import Style
from hublint.reporters.summary import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.audit.records import Record
    from hublint.engine.elsewhere import Elsewhere

_MOST_REFUSED = 5  # repositories that may refuse before no other one is asked
_LEFT = "--propose asked for no more pull requests"
_SILENT = "nobody could be asked"
_OF_THE_ACCOUNT = (401, 429)  # what is refused with them is refused for other repositories too


class Proposing:
    """Proposes what is safe, a repository at a time, until as many pull requests were shown as were asked for.

    Attributes:
        undone: how many repositories were to get a pull request and could not.

    Args:
        most: so many pull requests are shown, and opened if that is wanted, at most.
        yes: whether all are wanted.

    Raises:
        UsageError: there is no Hub to ask.
    """

    def __init__(self, most: int, yes: bool, elsewhere: Elsewhere) -> None:
        self._hub = hub()
        if self._hub.offline:
            raise UsageError("--propose opens pull requests on the Hub, and HF_HUB_OFFLINE is set")
        self._left = most
        self._yes = yes
        self._elsewhere = elsewhere
        self._author = self._closed = ""
        self._resumed = self._unasked = False
        self._opened = self._shown = self._more = self._refused = 0
        self.undone = 0

    def resume(self, opened: int) -> None:
        """Go on with a run that opened some already.

        An open one that is found is then taken for one of that run, which may have ended before it wrote that down.
        """
        self._left -= opened
        self._resumed = True

    def of(self, record: Record) -> Record:
        """A repository's line with what became of its safe fixes."""
        fixes: list[dict[str, Any]] = [each["fix"] for each in record.findings if "fix" in each]
        if record.status != "checked" or record.source != "hub" or all(fix["safety"] != "safe" for fix in fixes):
            return record
        if self._left <= 0 or self._closed:
            self._more += 1
            return record._replace(undone=self._closed or _LEFT)
        try:
            self._author = self._author or who(self._hub)
            return self._proposed(record)
        except HubError as error:
            self.undone += 1
            self._refused += 1
            if error.status in _OF_THE_ACCOUNT or not self._author or self._refused >= _MOST_REFUSED:
                self._close(error.bare)
            else:
                complain(f"{record.id}: no pull request was opened: {error.bare}")
            return record._replace(undone=error.bare)

    def lines(self) -> Iterator[str]:
        """What is said at the end."""
        yield f"{counted(self._opened, 'pull request')} opened"
        if self._more:
            verb = "has" if self._more == 1 else "have"
            enough = min(self._more + self._shown - self._opened, MOST_PROPOSALS)
            way = "" if self._closed else f"; --propose {enough} shows {'it' if self._more == 1 else 'them'} too"
            yield f"{counted(self._more, 'more repository')} {verb} safe fixes{way}"

    def _close(self, reason: str) -> None:
        """Propose nothing any more."""
        self._closed = reason
        complain(f"no pull request is opened any more: {reason}")

    def _proposed(self, record: Record) -> Record:
        kind: Any = record.kind
        earlier = ours(self._hub, kind, record.id, self._author)
        there = next((each.url for each in earlier if each.is_open), "")
        if there:
            self._left -= self._resumed
            return self._without(record, f"a pull request of ours is open: {there}")
        closed = next((each.url for each in earlier if each.status == "closed"), "")
        if closed and self._yes:
            return self._without(record, f"a pull request of ours was closed, so there it is not wanted: {closed}")
        found = self._made(record)
        if isinstance(found, str):
            return self._without(record, found)
        moved = moved_on(self._hub, found)
        if moved:
            self.undone += 1
            return self._without(record, moved)
        self._left -= 1
        self._shown += 1
        self._show(found, closed)
        if not self._wanted():
            return record._replace(undone=_SILENT if self._unasked else "it was not wanted")
        try:
            url = opened(self._hub, found, self._author)
        except HubError as error:
            self._left += error.is_refusal  # then another repository may get it
            raise
        self._opened += 1
        emit(f"opened: {Style.of('auto', sys.stdout).shown(url)}\n\n", sys.stdout)
        return record._replace(proposed=url)

    def _without(self, record: Record, reason: str) -> Record:
        complain(f"{record.id}: no pull request was opened: {reason}")
        return record._replace(undone=reason)

    def _made(self, record: Record) -> Proposal | str:
        """The proposal, of the bytes at the commit that was judged.

        Raises:
            HubError: the Hub does not give them any more, or hublint fails on them.
        """
        kind: Any = record.kind
        unit = HubUnit(record.id, kind, self._elsewhere.settings(record.id), record.revision)
        there, tree, project = unit.opened()
        try:
            found = proposal_of(project, there.id, there.commit)
        except Exception as error:
            raise HubError(failed(error)) from None
        if tree.refused:
            raise HubError(tree.refused)
        return found

    def _show(self, proposal: Proposal, closed: str) -> None:
        style, told = Style.of("auto", sys.stdout), proposal.description.split("\n")
        lines = [
            style(style.shown(f"{proposal.kind} {proposal.id} at {proposal.commit[:12]}"), "bold"),
            *(f"  {style.shown(line)}" for line in ("", f"Title: {proposal.title}", "Description:", "", *told)),
        ]
        if closed:
            lines += ["", f"A pull request of ours was closed there: {style.shown(closed)}"]
        text = "".join(f"{line.rstrip()}\n" for line in lines)
        emit(f"{text}\n{render(f'{proposal.id}/', proposal.changes, style)}\n", sys.stdout)

    def _wanted(self) -> bool:
        """Whether to open what was shown.

        Raises:
            KeyboardInterrupt: nobody wants to go on.
        """
        if self._yes:
            return True
        if sys.stdin is None or not sys.stdin.isatty():
            self.undone += 1
            if not self._unasked:
                complain("nothing is opened: there is no terminal to ask at, and --yes was not given")
            self._unasked = True
            return False
        try:
            return click.confirm("Open this pull request?", default=False, err=True)
        except click.Abort:
            raise KeyboardInterrupt from None
