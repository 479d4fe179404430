"""Writing suppression comments for what is found, where the file's language has comments that change nothing."""

from __future__ import annotations

from hublint.documents.card import Card
from hublint.engine.check import check
from hublint.engine.fixing import still_parses
from hublint.engine.suppressions import Comments
from hublint.errors import UsageError
from hublint.records import NamedTuple
from hublint.regexes import lazy
from hublint.repository.comments import find_suppressions, statement_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from hublint.documents.source import Source
    from hublint.engine.check import Settings
    from hublint.engine.findings import Result
    from hublint.engine.reported import Reported
    from hublint.repository.repository import Repository
    from hublint.rule import Rule

# Where a line above or at the end may be a comment; elsewhere one for the whole file stands at its beginning.
_NEAR = lazy(r"(?:^|/)(?:Dockerfile[^/]*|[^/]*\.(?:md|py)|[^/]*requirements[^/]*\.txt)$")
_WHOLE = lazy(
    r"(?:^|/)(?:Dockerfile[^/]*|\.env[^/]*|\.git(?:ignore|attributes)|\.dockerignore"
    r"|[^/]*\.(?:md|py|ya?ml|toml|sh|cfg|ini)|[^/]*requirements[^/]*\.txt)$"
)
# Lines of Markdown at whose end a comment is seen, or changes what the line is.
_BLOCK = lazy(r" {4}|\t|\s*(?:\||>?\s*(?:```|~~~)|\[[^\]]+\]:|[-=*_ ]+$|$)")
_FENCE = lazy(r" {0,3}(?:>\s*)*(`{3,}|~{3,})")


class Silenced(NamedTuple):
    """New bytes by path, how many comments are in them, and what is found all the same."""

    files: dict[str, bytes]
    comments: int
    result: Result


def silence(repository: Repository, settings: Settings, spared: Collection[str], reason: str) -> Silenced:
    """Comments for all that a check finds, each as near as may be; nothing is written to disk.

    A comment is only put where it is read as one, covers the finding, and leaves what the file means as it is. A file
    in which all that does not help stays as it was.

    Args:
        spared: the codes of rules for which no comment is written.
        reason: what each comment says.

    Raises:
        UsageError: the reason cannot stand in a comment.
    """
    reason = " ".join(reason.split())
    if not reason or "--" in reason or not reason.isprintable():
        raise UsageError("--add-suppressions needs a reason in words, without `--`")
    groups: dict[str, dict[int, list[Reported]]] = {}
    for finding in check(repository, settings).findings:
        if finding.code not in spared and _WHOLE.search(finding.place.path):
            groups.setdefault(finding.place.path, {}).setdefault(finding.place.line, []).append(finding)
    made: dict[str, _File] = {}
    for path, by_line in sorted(groups.items()):
        file = _File(repository, path, reason)
        for line, found in sorted(by_line.items(), reverse=True):
            file.put(line, {finding.code for finding in found}, found)
        file.close()
        if file.comments:
            made[path] = file
    files = {path: file.source.raw for path, file in made.items()}
    after = check(repository.changed(files), settings)
    useless = _useless(after, made, spared)
    if useless:
        files = {path: data for path, data in files.items() if path not in useless}
        after = check(repository.changed(files), settings)
    return Silenced(files, sum(made[path].comments for path in files), after)


def silence_one(repository: Repository, finding: Reported, reason: str) -> tuple[Source, bool] | None:
    """A file with a comment for one finding, and whether it is one for the whole file; None where none helps."""
    if not _WHOLE.search(finding.place.path) or repository.source(finding.place.path) is None:
        return None
    file = _File(repository, finding.place.path, reason)
    file.put(finding.place.line, {finding.code}, [finding])
    whole = bool(file.left)
    file.close()
    return (file.source, whole) if file.comments else None


def is_spared(rule: Rule) -> bool:
    """Whether no comment is written for what a rule finds: it is about a credential, or about what silences."""
    return rule.effect == "leaked" or rule.subject in ("suppressions", "baseline")


def _useless(after: Result, made: Mapping[str, _File], spared: Collection[str]) -> set[str]:
    """The files that got comments for a finding which is there all the same, or that have one they had not."""
    left = {(path, finding.code, finding.message) for path, file in made.items() for finding in file.left}
    found = ((each.place.path, each.code, each.message) for each in after.findings if each.code not in spared)
    return {each[0] for each in found if each[0] in made and each not in left}


class _File:
    """One file that gets comments, from its last line to its first, so that the lines above stay where they are."""

    def __init__(self, repository: Repository, path: str, reason: str) -> None:
        self.repository = repository
        self.path = path
        self.reason = reason
        self.comments = 0
        self.left: list[Reported] = []

    @property
    def source(self) -> Source:
        """The file as it is so far."""
        source = self.repository.card if self.path == "README.md" else self.repository.source(self.path)
        if source is None:
            raise UsageError(f"{self.path}: cannot be read")
        return source

    def put(self, line: int, codes: Collection[str], found: list[Reported]) -> None:
        """Write a comment for a line; where none can stand near, the file gets one at the end."""
        source = self.repository.source(self.path)
        near = source is not None and not source.is_binary and _NEAR.search(self.path)
        if not near or not any(self._tried(*place, line, codes) for place in self._places(line)):
            self.left += found

    def close(self) -> None:
        """Write one comment for the whole file with what is left for it; `left` is then what it does not cover."""
        source = self.repository.source(self.path)
        if not self.left or source is None or source.is_binary:
            return
        codes = sorted({finding.code for finding in self.left})
        end, at = source.newline, self._beginning()
        text = f"{self._comment(codes, 'ignore-file', at is None)}{end}"
        if at is None:
            at = len(source.text)
            text = f"{'' if source.text.endswith(end) or not at else end}{end}{text}"
        if self._accepted(at, text, 1, codes):
            self.left = []

    def _places(self, line: int) -> Iterator[tuple[int, str, int]]:
        """Where a comment may go: before which line (negative: at its end), after which blanks, and how far that moves
        the line."""
        source = self.source
        if self._in_text(line):
            if not _BLOCK.match(source.line(line)) and not self._in_fence(line):
                yield -line, " ", 0
            return
        if isinstance(source, Card) and (line == 1 or source.root is None):
            return
        starts = [line]
        lines = statement_lines(source, self.repository)
        starts += sorted((first for first, last in lines.items() if first < line <= last), reverse=True)
        for start in starts:
            text = source.line(start)
            yield start, text[: len(text) - len(text.lstrip(" \t"))], 1

    def _tried(self, at: int, blanks: str, moved: int, line: int, codes: Collection[str]) -> bool:
        """Whether a comment at a place does what it is for; then it stays."""
        source = self.source
        text = self._comment(sorted(codes), "ignore", self._in_text(abs(at)))
        if at < 0:
            return self._accepted(source.line_span(-at).end, f"{blanks}{text}", line + moved, codes)
        if at > 1 and source.line(at - 1).rstrip(" \t").endswith("\\"):
            return False
        return self._accepted(source.offset(at), f"{blanks}{text}{source.newline}", line + moved, codes)

    def _accepted(self, offset: int, new: str, line: int, codes: Collection[str]) -> bool:
        """Put a text in, and keep it if it silences the codes in a line and changes nothing else."""
        before = self.source
        text = f"{before.text[:offset]}{new}{before.text[offset:]}"
        after = self.repository.changed({self.path: before.encode(text)})
        source = after.card if self.path == "README.md" else after.source(self.path)
        if source is None or not still_parses(before, source.raw) or not _same(before, source):
            return False
        covering = Comments(find_suppressions(source, after)).covering(self.path, line)
        if not set(codes) <= {code for comment in covering for code in comment.codes or ()}:
            return False
        self.repository = after
        self.comments += 1
        return True

    def _comment(self, codes: Iterable[str], verb: str, in_text: bool) -> str:
        text = f"hublint: {verb}[{', '.join(codes)}] {self.reason}"
        return f"<!-- {text} -->" if in_text else f"# {text}"

    def _in_text(self, line: int) -> bool:
        """Whether a line is Markdown, not metadata."""
        source = self.source
        if isinstance(source, Card):
            return source.offset(line) >= source.body.start
        return self.path.endswith(".md")

    def _in_fence(self, line: int) -> bool:
        source = self.source
        fence = ""
        for number in range(source.position(source.body.start).line if isinstance(source, Card) else 1, line):
            found = _FENCE.match(source.line(number))
            if found and not fence:
                fence = found[1]
            elif found and found[1].startswith(fence):
                fence = ""
        return bool(fence)

    def _beginning(self) -> int | None:
        """Where a comment for the whole file goes, below what has to stand first; None for the end of a text."""
        source = self.source
        if isinstance(source, Card) and source.root is not None:
            return source.offset(source.position(source.root.span.start).line)
        if self.path.endswith(".md"):
            return None
        line = 1
        while line < len(source.line_starts) and source.line(line).lstrip("\ufeff").startswith("#"):
            line += 1
        return max(source.offset(line), source.text.startswith("\ufeff"))


def _same(before: Source, after: Source) -> bool:
    """Whether a file says the same with a comment more."""
    if isinstance(before, Card) and isinstance(after, Card):
        return before.data == after.data
    if before.path.endswith((".yml", ".yaml")):
        return _yaml(before.text) == _yaml(after.text)
    return True


def _yaml(text: str) -> object:
    from hublint.documents.yaml.pyyaml import yaml

    try:
        return [type(event).__name__ + str(getattr(event, "value", "")) for event in yaml.parse(text, yaml.CSafeLoader)]
    except yaml.YAMLError as error:
        return type(error)
