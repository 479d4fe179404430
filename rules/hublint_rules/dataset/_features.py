"""The columns of `dataset_info` as datasets reads them.

Follows `Features._from_yaml_list` of datasets 5.2.0: what it refuses is a problem, what it accepts, however odd, is
none.
"""

from __future__ import annotations

from hublint.documents.placeholders import is_placeholder
from hublint.documents.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence
from hublint.documents.yaml.scalars import yaml_1_1_type, yaml_1_1_value
from hublint.documents.yaml.walk import walk
from hublint.records import NamedTuple
from hublint_rules._wording import shown
from hublint_rules.dataset._dtypes import CLASSES, class_name, is_dtype, is_value, meant_dtype

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from hublint.documents.yaml.nodes import Entry

_LISTS = {"list": ("length", "id"), "sequence": ("length", "id"), "large_list": ("id",)}
_HOLDERS = (*_LISTS, "struct", "dtype")
_STRUCTURES = {
    "dict": "struct",
    "object": "struct",
    "struct": "struct",
    "list": "list",
    "array": "list",
    "sequence": "list",
    "large_list": "large_list",
    "class_label": "class_label",
    "category": "class_label",
    "categorical": "class_label",
    "translation": "translation",
}
_UNITS = {"timestamp": "timestamp[us]", "datetime": "timestamp[us]", "time": "time64[us]", "duration": "duration[us]"}


class Problem(NamedTuple):
    """Something that datasets refuses.

    `meant` is what to write in the node's place, empty where that is not known; `raised` is the library's own
    sentence, where it has one.
    """

    node: Node
    message: str
    meant: str = ""
    raised: str = ""


def find_problems(node: Node) -> list[Problem]:
    """What datasets refuses in the value of a key `features`.

    Nothing is said where aliases, merged keys or the library's inner key `_type` make the reading depend on its order.
    """
    if any(map(_is_beyond_us, walk(node))):
        return []
    reader = _Reader()
    if not reader.feature(node, outermost=True) and not reader.problems:
        reader.refuse(node, "`features` must be a list of columns, not one column")
    return [problem for problem in reader.problems if not is_template(problem.node)]


def is_template(node: Node) -> bool:
    """Whether a node is a template's placeholder; `{x}` without quotes is a mapping of one key without a value."""
    if isinstance(node, Mapping):
        written = [entry for entry in node if isinstance(entry.value, Scalar) and entry.value.text]
        return node.flow and not written and is_placeholder(node.value)
    return isinstance(node, Scalar) and is_placeholder(node.value)


def python_value(node: Node) -> Any:
    """The value that PyYAML's safe loader gives a node; of a list or mapping that of the Hub."""
    if not isinstance(node, Scalar):
        return node.value
    if node.tag in ("!", "tag:yaml.org,2002:str") or (node.style != "plain" and not node.tag):
        return node.content
    return node.content if node.content and yaml_1_1_type(node.content) == "str" else yaml_1_1_value(node.content)


def python_entries(mapping: Mapping) -> dict[Any, Entry]:
    """A mapping's entries by the keys that PyYAML gives them, a duplicate in the first one's place."""
    return {_hashable(python_value(entry.key)): entry for entry in mapping}


def _hashable(key: Any) -> Any:
    return str(key) if isinstance(key, (list, dict)) else key


def _is_beyond_us(node: Node) -> bool:
    if isinstance(node, Mapping):
        return any(entry.name in ("<<", "_type") for entry in node)
    return isinstance(node, Alias)


class _Reader:
    """Reads columns and collects the problems on the way."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def refuse(self, node: Node, message: str, meant: str = "", raised: str = "") -> None:
        self.problems.append(Problem(node, message, meant, raised))

    def feature(self, node: Node, outermost: bool = False) -> bool:
        """Read a type; tell whether it is made of named columns."""
        if is_template(node):
            return outermost
        if isinstance(node, Mapping):
            return self._described(python_entries(node), outermost)
        if isinstance(node, Sequence):
            self._columns(node, outermost)
            return True
        value = python_value(node)
        if value is None and node.span.start < node.span.end:
            self.refuse(node, "`null` without quotes is not a value; write the type `null` in quotes", "null")
        else:
            self.refuse(node, f"{_named(node)} is not a column type; write a mapping or a list of columns")
        return False

    def _columns(self, node: Sequence, outermost: bool) -> None:
        """Read a list of columns; of one that a later one of its name replaces nothing is said."""
        columns: dict[Any, dict[Any, Entry]] = {}
        for item in node.items:
            if not isinstance(item, Mapping):
                self.refuse(item, f"{_named(item)} is not a column; a column has a `name` and a `dtype`")
                continue
            entries = python_entries(item)
            named = entries.pop("name", None)
            if named is None:
                self.refuse(item, "the column has no `name`")
                continue
            if outermost or isinstance(named.value, (Mapping, Sequence)):
                self._name(named)
            columns[_hashable(python_value(named.value))] = entries
        for entries in columns.values():
            self._described(entries, False)

    def _name(self, named: Entry) -> None:
        value = named.value
        if isinstance(value, (Mapping, Sequence)):
            self.refuse(value, f"the name of a column must be text, not {_named(value)}")
        elif isinstance(value, Scalar) and not value.text:
            self.refuse(named.key, "the column's `name` is empty")
        elif isinstance(value, Scalar) and not isinstance(python_value(value), str):
            message = f"the column name {_named(value)} is not text for Python; write it in quotes"
            self.refuse(value, message, value.content)

    def _described(self, entries: dict[Any, Entry], outermost: bool) -> bool:
        """Read what says a column's type: the first key decides."""
        if not entries:
            return True
        first, entry = next(iter(entries.items()))
        value = entry.value
        if first in _LISTS:
            return self._list(first, entries, outermost)
        if first == "struct":
            return self.feature(value, outermost)
        if first == "dtype":
            if isinstance(python_value(value), str):
                self._dtype(value)
                return False
            return self.feature(value, outermost)
        self._class(first, entry, entries)
        return False

    def _list(self, kind: str, entries: dict[Any, Entry], outermost: bool) -> bool:
        value = entries[kind].value
        columns = kind == "sequence" and isinstance(value, Sequence)
        if isinstance(value, Scalar) and isinstance(python_value(value), str):
            self._dtype(value)
        else:
            self.feature(value, outermost and columns)
        if columns and isinstance(value, Sequence) and not value.items:
            return True
        for name, entry in entries.items():
            if name != kind and name not in _LISTS[kind]:
                self.refuse(entry.key, f"`{kind}` cannot have `{name}` beside it; remove it")
        return columns

    def _dtype(self, node: Node) -> None:
        text = str(python_value(node))
        if is_dtype(text):
            return
        word = text.strip().lower()
        meant = meant_dtype(text)
        raised = ""
        if class_name(text) not in CLASSES and word not in _STRUCTURES and word not in _UNITS:
            raised = f"Feature type '{class_name(text)}' not found."
        message = f"{_named(node)} is not a type that datasets knows"
        if meant:
            message += f"; write `{meant}`"
        elif word in _STRUCTURES:
            message = f"`{word}` is not a type by itself; write a key `{_STRUCTURES[word]}` with what it holds below it"
        elif word in _UNITS:
            message += f"; add the unit, as in `{_UNITS[word]}`"
        self.refuse(node, message, meant, raised)

    def _class(self, name: Any, entry: Entry, entries: dict[Any, Entry]) -> None:
        """Read a type such as `class_label` with its arguments."""
        found = class_name(name) if isinstance(name, str) else ""
        if found not in CLASSES:
            kind = next((key for key in _HOLDERS if key in entries), "")
            if kind:
                self.refuse(
                    entry.key,
                    f"the first key is the type for datasets, and `{name}` stands before `{kind}`; put `{kind}` first",
                )
            else:
                self.refuse(entry.key, f"`{name}` is not a type that datasets knows", "", _not_found(found))
            return
        value = entry.value
        if not isinstance(value, Mapping):
            self.refuse(
                value if value.span.start < value.span.end else entry.key, f"`{name}` needs its arguments below it"
            )
            return
        arguments = python_entries(value)
        for wanted in CLASSES[found]:
            if wanted not in arguments:
                self.refuse(entry.key, f"`{name}` needs `{wanted}`")
        self._arguments(found, arguments)

    def _arguments(self, found: str, arguments: dict[Any, Entry]) -> None:
        if found == "ClassLabel" and "names" in arguments:
            self._labels(arguments["names"])
        elif found == "Value" and "dtype" in arguments:
            self._plain_dtype(arguments["dtype"])
        elif found.startswith("Array") and "shape" in arguments:
            self._shape(arguments["shape"])
        elif found == "TranslationVariableLanguages" and "languages" in arguments:
            self._languages(arguments["languages"].value)
        elif found == "BioStructure" and "format" in arguments:
            self._structure(arguments["format"].value)

    def _shape(self, shape: Entry) -> None:
        if isinstance(shape.value, Scalar) and not isinstance(python_value(shape.value), str):
            self.refuse(shape.key, "`shape` must be a list of sizes, such as `[2, 3]`")

    def _languages(self, node: Node) -> None:
        items = node.items if isinstance(node, Sequence) else []
        odd = [item for item in items if not isinstance(python_value(item), str)]
        value = python_value(node) if isinstance(node, Scalar) else ""
        if (value and not isinstance(value, str)) or (odd and not _can_be_sorted(items)):
            self.refuse(odd[0] if odd else node, "`languages` must be a list of codes")

    def _structure(self, node: Node) -> None:
        if python_value(node) not in ("pdb", "mmcif"):
            self.refuse(node, f"{_named(node)} is not a structure format; write `pdb` or `mmcif`")

    def _plain_dtype(self, entry: Entry) -> None:
        text = python_value(entry.value)
        if not isinstance(text, str) or not is_value(text):
            self.refuse(entry.value, f"{_named(entry.value)} is not the type of a value")

    def _labels(self, entry: Entry) -> None:
        """Read the names of a class label: a list, or a mapping from 0, 1, 2 and so on."""
        node = entry.value
        if isinstance(node, Mapping):
            names = self._numbered(node)
        elif isinstance(node, Sequence):
            names = node.items
        elif isinstance(python_value(node), str):
            text = str(python_value(node))
            if len(set(text)) < len(text):
                self.refuse(node, f"{_named(node)} is read letter by letter; write the names of the classes as a list")
            return
        else:
            self.refuse(entry.key, "`names` must be a list of the classes' names, or a mapping from `'0'` on")
            return
        seen: dict[str, Node] = {}
        for item in names:
            label = str(python_value(item))
            if label in seen:
                self.refuse(item, f"the class {shown(label)} is there twice; each class needs a name of its own")
            seen.setdefault(label, item)

    def _numbered(self, node: Mapping) -> list[Node]:
        numbers: dict[int, Entry] = {}
        for key, entry in python_entries(node).items():
            try:
                number = int(key)
            except (TypeError, ValueError, OverflowError):
                self.refuse(entry.key, f"`{key}` is not a class number; write the names below `'0'`, `'1'` and so on")
                return []
            if number in numbers:
                self.refuse(entry.key, f"the class number {number} is there twice")
                return []
            numbers[number] = entry
        for wanted, number in enumerate(sorted(numbers)):
            if number != wanted:
                message = f"the class number {wanted} is missing; the numbers go from 0 on without a gap"
                self.refuse(numbers[number].key, message)
                return []
        return [numbers[number].value for number in sorted(numbers)]


def _can_be_sorted(items: list[Node]) -> bool:
    try:
        return bool(sorted({python_value(item) for item in items})) or True
    except TypeError:
        return False


def _not_found(name: str) -> str:
    return f"Feature type '{name}' not found." if name else ""


def _named(node: Node) -> str:
    return shown(node.content) if isinstance(node, Scalar) and node.content else shown(node.value)
