"""The protocol's types, imported faster: half of what a server's start takes is making methods that nothing calls."""

from __future__ import annotations

from typing import Any


def import_types() -> None:
    """Import the 554 classes of `lsprotocol.types` without `__repr__` and `__eq__`, which attrs compiles one by one.

    Messages are made, sent and read; nothing compares them. Positions bring their own comparison.
    """
    import attrs

    define: Any = attrs.define

    def lean(*arguments: Any, **options: Any) -> Any:
        return define(*arguments, **{"repr": False, "eq": False, **options})

    attrs.define = lean
    try:
        import lsprotocol.types  # noqa: F401
    finally:
        attrs.define = define
