"""A link or image in the card that leads to nothing in the repository.

## What it does
Checks the relative targets of links and images, in Markdown and in HTML, against the repository's files, and anchors
(`#section`) against the card's headings. An address without `https://` and a mail address without `mailto:` are
relative targets too, and so is a page of a repository without the slash in front, as diffusers' LoRA scripts write it
(`[Download](me/my-lora/tree/main)`). Targets outside the repository, absolute paths, and weights or data that a
checkout may lack are left alone, and so are files where the README stands alone.

## Why it matters on the Hub
The Hub resolves relative targets within the repository: the image is blank and the link shows "404", while it may
have worked where the text was first written.

## Example
```markdown README.md
---
license: mit
---

![Accuracy by language](images/acuracy.png)
```
```text images/accuracy.png
picture
```

## Use instead
```markdown README.md
---
license: mit
---

![Accuracy by language](images/accuracy.png)
```
```text images/accuracy.png
picture
```

## Evidence
RFC 3986, section 4.2: a reference without a scheme is relative. How the Hub makes an anchor of a heading is not
documented, so an anchor is reported only if its letters and digits are those of no heading and no HTML id. Read on the
links of about 1,200 collected cards.
"""

from __future__ import annotations

import re
from functools import cached_property
from posixpath import normpath

from hublint.regexes import lazy
from hublint.repository.git.remotes import FOLDERS
from hublint.repository.weights import is_weights
from hublint.rule import Finding, Rule
from hublint_rules.text import _anchors as anchors
from hublint_rules.text._card_text import body, is_template, lines, markdown, passages

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.documents.card import Card
    from hublint.documents.markdown import Link
    from hublint.repository.repository import Repository

RULE = Rule(
    code="CT005",
    name="broken-relative-link",
    severity="warning",
    effect="ignored",
    subject="text",
    since="0.1.0",
    only_if=("](", "]:", "="),
)

# In Markdown, in HTML and in definitions: the signs that stand before a target, and the target.
_TARGET = lazy(r"\]\(\s*<?([^)\s>]+)")
_TARGET_IN_HTML = lazy(r"(?:src(?<!\wsrc)|href(?<!\whref)|SRC(?<!\wSRC)|HREF(?<!\wHREF))\s*=\s*[\"']?([^\"'\s>]+)")
_DEFINED_TARGET = lazy(r"(?m)^ {0,3}\[[^\]\r\n]+\]:[ \t]*<?([^\s>]+)")
_ELSEWHERE = ("https:", "http:")
_IN_REPOSITORY = "/main/"
_ADDRESS = lazy(r"https?://(?:huggingface\.co|hf\.co)/(.+?)/(?:blob|raw|resolve)/main/(.+)")
_UNFILLED = r"[{}<>$*]|\.\.\.|…|__[A-Z]"
_HOST = (
    r"(?i)(?:www\.[\w-]+\.\w|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|io|ai|co|info|de|fr|uk|eu|cn|jp|kr|ru|in|ch|nl"
    r"|es|it|se|pl|br)(?:[/?#:]|$))"
)
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_PAGES = frozenset(
    "blob blame commit commits community discussions edit raw resolve settings tree viewer embed".split()
)
_PAGE_OF_REPOSITORY = r"(?:(?:datasets|spaces)/)?[\w.-]+/[\w.-]+/(?:tree|blob|raw|resolve|discussions)(?:/.*)?"
_OF_HUB = frozenset(("README.md", "LICENSE", "LICENSE.md", "LICENSE.txt"))
_DATA = frozenset(
    """
    parquet arrow csv tsv json jsonl ndjson txt zip tar gz tgz bz2 xz zst 7z rar lz4 wav mp3 flac ogg mp4 webm tfrecord
    db sqlite hdf5 conllu xml npy pickle pb model
    """.split()
)


def check(card: Card, repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first occurrence of each target that leads to nothing."""
    targets = _targets(card)
    if not targets:
        return
    names = anchors.rough(lines(card)) if any(target.startswith("#") for target in targets) else set()
    listing = _Listing(repository)
    doubtful = [target for target in targets if _problem(listing, target, names)]
    if not doubtful or is_template(card):
        return
    if any(target.startswith("#") for target in doubtful) and not anchors.are_plain(lines(card)):
        read = markdown(card)
        if read is None:
            return
        names |= anchors.exact(read, body(card))
    seen = set()
    for link in _links(card, [place for target in doubtful for place in targets[target]]):
        message = _problem(listing, link.target, names)
        if message and message not in seen:
            seen.add(message)
            yield Finding(card, link.span, message)


def _targets(card: Card) -> dict[str, list[tuple[int, int]]]:
    """What may be the targets of links and images that lead to the repository itself, and where each stands."""
    text = body(card)
    patterns = [_TARGET]
    if "<" in text and ("src" in card.lowered or "href" in card.lowered):
        patterns.append(_TARGET_IN_HTML)
    if "]:" in text:
        patterns.append(_DEFINED_TARGET)
    targets: dict[str, list[tuple[int, int]]] = {}
    for pattern in patterns:
        for found in pattern.finditer(text):
            target = found[1]
            if not target.startswith(_ELSEWHERE) or _IN_REPOSITORY in target:
                targets.setdefault(target, []).append(found.span())
    return targets


def _links(card: Card, places: list[tuple[int, int]]) -> list[Link]:
    """The links and images around places, in the order of the text."""
    parts = passages(card)
    read = {id(part): part for place in places if (part := parts.at(*place)) is not None}
    return sorted((link for part in read.values() for link in part.links), key=lambda link: link.span)


class _Listing:
    """What the repository holds, as far as links go."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository

    @cached_property
    def lowered(self) -> dict[str, str]:
        """Every file by its name in lower case."""
        return {name.lower(): name for name in self.repository.files}

    @cached_property
    def endings(self) -> set[str]:
        """The endings of all files' names."""
        return {name.rpartition(".")[2] for name in self.lowered}

    @cached_property
    def is_whole(self) -> bool:
        """Whether there is more than a card."""
        return any(name not in _OF_HUB and not name.startswith(".") for name in self.repository.files)

    def has(self, path: str) -> bool:
        """Whether a file or folder is there, however its accents are composed."""
        if self.repository.exists(path) or path.isascii():
            return self.repository.exists(path)
        from unicodedata import normalize

        return any(self.repository.exists(normalize(form, path)) for form in ("NFC", "NFD"))

    def can_tell(self, path: str) -> bool:
        """Whether an absent file is surely absent on the Hub: weights and data may be kept out of a checkout."""
        ending = path.rpartition("/")[2].rpartition(".")[2].lower()
        kept_out = ending in _DATA or is_weights(path.lower())
        return self.is_whole and (not kept_out or ending in self.endings)


def _problem(listing: _Listing, target: str, names: set[str]) -> str:
    """Why a target leads to nothing, empty where it leads somewhere or that cannot be told."""
    if target.startswith("#"):
        return _anchor_problem(_decoded(target[1:]), names)
    own = _own(listing.repository, target)
    if not own and _leads_away(target):
        return ""
    written = _decoded(re.split(r"[?#]", own or target, maxsplit=1)[0])
    if re.search(_UNFILLED, written) or len(written) > 500 or not written.isprintable():
        return ""
    shown = written[:80].replace("`", "'")
    path = normpath(written.replace("\\", "/"))
    scheme = "" if own else _scheme_meant(listing, written, path)
    if scheme:
        return f"`{shown}` has no scheme and is taken for a file; write `{scheme}{shown}`"
    if path.startswith("..") or listing.has(path):
        return ""
    return _file_problem(listing, path, shown)


def _anchor_problem(anchor: str, names: set[str]) -> str:
    if anchors.is_given(anchor, names) or not anchor.isprintable():
        return ""
    return f"`#{anchor[:80]}` is not a heading of the card, so the link leads nowhere"


def _scheme_meant(listing: _Listing, written: str, path: str) -> str:
    """What a mail address or the name of a server lacks in front, empty for anything else."""
    if re.fullmatch(_MAIL, written):
        return "mailto:"
    if path.startswith("..") or listing.has(path) or not re.match(_HOST, path):
        return ""
    return "https://" if path.split("/")[0] not in listing.repository.folders else ""


def _file_problem(listing: _Listing, path: str, shown: str) -> str:
    """Why a path below the root is not a file, empty where it is one or a page of the Hub, or cannot be told."""
    page, _, rest = path.partition("/")
    if page in _PAGES:
        path = rest.partition("/")[2] if page in ("blob", "raw", "resolve", "tree") else ""
        if not path or listing.has(path):
            return ""
    if not listing.can_tell(path):
        return ""
    if re.fullmatch(_PAGE_OF_REPOSITORY, path):
        return f"`{shown}` lacks the slash in front that makes it a page of the Hub; write `/{shown}`"
    meant = listing.lowered.get(path.lower())
    return f"`{shown}` is not a file of the repository{f'; write `{meant}`, as the file is called' if meant else ''}"


def _leads_away(target: str) -> bool:
    """Whether a target begins with a scheme or a slash."""
    scheme, colon, _ = target.partition(":")
    return not target or target[0] in "/\\" or (bool(colon) and re.fullmatch(r"[A-Za-z][\w+.-]*", scheme) is not None)


def _decoded(text: str) -> str:
    if "%" not in text:
        return text
    from urllib.parse import unquote

    return unquote(text)


def _own(repository: Repository, target: str) -> str:
    """The path in an address of a file of this very repository, empty where it is none."""
    if not repository.repo_id or _IN_REPOSITORY not in target:
        return ""
    found = _ADDRESS.fullmatch(target)
    return found[2] if found and found[1] == FOLDERS[repository.kind] + repository.repo_id else ""
