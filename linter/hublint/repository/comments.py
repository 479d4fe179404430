"""Comments that silence findings: `# hublint: ignore[CODE] reason`, `ignore-file`, and `<!-- -->` in Markdown."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from hublint.documents.source import Span
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.repository.texts import texts as text_sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

MARK = "hublint:"
_COMMENT = lazy(
    r"(?P<open>#|<!--)[ \t]*hublint:[ \t]*(?P<verb>[\w-]*)(?:\[(?P<codes>[^\]\r\n]*)\])?(?P<reason>[^\r\n]*?)"
    r"[ \t]*(?P<close>-->)?[ \t]*(?=\r?\n|\r|$)"
)
# Where a line is a comment as a whole, or has none.
_WHOLE_LINES = (".gitignore", ".gitattributes", ".dockerignore")
_DOCKERFILE = lazy(r"(?:^|/)Dockerfile[^/]*$")
_EXEC = lazy(r"\S+\s*(?:--\S+\s+)*\[")
VERBS = ("ignore", "ignore-file")
_UNTIL = lazy(r"(?:^|(?<=[ \t]))until=([^\s,;]*)[,;]?[ \t]*")
# How like a code a slip of it is; names are longer and may differ more.
_NEAR_CODE = 0.8
_DIGITS = 3
_LONGEST = 60
_DAY = lazy(r"\d{4}-\d{2}-\d{2}")
_HASH_NAMES = lazy(
    r"(?:^|/)(?:Dockerfile[^/]*|\.env[^/]*|\.git(?:ignore|attributes)|\.dockerignore|[^/]*\.(?:py|txt|ya?ml|toml|sh|cfg|ini|env))$"
)


class Suppression:
    """One such comment.

    `codes` are as written, None where there are no brackets; `lines` is the 1-based range of lines it covers, None for
    the whole file; `until` is the last day on which it silences, as written, None where it does so for ever.
    """

    __slots__ = ("codes", "lines", "reason", "source", "span", "until", "verb")

    def __init__(
        self,
        source: Source,
        span: Span,
        verb: str,
        codes: tuple[str, ...] | None,
        reason: str,
        lines: range | None,
        until: str | None = None,
    ) -> None:
        self.source = source
        self.span = span
        self.verb = verb
        self.codes = codes
        self.reason = reason
        self.lines = lines
        self.until = until

    @property
    def valid(self) -> bool:
        """Whether it silences anything: a known verb, codes for `ignore`, and no `until` that is not a date."""
        return self.dated and (self.verb == "ignore-file" or (self.verb == "ignore" and bool(self.codes)))

    @property
    def dated(self) -> bool:
        """Whether its `until`, if there is one, is a date."""
        return self.until is None or _is_day(self.until)

    def expired(self, today: str) -> bool:
        """Whether its last day is over; `today` is a date in ISO form, empty where nobody asks."""
        return self.until is not None and self.until < today

    def hits(self, code: str, name: str) -> list[str]:
        """Those of its codes that stand for the rule of that code and name; an empty one where it names no rule."""
        return [""] if self.codes is None else [each for each in self.codes if stands_for(each, code, name)]


def _is_day(text: str) -> bool:
    from datetime import date

    try:
        return bool(_DAY.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def stands_for(selector: str, code: str, name: str) -> bool:
    """Whether what a comment names stands for a rule: its code or name, or the beginning of its code, as `SE` does."""
    return selector in (code, name) or (selector.isupper() and code.startswith(selector))


def nearest_rule(selector: str, known: Collection[tuple[str, str]]) -> str:
    """The code, family or name that was probably meant by what stands for no rule; empty where none is near.

    Args:
        known: code and name of each rule.
    """
    upper = selector.upper()
    codes = sorted(code for code, _ in known)
    if selector and any(code.startswith(upper) for code in codes):
        return upper
    family, number = upper[:2], upper[2:].strip(" -_.")
    if number.isdecimal() and len(number) < _DIGITS and (code := f"{family}{number:0>{_DIGITS}}") in codes:
        return code
    from difflib import get_close_matches

    names = sorted(name for _, name in known)
    close = get_close_matches(upper[:_LONGEST], codes, 1, _NEAR_CODE)
    close = close or get_close_matches(selector.lower()[:_LONGEST], names, 1)
    return close[0] if close else ""


class Review(NamedTuple):
    """What the rules about suppressions judge, once the others have run.

    `used` has the codes of each comment that silenced something, an empty one for a comment without codes. `checked`
    are code and name of each rule that ran, `known` those of all rules; `today` is a date in ISO form.
    """

    comments: tuple[Suppression, ...]
    used: Mapping[Suppression, Collection[str]]
    checked: frozenset[tuple[str, str]]
    known: frozenset[tuple[str, str]]
    today: str = ""

    def knows(self, selector: str) -> bool:
        """Whether what a comment names stands for any rule."""
        return any(stands_for(selector, *rule) for rule in self.known)

    def is_unused(self, comment: Suppression, selector: str) -> bool:
        """Whether what a comment names was looked for and hid nothing."""
        return selector not in self.used[comment] and any(stands_for(selector, *rule) for rule in self.checked)


class Stale(NamedTuple):
    """An entry of a baseline that nothing was found for: the baseline, the line from 1, the rule and path in it.

    The path of `source` is one from the repository, and may begin with `../`.
    """

    source: Source
    line: int
    rule: str
    path: str


def suppressions(repository: Repository) -> tuple[Suppression, ...]:
    """Every suppression comment in the README and the texts that people write, whatever else is looked at."""
    texts = {source.path: source for source in text_sources(repository) if MARK in source.text}
    card = repository.card
    if card is not None:
        texts[card.path] = card
    return tuple(comment for _, source in sorted(texts.items()) for comment in find_suppressions(source, repository))


def find_suppressions(source: Source, repository: Repository) -> list[Suppression]:
    """Every suppression comment of a file, in order."""
    if MARK not in source.text or source.is_binary:
        return []
    found = []
    file = _File(source, repository)
    for match in _COMMENT.finditer(source.text):
        if not _is_comment(file, match):
            continue
        raw = match["codes"]
        codes = None if raw is None else tuple(code.strip() for code in raw.split(",") if code.strip())
        span = Span(*match.span())
        lines = None if match["verb"] == "ignore-file" else _covered(file, span)
        until = _UNTIL.search(match["reason"])
        reason = _UNTIL.sub("", match["reason"]).strip(" :-")
        found.append(Suppression(source, span, match["verb"], codes, reason, lines, until[1] if until else None))
    return found


class _File:
    """What is asked of a file for each comment in it, found once."""

    def __init__(self, source: Source, repository: Repository) -> None:
        self.source = source
        self.repository = repository

    @cached_property
    def scalars(self) -> list[Span]:
        """Where the scalars of the metadata stand, keys too, in order."""
        return sorted(_scalars(self.source))

    @cached_property
    def shell_lines(self) -> list[Span]:
        """Where the instructions of a Dockerfile stand that a shell reads, to which `#` begins a comment."""
        from hublint.documents.dockerfile import Dockerfile

        dockerfile = self.repository.parsed(self.source.path, Dockerfile)
        steps = dockerfile.instructions if dockerfile is not None else ()
        return [each.span for each in steps if each.name == "RUN" and not _EXEC.match(each.raw)]

    @cached_property
    def python_comments(self) -> set[int]:
        """Where the comments of Python code begin."""
        return _python_comments(self.source)

    @cached_property
    def statements(self) -> dict[int, int]:
        """First to last line of every YAML entry, Dockerfile instruction or simple Python statement."""
        return statement_lines(self.source, self.repository)


def _is_comment(file: _File, match: re.Match[str]) -> bool:
    source, start = file.source, match.start()
    if match["open"] == "<!--":
        return source.path.endswith(".md") and bool(match["close"]) and start >= _body_start(source)
    if match["close"]:
        return False
    if source.path.endswith(".md"):
        return start < _body_start(source) and not _is_inside(file.scalars, start)
    if not _HASH_NAMES.search(source.path):
        return False
    if source.path.endswith(".py"):
        return start in file.python_comments
    if not source.text[source.offset(source.position(start).line) : start].strip():
        return True
    if source.path.endswith(_WHOLE_LINES):
        return False
    return not _DOCKERFILE.search(source.path) or _is_inside(file.shell_lines, start)


def _body_start(source: Source) -> int:
    from hublint.documents.card import Card

    return source.body.start if isinstance(source, Card) else 0


def _is_inside(spans: list[Span], offset: int) -> bool:
    """Whether an offset is in one of spans that are in order and apart."""
    found = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return found >= 0 and spans[found].end > offset


def _scalars(source: Source) -> Iterator[Span]:
    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Mapping, Node, Scalar, Sequence

    pending: list[Node | None] = [source.root if isinstance(source, Card) else None]
    while pending:
        current = pending.pop()
        if isinstance(current, Scalar):
            yield current.span
        elif isinstance(current, Sequence):
            pending.extend(current.items)
        elif isinstance(current, Mapping):
            pending.extend(part for entry in current for part in (entry.key, entry.value))


def _python_comments(source: Source) -> set[int]:
    import io
    import tokenize

    offsets = set()
    try:
        for token in tokenize.generate_tokens(io.StringIO(source.text, newline="").readline):
            if token.type == tokenize.COMMENT:
                offsets.add(source.offset(token.start[0], token.start[1] + 1))
    except (tokenize.TokenError, SyntaxError, ValueError):
        pass
    return offsets


def _covered(file: _File, span: Span) -> range:
    """The comment's own line where code precedes it, else the next statement's lines."""
    source = file.source
    line = source.position(span.start).line
    if source.text[source.offset(line) : span.start].strip():
        return range(line, line + 1)
    last = len(source.line_starts)
    following = line + 1
    while following < last and (not (text := source.line(following).strip()) or text.startswith(("#", "<!--"))):
        following += 1
    return range(following, file.statements.get(following, following) + 1)


def statement_lines(source: Source, repository: Repository) -> dict[int, int]:
    """First to last line of what a comment above it covers; of several on one line the last counts."""
    return dict(_statements(source, repository))


def _statements(source: Source, repository: Repository) -> Iterator[tuple[int, int]]:
    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Mapping, Sequence

    if isinstance(source, Card):
        found: dict[int, int] = {}
        pending = [source.root]
        while pending:
            node = pending.pop()
            if isinstance(node, Mapping):
                for entry in node:
                    line = source.position(entry.span.start).line
                    found.setdefault(line, source.position(entry.span.end).line)
                    pending.append(entry.value)
            elif isinstance(node, Sequence):
                pending.extend(node.items)
        yield from found.items()
    elif source.path == "Dockerfile" and repository.dockerfile is not None:
        for instruction in repository.dockerfile.instructions:
            start, end = instruction.span
            yield source.position(start).line, source.position(end).line
    elif source.path.endswith(".py"):
        import ast

        module = repository.python(source.path)
        for part in ast.walk(module.tree) if module is not None and module.tree is not None else ():
            if isinstance(part, ast.stmt) and not hasattr(part, "body"):
                yield part.lineno, part.end_lineno or part.lineno
