"""The names of column types that datasets reads in `dataset_info`."""

from __future__ import annotations

import re

# Names of pyarrow that give a type without arguments.
_VALUES = frozenset(
    "null bool bool_ bool8 int8 int16 int32 int64 uint8 uint16 uint32 uint64 float16 float32 float64 float double "
    "date32 date64 binary large_binary binary_view string large_string string_view utf8 large_utf8 uuid json_ "
    "month_day_nano_interval".split()
)
_BITS = r"0*(?:[1-9]|[1-6][0-9]|7[0-6])"
_VALUE_WITH_ARGUMENTS = re.compile(
    r"timestamp\[(?:s|ms|us|ns)(?:,(?:(?!\n)\s)*tz=[a-zA-Z0-9/_+\-:]*)?\]|duration\[(?:s|ms|us|ns)\]|time32\[(?:s|ms)\]"
    rf"|time64\[(?:us|ns)\]|decimal128\((?!0*(?:39|[4-9]\d))(?P<bits>{_BITS}),\s*-?\d{{1,9}}\)"
    rf"|decimal256\({_BITS},\s*-?\d{{1,9}}\)|fixed_size_binary\[\d{{1,9}}\]"
)
_UNDERSCORES = re.compile(r"(?<!_)_(?!_)|(_{2,})")

# The arguments that each class of features.py cannot do without.
CLASSES: dict[str, tuple[str, ...]] = {
    "Value": ("dtype",),
    "ClassLabel": ("names",),
    "Translation": ("languages",),
    "TranslationVariableLanguages": (),
    "Array2D": ("shape", "dtype"),
    "Array3D": ("shape", "dtype"),
    "Array4D": ("shape", "dtype"),
    "Array5D": ("shape", "dtype"),
    "Audio": (),
    "Image": (),
    "Video": (),
    "Mesh": (),
    "Pdf": (),
    "Nifti": (),
    "BioSequence": (),
    "BioStructure": (),
    "Json": (),
}
_MEANT = {
    "str": "string",
    "text": "string",
    "unicode": "string",
    "int": "int64",
    "integer": "int64",
    "long": "int64",
    "boolean": "bool",
    "bytes": "binary",
    "half_float": "float16",
    "halffloat": "float16",
}


def is_value(dtype: str) -> bool:
    """Whether a text is the type of a plain value.

    Source: `string_to_arrow` of datasets 5.2.0 with pyarrow 26; tests compare the two.
    """
    return dtype in _VALUES or _VALUE_WITH_ARGUMENTS.fullmatch(dtype) is not None


def class_name(name: str) -> str:
    """The class that datasets looks for: `class_label` is `ClassLabel`."""
    return "".join(part.capitalize() for part in _UNDERSCORES.split(name) if part)


def is_dtype(text: str) -> bool:
    """Whether datasets reads a text as the type of a column: a value's type, or a class that needs no arguments."""
    return is_value(text) or CLASSES.get(class_name(text)) == ()


def meant_dtype(text: str) -> str:
    """The type that a text surely means, else empty."""
    word = text.strip().lower()
    word = _MEANT.get(word, word)
    return word if is_dtype(word) else ""
