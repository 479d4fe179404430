"""The subsets of a dataset: what `configs` in its card says, and the files that each split gets."""

from __future__ import annotations

from hublint.dataset.data_files import PatternError, files_of, ignored_names, is_split_name, is_url
from hublint.dataset.data_formats import builder_of, is_supported
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.documents.card import Card
    from hublint.documents.yaml.nodes import Step
    from hublint.repository.repository import Repository

# A file that replaces the card's metadata for the library.
STANDALONE = ".huggingface.yaml"


class Pattern(NamedTuple):
    """One path or glob of `data_files`, the split it is for and where it stands in the card."""

    split: str
    text: str
    route: tuple[Step, ...]


class Subset(NamedTuple):
    """One item of `configs`, or the whole repository where a card has none (`number` -1).

    `patterns` is None where there are no `data_files`: the files' names decide. `folder` is `data_dir`,
    `parameters` what is left for the builder.
    """

    number: int
    name: str
    folder: str
    patterns: tuple[Pattern, ...] | None
    parameters: dict[str, Any]


_NO_DATA = frozenset(
    "package.json package-lock.json tsconfig.json composer.json manifest.json vercel.json citation.json croissant.json "
    "requirements.txt license.txt licence.txt citation.txt readme.txt changelog.txt notice.txt authors.txt robots.txt "
    "constraints.txt cmakelists.txt state.json pom.xml".split()
)
_OWN_KEYS = frozenset(("config_name", "data_files", "data_dir", "default", "features", "version", "description"))


def subsets_of(repository: Repository) -> tuple[Subset, ...]:
    """The subsets that the library reads; empty where `configs` is malformed, which DF002 and DF003 report.

    Of those that share a name the last counts, at the place of the first. The format of all is told from the first.
    """
    return repository.once(_subsets)


def _subsets(repository: Repository) -> tuple[Subset, ...]:
    card = repository.card
    if repository.exists(STANDALONE) or (card is not None and _is_unreadable(card)):
        return ()
    configs = card.data.get("configs") if card is not None else None
    if not configs:
        return (Subset(-1, "default", "", None, {}),)
    if not isinstance(configs, list) or not all(map(_is_read, configs)):
        return ()
    named = {config["config_name"]: _subset(number, config) for number, config in enumerate(configs)}
    return tuple(named.values())


def splits_of(repository: Repository, subset: Subset) -> dict[str, list[str]]:
    """The files of each split of a subset that some builder reads; empty lists for splits without one.

    None at all where the library raises on a pattern or on the name of a shard, which DF001 and DF003 report.
    """
    known = repository.once(_known_splits)
    patterns = subset.patterns
    key = (subset.folder, patterns if patterns is None else tuple((each.split, each.text) for each in patterns))
    if key not in known:
        try:
            known[key] = _splits(repository, subset)
        except PatternError:
            known[key] = {}
    return known[key]


def _known_splits(_repository: Repository) -> dict[object, dict[str, list[str]]]:
    return {}


def _splits(repository: Repository, subset: Subset) -> dict[str, list[str]]:
    files = files_of(repository)
    if subset.patterns is None:
        found = files.by_split(subset.folder)
    else:
        found = {}
        for pattern in subset.patterns:
            matching = [] if is_url(pattern.text) else files.matching(pattern.text, subset.folder)
            found.setdefault(pattern.split, []).extend(matching)
    return {split: [path for path in paths if is_supported(path)] for split, paths in found.items()}


def _is_unreadable(card: Card) -> bool:
    """Whether the card may well describe subsets, but in metadata that nobody can read as yet."""
    return card.metadata is None and (card.error is not None or "\nconfigs:" in card.text)


def _is_read(config: Any) -> bool:
    return (
        isinstance(config, dict)
        and isinstance(config.get("config_name"), str)
        and isinstance(config.get("data_dir"), (str, type(None)))
        and are_data_files(config.get("data_files"))
    )


def are_data_files(value: Any) -> bool:
    """Whether the library accepts a value of `data_files`."""
    if value is None or isinstance(value, str):
        return True
    if not isinstance(value, list):
        return False
    splits = [item["split"] for item in value if is_split(item)]
    return all(isinstance(item, str) for item in value) or len(splits) == len(set(splits)) == len(value)


def is_split(item: Any) -> bool:
    """Whether an item of `data_files` is a mapping of `split` and `path` that the library accepts."""
    if not isinstance(item, dict) or item.keys() != {"split", "path"}:
        return False
    split, path = item["split"], item["path"]
    paths = path if isinstance(path, list) else [path]
    return isinstance(split, str) and is_split_name(split) and all(isinstance(each, str) for each in paths)


def _subset(number: int, config: dict[str, Any]) -> Subset:
    given = config.get("data_files")
    route: tuple[Step, ...] = ("configs", number, "data_files")
    patterns = None if given is None else tuple(_patterns(given, route))
    parameters = {key: value for key, value in config.items() if key not in _OWN_KEYS}
    return Subset(number, config["config_name"], config.get("data_dir") or "", patterns, parameters)


def _patterns(given: Any, route: tuple[Step, ...]) -> list[Pattern]:
    if isinstance(given, str):
        return [Pattern("train", given, route)]
    found = []
    for place, item in enumerate(given):
        if isinstance(item, str):
            found.append(Pattern("train", item, (*route, place)))
        elif isinstance(item["path"], str):
            found.append(Pattern(item["split"], item["path"], (*route, place, "path")))
        else:
            paths = enumerate(item["path"])
            found += [Pattern(item["split"], path, (*route, place, "path", each)) for each, path in paths]
    return found


_TABULAR = ("csv", "json", "parquet", "arrow", "webdataset", "text", "xml", "hdf5", "lance")


def holds_data(repository: Repository, builder: str = "") -> bool:
    """Whether there is a file that is surely data, of that builder's format where one is given.

    Prose, pictures of a README and files of tools are not a sign of data.
    """
    wanted = (builder,) if builder and builder != "harbor" else _TABULAR
    known = repository.once(_known_data)
    if wanted not in known:
        known[wanted] = next(_data(repository, wanted), None) is not None
    return known[wanted]


def data_paths(repository: Repository) -> list[str]:
    """The files that are surely data: tables and archives, but no plain text."""
    return list(_data(repository, tuple(builder for builder in _TABULAR if builder != "text")))


def _known_data(_repository: Repository) -> dict[tuple[str, ...], bool]:
    return {}


def _data(repository: Repository, wanted: tuple[str, ...]) -> Iterator[str]:
    ignored = ignored_names()
    for folder, names in files_of(repository).folders.items():
        if any(part.startswith((".", "__")) for part in folder.split("/")):
            continue
        for name in names:
            if name.lower() in _NO_DATA or name in ignored or name.startswith((".", "requirements")):
                continue
            if builder_of(name) in wanted:
                yield f"{folder}/{name}" if folder else name
