"""What comments and the configuration hide."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.engine.config import Config
    from hublint.engine.covering import Judged
    from hublint.repository.comments import Suppression
    from hublint.rule import Rule


def is_excluded(rule: Rule, path: str, config: Config, within: str) -> bool:
    """Whether `exclude` or `per-file-ignores` hides what a rule finds in a file.

    Args:
        within: path of the repository relative to the configuration's folder, empty for itself.
    """
    if not config.exclude and not config.per_file_ignores:
        return False
    from hublint.engine.path_patterns import matches
    from hublint.engine.selection import expand

    path = f"{within}/{path}" if within else path
    return any(matches(pattern, path) for pattern in config.exclude) or any(
        matches(pattern, path) and any(rule.code in expand(code, config.plugins) for code in codes)
        for pattern, codes in config.per_file_ignores.items()
    )


class Comments:
    """Suppression comments by what they cover, so that a finding meets its own only."""

    def __init__(self, comments: Iterable[Suppression], today: str = "") -> None:
        self._files: dict[str, list[Suppression]] = {}
        self._lines: dict[tuple[str, int], list[Suppression]] = {}
        for comment in comments:
            path = comment.source.path
            if not comment.valid or comment.expired(today):
                continue
            if comment.lines is None:
                self._files.setdefault(path, []).append(comment)
            for line in comment.lines or ():
                self._lines.setdefault((path, line), []).append(comment)

    def covering(self, path: str, line: int) -> Iterator[Suppression]:
        """The valid comments that cover a line of a file and are not expired."""
        yield from self._files.get(path, ())
        yield from self._lines.get((path, line), ())


def silenced_by(comments: Comments, judged: Judged, used: dict[Suppression, set[str]]) -> Judged:
    """A finding, hidden where one of the comments covers it; `used` is told which of their codes did."""
    if judged.silenced:
        return judged
    finding = judged.finding
    line = finding.source.position(finding.span.start).line
    hidden = False
    for comment in comments.covering(finding.path, line):
        hits = comment.hits(judged.rule.code, judged.rule.name)
        used[comment].update(hits)
        hidden = hidden or bool(hits)
    return judged._replace(silenced="comment") if hidden else judged
