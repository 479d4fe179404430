"""A link or image in the card that leads to nothing in the repository.

## What it does
Checks the relative targets of links and images, in Markdown and in HTML, against the repository's files, and anchors
(`#section`) against the card's headings. An address without `https://` and a mail address without `mailto:` are
relative targets too. Targets outside the repository, absolute paths, and weights or data that a checkout may lack
are left alone, and so are files where the README stands alone.

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
from typing import TYPE_CHECKING
from urllib.parse import unquote

from hublint.rule import Finding, Rule
from hublint_rules.text import anchors, body, is_template, markdown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.repository.repository import Repository

RULE = Rule(
    code="CT005",
    name="broken-relative-link",
    severity="warning",
    effect="ignored",
    subject="readme",
)

_TARGET = (
    r"\]\(\s*<?([^)\s>]+)|\b(?:src|href|SRC|HREF)\s*=\s*[\"']?([^\"'\s>]+)|^ {0,3}\[[^\]\r\n]+\]:[ \t]*<?([^\s>]+)"
)
_ELSEWHERE = r"[A-Za-z][A-Za-z0-9+.-]*:|/|\\|$"
_UNFILLED = r"[{}<>$*]|\.\.\.|…|__[A-Z]"
_HOST = (
    r"(?i)(?:www\.[\w-]+\.\w|[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|io|ai|co|info|de|fr|uk|eu|cn|jp|kr|ru|in|ch|nl"
    r"|es|it|se|pl|br)(?:[/?#:]|$))"
)
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_PAGES = frozenset(
    "blob blame commit commits community discussions edit raw resolve settings tree viewer embed".split()
)
_OF_HUB = frozenset(("README.md", "LICENSE", "LICENSE.md", "LICENSE.txt"))
_HEAVY = frozenset(
    """
    safetensors bin pt pth ckpt h5 onnx gguf ggml msgpack tflite pkl pickle joblib npz npy nemo keras pb model engine mlmodel
    parquet arrow csv tsv json jsonl ndjson txt zip tar gz tgz bz2 xz zst 7z rar lz4 wav mp3 flac ogg mp4 webm tfrecord db
    sqlite hdf5 conllu xml
    """.split()
)


def check(repository: Repository) -> Iterator[Finding]:
    """Yield a finding for the first occurrence of each target that leads to nothing."""
    card = repository.card
    if card is None:
        return
    text = body(card)
    targets = {next(filter(None, found.groups())) for found in re.finditer(_TARGET, text, re.MULTILINE)}
    if not targets:
        return
    names = anchors.rough(text) if any("#" in target[:1] for target in targets) else set()
    if not any(_problem(repository, target, names) for target in targets) or is_template(card):
        return
    read = markdown(repository)
    if read is None:
        return
    names = anchors.exact(read, text)
    seen = set()
    for link in read.links:
        message = _problem(repository, link.target, names)
        if message and link.target not in seen:
            seen.add(link.target)
            yield Finding(card, link.span, message)


def _problem(repository: Repository, target: str, names: set[str]) -> str:
    """Why a target leads to nothing, empty where it leads somewhere or that cannot be told."""
    if target.startswith("#"):
        anchor = unquote(target[1:])
        return "" if anchors.is_given(anchor, names) else f"no heading of the card gives the anchor `{target[:80]}`"
    own = _own(repository, target)
    target = own or target
    path = unquote(re.split(r"[?#]", target, maxsplit=1)[0])
    if re.match(_ELSEWHERE, target) or re.search(_UNFILLED, path) or len(path) > 500 or not path.isprintable():
        return ""
    if not own and re.fullmatch(_MAIL, path):
        return f"`{path}` has no scheme and is taken for a file; write `mailto:{path}`"
    path = _normal(path)
    if not path or path == "." or path.startswith("..") or _exists(repository, path):
        return ""
    if not own and re.match(_HOST, path) and path.split("/")[0] not in repository.folders:
        return f"`{path[:80]}` has no scheme and is taken for a file; write `https://{path[:80]}`"
    if path.split("/")[0] in _PAGES:
        page, _, rest = path.partition("/")
        path = rest.partition("/")[2] if page in ("blob", "raw", "resolve", "tree") else ""
        if not path or _exists(repository, path):
            return ""
    return f"`{path[:80]}` is no file of the repository{_meant(repository, path)}" if _is_known(repository, path) else ""


def _own(repository: Repository, target: str) -> str:
    """The path in an address of a file of this very repository, empty where it is none."""
    if not repository.repo_id or "/main/" not in target:
        return ""
    place = {"model": "", "dataset": "datasets/", "space": "spaces/"}[repository.kind] + re.escape(repository.repo_id)
    found = re.fullmatch(rf"https?://(?:huggingface\.co|hf\.co)/{place}/(?:blob|raw|resolve)/main/(.+)", target)
    return found[1] if found else ""


def _normal(path: str) -> str:
    from posixpath import normpath

    return normpath(path.replace("\\", "/")) if path.strip("/") else path


def _exists(repository: Repository, path: str) -> bool:
    if repository.exists(path):
        return True
    if path.isascii():
        return False
    from unicodedata import normalize

    return any(repository.exists(normalize(form, path)) for form in ("NFC", "NFD"))


def _is_known(repository: Repository, path: str) -> bool:
    """Whether the listing can tell that a file is absent: it holds more than a card, and such files are not kept apart."""
    files = repository.files
    if not any(name not in _OF_HUB and not name.startswith(".") for name in files):
        return False
    ending = path.rpartition("/")[2].rpartition(".")[2].lower()
    return ending not in _HEAVY or any(name.lower().endswith(f".{ending}") for name in files)


def _meant(repository: Repository, path: str) -> str:
    lowered = path.lower()
    for name in repository.files:
        if name.lower() == lowered:
            return f"; `{name}` is, in another case"
    return ""
