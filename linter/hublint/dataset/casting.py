"""Where the files of a subset do not fit the columns that the subset has: those of its first file, or of its card."""

from __future__ import annotations

from hublint.dataset.columns import bound_refusal, csv_type, json_type, refusal, type_refusal
from hublint.dataset.features import noted_columns
from hublint.dataset.heads import head_of, lacks_key
from hublint.dataset.loading import heads_of
from hublint.documents.tables import bounds
from hublint.documents.tables.types import OTHER, Type
from hublint.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hublint.dataset.heads import Head
    from hublint.dataset.loading import Load
    from hublint.documents.source import Source
    from hublint.repository.repository import Repository

# Columns by which datasets knows the traces of agents, which it reads in another way.
_TRACES = (
    frozenset(("type", "message")),
    frozenset(("type", "payload")),
    frozenset(("id", "source", "model", "system_prompt", "messages")),
    frozenset(("type", "id", "version", "cwd")),
)


class Misfit(NamedTuple):
    """A column of a file that cannot be read with the columns of its subset.

    Attributes:
        path: the file.
        source: its text as far as it was read.
        line: the first line that does not fit; 0 where it is the file as a whole.
        column: the column's name, with those of the fields inside it.
        what: what stands there, in words; empty for a column that the subset has not.
        target: the type that the subset's column has.
    """

    path: str
    source: Source
    line: int
    column: str
    what: str
    target: Type


def unlike_first(repository: Repository, load: Load) -> Iterator[Misfit]:
    """What does not fit the columns of the first file; of a long JSON file only columns that it surely lacks."""
    first, *others = load.paths
    head = head_of(repository, first, load.form.builder, load.parameters)
    if head is None:
        return
    columns = known_columns(head, load.form.builder)
    if columns:
        yield from misfits(repository, load, columns, others)
        return
    columns = columns_so_far(head) if load.form.builder == "json" else None
    for misfit in misfits(repository, load, columns, others) if columns else ():
        if not misfit.what and lacks_key(repository, first, head, misfit.column):
            yield misfit


def known_columns(head: Head, builder: str) -> dict[str, Type] | None:
    """The columns that a subset has by its first file; None where the part that was read does not tell."""
    if head.footer is not None:
        columns = {name: kind for name, kind in head.footer.columns.items() if name in head.columns}
        noted = noted_columns(head.footer.features) if head.footer.features is not None else {}
        return {name: noted.get(name, kind) for name, kind in columns.items()}
    if not head.named or not head.rows or head.strange or head.broken is not None:
        return None
    return _of_json(head) if builder == "json" else _of_csv(head)


def columns_so_far(head: Head) -> dict[str, Type] | None:
    """The columns in the part of a JSON file that was read, where there is more of it; their types are not known."""
    if head.named or head.strange or head.broken is not None or head.shape not in ("lines", "array") or not head.rows:
        return None
    known = _of_json(head)
    return dict.fromkeys(known, OTHER) if known is not None else None


def _of_json(head: Head) -> dict[str, Type] | None:
    if any(traces <= head.columns.keys() for traces in _TRACES):
        return None
    types = {name: json_type(seen) for name, seen in head.columns.items()}
    if head.shape == "field":  # pandas reads these, and leaves dates alone
        types = {name: OTHER if kind.kind == "timestamp" else kind for name, kind in types.items()}
    return types


def _of_csv(head: Head) -> dict[str, Type]:
    if head.complete or head.rows >= bounds.ROWS:
        return {name: csv_type(seen) for name, seen in head.columns.items()}
    return {name: Type("string") if "text" in seen.first else OTHER for name, seen in head.columns.items()}


def misfits_of(head: Head, path: str, columns: Mapping[str, Type], builder: str) -> Iterator[Misfit]:
    """What is in a file, as far as it was read, that the columns of its subset do not take."""
    for name, seen in head.columns.items():
        target = columns.get(name)
        if head.strange and target is not None:
            continue
        if target is None:
            line = min((line for line, _ in seen.first.values()), default=0) if builder == "json" else 1
            yield Misfit(path, head.source, line if head.footer is None else 0, name, "", OTHER)
        elif head.footer is not None and head.footer.columns[name] == target:
            continue
        elif head.footer is not None:
            what = type_refusal(head.footer.columns[name], target)
            if not what and name in head.footer.bounds:
                what = bound_refusal(head.footer.bounds[name], target)
            if what:
                yield Misfit(path, head.source, 0, name, what, target)
        else:
            found = refusal(seen, target, head.complete, builder == "csv")
            if found is not None:
                yield Misfit(path, head.source, found.line, f"{name}{found.within}", found.what, found.target)


def misfits(repository: Repository, load: Load, columns: Mapping[str, Type], paths: list[str]) -> Iterator[Misfit]:
    """What some files of a subset hold that columns do not take, file by file, up to a number of files."""
    for path, head in heads_of(repository, load, paths):
        yield from misfits_of(head, path, columns, load.form.builder)
