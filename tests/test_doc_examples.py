"""What the documentation tells to type and to write: every command runs, every configuration is taken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import doc_examples
from doc_examples import BLOCK, ROOT, Example, commands, examples, fits, judged, main, pages, tried, unknown


@pytest.mark.parametrize("page", pages())
def test_examples_of_a_page(page: str, tmp_path: Path) -> None:
    result = tried(page, tmp_path)
    assert result.wrong == [], "\n".join(result.wrong)
    print("\n".join(result.skipped))


def test_every_page_is_tried_somewhere() -> None:
    every = {path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]}
    with_blocks = {page for page in every if BLOCK.search((ROOT / page).read_text("utf-8"))}
    assert with_blocks <= {*pages(), *doc_examples.ELSEWHERE}
    assert set(doc_examples.PREPARED) <= every, "no page was renamed"
    shown = [command for page in pages() for example in examples(page) for command, _ in commands(example.text)]
    for start in (*doc_examples.NOT_RUN, *doc_examples.NOT_COMPARED):
        assert any(command.startswith(start) for command in shown), f"{start} is on no page"


def test_what_sentences_tell_to_type_is_there() -> None:
    every = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("editors/**/README.md")]
    named = {
        line
        for path in every
        if "node_modules" not in path.parts
        for line in re.findall(r"`(hublint [a-z][^`]*)`", re.sub(r"(?ms)^```.*?^```", "", path.read_text("utf-8")))
    }
    assert [said for line in sorted(named) if (said := unknown(line))] == []
    assert len(named) > 20
    assert unknown("hublint chek .") and unknown("hublint check --chaged-lines .")


@pytest.mark.parametrize(
    ("language", "file", "text"),
    [
        ("toml", "", 'profile = "no-such"\n'),
        ("yaml", "", "colorFrom: teal # hublint: ignore[NO999]\n"),
        ("yaml", "", "a: b: c\n"),
        ("json", "", '{"[markdown]": {"editor.codeActionsOnSave": {"source.fixAll.hublnt": "explicit"}}}\n'),
        ("gitattributes", "", "a merge=ours\n"),
        ("yaml", ".pre-commit-config.yaml", "repos: 1\n"),
        ("yaml", ".github/workflows/a.yml", "- uses: [1]\n"),
        ("python", "", "import no_such_module\n"),
        ("sql", "", "SELECT a FROM no_such_table;\n"),
        ("lua", "", "vim.lsp.enabel('hublint')\n"),
    ],
)
def test_what_is_wrong_is_told(language: str, file: str, text: str, tmp_path: Path) -> None:
    try:
        assert judged(Example(language, file, text), tmp_path)
    except LookupError as error:
        pytest.skip(error.args[0])


def test_what_nobody_judges_is_told(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="nothing judges rust"):
        judged(Example("rust", "", "fn main() {}\n"), tmp_path)


@pytest.mark.parametrize(
    ("shown", "same"),
    [("a\nb\nc\n", True), ("a\n...\n", True), ("...\nc\n", True), ("a\nc\n", False), ("a.b\n", False), ("", False)],
)
def test_what_a_page_shows_of_output(shown: str, same: bool) -> None:
    assert fits("a\nb\nc\n", shown) is same


def test_other_output_is_told(tmp_path: Path) -> None:
    assert doc_examples.done("echo a", "b\n", tmp_path)[0]
    assert doc_examples.done("echo a; exit 2", "a\n", tmp_path)[0]
    assert "did not end" in doc_examples.done("sleep 100 & sleep 100", "", tmp_path, seconds=1)[0][0]
    assert doc_examples.done("echo a; exit 1", "a\n", tmp_path) == ([], "")


def test_how_it_went_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs/editors.md"]) == 0
    told = capsys.readouterr().out
    assert "commands and files of 1 pages tried, 0 wrong; not tried:\n" in told
    assert "docs/editors.md: $ pip install 'hublint[lsp]': asks a package index" in told
