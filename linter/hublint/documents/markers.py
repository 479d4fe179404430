"""Environment markers of requirements (PEP 508): whether a line counts in an environment of which not all is known."""

from __future__ import annotations

from hublint.documents import pep440
from hublint.regexes import lazy

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# What is the same in every Space: Linux, CPython, no extra.
LINUX = {
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "extra": "",
}
_TOKEN = lazy(
    r"\s*(?:(?P<paren>[()])|(?P<text>'[^'\"]*'|\"[^'\"]*\")|(?P<operator>===|==|~=|!=|<=|>=|<|>)"
    r"|(?P<word>[A-Za-z_][\w.]*))"
)
_VERSIONS = ("python_version", "python_full_version", "implementation_version")
_LONGEST = 1000
_MOST = 100


def holds(marker: str, environment: Mapping[str, str]) -> bool | None:
    """Whether a marker is true; None where that cannot be told.

    Args:
        marker: what stands behind `;`; an empty one is true.
        environment: the values that are known, by the names of PEP 508.
    """
    if not marker.strip():
        return True
    tokens = _tokens(marker) if len(marker) <= _LONGEST else None
    if not tokens or len(tokens) > _MOST:
        return None
    reader = _Reader(tokens, environment)
    answer = reader.either()
    return answer if reader.position == len(tokens) and not reader.failed else None


def _tokens(marker: str) -> list[tuple[str, str]] | None:
    """Kind and text of each token; None for what is not a marker."""
    found = []
    position, marker = 0, marker.rstrip()
    while position < len(marker):
        match = _TOKEN.match(marker, position)
        if match is None or match.lastgroup is None:
            return None
        found.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return found


class _Reader:
    """Evaluates tokens by three values: true, false and unknown."""

    def __init__(self, tokens: list[tuple[str, str]], environment: Mapping[str, str]) -> None:
        self.tokens = tokens
        self.environment = environment
        self.position = 0
        self.failed = False

    def either(self) -> bool | None:
        """Read what `or` joins."""
        answers = [self._every()]
        while self._takes("or"):
            answers.append(self._every())
        return True if True in answers else None if None in answers else False

    def _every(self) -> bool | None:
        answers = [self._single()]
        while self._takes("and"):
            answers.append(self._single())
        return False if False in answers else None if None in answers else True

    def _single(self) -> bool | None:
        if self._takes("("):
            answer = self.either()
            self.failed = self.failed or not self._takes(")")
            return answer
        left, operator, right = self._next(), self._operator(), self._next()
        if operator == "" or {left[0], right[0]} != {"word", "text"}:
            self.failed = True
            return None
        return self._compared(left, operator, right)

    def _compared(self, left: tuple[str, str], operator: str, right: tuple[str, str]) -> bool | None:
        variable = left[1] if left[0] == "word" else right[1]
        known = self.environment.get(variable)
        if known is None:
            return None
        first, second = (known if kind == "word" else text[1:-1] for kind, text in (left, right))
        if operator in ("in", "not in"):
            return (first in second) == (operator == "in")
        if variable in _VERSIONS:
            return pep440.allows(operator + second, first) if left[0] == "word" else None
        return {"==": first == second, "!=": first != second}.get(operator)

    def _next(self) -> tuple[str, str]:
        if self.position >= len(self.tokens):
            return "", ""
        self.position += 1
        return self.tokens[self.position - 1]

    def _operator(self) -> str:
        kind, text = self._next()
        if text == "not" and self._takes("in"):
            return "not in"
        return text if kind == "operator" or text == "in" else ""

    def _takes(self, text: str) -> bool:
        taken = self.position < len(self.tokens) and self.tokens[self.position][1] == text
        self.position += taken
        return taken
