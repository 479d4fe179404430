"""Since when the Hub's documentation names keys and values of a metadata block: its pages' own history."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

from refreshing.files import PATCHES, TABLES, read

PROJECT = "huggingface/hub-docs"
LETTERS = 8  # of a commit
# Which pages speak of which kind's keys, by their names: datasets-gated.md, modelcard.md. The first knew models only.
PAGES = {
    "space": re.compile(r"spaces?\b[^/]*$"),
    "model": re.compile(r"models?(?:card)?\b[^/]*$|^docs/README\.md$|^docs/(?:hub/)?adding-a-library"),
    "dataset": re.compile(r"datasets?(?:card)?\b[^/]*$"),
}
# Which pages list the values of a table, by their names; those before 2022-06 had the licenses among the models.
VALUES = {
    "licenses.licenses": re.compile(r"licenses\b[^/]*$|model-repos[^/]*$|^docs/README\.md$"),
    "space.hardware": PAGES["space"],
    "space.oauth_scopes": re.compile(r"oauth[^/]*$"),
}
# Templates in which words of this form are places to fill in, not keys.
_TEMPLATES = re.compile(r"annotated|template")
# The cards that are examples of a metadata block; any other page's own block is about that page.
_EXAMPLES = ("modelcard.md", "datasetcard.md")
_BLOCK = re.compile(r"\A---\n.*?^---$", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
_LINE = re.compile(r"^(?:# )?([A-Za-z][\w-]*)\s*:(?=\s|$)", re.MULTILINE)
_SPAN = re.compile(r"(\*\*)?`([A-Za-z][\w-]*)(:[^`\n]*)?`")
_ALONE = re.compile(r"`\"?([a-z][\w.+-]*)\"?`")
_OWN_FORM = re.compile(r"[a-z][_-][a-z]|[a-z][A-Z]")


def documented(folder: Path, project: str = f"https://github.com/{PROJECT}") -> tuple[str, dict[str, Any]]:
    """The first commit whose pages name a key, for each kind, or a value of a table.

    A key of a form that no word of English has counts wherever it stands as code; another one as a line of a YAML
    block, as a bold entry of a list, or with a value behind it. A value counts where it stands alone as code.

    Args:
        folder: where the project is cloned.
        project: what git clones.

    Returns:
        the newest commit, and under `keys` of each kind, under `values` of each table, the day on which that commit
        was written, and the commit; `begins` is the day of the oldest page, which may have told it before.

    Raises:
        subprocess.CalledProcessError: git failed.
    """
    clone = folder / "pages"
    subprocess.run(["git", "clone", "--quiet", "--no-checkout", project, clone], check=True)
    keys = {kind: set(entry["known"]) for kind, entry in read(PATCHES / "keys.json")["data"].items()}
    values = {name: set(_listed(name)) for name in VALUES}
    found: dict[str, dict[str, list[str]]] = {of: {} for of in (*keys, *values)}
    versions = _versions(clone)
    for commit, date, path, text in versions:
        said = {of: named(path, text) & words for of, words in keys.items() if PAGES[of].search(path)}
        alone = set(_ALONE.findall(_FENCE.sub("", text)))
        said |= {of: alone & words for of, words in values.items() if VALUES[of].search(path)}
        for of, words in said.items():
            for word in words:
                if date < found[of].get(word, ["9"])[0]:
                    found[of][word] = [date, commit]
    newest = _git(clone, "log", "-1", "--format=%H").strip()
    dated = {of: dict(sorted(entry.items())) for of, entry in found.items()}
    return newest[:LETTERS], {
        "begins": min(date for _, date, _, _ in versions),
        "keys": {of: dated[of] for of in keys},
        "values": {of: dated[of] for of in values},
    }


def _listed(name: str) -> list[str]:
    """The values of a table, `table.key`."""
    table, _, key = name.partition(".")
    return list(read(TABLES / f"{table}.json")["data"][key])


def named(path: str, text: str) -> set[str]:
    """The words of a page that may be keys of a metadata block."""
    block = _BLOCK.match(text)
    if block and path not in _EXAMPLES:
        text = text[block.end() :]
    fences = _FENCE.findall(text) + ([block[0]] if block and path in _EXAMPLES else [])
    lines = {key for fence in fences for key in _LINE.findall(fence)}
    spans = _SPAN.findall(_FENCE.sub("", text))
    return lines | {key for bold, key, value in spans if bold or value or _OWN_FORM.search(key)}


def _versions(clone: Path) -> list[tuple[str, str, str, str]]:
    """Commit, date, path and text of every version of every page, the oldest first."""
    log = _git(
        clone, "log", "--reverse", "--no-renames", "--diff-filter=AM", "--format=@%H %as", "--raw", "--no-abbrev"
    )
    rows, commit, date = [], "", ""
    for line in log.split("\n"):
        if line.startswith("@"):
            commit, date = line[1 : LETTERS + 1], line.split()[1]
        elif line.startswith(":"):
            facts, path = line.split("\t")
            wanted = any(each.search(path) for each in (*PAGES.values(), *VALUES.values()))
            if wanted and path.endswith((".md", ".mdx")) and not _TEMPLATES.search(path):
                rows.append((commit, date, path, facts.split()[3]))
    blobs = list(dict.fromkeys(blob for *_, blob in rows))
    asked = subprocess.run(
        ["git", "cat-file", "--batch"], cwd=clone, input="\n".join(blobs).encode(), check=True, stdout=subprocess.PIPE
    ).stdout
    texts, at = {}, 0
    for blob in blobs:
        end = asked.index(b"\n", at)
        size = int(asked[at:end].split()[2])
        texts[blob] = asked[end + 1 : end + 1 + size].decode("utf-8", "replace")
        at = end + size + 2
    return [(commit, date, path, texts[blob]) for commit, date, path, blob in rows]


def _git(clone: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=clone, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode("utf-8", "replace")
