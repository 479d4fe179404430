"""How a document lays out its blocks, and new text in that layout."""

from __future__ import annotations

from hublint.documents.yaml.render import is_text, render_flow, render_scalar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class BlockStyle:
    """How block text is laid out: line break, and how far keys and list items stand to the right of their key.

    `text_blocks` says that texts of several lines become `|` blocks, which what follows on the line would be part of.
    """

    __slots__ = ("flow_lists", "item_indent", "key_indent", "newline", "text_blocks")

    def __init__(
        self, newline: str = "\n", item_indent: int = 0, flow_lists: bool = False, key_indent: int = 2
    ) -> None:
        self.newline = newline
        self.item_indent = item_indent
        self.flow_lists = flow_lists
        self.key_indent = key_indent
        self.text_blocks = True

    def is_inline(self, value: Any) -> bool:
        """Whether `value` stands on its key's line."""
        if isinstance(value, str):
            return not self.text_blocks or not is_text(value)
        if not isinstance(value, (dict, list, tuple)) or not value:
            return True
        if (
            isinstance(value, dict)
            or not self.flow_lists
            or any(isinstance(item, (dict, list, tuple)) for item in value)
        ):
            return False
        return len(render_flow(value)) <= 80

    def inline(self, value: Any) -> str:
        """A value for which `is_inline` holds."""
        return render_flow(value) if isinstance(value, (dict, list, tuple)) else render_scalar(value)

    def entry(self, name: str, value: Any, column: int) -> str:
        """`name: value` for a block mapping at a column; the first line comes without indentation."""
        return f"{render_scalar(name)}:{self.after_colon(value, column)}"

    def after_colon(self, value: Any, column: int) -> str:
        """What follows the colon of a key at a column."""
        if self.is_inline(value):
            return f" {self.inline(value)}"
        return self.block({"key": value}, column).removeprefix("key:")

    def item(self, value: Any, column: int) -> str:
        """What follows the `- ` of a list item whose dash stands at a column."""
        return self.inline(value) if self.is_inline(value) else self.block([value], column).removeprefix("- ")

    def block(self, value: Any, column: int) -> str:
        """A non-empty list or mapping in block style at a column; the first line comes without indentation."""
        from hublint.documents.yaml.emitting import emit

        first, *others = emit(value, self.key_indent, self.item_indent, self.is_inline).split("\n")
        return self.newline.join((first, *(f"{' ' * column}{line}" if line else "" for line in others)))
