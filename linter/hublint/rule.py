"""What a rule is made of: its metadata, the findings it yields and the fixes they carry."""

from __future__ import annotations

from hublint.documents.edits import Edit as Edit
from hublint.documents.edits import Fix as Fix
from hublint.documents.edits import Safety as Safety
from hublint.documents.source import Span as Span
from hublint.documents.source import locate as locate
from hublint.records import NamedTuple
from hublint_schemas import KINDS as KINDS
from hublint_schemas import Kind as Kind

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, Literal, Protocol

    from hublint.documents.source import Source

    Severity = Literal["error", "warning", "info"]
    Subject = Literal[
        "metadata",
        "violations",
        "unreadable",
        "readme",
        "text",
        "dockerfile",
        "code",
        "secrets",
        "repository",
        "verdict",
        "suppressions",
        "baseline",
    ]
    Effect = Literal["refused", "broken", "ignored", "leaked", "advice"]

    class Check(Protocol):
        """The `check` function of a rule's module."""

        def __call__(self, *subject: Any) -> Iterator[Finding] | Iterable[Finding]: ...

else:  # whoever imports them when they run has no use for more
    Severity = Subject = Effect = str

SUBJECTS: tuple[Subject, ...] = (
    *("metadata", "violations", "unreadable", "readme", "text", "dockerfile", "code", "secrets", "repository"),
    *("verdict", "suppressions", "baseline"),
)
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Rule(NamedTuple):
    """Metadata of one rule, declared once as `RULE` in the rule's module.

    Attributes:
        severity: what most findings have; a finding may override it.
        effect: what happens on the Hub: the push is refused, the repository is broken at run time, the content is
            ignored, a credential leaks, or the rule is advice.
        subject: what must be there before the rule is run, and what its `check` receives.
        since: the first version that has the rule.
        fix: the best fix that the rule ever offers.
        default: whether the recommended profile has it.
        sdks: where there are some, only Spaces that have one of them are judged.
        only_if: where there are some, one of these must be in what is judged: among the top-level keys of `metadata`
            and `violations`; in lower case in the README's text, the Dockerfile, the Python files for `code`, the paths
            for `repository`.
        when_synced: whether it also judges an ordinary repository that nothing but a workflow makes a Space.
        online: whether it asks the network, so that it runs only where `repository.online` is there.
        url: where its page is; empty for what its package says, or nowhere.

    The subjects, and the arguments of `check`:
        metadata: the README's metadata is a mapping; `check(card, repository)`.
        violations: the JSON Schema refuses something in it that is this rule's; `check(card, repository)`.
        unreadable: there is a README, and its metadata is not a mapping, or one for the Hub alone; as above.
        readme: there is a README; `check(card, repository)`.
        text: there is a README whose text people wrote; `check(card, repository)`.
        dockerfile: there is a Dockerfile that BuildKit reads; `check(dockerfile, repository)`.
        secrets: some text may hold a credential, or a file is named like a key; `check(repository)`.
        code, repository: there is always something; `check(repository)`.
        verdict: there is a README, and all other rules have judged it; `check(card, repository, errors)`, see `Error`.
        suppressions: there are comments that silence; `check(review)`.
        baseline: it has entries that nothing was found for; `check(entries)`.
    """

    code: str
    name: str
    severity: Severity
    effect: Effect
    subject: Subject
    since: str
    kinds: tuple[Kind, ...] = KINDS
    fix: Safety | None = None
    default: bool = True
    sdks: tuple[str, ...] = ()
    only_if: tuple[str, ...] = ()
    when_synced: bool = False
    online: bool = False
    url: str = ""


class Error(NamedTuple):
    """An error in README.md that another rule has found; `refused` says that the Hub will refuse the push for it."""

    code: str
    refused: bool
    route: str
    span: Span


class Finding:
    """One problem that a rule saw.

    Args:
        source: the file it is in.
        where: a `Span`, something with a `span` (and perhaps a `route`), or an AST node of a Python source.
        message: lower-case start, no full stop; names the value, the Hub's rule and the way out.
        label: short words shown under the guilty span.
        help: one sentence with the way out, where the message has no room for it.
        fix: how to mend it.
        hub_message: the Hub's own sentence, word for word.
        severity: where it differs from the rule's.
    """

    __slots__ = (
        "fix",
        "help",
        "hub_message",
        "label",
        "message",
        "route",
        "severity",
        "source",
        "span",
    )

    def __init__(
        self,
        source: Source,
        where: Any,
        message: str,
        *,
        label: str = "",
        help: str = "",
        fix: Fix | None = None,
        hub_message: str = "",
        severity: Severity | None = None,
    ) -> None:
        self.source = source
        self.message = message
        self.label = label
        self.help = help
        self.fix = fix
        self.hub_message = hub_message
        self.severity = severity
        self.route: str = getattr(where, "route", "")
        self.span: Span = locate(source, where)

    @property
    def path(self) -> str:
        """Path of the file within the repository, with forward slashes."""
        return self.source.path
