"""Every edit changes the data at its route as asked, nothing else, and keeps all other comments and bytes."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import corpus
from hublint.documents.card import Card
from hublint.documents.edits import apply_edits
from hublint.documents.source import Span
from hublint.documents.yaml import edits as yaml_edits
from hublint.documents.yaml.nodes import Alias, Mapping, Node, Scalar, Sequence
from hublint.documents.yaml.places import is_block_scalar, last_leaf
from hublint.rule import Edit

COMMENT = re.compile(r"#c[0-9]+!")

PLAIN = ("mit", "3.10", "no", "en", "true", "7860", "a b", "http://x.y/z", "~", "red", "1e3", "é🚀", "x-y", "it's")
KEYS = ("license", "tags", "title", "a", "b-c", "d e", "language", "'q'", '"r"', "base_model", "x", "model-index")
QUOTED = ("'no'", '"no"', "'it''s # x'", '"a: b"', '"\\u00e9\\n"', "''", '"C:\\\\x"')


class Writer:
    """Writes a random document, with a numbered comment wherever `draw` wants one."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.comments = 0
        self.indent = draw(st.sampled_from((0, 2)))

    def some(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def comment(self) -> str:
        self.comments += 1
        return f"#c{self.comments}!"

    def trailing(self) -> str:
        return str(self.some("", "", "", "  ", " " + self.comment()))

    def lines_between(self, column: int) -> list[str]:
        kind = self.some("", "", "", "", "blank", "comment", "flush", "deep")
        if kind == "blank":
            return [""]
        if kind:
            indent = {"comment": column, "flush": 0, "deep": column + 3}[kind]
            return [" " * indent + self.comment()]
        return []

    def mapping(self, column: int, depth: int) -> list[str]:
        keys = self.draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=5 - depth, unique=True))
        lines: list[str] = []
        for key in keys:
            if lines:
                lines += self.lines_between(column)
            lines += self.entry(key, column, depth)
        return lines

    def entry(self, key: str, column: int, depth: int) -> list[str]:
        pad = " " * column
        kind = self.some("inline", "inline", "inline", "block scalar", "list", "map", "empty")
        head = f"{pad}{key}:"
        if kind == "empty":
            return [head + self.trailing()]
        if kind == "block scalar":
            return [f"{head} {self.some('|', '>', '|-', '>+', '|+')}{self.trailing()}", *self.folded(column + 2)]
        if kind == "list" and depth < 3:
            return [
                head + self.trailing(),
                *self.lines_between(column),
                *self.sequence(column + self.indent, depth + 1),
            ]
        if kind == "map" and depth < 3:
            return [head + self.trailing(), *self.lines_between(column), *self.mapping(column + 2, depth + 1)]
        if self.some(True, False, False, False):
            return [f"{head} two", f"{pad}  lines{self.trailing()}"]
        return [f"{head} {self.inline()}{self.trailing()}"]

    def folded(self, column: int) -> list[str]:
        lines = [
            " " * column + self.some("text", "key: value", "- item", "# no comment") for _ in range(self.some(1, 2))
        ]
        return [*lines, *self.some([], [], [""])]

    def sequence(self, column: int, depth: int) -> list[str]:
        lines: list[str] = []
        for _ in range(self.some(1, 2, 3)):
            if lines:
                lines += self.lines_between(column)
            kind = self.some("inline", "inline", "map", "list", "empty", "block scalar", "map below")
            pad = " " * column
            if kind == "map below" and depth < 3:
                lines += [f"{pad}-{self.trailing()}", *self.lines_between(column), *self.mapping(column + 2, depth + 1)]
            elif kind in ("map", "list") and depth < 3:
                inner = (self.mapping if kind == "map" else self.sequence)(column + 2, depth + 1)
                lines += [f"{pad}- {inner[0].lstrip(' ')}", *inner[1:]]
            elif kind == "empty":
                lines.append(f"{pad}-{self.trailing()}")
            elif kind == "block scalar":
                lines += [f"{pad}- |{self.trailing()}", *self.folded(column + 2)]
            else:
                lines.append(f"{pad}- {self.inline()}{self.trailing()}")
        return lines

    def inline(self, depth: int = 0) -> str:
        kind = self.some("plain", "plain", "quoted", "list", "map") if depth < 2 else "plain"
        if kind == "quoted":
            return str(self.some(*QUOTED))
        if kind == "plain":
            return str(self.some(*PLAIN))
        space = self.some("", " ")
        parts = [self.inline(depth + 1) for _ in range(self.some(0, 1, 2, 3))]
        if kind == "list":
            return f"[{space}{', '.join(parts)}{self.some('', ', ') if parts else ''}{space}]"
        pairs = [f"{key}: {part}" if part else f"{key}" for key, part in zip(KEYS, parts, strict=False)]
        return f"{{{space}{', '.join(pairs)}{space}}}"


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """A card with random metadata in random style."""
    writer = Writer(draw)
    lines = ["---", *writer.lines_between(0), *writer.mapping(0, 0)]
    if lines[-1].startswith("  ") or not lines[-1]:  # the break before the closing fence is not part of a last `|` text
        lines.append(f"last: 1{writer.trailing()}")
    lines += ["---", "body", ""]
    return Card("README.md", draw(st.sampled_from(("\n", "\n", "\r\n"))).join(lines).encode())


SCALARS = st.one_of(
    st.sampled_from(
        (
            "no",
            "3.10",
            "1e3",
            "a: b",
            "# x",
            "- x",
            " lead",
            "trail ",
            "@x",
            "a\nb",
            "a?\n\n # b\n",
            "a \nb",
            "\na",
            "🤗",
            "x",
            "",
            "~",
            "012",
        )
    ),
    st.sampled_from(
        ("null", "[x", "{y}", "*z", "&w", "!t", "%p", "`q`", "a #b", "a#b", "a:b", "c:", "it's", "\\", '"', "\t")
    ),
    st.text(st.characters(codec="utf-8"), max_size=6),
    st.integers(-5, 10**20),
    st.floats(allow_nan=False),
    st.booleans(),
    st.none(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(("k", "no", "a: b", "l")), inner, max_size=3)
    ),
    max_leaves=5,
)


def nodes_of(card: Card) -> list[Node]:
    """All nodes but the root that can be reached by a path."""
    found: list[Node] = []
    pending: list[Node | None] = [card.root]
    while pending:
        node = pending.pop()
        children: list[Node] = []
        if isinstance(node, Mapping):
            children = [entry.value for entry in node if node.entry(entry.name) is entry]
        elif isinstance(node, Sequence):
            children = node.items
        found += children
        pending += children
    return found


def reread(card: Card, edits: list[Edit]) -> Card:
    """The card after the edits, which must parse."""
    edited = Card("README.md", card.encode(apply_edits(card.text, edits)))
    assert (edited.error is None or edited.error.kind == "key") and edited.block is not None, edited.text
    assert edited.text[edited.body.start :] == card.text[card.body.start :]
    return edited


def at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


def assert_comments(card: Card, edited: Card, *lost: Span) -> None:
    """All comments of the card but those inside the given spans are there still."""
    for found in COMMENT.finditer(card.text):
        if not any(span.start <= found.start() < span.end for span in lost):
            assert found[0] in edited.text


def has_line_of_its_own(node: Node) -> bool:
    return not isinstance(node.parent, Mapping | Sequence) or not node.parent.flow


def line_end(card: Card, offset: int) -> int:
    return card.line_span(card.position(offset).line).end


def part_span(card: Card, node: Node) -> Span:
    """The lines of an entry or item, or only the node where it shares them."""
    if not has_line_of_its_own(node):
        return node.span
    start = node.span.start
    if isinstance(node.parent, Mapping):
        entry = node.parent.entry(str(node.step))
        assert entry is not None
        start = entry.key.span.start
    return Span(start, line_end(card, node.span.end))


quick = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def pick(data: st.DataObject, card: Card, *types: type) -> Node:
    nodes = [node for node in nodes_of(card) if not types or isinstance(node, types)]
    assume(nodes)
    return data.draw(st.sampled_from(nodes))


@quick
@given(cards(), VALUES, st.data())
def test_set_value_changes_that_value_only(card: Card, value: Any, data: st.DataObject) -> None:
    node = pick(data, card)
    expected = copy.deepcopy(card.data)
    at(expected, node.path[:-1])[node.path[-1]] = value
    edit = yaml_edits.set_value(card, node.path, value)
    edited = reread(card, [edit])
    assert edited.data == expected
    assert edit.route == node.route
    assert_comments(card, edited, node.span)


@quick
@given(cards(), st.data())
def test_remove_takes_the_part_with_its_comment(card: Card, data: st.DataObject) -> None:
    node = pick(data, card)
    expected = copy.deepcopy(card.data)
    del at(expected, node.path[:-1])[node.path[-1]]
    remove = yaml_edits.remove_entry if isinstance(node.parent, Mapping) else yaml_edits.remove_item
    edited = reread(card, [remove(card, node.path)])
    assume(edited.metadata is not None and not is_block_scalar(last_leaf(edited.metadata)))
    assert edited.data == expected
    if has_line_of_its_own(node):
        own = part_span(card, node)
        for found in COMMENT.finditer(card.text[own.start : own.end]):
            inside = own.start + found.start()
            if node.span.end <= inside and len(expected):
                assert found[0] not in edited.text
        assert "|" in card.text or ">" in card.text or _lost_only(card, edited, own, node)


def _lost_only(card: Card, edited: Card, own: Span, node: Node) -> bool:
    start = own.start if isinstance(node.parent, Mapping) else own.start - 40
    assert_comments(card, edited, Span(start, own.end))
    return True


@quick
@given(cards(), st.sampled_from(("renamed", "no", "a: b", "3.10", "it's")), st.data())
def test_rename_key_keeps_value_and_order(card: Card, name: str, data: st.DataObject) -> None:
    node = pick(data, card)
    assume(isinstance(node.parent, Mapping) and name not in node.parent.value)
    expected = copy.deepcopy(card.data)
    outer = at(expected, node.path[:-1])
    pairs = [(name if key == node.step else key, value) for key, value in outer.items()]
    outer.clear()
    outer.update(pairs)
    edited = reread(card, [yaml_edits.rename_key(card, node.path, name)])
    assert edited.data == expected
    assert str(edited.data) == str(expected)
    assert_comments(card, edited)


@quick
@given(cards(), st.sampled_from(("license_name", "new", "no", "a: b")), VALUES, st.data())
def test_insert_entry_adds_one_key(card: Card, name: str, value: Any, data: st.DataObject) -> None:
    after = data.draw(st.lists(st.sampled_from(list(card.data)), max_size=2))
    edited = reread(card, [yaml_edits.insert_entry(card, name, value, after)])
    assert edited.data == {**card.data, name: value}
    assert_comments(card, edited)
    if after:
        names = list(edited.data)
        assert names.index(name) == names.index(after[-1]) + 1


@quick
@given(cards(), SCALARS, st.data())
def test_insert_nested_adds_one_key(card: Card, value: Any, data: st.DataObject) -> None:
    node = pick(data, card, Mapping)
    expected = copy.deepcopy(card.data)
    at(expected, node.path)["new"] = value
    edited = reread(card, [yaml_edits.insert_nested(card, node.path, "new", value)])
    assert edited.data == expected
    assert_comments(card, edited)


@quick
@given(cards(), VALUES, st.data())
def test_append_item_adds_one_item(card: Card, value: Any, data: st.DataObject) -> None:
    node = pick(data, card, Sequence)
    expected = copy.deepcopy(card.data)
    at(expected, node.path).append(value)
    edit = yaml_edits.append_item(card, node.path, value)
    edited = reread(card, [edit])
    assert edited.data == expected
    assert edit.route == f"{node.route}[{len(node.value)}]"
    assert_comments(card, edited)


@quick
@given(cards(), st.data())
def test_wrap_in_list_keeps_the_value(card: Card, data: st.DataObject) -> None:
    node = pick(data, card, Mapping, Scalar)
    expected = copy.deepcopy(card.data)
    value = at(expected, node.path)
    empty = isinstance(node, Scalar) and not node.text
    at(expected, node.path[:-1])[node.path[-1]] = [] if empty else [value]
    edited = reread(card, [yaml_edits.wrap_in_list(card, node.path)])
    assert edited.data == expected
    assert_comments(card, edited)


@quick
@given(cards(), VALUES, st.booleans(), st.data())
def test_replace_entries_puts_others_in_its_place(card: Card, value: Any, two: bool, data: st.DataObject) -> None:
    node = pick(data, card)
    assume(isinstance(node.parent, Mapping))
    new = {"new": value, "newer": [1]} if two else {"new": value}
    expected = copy.deepcopy(card.data)
    outer = at(expected, node.path[:-1])
    pairs = [pair for key, old in outer.items() for pair in (new.items() if key == node.step else [(key, old)])]
    outer.clear()
    outer.update(pairs)
    edited = reread(card, [yaml_edits.replace_entries(card, node.path, new)])
    assert edited.data == expected
    assert str(edited.data) == str(expected)
    assert_comments(card, edited, Span(line_end(card, part_span(card, node).start), node.span.end))


@quick
@given(cards(), st.data())
def test_quote_gives_the_text_as_it_stands(card: Card, data: st.DataObject) -> None:
    node = pick(data, card, Scalar)
    assert isinstance(node, Scalar)
    assume(node.style == "plain" and node.text)
    expected = copy.deepcopy(card.data)
    at(expected, node.path[:-1])[node.path[-1]] = node.content
    edited = reread(card, [yaml_edits.quote(card, node)])
    assert edited.data == expected
    assert_comments(card, edited)


def block(metadata: str) -> Card:
    return Card("README.md", f"---\n{metadata}\n---\nbody\n".encode())


def edited_block(card: Card, *edits: Edit) -> str:
    return reread(card, list(edits)).text.removeprefix("---\n").removesuffix("\n---\nbody\n")


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("a: 'x' # c", lambda card: yaml_edits.set_value(card, ("a",), "it's"), "a: 'it''s' # c"),
        ('a: "x"', lambda card: yaml_edits.set_value(card, ("a",), "y"), 'a: "y"'),
        ("a: x", lambda card: yaml_edits.set_value(card, ("a",), "no"), 'a: "no"'),
        ("a: # c", lambda card: yaml_edits.set_value(card, ("a",), 1), "a: 1 # c"),
        ("a:\n- 1 # c\n- 2\nb: 3", lambda card: yaml_edits.set_value(card, ("a",), "x"), "a: x\nb: 3"),
        ("a: # c\n- 1\nb: 3", lambda card: yaml_edits.set_value(card, ("a",), [2, 3]), "a: # c\n- 2\n- 3\nb: 3"),
        ("a: [1]\nb: 3", lambda card: yaml_edits.set_value(card, ("a",), [2, 3]), "a: [2, 3]\nb: 3"),
        ("a: x # c\nb:\n- 3", lambda card: yaml_edits.set_value(card, ("a",), ["z"]), "a: # c\n- z\nb:\n- 3"),
        ("a: | # c\n  x\n  y\nb: 3", lambda card: yaml_edits.set_value(card, ("a",), "z"), "a: z # c\nb: 3"),
        ("a: &n x\nb: *n", lambda card: yaml_edits.set_value(card, ("a",), "z"), "a: &n z\nb: *n"),
        ("a: !!str 1", lambda card: yaml_edits.set_value(card, ("a",), 2), "a: 2"),
        ("a: {b}", lambda card: yaml_edits.set_value(card, ("a", "b"), 2), "a: {b: 2}"),
        ("? a\n: b", lambda card: yaml_edits.set_value(card, ("a",), 2), "? a\n: 2"),
        ("a: 1\n? b\n: c\nd: 1", lambda card: yaml_edits.remove_entry(card, ("b",)), "a: 1\nd: 1"),
        (
            "a: {\n  x: 1, # c\n  # d\n  y: 2 # e\n}",
            lambda card: yaml_edits.remove_entry(card, ("a", "x")),
            "a: {\n  # d\n  y: 2 # e\n}",
        ),
        (
            "a: {x: 1, # c\n  # d\n  y: 2}",
            lambda card: yaml_edits.remove_entry(card, ("a", "x")),
            "a: {\n  # d\n  y: 2}",
        ),
        ("a: [1, # c\n  2]", lambda card: yaml_edits.remove_item(card, ("a", 1)), "a: [1, # c\n  ]"),
        ("a: [1, &n 2, 3]", lambda card: yaml_edits.remove_item(card, ("a", 1)), "a: [1, 3]"),
        ("a:\n- 1\nb: 2", lambda card: yaml_edits.remove_item(card, ("a", 0)), "a: []\nb: 2"),
        ("a:\n- - 1\n  - 2", lambda card: yaml_edits.remove_item(card, ("a", 0, 0)), "a:\n- - 2"),
        ("a: 1", lambda card: yaml_edits.remove_entry(card, ("a",)), "{}"),
        (
            "license: mit # c\n# tags\ntags:\n  - a",
            lambda card: yaml_edits.insert_entry(card, "language", ["en"]),
            "license: mit # c\nlanguage:\n  - en\n# tags\ntags:\n  - a",
        ),
        (
            "tags:\n- a\n  # - b\nx: 1",
            lambda card: yaml_edits.insert_entry(card, "z", 2, ["tags"]),
            "tags:\n- a\n  # - b\nz: 2\nx: 1",
        ),
        ("title: x", lambda card: yaml_edits.insert_entry(card, "license", "mit"), "title: x\nlicense: mit"),
        ("{a: 1}", lambda card: yaml_edits.insert_entry(card, "b", ["c"]), "{a: 1, b: [c]}"),
        ("{}", lambda card: yaml_edits.insert_entry(card, "b", ["c"]), "b:\n- c"),
        ("# c", lambda card: yaml_edits.insert_entry(card, "b", "c"), "# c\nb: c"),
        ("", lambda card: yaml_edits.insert_entry(card, "b", "c"), "b: c"),
        ("a: [b: 1]", lambda card: yaml_edits.insert_nested(card, ("a", 0), "c", 2), "a: [{b: 1, c: 2}]"),
        ("a: 1", lambda card: yaml_edits.insert_nested(card, ("b", "c"), "d", 2), "a: 1\nb:\n  c:\n    d: 2"),
        ("a: # c", lambda card: yaml_edits.append_item(card, ("a",), 1), "a: [1] # c"),
        ("license: mit", lambda card: yaml_edits.wrap_in_list(card, ("license",)), "license: [mit]"),
        ("a: b # c\nd:\n- e", lambda card: yaml_edits.wrap_in_list(card, ("a",)), "a:\n- b # c\nd:\n- e"),
        ("a: b\nc:\n  d: 1", lambda card: yaml_edits.wrap_in_list(card, ("a",)), "a: [b]\nc:\n  d: 1"),
        ("a: b\nc: d", lambda card: yaml_edits.set_value(card, ("a",), ["what?"]), 'a: ["what?"]\nc: d'),
        (
            "a:\n    b: 1\nc:\n  - d",
            lambda card: yaml_edits.insert_entry(card, "e", {"f": {"g": ["no", {"h": 1e-5, "i": None}]}}),
            "a:\n    b: 1\nc:\n  - d\n"
            'e:\n    f:\n        g:\n          - "no"\n          - h: 1.0e-05\n            i: null',
        ),
        (
            "a: 1\nb: 2",
            lambda card: yaml_edits.set_value(card, ("a",), "One: \n  # two\nthree"),
            'a: "One: \\n  # two\\nthree"\nb: 2',
        ),
        (
            "a: 1 # c\nb: 2",
            lambda card: yaml_edits.insert_entry(card, "d", "One: x\n  # two\n\nthree\n", ["a"]),
            "a: 1 # c\nd: |\n  One: x\n    # two\n\n  three\nb: 2",
        ),
        ("a: 1 # c", lambda card: yaml_edits.set_value(card, ("a",), "b\nc"), 'a: "b\\nc" # c'),
        ("a:\n- 1 # c", lambda card: yaml_edits.set_value(card, ("a", 0), {"b": "c\nd"}), 'a:\n- b: "c\\nd" # c'),
        (
            "{} # c",
            lambda card: yaml_edits.insert_entry(card, "a", ["b\nc"]),
            'a:\n- "b\\nc" # c',
        ),
        (
            "a:\n- b",
            lambda card: yaml_edits.append_item(card, ("a",), {"text": "x\ny", "long": "word " * 50 + "end"}),
            f"a:\n- b\n- text: |-\n    x\n    y\n  long: {'word ' * 50}end",
        ),
        ("a: x, y", lambda card: yaml_edits.wrap_in_list(card, ("a",)), "a:\n- x, y"),
        ("a:\n  b: 1\n  c: 2", lambda card: yaml_edits.wrap_in_list(card, ("a",)), "a:\n- b: 1\n  c: 2"),
        (
            "oauth: # c\n  enabled: true\n  scopes: email\nb: 1",
            lambda card: yaml_edits.replace_entries(card, ("oauth",), {"hf_oauth": True, "hf_oauth_scopes": ["email"]}),
            "hf_oauth: true # c\nhf_oauth_scopes:\n- email\nb: 1",
        ),
    ],
)
def test_style(before: str, edit: Any, after: str) -> None:
    card = block(before)
    assert card.error is None
    assert edited_block(card, edit(card)) == after


def test_card_without_block_gets_one() -> None:
    for text, expected in (
        ("\ufeff# Hello\r\n", "\ufeff---\r\na: 1\r\n---\r\n# Hello\r\n"),
        ("---\n---\n# Hello\n", "---\na: 1\n---\n# Hello\n"),
    ):
        card = Card("README.md", text.encode())
        assert apply_edits(text, [yaml_edits.insert_entry(card, "a", 1)]) == expected


@pytest.mark.parametrize("name", ["set_value", "rename_key", "append_item"])
def test_path_that_leads_nowhere(name: str) -> None:
    for path in (("b",), ("a", "c"), ("a", 0)):
        with pytest.raises(KeyError):
            getattr(yaml_edits, name)(block("a: 1"), path, "x")


def test_alias_is_followed_on_the_way() -> None:
    card = block("a: &n {c: 1}\nb: *n")
    assert reread(card, [yaml_edits.set_value(card, ("b", "c"), 2)]).data == {"a": {"c": 2}, "b": {"c": 2}}
    assert reread(card, [yaml_edits.set_value(card, ("b",), 2)]).data == {"a": {"c": 1}, "b": 2}


def test_apply_edits() -> None:
    def edit(start: int, end: int, text: str) -> Edit:
        return Edit("f", Span(start, end), text)

    assert apply_edits("abcd", []) == "abcd"
    assert apply_edits("abcd", [edit(3, 4, "D"), edit(0, 1, "A"), edit(1, 1, "x"), edit(1, 1, "y")]) == "AxybcD"
    assert apply_edits("abcd", [edit(1, 2, ""), edit(1, 2, "")]) == "acd"
    for overlapping in ([edit(0, 2, ""), edit(1, 3, "")], [edit(0, 2, ""), edit(0, 2, "x")], [edit(3, 5, "")]):
        with pytest.raises(ValueError, match="edit"):
            apply_edits("abcd", overlapping)


def test_edits_of_real_cards() -> None:
    """On every card of the corpus, each kind of edit at its first nodes and its last."""
    if corpus.folder() is None:
        pytest.skip("the corpus is not here (HUBLINT_CORPUS)")
    cards_seen = 0
    for sample in corpus.samples(*corpus.KINDS):
        card = sample.repository().card
        if card is None or card.metadata is None or card.unknown or not card.metadata.entries:
            continue
        cards_seen += 1
        nodes = nodes_of(card)
        if any(isinstance(node, Alias) for node in nodes):
            continue
        count = len(nodes)
        for node in nodes if count < 12 else [nodes[0], *nodes[1 : count - 1 : count // 4], nodes[-1]]:
            check_edits(card, node)
        names = list(card.data)
        edited = reread(card, [yaml_edits.insert_entry(card, "new", ["no", 1], names[-1:])])
        assert repr(edited.data) == repr({**card.data, "new": ["no", 1]})
    assert cards_seen > 900


def check_edits(card: Card, node: Node) -> None:
    in_mapping = isinstance(node.parent, Mapping)
    if isinstance(node.parent, Mapping) and sum(entry.name == node.step for entry in node.parent) > 1:
        return
    value = at(card.data, node.path)
    after: list[tuple[Edit, Any]] = [
        (yaml_edits.set_value(card, node.path, "a: b"), "a: b"),
        (yaml_edits.set_value(card, node.path, ["no", {"k": 3}]), ["no", {"k": 3}]),
    ]
    if isinstance(node, Sequence):
        after.append((yaml_edits.append_item(card, node.path, "3.10"), [*value, "3.10"]))
    else:
        empty = isinstance(node, Scalar) and not node.text
        after.append((yaml_edits.wrap_in_list(card, node.path), [] if empty else [value]))
    for edit, new in after:
        expected = copy.deepcopy(card.data)
        at(expected, node.path[:-1])[node.path[-1]] = new
        assert repr(reread(card, [edit]).data) == repr(expected)  # nan is not itself
    expected = copy.deepcopy(card.data)
    del at(expected, node.path[:-1])[node.path[-1]]
    remove = yaml_edits.remove_entry if in_mapping else yaml_edits.remove_item
    assert repr(reread(card, [remove(card, node.path)]).data) == repr(expected)
