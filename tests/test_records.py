"""Records are what `typing.NamedTuple` makes, and PyYAML is what it is elsewhere."""

from __future__ import annotations

import pickle
import re
import typing

import pytest
import yaml

from hublint.documents.yaml.pyyaml import yaml as ours
from hublint.records import NamedTuple


class Place(NamedTuple):
    """Where something is."""

    path: str
    line: int = 1

    @property
    def shown(self) -> str:
        return f"{self.path}:{self.line}"

    @classmethod
    def of(cls, text: str) -> Place:
        return cls(*text.split(":")[:1])


class Expected(typing.NamedTuple):
    """Where something is."""

    path: str
    line: int = 1


def test_a_record_is_a_named_tuple() -> None:
    place, expected = Place("a", 2), Expected("a", 2)
    assert place == expected == ("a", 2) and hash(place) == hash(expected)
    assert repr(place) == "Place(path='a', line=2)"
    assert (Place("a").line, place.shown, Place.of("b:c")) == (1, "a:2", Place("b"))
    assert place._replace(line=3)._asdict() == {"path": "a", "line": 3}
    assert (Place._field_defaults, Place.__doc__) == (Expected._field_defaults, Expected.__doc__)
    assert (Place.__module__, Place.__qualname__, Place.__match_args__) == (__name__, "Place", ("path", "line"))
    assert pickle.loads(pickle.dumps(place)) == place
    assert Place._make(["a", 2]) == Place(line=2, path="a") == place
    with pytest.raises(TypeError):
        Place("a", 1, 2)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Place("a", column=1)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Place._make("abc")
    with pytest.raises(TypeError, match=r"^Place.__new__\(\) missing 1 required positional argument: 'path'$"):
        Place()  # type: ignore[call-arg]
    with pytest.raises(ValueError):
        place._replace(column=1)  # type: ignore[call-arg]
    with pytest.raises(AttributeError):
        place.line = 3  # type: ignore[misc]
    with pytest.raises(TypeError):
        exec(
            "from __future__ import annotations\nclass Wrong(NamedTuple):\n    a: int = 1\n    b: int\n",
            {"NamedTuple": NamedTuple},
        )


def test_pyyaml_is_itself() -> None:
    assert ours is yaml
    assert type(re.compile("x")) is re.Pattern
    with pytest.raises(yaml.reader.ReaderError):
        yaml.safe_load("a: \x01")
    assert yaml.safe_load("a: 0x1f\nb: 2001-01-01\nc: 1e3") == {"a": 31, "b": yaml.safe_load("2001-01-01"), "c": "1e3"}
