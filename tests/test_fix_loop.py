"""Fixes in one pass and again until nothing changes: what goes together, what never settles, what cannot be applied."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hublint.cli.main import run
from hublint.documents.edits import Edit, Fix
from hublint.documents.source import Source, Span
from hublint.engine import fixing, registry
from hublint.repository.repository import Repository
from hublint.rule import Finding, Rule
from repositories import fixed, make
from tokens import with_tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

README = "README.md"
BROKEN = "---\nsdk: gradio\ncolorFrom: Grey # soft\n---\n# Demo\n"
DOTENV = "from dotenv import load_dotenv\nload_dotenv()\n"
CARD = "---\ntitle: Demo\nsdk: gradio\n---\n"
DOCKER = "---\ntitle: Demo\nsdk: docker\n---\n"


# A loop that does not settle


class Made:
    """One rule in the place of all others; `edits` says how it would mend a text."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, edits: Callable[[Source], list[list[Edit]]]) -> None:
        self.edits = edits
        self.rule = Rule("SP008", "invalid-color", "error", "refused", "repository", "0.1.0", ("space",), "safe")
        load = registry.load
        monkeypatch.setattr(
            registry, "load", lambda each: (self.rule, self.check, "") if each.code == "SP008" else load(each)
        )
        metadata = registry.metadata
        monkeypatch.setattr(registry, "metadata", lambda each: self.rule if each.code == "SP008" else metadata(each))

    def check(self, repository: Repository) -> Iterator[Finding]:
        source = repository.source("text")
        assert source is not None
        for index, edits in enumerate(self.edits(source)):
            yield Finding(source, Span(0, 0), f"wrong {index}", fix=Fix("Mend it", tuple(edits)))


def put(start: int, end: int, text: str) -> Edit:
    return Edit("text", Span(start, end), text)


@pytest.mark.parametrize(
    "mend",
    [
        pytest.param(lambda source: [[put(0, 1, {"a": "b", "b": "a"}[source.text[0]])]], id="back and forth"),
        pytest.param(lambda source: [[put(0, 0, "a")]], id="growing"),
        pytest.param(lambda source: [[put(0, 1, {"a": "b", "b": "c", "c": "b"}[source.text[0]])]], id="a late circle"),
    ],
)
def test_an_unsettled_loop_gives_the_original_back(
    monkeypatch: pytest.MonkeyPatch, mend: Callable[[Source], list[list[Edit]]]
) -> None:
    Made(monkeypatch, mend)
    result = fixed(make("space", {"text": "a"}), "SP008")
    assert (result.files, result.applied, result.settled) == ({}, 0, False)
    assert [each.code for each in result.result.findings] == ["SP008"]


def test_an_unsettled_loop_is_told_and_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Made(monkeypatch, lambda source: [[put(0, 0, "a")]])
    monkeypatch.chdir(tmp_path)
    Path(README).write_text(BROKEN)
    Path("text").write_text("a")
    assert run(["fix", ".", "--select", "SP008"]) == 2
    output = capsys.readouterr()
    assert "none was applied" in output.err and "applied" not in output.out
    assert Path("text").read_text() == "a"


def test_more_than_ten_passes_that_get_on_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    Made(monkeypatch, lambda source: [[put(0, 2, "b")] for _ in range(source.text.count("a"))])
    result = fixed(make("space", {"text": "a" * 30 + "c"}), "SP008")
    assert result.settled and result.applied >= 20
    assert b"a" not in result.files["text"]


def test_touching_removals_are_one(monkeypatch: pytest.MonkeyPatch) -> None:
    passes = []
    judge = fixing.judge
    monkeypatch.setattr(fixing, "judge", lambda *given: passes.append(1) or judge(*given))
    Made(monkeypatch, lambda source: [[put(i, i + 1, "")] for i, each in enumerate(source.text) if each == "a"])
    result = fixed(make("space", {"text": "a" * 1000 + "c"}), "SP008")
    assert (result.files, result.applied, len(passes)) == ({"text": b"c"}, 1000, 2)


def test_thirty_times_the_same_slip_is_mended_in_one_run() -> None:
    text = "---\ntitle: Demo\nsdk: gradio\n" + "colourFrom: red\n" * 30 + "---\n"
    first = fixed(make("space", {README: text}), "ALL", unsafe=True)
    assert first.settled
    again = fixed(make("space", {README: first.files[README]}), "ALL", unsafe=True)
    assert (again.files, again.applied) == ({}, 0)


@pytest.mark.parametrize("card", ["---\n{}---\n", "---\nmetadata: {{{}}}\n---\n"])
def test_a_key_that_is_there_two_hundred_times_is_left_once(card: str) -> None:
    one = "{}: a,\n" if "{{" in card else "{}: a\n"
    text = card.format(one.format("pretty_name") * 200)
    result = fixed(make("dataset", {README: text}), "FM004", unsafe=True)
    assert (result.settled, result.applied) == (True, 199)
    assert result.files[README].decode().count("pretty_name") == 1


def test_many_findings_after_the_first_fix_are_no_endless_loop() -> None:
    text = "---\n" + "sdk: @x\n" * 12 + "---\n"
    result = fixed(make("dataset", {README: text}), "FM003", "FM004", unsafe=True)
    assert result.files[README] == b'---\nsdk: "@x"\n---\n'


@pytest.mark.parametrize("attributes", ["", "*.bin -text", "*.bin -text\n"])
def test_one_rule_adds_many_lines_in_one_pass(attributes: str) -> None:
    listing = {f"{number}.dat": 10**9 for number in range(300)}
    result = fixed(make("model", {".gitattributes": attributes}, listing), "RP002", unsafe=True)
    lines = result.files[".gitattributes"].decode().splitlines()
    assert (result.settled, result.applied, len(set(lines))) == (True, 300, 300 + bool(attributes))


def test_one_rule_adds_many_items_in_one_pass() -> None:
    card = "---\nsdk: gradio\nmodels:\n- owner/a\n---\n"
    app = "from transformers import pipeline\n" + "".join(f'pipeline(model="owner/{n}")\n' for n in range(300))
    result = fixed(make("space", {README: card, "app.py": app}), "SP028", unsafe=True)
    assert (result.settled, result.applied) == (True, 300)
    assert result.files[README].decode().count("\n- owner/") == 301


def test_alternatives_at_one_place_wait_for_each_other() -> None:
    card = "---\ntask_ids:\n- named-entity-recognition\n- text-scoring\n---\n"
    result = fixed(make("dataset", {README: card}), "DC003", unsafe=True)
    assert result.settled and result.files[README].decode().count("task_categories:") == 1


# Fixes that cannot be applied


def test_overlapping_edits_are_rejected_and_the_run_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def mend(source: Source) -> list[list[Edit]]:
        bad = [put(0, 2, "x"), put(1, 3, "y")]
        return [bad, *([[put(3, 4, "D")]] if "d" in source.text else [])]

    Made(monkeypatch, mend)
    result = fixed(make("space", {"text": "abcd"}), "SP008")
    assert (result.files, result.applied, result.settled) == ({"text": b"abcD"}, 1, True)


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(put(1, 2, "b"), id="changes nothing"),
        pytest.param(put(0, 99, "b"), id="outside"),
        pytest.param(put(0, 1, "\ud800"), id="not to be encoded"),
        pytest.param(put(0, 1, "\0"), id="no text afterwards"),
        pytest.param(Edit("listed", Span(0, 0), "b"), id="a file that cannot be read"),
    ],
)
def test_a_fix_that_cannot_be_applied_makes_room_for_others(monkeypatch: pytest.MonkeyPatch, edit: Edit) -> None:
    Made(monkeypatch, lambda source: [[edit], *([[put(0, 1, "A")]] if source.text[0] == "a" else [])])
    result = fixed(make("space", {"text": "abc"}, {"listed": 10}), "SP008")
    assert (result.files, result.applied, result.settled) == ({"text": b"Abc"}, 1, True)


def test_a_secret_with_two_defaults_fails_nothing() -> None:
    text = with_tokens(
        'import os\nKEY = os.environ.get("PASSWORD", "[64 hexadecimal digits]", "[64 hexadecimal digits]")\n'
    )
    assert fixed(make("space", {README: CARD, "app.py": text}), "SE", unsafe=True).settled


def test_a_fix_is_rejected_for_one_state_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def mend(source: Source) -> list[list[Edit]]:
        breaking = [Edit("app.py", Span(0, 1), "b" if source.text == "done" else "(")]
        python = [] if source.text == "end" else [breaking]
        return [*python, *([[put(0, 4, "done")]] if source.text == "todo" else [])]

    made = Made(monkeypatch, mend)

    def check(repository: Repository) -> Iterator[Finding]:
        app = repository.source("app.py")
        if app is not None and app.text != "b = 1\n":
            yield from Made.check(made, repository)

    monkeypatch.setattr(made, "check", check)
    result = fixed(make("space", {"text": "todo", "app.py": "a = 1\n"}), "SP008")
    assert result.files == {"text": b"done", "app.py": b"b = 1\n"}


def test_what_a_mended_start_brings_is_mended_in_the_same_run() -> None:
    first = fixed(make("space", {README: "--\nsuggested_storage: l\n"}), "ALL", unsafe=True)
    again = fixed(make("space", {README: first.files.get(README, b"--\nsuggested_storage: l\n")}), "ALL", unsafe=True)
    assert again.files == {}


def test_a_credential_inside_is_seen_though_only_a_piece_is_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    token = with_tokens("hf_[34 letters]")
    for edit in (put(6, 7, "x"), put(5, 5, "-"), put(0, 3, "")):
        Made(monkeypatch, lambda source, edit=edit: [[edit]])
        assert fixed(make("space", {"text": token, README: CARD}), "SP008", "SE001").files == {}
