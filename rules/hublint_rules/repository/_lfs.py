"""The files that git would commit outside of Git LFS, and what to do about them."""

from __future__ import annotations

from hublint.regexes import lazy
from hublint.repository.git.ignored import ignores
from hublint.repository.texts import BINARY, VENDORED
from hublint.rule import Finding
from hublint_rules._adding_line import adding_line
from hublint_rules._places import at_file
from hublint_rules.repository._files import MIB, by_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hublint.repository.git.gitattributes import Attributes
    from hublint.repository.repository import Repository
    from hublint.rule import Fix, Safety

_LFS = lazy(r"\blfs:\s*['\"]?true\b|\bgit lfs (?:pull|fetch|checkout)\b")
_ATTRIBUTES = ".gitattributes"
_LIMIT = 10 * MIB
_LOOKED_INTO = 5
# RP005's: Jupyter's copies, and what Python compiles.
_LEFT_OUT = VENDORED | {".ipynb_checkpoints"}
_BINARY = BINARY - {"pyc", "pyo"}


def is_pushed_by_git(repository: Repository) -> bool:
    """Whether git may push the repository: it is a clone, has a .gitattributes, or a workflow pushes it.

    What is on the Hub was taken by it.
    """
    if repository.on_hub:
        return False
    return _ATTRIBUTES in repository.files or bool(repository.repo_id) or pushes_with_git(repository)


def large(repository: Repository) -> list[list[str]]:
    """The paths of the files that are too large for git, those of one suffix together."""
    return repository.once(_sorted)[0]


def binary(repository: Repository) -> Iterator[list[str]]:
    """The paths of binary files by their suffix; not of a suffix that large files have too."""
    for paths in repository.once(_sorted)[1]:
        if any(_is_binary(repository, path) for path in paths[:_LOOKED_INTO]):
            yield paths


def unpushed(repository: Repository) -> list[list[str]]:
    """The paths of binary files of a clone that no remote's branch holds yet, by their suffix."""
    return repository.once(_unpushed)


def _unpushed(repository: Repository) -> list[list[str]]:
    groups = list(binary(repository)) if repository.repo_id and repository.tree.root else []
    if not groups:
        return []
    from hublint.repository.git.pushed import pushed

    known = pushed(repository)
    found = ([path for path in paths if known.holds(path) is False] for paths in groups)
    return [paths for paths in found if paths]


def _sorted(repository: Repository) -> tuple[list[list[str]], list[list[str]]]:
    large: dict[str, list[str]] = {}
    binary: dict[str, list[str]] = {}
    sizes = repository.files
    for name, paths in by_name(repository).items():
        _, dot, suffix = name.rpartition(".")
        suffix = suffix.lower() if dot else ""
        for path in paths:
            if sizes[path] > _LIMIT:
                large.setdefault(suffix if suffix in _BINARY else path, []).append(path)
            elif suffix in _BINARY and sizes[path] > 0:
                binary.setdefault(suffix, []).append(path)
    if not large and not binary:
        return [], []
    from hublint.repository.git.gitattributes import Attributes

    attributes = Attributes(repository)
    small = (paths for suffix, paths in binary.items() if suffix not in large)
    return _committed(repository, attributes, large.values()), _committed(repository, attributes, small)


def _committed(repository: Repository, attributes: Attributes, groups: Iterable[list[str]]) -> list[list[str]]:
    found = ([path for path in paths if _is_committed(repository, attributes, path)] for paths in groups)
    return [paths for paths in found if paths]


def about_binary(repository: Repository, paths: list[str], safety: Safety = "unsafe") -> Finding:
    """The finding for binary files of one suffix."""
    first = min(paths, key=lambda path: (path.count("/"), path))
    more = f" and {len(paths) - 1} more like it" if len(paths) > 1 else ""
    it = "them" if more else "it"
    return Finding(
        *at_file(first),
        f"`{first}`{more} {'are' if more else 'is'} binary and not in Git LFS: "
        f"the Hub refuses a `git push` that brings {it}; `hf upload` takes {it}",
        help=way_out(repository, it),
        hub_message="Your push was rejected because it contains binary files.",
        fix=tracking(repository, first, safety),
    )


def _is_committed(repository: Repository, attributes: Attributes, path: str) -> bool:
    """Whether git would commit a file as it is."""
    return _LEFT_OUT.isdisjoint(path.split("/")) and not attributes.is_in_lfs(path) and path not in ignores(repository)


def _is_binary(repository: Repository, path: str) -> bool:
    source = repository.glance(path)
    # A GIF has NULs, though perhaps not where git looks.
    return source is not None and (source.is_binary or source.raw.startswith((b"GIF87a", b"GIF89a")))


def pushes_with_git(repository: Repository) -> bool:
    """Whether a workflow pushes the repository to the Hub with git."""
    return bool(repository.once(_pushing))


def brings_pointers(repository: Repository) -> bool:
    """Whether a workflow that pushes to the Hub checks out pointers in the place of files in Git LFS."""
    return any(_LFS.search(text) is None for text in repository.once(_pushing))


def _pushing(repository: Repository) -> list[str]:
    """The text of every workflow that pushes the repository to the Hub with git."""
    found = []
    for path in repository.files:
        if path.startswith(".github/workflows/") and path.endswith((".yml", ".yaml")):
            source = repository.glance(path)
            if source is not None and "git push" in source.text and "huggingface.co/" in source.text:
                found.append(source.text)
    return found


def way_out(repository: Repository, it: str = "it") -> str:
    """What to do about files that git would push as they are, in the words of a help line."""
    if not repository.repo_id and brings_pointers(repository):
        return f"track {it} with Git LFS, and give the workflow's checkout `lfs: true`, else it pushes pointers"
    return f"`git lfs migrate import` rewrites commits that hold {it} already"


def tracking(repository: Repository, path: str, safety: Safety) -> Fix | None:
    """The fix that hands a file, or all of its suffix, to Git LFS.

    None where a workflow pushes whose checkout brings pointers in the place of such files: it would push those.
    """
    if not repository.repo_id and brings_pointers(repository):
        return None
    suffix = path.rpartition("/")[2].rpartition(".")[2]
    pattern = f"*.{suffix}" if suffix.lower() in _BINARY else _pattern_of(path)
    line = f"{pattern} filter=lfs diff=lfs merge=lfs -text"
    return adding_line(repository, _ATTRIBUTES, line, f"Add `{pattern}` to .gitattributes", safety)


def _pattern_of(path: str) -> str:
    """The pattern that means one file, as `git lfs track --filename` writes it."""
    escaped = "".join(f"\\{character}" if character in "*?[]\\" else character for character in path)
    escaped = escaped.replace(" ", "[[:space:]]").replace("\t", "[[:space:]]")
    return escaped if path[:1].isalnum() else f"/{escaped}"
