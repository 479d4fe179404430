"""The columns of a subset as its card, or datasets' own note in a Parquet file, tells them."""

from __future__ import annotations

from hublint.documents.tables.types import OTHER, Type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_DEEPEST = 32
_TEXTS = frozenset(("string", "large_string", "utf8", "large_utf8", "string_view"))


def card_columns(features: Any) -> dict[str, Type] | None:
    """The columns in a `features` of `dataset_info`; None where it is not a list of columns with names."""
    if not isinstance(features, list) or not all(isinstance(each, dict) for each in features):
        return None
    names = [each.get("name") for each in features]
    if not names or not all(isinstance(name, str) for name in names):
        return None
    return {str(name): _described(each) for name, each in zip(names, features, strict=True)}


def noted_columns(features: dict[str, Any]) -> dict[str, Type]:
    """The columns in the note that datasets leaves in a Parquet file."""
    return {name: _noted(each) for name, each in features.items()}


def _described(column: dict[str, Any]) -> Type:
    if "dtype" in column:
        dtype = column["dtype"]
        if isinstance(dtype, str):
            return _value(dtype)
        return _described(dtype) if isinstance(dtype, dict) else OTHER
    for key in ("list", "large_list", "sequence"):
        if key in column:
            return _items(key, column[key], column.get("length"))
    if "struct" in column:
        return _struct(column["struct"])
    return _label(column["class_label"]) if isinstance(column.get("class_label"), dict) else OTHER


def _items(key: str, inner: Any, length: Any) -> Type:
    if length not in (None, -1):
        return OTHER
    if isinstance(inner, str):
        return Type("list", _value(inner))
    if isinstance(inner, list):
        return Type("list", _struct(inner)) if key != "sequence" else OTHER
    return Type("list", _described(inner)) if isinstance(inner, dict) and "struct" not in inner else OTHER


def _struct(fields: Any) -> Type:
    inner = card_columns(fields)
    return Type("struct", None, tuple(inner.items())) if inner is not None else OTHER


def _label(label: dict[str, Any]) -> Type:
    names = label.get("names")
    if isinstance(names, dict):
        try:
            names = [names[key] for key in sorted(names, key=int)]
        except (TypeError, ValueError):
            return OTHER
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names) or not names:
        return OTHER
    return Type("label", None, (), tuple(names))


def _noted(feature: Any, depth: int = 0) -> Type:
    if isinstance(feature, list) and len(feature) == 1:
        return Type("list", _noted(feature[0], depth + 1))
    if not isinstance(feature, dict) or depth > _DEEPEST:
        return OTHER
    kind = feature.get("_type")
    if kind == "Value":
        return _value(feature.get("dtype"))
    if kind in ("List", "LargeList") and feature.get("length", -1) in (None, -1):
        return Type("list", _noted(feature.get("feature"), depth + 1))
    if kind is None:
        return Type("struct", None, tuple((name, _noted(each, depth + 1)) for name, each in feature.items()))
    return OTHER


def _value(dtype: Any) -> Type:
    if not isinstance(dtype, str):
        return OTHER
    if dtype in _TEXTS:
        return Type("string")
    if dtype in ("null", "bool"):
        return Type(dtype)
    plain = dtype.rstrip("0123456789")
    if plain in ("int", "uint") and dtype != plain:
        return Type("int")
    return Type("float") if plain in ("float", "double") else OTHER
