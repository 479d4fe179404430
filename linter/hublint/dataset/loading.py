"""What `load_dataset` opens: each subset's files by split, in their order, and the builder that reads them."""

from __future__ import annotations

from hublint.dataset.data_files import is_url
from hublint.dataset.data_formats import ARCHIVE, Format, builder_of, format_of, is_metadata, media_builders
from hublint.dataset.heads import head_of
from hublint.dataset.subsets import splits_of, subsets_of
from hublint.documents.tables import bounds
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from hublint.dataset.heads import Head
    from hublint.dataset.subsets import Subset
    from hublint.repository.repository import Repository


class Load(NamedTuple):
    """A subset whose files one builder reads, as far as their names tell.

    Attributes:
        subset: the subset.
        form: the builder, and what the extension gives it.
        splits: the files of each split that it opens, in its order.
        parameters: what the card and the extension give the builder.
    """

    subset: Subset
    form: Format
    splits: dict[str, list[str]]
    parameters: dict[str, Any]

    @property
    def paths(self) -> list[str]:
        """The files of all splits in the order in which they are opened, each once."""
        return list(dict.fromkeys(path for paths in self.splits.values() for path in paths))


def loads_of(repository: Repository, *builders: str) -> tuple[Load, ...]:
    """The subsets that load as far as names tell, of these builders if any; one that does not is another rule's."""
    loads = repository.once(_loads)
    return tuple(load for load in loads if load.form.builder in builders) if builders else loads


def heads_of(repository: Repository, load: Load, paths: list[str] | None = None) -> Iterator[tuple[str, Head]]:
    """The files of a subset of which something is known, in their order, up to a number of files.

    Args:
        repository: the dataset.
        load: the subset.
        paths: some of its files; all where they are not given.
    """
    for path in (load.paths if paths is None else paths)[: bounds.FILES]:
        head = head_of(repository, path, load.form.builder, load.parameters)
        if head is not None:
            yield path, head


def found_splits(repository: Repository, subset: Subset) -> dict[str, list[str]]:
    """The files of a subset's splits; none where the library raises, or some are outside the repository."""
    if any(is_url(pattern.text) for pattern in subset.patterns or ()):
        return {}
    return splits_of(repository, subset)


def told_format(repository: Repository, first: Subset) -> Format | None:
    """The one format that the library tells, for all subsets, from the files of the first; None where there is none.

    For those it forgets `data_dir`, and without `data_files` it looks at the whole repository.
    """
    formats = {format_of(paths) for paths in found_splits(repository, first._replace(folder="")).values()}
    form = formats.pop() if len(formats) == 1 else Format("")
    return form if form.builder not in ("", ARCHIVE) else None


def _loads(repository: Repository) -> tuple[Load, ...]:
    subsets = subsets_of(repository)
    form = told_format(repository, subsets[0]) if subsets else None
    if form is None:
        return ()
    loads = (_load(repository, subset, form) for subset in subsets)
    return tuple(load for load in loads if load is not None)


def _load(repository: Repository, subset: Subset, form: Format) -> Load | None:
    splits = found_splits(repository, subset)
    if subset.number < 0:
        splits = {split: [path for path in paths if _is_kept(path, form)] for split, paths in splits.items()}
    if not splits or not all(splits.values()):
        return None
    foreign = any(builder_of(path) != form.builder for paths in splits.values() for path in paths)
    if foreign and form.builder in ("csv", "json", "parquet", "text"):
        return None
    given = {"sep": "\t"} if form.arguments else {}
    return Load(subset, form, splits, {**given, **subset.parameters})


def _is_kept(path: str, form: Format) -> bool:
    if builder_of(path) == form.builder or path.endswith(ARCHIVE):
        return True
    return is_metadata(path) and form.builder in media_builders()
