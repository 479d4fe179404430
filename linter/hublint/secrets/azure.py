"""Keys of Azure accounts: 64 bytes in base 64 without a mark, known by the name near them."""

from __future__ import annotations

from re import IGNORECASE

from hublint.documents.source import Span
from hublint.regexes import lazy
from hublint.secrets.token_checks import rich

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_REACH = 120
# `AccountKey`, `storage_account_key`, `DEFAULT_ACCOUNT_KEY = "`, `<AccountKey>`, `"account-key", "`
_NAME = lazy(
    r"(?:access|account|storage|shared|primary|secondary|master|cosmos|documentdb|azure|batch)[\w.-]{0,24}key\w{0,12}"
    r"""["'`\]\s)]{0,40}(?:=>|:{0,3}=|[:=,({>]|\s)[\s"'`({@]{0,60}\Z""",
    IGNORECASE,
)

_64_BYTES = lazy("(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{86}==")


def azure_keys(text: str) -> Iterator[Span]:
    """Account keys that stand behind a name such as `account_key`, be it on the line above."""
    return (span for span in azure_shapes(text) if rich(text[span.start : span.end]))


def azure_shapes(text: str) -> Iterator[Span]:
    """What has the shape of an account key and stands where `azure_keys` looks, placeholders too."""
    for span in keys_of_64_bytes(text):
        if _NAME.search(text, max(0, span.start - _REACH), span.start):
            yield span


def keys_of_64_bytes(text: str) -> Iterator[Span]:
    """Where 64 bytes stand in base 64: 86 letters, digits, `+` and `/`, and `==`."""
    at = text.find("==")
    while at >= 0:
        if at >= 86 and (match := _64_BYTES.match(text, at - 86)):
            yield Span(*match.span())
        at = text.find("==", at + 2)
