"""Configuration files, selection and per-file ignores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from hublint.cli.main import run
from hublint.documents.source import Source, Span
from hublint.engine import config as configuration
from hublint.engine import registry
from hublint.engine.profiles import PURPOSES
from hublint.engine.selection import Selection
from hublint.errors import UsageError
from hublint.rule import Finding

README = "---\nsdk: gradio\ncolorFrom: teal\n---\n# Demo\n"


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "space").mkdir()
    (tmp_path / "space" / "README.md").write_text(README, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(capsys: pytest.CaptureFixture[str], *arguments: str) -> set[str]:
    run(["check", "space", "--output-format", "concise", *arguments])
    return {
        line.split("[")[1].split("]")[0]
        for line in capsys.readouterr().out.splitlines()
        if "[" in line and ": " in line
    }


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pyproject.toml", "[tool.hublint]\nselect = ['SP008']\n"),
        ("hublint.toml", "select = ['invalid-color']\n"),
        (".hublint.toml", "select = ['SP008']\n"),
        ("space/hublint.toml", "select = ['SP008']\n"),
    ],
)
def test_every_place_of_configuration(space: Path, capsys: pytest.CaptureFixture[str], file: str, text: str) -> None:
    (space / file).write_text(text, "utf-8")
    assert codes(capsys) == {"SP008"}
    assert codes(capsys, "--isolated") > {"SP008"}


def test_nearest_file_wins_and_extends(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (space / "hublint.toml").write_text("select = ['SP008']\nignore = ['FM']\n", "utf-8")
    (space / "space" / "hublint.toml").write_text("select = ['SP']\n", "utf-8")
    assert "SP008" in codes(capsys)
    assert len(codes(capsys)) > 1
    (space / "space" / "hublint.toml").write_text("extend = '../hublint.toml'\nprofile = 'push'\n", "utf-8")
    assert codes(capsys) == {"SP008"}


def test_selectors_more_specific_wins(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert codes(capsys, "--select", "SP", "--ignore", "SP008") == codes(capsys, "--select", "SP") - {"SP008"}
    assert codes(capsys, "--select", "SP008", "--ignore", "SP") == {"SP008"}
    assert codes(capsys, "--ignore", "invalid-color") == codes(capsys) - {"SP008"}


def test_profiles(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    push, recommended, strict = (codes(capsys, "--profile", name) for name in ("push", "recommended", "strict"))
    assert push < recommended < strict
    assert "SP008" in push


@pytest.mark.parametrize("profile", PURPOSES)
def test_profiles_by_purpose(profile: str) -> None:
    every = frozenset(registry.listed())
    usual = Selection(every, frozenset(), "recommended", {})
    selection = Selection(every, frozenset(), profile, {})
    for listed in registry.listed().values():
        rule = registry.metadata(listed)
        finding = Finding(Source("README.md", b""), Span(0, 0), "a")
        if rule.code in PURPOSES[profile]:
            assert selection.wants(rule) and selection.severity(rule, finding) == "warning"
            assert not usual.wants(rule) or usual.severity(rule, finding) == "info", "it makes a difference"
            own = Selection(every, frozenset(), profile, {rule.code: "info"})
            assert own.severity(rule, finding) == "info"
        else:
            assert selection.wants(rule) == usual.wants(rule)
            assert selection.severity(rule, finding) == usual.severity(rule, finding)
    assert PURPOSES[profile] <= registry.listed().keys()


def test_what_a_leaderboard_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = (
        "---\nlicense: mit\nlibrary_name: transformers\npipeline_tag: text-generation\nlanguage: en\n---\n# A\n\n%s\n"
    )
    command = ["check", "--isolated", "--repo-type", "model", "--profile", "leaderboard"]
    for words, code in (("It writes poems. " * 5, 1), ("It writes poems. " * 12, 0)):
        (tmp_path / "README.md").write_text(text % words.strip(), "utf-8")
        assert run(command) == code


def test_severity_and_fail_on(space: Path) -> None:
    assert run(["check", "space", "--select", "SP008"]) == 1
    (space / "hublint.toml").write_text("[severity]\nSP008 = 'info'\n", "utf-8")
    assert run(["check", "space", "--select", "SP008"]) == 0
    assert run(["check", "space", "--select", "SP008", "--fail-on", "info"]) == 1


@pytest.mark.parametrize("pattern", ["space/README.md", "space/**", "README.md", "*.md", "space", "**/README.md"])
def test_per_file_ignores(space: Path, capsys: pytest.CaptureFixture[str], pattern: str) -> None:
    (space / "hublint.toml").write_text(f"[per-file-ignores]\n'{pattern}' = ['SP008']\n", "utf-8")
    assert "SP008" not in codes(capsys)


def test_exclude_hides_repositories(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (space / "hublint.toml").write_text("exclude = ['space']\n", "utf-8")
    assert run(["check", "."]) == 2
    assert run(["check", "space/README.md", "--allow-empty"]) == 0


def test_repo_types_name_the_kind(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (space / "cards").mkdir()
    (space / "cards" / "README.md").write_text("---\ntitle: x\n---\n", "utf-8")
    (space / "hublint.toml").write_text("[repo-types]\n'cards' = 'dataset'\n", "utf-8")
    assert run(["check", ".", "--show-files"]) == 0
    assert "cards/ dataset (`repo-types` in hublint.toml)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = ['SP']", "unknown key `selct`; did you mean `select`?"),
        ("fail_on = 'error'", "unknown key `fail_on`; did you mean `fail-on`?"),
        ("zzz = 1", "unknown key `zzz`; known are baseline, "),
        ("select = 'SP'", "`select` is a list of strings"),
        ("select = ['SP999']", "no rule is called `SP999`"),
        ("profile = 'loud'", "`profile` is one of"),
        ("[severity]\nSP008 = 'fatal'", "`severity.SP008` is one of"),
        ("[per-file-ignores]\n'*' = 'SP'", "is a list of strings"),
        ("per-file-ignores = []", "is a table"),
        ("unsafe-fixes = 'yes'", "is true or false"),
        ("extend = 'hublint.toml'", "leads back"),
        ("plugins = ['no_such_module']", "or name each with --plugin"),
        ("select = [", "hublint.toml: "),
        ("[severity]\nDK4 = 'error'", "hublint: hublint.toml: `severity.DK4`: unknown rule; did you mean `DK004`?"),
        ("ignore = ['dk-4']", "hublint: hublint.toml: `ignore`: no rule is called `dk-4`; did you mean `DK004`?"),
        (
            "[per-file-ignores]\n'a/*' = ['SP8']",
            "`per-file-ignores.a/*`: no rule is called `SP8`; did you mean `SP008`?",
        ),
    ],
)
def test_mistakes_are_named(space: Path, capsys: pytest.CaptureFixture[str], text: str, message: str) -> None:
    (space / "hublint.toml").write_text(text, "utf-8")
    assert run(["check", "space"]) == 2
    assert message in capsys.readouterr().err


def test_a_mistake_is_named_with_the_file_that_it_stands_in(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (space / "base.toml").write_text("select = ['SP8']\n", "utf-8")
    (space / "hublint.toml").write_text("extend = 'base.toml'\n", "utf-8")
    assert run(["check", "space"]) == 2
    assert f"{Path('base.toml')}: `select`: no rule is called `SP8`" in capsys.readouterr().err


def test_severity_off_and_note(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "SP008" in codes(capsys)
    (space / "hublint.toml").write_text("[severity]\nSP008 = 'off'\n", "utf-8")
    assert "SP008" not in codes(capsys)
    (space / "hublint.toml").write_text("[severity]\nSP = 'off'\ninvalid-color = 'note'\n", "utf-8")
    assert codes(capsys) & {"SP004", "SP008", "SP010"} == {"SP008"}
    for level, code in (("note", 1), ("info", 1), ("warning", 0)):
        assert run(["check", "space", "--select", "SP008", "--fail-on", level]) == code
        (space / "hublint.toml").write_text(f"fail-on = '{level}'\n[severity]\nSP008 = 'note'\n", "utf-8")
        assert run(["check", "space", "--select", "SP008"]) == code
    capsys.readouterr()
    run(["check", "space", "--select", "SP008", "--output-format", "json"])
    assert '"severity": "info"' in capsys.readouterr().out


def test_the_longer_selector_wins_over_all(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (space / "hublint.toml").write_text("[severity]\nALL = 'note'\nSP = 'off'\n", "utf-8")
    assert not {code for code in codes(capsys) if code.startswith("SP")}
    (space / "hublint.toml").write_text("ignore = ['ALL']\n", "utf-8")
    assert codes(capsys, "--select", "SP") > {"SP008"}


def test_patterns_that_match_nothing_are_told(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (space / "hublint.toml").write_text(
        "exclude = ['spces/*', 'docs']\n[per-file-ignores]\n'*.md' = ['SP008']\n'nb/*' = ['SP008']\n"
        "[repo-types]\n'space' = 'space'\n'cards/*' = 'model'\n",
        "utf-8",
    )
    (space / "docs").mkdir()
    before = run(["check", "space"])
    assert "matches no" not in capsys.readouterr().err
    assert run(["check", "."]) == before
    lines = [line for line in capsys.readouterr().err.splitlines() if "matches no" in line]
    assert lines == [
        "hublint: hublint.toml: `exclude`: `spces/*` matches no file or folder",
        "hublint: hublint.toml: `per-file-ignores`: `nb/*` matches no file or folder",
        "hublint: hublint.toml: `repo-types`: `cards/*` matches no file or folder",
    ]


def test_overrides(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (space / "other").mkdir()
    (space / "other" / "README.md").write_text(README, "utf-8")
    (space / "hublint.toml").write_text(
        "ignore = ['SP004']\n[severity]\nSP010 = 'off'\n"
        "[[overrides]]\npaths = ['spa*']\nignore = ['SP009']\nfail-on = 'never'\n"
        "[[overrides]]\npaths = ['space', 'nothing']\n[overrides.severity]\nSP008 = 'note'\n",
        "utf-8",
    )
    every = codes(capsys)
    assert "SP008" in every and every.isdisjoint({"SP004", "SP009", "SP010"})
    assert run(["check", "space"]) == 0
    assert run(["check", "space", "--fail-on", "note"]) == 1
    assert run(["check", "other"]) == 1
    assert run(["check", "."]) == 1
    assert "`overrides`: `nothing` matches no file or folder" in capsys.readouterr().err
    assert "note[SP008]" not in capsys.readouterr().out
    for text, message in (
        ("[[overrides]]\nselect = ['SP']", "`overrides` needs `paths`"),
        ("overrides = 1", "`overrides` is a list of tables"),
        ("[[overrides]]\npaths = ['a']\nbaseline = 'b'", "unknown key `baseline`"),
        ("[[overrides]]\npaths = ['a']\nselect = ['XX9']", "`overrides.select`: no rule is called `XX9`"),
        ("[[overrides]]\npaths = ['a']\nprofile = 'loud'", "`profile` is one of"),
    ):
        (space / "hublint.toml").write_text(text, "utf-8")
        assert run(["check", "space"]) == 2
        assert message in capsys.readouterr().err


def test_config_tells_where_each_value_stands(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (space / "base.toml").write_text("fail-on = 'error'\nbaseline = 'known.jsonl'\n", "utf-8")
    (space / "hublint.toml").write_text(
        "extend = 'base.toml'\nignore = ['FM']\n[[overrides]]\npaths = ['space']\nignore = ['DK']\n", "utf-8"
    )
    assert run(["config", "space/README.md"]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "# hublint.toml"
    assert 'ignore = ["FM", "DK"] # hublint.toml and `overrides` in hublint.toml' in lines
    assert 'fail-on = "error" # base.toml' in lines
    assert 'profile = "recommended" # default' in lines
    assert run(["config"]) == 0
    assert 'ignore = ["FM"] # hublint.toml' in " ".join(capsys.readouterr().out.split())
    assert run(["config", "--isolated"]) == 0
    assert "# no configuration file" in capsys.readouterr().out
    assert run(["config", "no-such"]) == 2


# Values of every type, and good ones for each key.
VALUES: list[Any] = ["push", "error", "a\0", "", 1, 1.5, True, [], ["SP"], [1], {}, {"SP": "error"},
    {"a": "space"}, {"a": ["SP"]}, {"a": [1]}, {"a": 1}, [{}], [{"paths": ["a"]}], [{"paths": "a"}],
    [{"paths": [], "ignore": ["SP"]}],
    [{"paths": [], "severity": {"SP": "off"}}], [{"paths": [], "exclude": []}],
    [{"paths": [], "profile": 1}]]  # fmt: skip


def test_the_schema_takes_what_the_reader_takes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", "config"]) == 0
    schema = json.loads(capsys.readouterr().out)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    assert schema["properties"].keys() == set(configuration.KEYS)
    taken = set()
    for key in (*configuration.KEYS, "no-such"):
        for value in VALUES:
            try:
                configuration.check_section("hublint.toml", {key: value})
                good = True
            except UsageError:
                good = False
            assert validator.is_valid({key: value}) is good, (key, value)
            taken |= {key} if good else set()
    assert taken == set(configuration.KEYS)
    assert all(schema["properties"][key]["description"] for key in configuration.KEYS)
