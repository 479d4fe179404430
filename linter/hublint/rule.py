"""What a rule is made of: its metadata, the findings it yields and the fixes they carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from hublint.documents.edits import Edit as Edit
from hublint.documents.edits import Fix as Fix
from hublint.documents.edits import Safety as Safety
from hublint.documents.source import Span as Span
from hublint.documents.source import locate as locate
from hublint_schemas import KINDS as KINDS
from hublint_schemas import Kind as Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from typing import Protocol

    from hublint.documents.source import Source
    from hublint.repository.comments import Suppression

    class Check(Protocol):
        """The `check` function of a rule's module."""

        def __call__(self, subject: Any) -> Iterator[Finding] | Iterable[Finding]: ...


Severity = Literal["error", "warning", "info"]
Subject = Literal[
    "readme", "frontmatter", "unreadable", "dockerfile", "code", "text", "repository", "workflow", "suppressions"
]
Effect = Literal["refused", "broken", "ignored", "leaked", "advice"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


class Rule(NamedTuple):
    """Metadata of one rule, declared once as `RULE` in the rule's module.

    `severity` is what most findings have; a finding may override it. `effect` says what happens on the Hub: the push is
    refused, the repository is broken at run time, the content is ignored, a credential leaks, or the rule is advice.
    `subject` is what must exist before the rule is run; `unreadable` is a README with no mapping for metadata. Where
    nothing but a workflow makes an ordinary repository a Space, only rules about a `workflow` are run.
    `fix` is the best fix that the rule ever offers. `default` is whether the recommended profile has it.

    A rule with `sdks` judges only Spaces that have one of them. One with `keys` has nothing to say about metadata that
    has none of these top-level keys. One with `words`, all in lower case, has nothing to say where none of them is in
    what it judges: the Dockerfile, the Python files for the subject `code`, the paths for `repository` and `workflow`.
    """

    code: str
    name: str
    severity: Severity
    effect: Effect
    subject: Subject
    kinds: tuple[Kind, ...] = KINDS
    fix: Safety | None = None
    default: bool = True
    keys: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    sdks: tuple[str, ...] = ()
    since: str = "0.1.0"


class Review(NamedTuple):
    """What the rules about suppressions judge, once the others have run.

    `used` has the codes of each comment that silenced something, an empty one for a comment without codes. `checked`
    are codes and names of the rules that ran, `known` those of all rules.
    """

    comments: tuple[Suppression, ...]
    used: Mapping[Suppression, Collection[str]]
    checked: frozenset[str]
    known: frozenset[str]


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
        pedantic: shown only where the rule is selected by its own code or name, or by the profile `strict`.
    """

    __slots__ = (
        "fix",
        "help",
        "hub_message",
        "label",
        "message",
        "pedantic",
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
        pedantic: bool = False,
    ) -> None:
        self.source = source
        self.message = message
        self.label = label
        self.help = help
        self.fix = fix
        self.hub_message = hub_message
        self.severity = severity
        self.pedantic = pedantic
        self.route: str = getattr(where, "route", "")
        self.span: Span = locate(source, where)

    @property
    def path(self) -> str:
        """Path of the file within the repository, with forward slashes."""
        return self.source.path
