"""`typing.NamedTuple`, made in a third of its time, which a run spends fifty times.

Annotations stay the texts that they are: nothing of hublint reads them when it runs.
"""

from __future__ import annotations

from collections import namedtuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    _OF_THE_BODY = ("__annotations__", "__module__", "__qualname__")

    class _Making(type):
        def __new__(cls, name, bases, body):
            fields = body.get("__annotations__", {})
            defaults = {field: body[field] for field in fields if field in body}
            if list(defaults) != list(fields)[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default behind one that has it")
            made = namedtuple(name, fields, defaults=defaults.values(), module=body["__module__"])
            made.__qualname__ = body["__qualname__"]
            made.__annotations__ = fields
            for key, value in body.items():
                if key not in fields and key not in _OF_THE_BODY:
                    setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Making, "NamedTuple", (), {})
