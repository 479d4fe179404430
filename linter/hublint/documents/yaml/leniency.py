"""What js-yaml, with which the Hub reads, takes where PyYAML does not.

js-yaml 4.3 and 5.5 both allow a tab after a dash, a colon or a value, in empty lines and before comments, control
characters in comments and a question mark inside flow collections, and take U+0085, U+2028 and U+2029 for text where
PyYAML sees line breaks. js-yaml 4.3 allows tabs that indent the inside of a flow collection.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hublint.documents.yaml.nodes import Mapping, Sequence, YamlError
from hublint.documents.yaml.parsing import parse
from hublint.documents.yaml.walk import walk

if TYPE_CHECKING:
    from hublint.documents.yaml.nodes import Node

_BLANK_LINE = re.compile(r"^[ ]*\t[ \t]*(?=[#\r\n]|\Z)", re.MULTILINE)
_TEXT_LINE = re.compile(r"^[ ]*[^ \t\r\n][^\r\n]*", re.MULTILINE)
_TAB_INDENT = re.compile(r"^[ ]*\t[ \t]*", re.MULTILINE)
_QUESTION_MARK = re.compile(r"(?<=[^\s\[{,\\])\?|(?<!\\)\?(?=[^\s,\[\]{}])")
_ODD_BREAK = re.compile("[\x85\u2028\u2029]")
_COMMENT = re.compile(r"(?:^|(?<=[ \t\r\n]))#[^\r\n]*")
_UNPRINTABLE = re.compile("[\x7f-\x84\x86-\x9f\ufffe\uffff]")


def as_the_hub_reads(text: str) -> str | None:
    """A text of the same length in which other characters stand for what only PyYAML refuses.

    None where js-yaml would refuse the text too, or PyYAML takes it as it is.
    """
    lenient = _BLANK_LINE.sub(lambda found: " " * len(found[0]), text)
    lenient = _TEXT_LINE.sub(lambda found: found[0].replace("\t", " "), lenient)
    lenient = _ODD_BREAK.sub("_", lenient)
    lenient = _COMMENT.sub(lambda found: _UNPRINTABLE.sub("_", found[0]), lenient)
    lenient = _QUESTION_MARK.sub("_", lenient)
    indents = [found.end() for found in _TAB_INDENT.finditer(lenient)]
    lenient = _TAB_INDENT.sub(lambda found: " " * len(found[0]), lenient)
    if lenient == text:
        return None
    try:
        root = parse(lenient)
    except YamlError:
        return None
    return lenient if all(_is_in_flow(root, offset) for offset in indents) else None


def _is_in_flow(root: Node | None, offset: int) -> bool:
    """Whether an offset lies inside the brackets of a flow collection."""
    return any(
        isinstance(node, (Mapping, Sequence)) and node.flow and node.span.start < offset < node.span.end
        for node in walk(root)
    )
