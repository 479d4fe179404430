"""The command line as users meet it: exit codes, output, options."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import hublint
from hublint.cli.main import run
from hublint.cli.outputs import FORMATS, Output, outputs
from hublint_schemas import table_file

BROKEN = "---\nsdk: gradio\ncolorFrom: Grey # soft\n---\n# Demo\n"
CLEAN = "---\ntitle: Demo\nemoji: 🗣️\nsdk: static\ncolorFrom: gray\ncolorTo: blue\n---\n# Demo\n"


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "space").mkdir()
    (tmp_path / "space" / "README.md").write_text(BROKEN, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "space"


def clean(folder: Path) -> None:
    (folder / "README.md").write_text(CLEAN, "utf-8")
    (folder / "index.html").write_text("<p>hello", "utf-8")


def test_findings_exit_1_and_show_code_frame(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "space", "--select", "SP008"]) == 1
    assert capsys.readouterr().out == (
        "space/ (space, because of `sdk: gradio` in README.md)\n"
        "\n"
        "error[SP008] invalid-color: `Grey` is not one of the Hub's colors; write `gray` [*]\n"
        "  --> space/README.md:3:12\n"
        "   |\n"
        " 3 | colorFrom: Grey # soft\n"
        "   |            ^^^^\n"
        "   |\n"
        '   = the Hub says: "colorFrom" must be one of [red, yellow, green, blue, indigo, purple, pink, gray]\n'
        "\n"
        "what a code means, and why: `hublint rule SP008`\n"
        "\n"
        "1 error, 0 warnings in 1 Space; [*] 1 fixable with `hublint fix`\n"
    )


def test_clean_exits_0(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean(space)
    assert run(["check", "space"]) == 0
    assert capsys.readouterr().out == "no findings in 1 Space\n"


def test_default_path_is_the_working_folder(space: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(space)
    assert run(["check", "--select", "SP008"]) == 1


@pytest.mark.parametrize("output", FORMATS)
def test_format_never_changes_the_exit_code(space: Path, output: str) -> None:
    assert run(["check", "space", "--output-format", output]) == 1
    assert run(["check", "space", "--output-format", output, "--fail-on", "never"]) == 0
    clean(space)
    assert run(["check", "space", "--output-format", output]) == 0


def test_json_follows_the_contract(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "space", "--select", "SP008", "--output-format", "json"])
    report = json.loads(capsys.readouterr().out)
    assert report["version"] == 1
    assert report["tool"]["name"] == "hublint"
    assert report["files"] == ["space/README.md"]
    (finding,) = report["findings"]
    url = finding.pop("url")
    assert url.endswith("/rules/SP008.md")
    assert finding == {
        "code": "SP008",
        "name": "invalid-color",
        "severity": "error",
        "message": "`Grey` is not one of the Hub's colors; write `gray`",
        "hub_message": '"colorFrom" must be one of [red, yellow, green, blue, indigo, purple, pink, gray]',
        "path": "space/README.md",
        "line": 3,
        "column": 12,
        "end_line": 3,
        "end_column": 16,
        "route": "colorFrom",
        "fix": {
            "safety": "safe",
            "title": "Write `gray`",
            "edits": [
                {"path": "space/README.md", "line": 3, "column": 12, "end_line": 3, "end_column": 16, "text": "gray"}
            ],
        },
    }


def test_github_annotations_are_escaped(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "space", "--select", "SP008", "--output-format", "github"])
    line = capsys.readouterr().out.splitlines()[0]
    assert line.startswith(
        "::error title=hublint (SP008 invalid-color),file=space/README.md,line=3,col=12,endLine=3,endColumn=16::`Grey`"
    )
    assert "%0Athe Hub says" in line


def test_several_outputs_at_once(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "space", "--output-format", "concise", "--output-format", "json:out.json"]) == 1
    assert "error[SP008]" in capsys.readouterr().out
    assert json.loads(Path("out.json").read_text("utf-8"))["version"] == 1


def test_an_output_makes_its_folder(space: Path) -> None:
    assert run(["check", "space", "--output-format", "json:out/deep/x.json"]) == 1
    assert json.loads(Path("out/deep/x.json").read_text("utf-8"))["version"] == 1


def test_a_file_may_have_any_name(space: Path) -> None:
    assert outputs(("json:C:\\x\\report.json", "sarif:-", "github:a:b")) == [
        Output("json", "C:\\x\\report.json"),
        Output("sarif"),
        Output("github", "a:b"),
    ]
    assert run(["check", "space", "--output-format", "json:C:\\x: y.json"]) == 1
    assert json.loads(Path("C:\\x: y.json").read_text("utf-8"))["version"] == 1


def test_an_output_replaces_a_file_in_one_step_and_keeps_what_it_is(space: Path) -> None:
    Path("old.json").write_text("old" * 10_000, "utf-8")
    os.chmod("old.json", 0o640)
    os.symlink("old.json", "link.json")
    os.mkfifo("pipe")
    reader = subprocess.Popen([sys.executable, "-c", "print(open('pipe').read())"], stdout=subprocess.PIPE, text=True)
    code = run(["check", "space", "--output-format", "json:link.json", "--output-format", "concise:pipe"])
    assert code == 1
    assert "error[SP008]" in reader.communicate(timeout=30)[0]
    assert Path("link.json").is_symlink() and Path("old.json").stat().st_mode & 0o777 == 0o640
    assert json.loads(Path("old.json").read_text("utf-8"))["version"] == 1
    assert sorted(os.listdir()) == ["link.json", "old.json", "pipe", "space"]
    os.chmod("old.json", 0o440)
    assert run(["check", "space", "--output-format", "json:old.json"]) == 2


def test_help_lists_options_by_what_they_are_for(capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "--help"])
    lines = [line.split()[0] for line in capsys.readouterr().out.splitlines() if line.strip().startswith("-")]
    order = ["--repo-type", "--select", "--ignore", "--config", "--fail-on", "--fix", "--diff", "--output-format"]
    assert [line for line in lines if line in order] == order


def test_the_demo_prints_what_it_runs() -> None:
    makefile = (Path(__file__).resolve().parent.parent / "Makefile").read_text("utf-8")
    recipe = makefile.partition("demo:")[2].partition("\n\n")[0]
    said = [line.partition("$$ ")[2].rstrip("'") for line in recipe.splitlines() if "echo '$$" in line]
    ran = [line.strip("\t@").removesuffix(" || true") for line in recipe.splitlines() if line.startswith("\t@$(BIN)")]
    assert said == ran != []


def test_fix_writes_and_reports_what_is_left(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["fix", "space", "--select", "SP008"]) == 0
    assert (space / "README.md").read_text("utf-8") == BROKEN.replace("Grey", "gray")
    assert capsys.readouterr().out == (
        "fixed space/README.md: SP008 invalid-color\n\n1 fix applied; no findings in 1 Space\n"
    )


def test_a_fix_can_fail_the_run(space: Path) -> None:
    arguments = ["fix", "space", "--select", "SP008", "--fail-on", "never", "--exit-non-zero-on-fix"]
    assert run([*arguments, "--diff"]) == 0
    assert run(arguments) == 1
    assert run(arguments) == 0


def test_quiet_shows_only_the_summary(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "space", "--select", "SP008", "--quiet"]) == 1
    assert capsys.readouterr().out == "1 error, 0 warnings in 1 Space; [*] 1 fixable with `hublint fix`\n"


def test_diff_changes_nothing(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "space", "--select", "SP008", "--diff"]) == 1
    assert (space / "README.md").read_text("utf-8") == BROKEN
    out = capsys.readouterr().out
    assert "-colorFrom: Grey # soft\n+colorFrom: gray # soft\n" in out


def test_statistics(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["check", "space", "--select", "SP008", "--statistics"])
    assert capsys.readouterr().out.splitlines()[0] == "     1 SP008 error   invalid-color"


def test_show_files(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "space", "--show-files"]) == 0
    assert capsys.readouterr().out == "space/ space (`sdk: gradio` in README.md)\n  README.md\n"


def test_ordinary_folder_gets_one_line_and_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "README.md").write_text("# A library\n", "utf-8")
    assert run(["check", str(tmp_path)]) == 2
    streams = capsys.readouterr()
    assert streams.out.count("\n") == 1
    assert "no Hub repository" in streams.out
    assert "nothing was checked" in streams.err
    assert run(["check", str(tmp_path), "--allow-empty"]) == 0


def test_missing_path_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "no/such/folder"]) == 2
    assert "no/such/folder: no such file or folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "space", "--select", "SP08"], "did you mean"),
        (["check", "space", "--output-format", "xml"], "no output format is called `xml`"),
        (["check", "space", "--config", "none.toml"], "none.toml"),
        (["check", "-"], "--stdin-filename"),
        (["rule", "XX999"], "no rule is called"),
        (["check", "space", "--select", "DK4"], "no rule is called `DK4`; did you mean `DK004`?"),
        (["check", "space", "--select", "sp_08"], "did you mean `SP008`?"),
        (["schema"], "Choose from: space, model, dataset, "),
        (["nonsense"], "No such command `nonsense`; there are check, "),
        (["chek"], "No such command `chek`; did you mean `hublint check`?"),
        (["."], "No such command `.`; to check that path: `hublint check .`"),
        (["space", "--fix"], "No such command `space`; to check that path: `hublint check space`"),
        (["check", ""], "an empty path names nothing"),
        (["check", "space", "--output-format", "json:space/README.md/x.json"], "`space/README.md` is not a folder"),
        (["check", "space", "--output-format", "json:"], "`json:` names no file; write `json`, or `json:FILE`"),
        (["check", "space", "--output-format", "json:space"], "space: "),
        (["check", "space", "--output-format", "C:\\x.json"], "no output format is called `C`"),
        (
            ["check", "space", "--output-format", "json:a", "--output-format", "sarif:./a"],
            "a: two outputs cannot go to one file",
        ),
        (
            ["check", "space", "--output-format", "text", "--output-format", "sarif"],
            "text and sarif would be mixed on standard output; give one a file: `sarif:FILE`",
        ),
    ],
)
def test_wrong_usage_exits_2_with_a_sentence(
    space: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run(arguments) == 2
    assert message in capsys.readouterr().err


def test_standard_input_stands_for_a_file(
    space: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clean(space)
    arguments = ["check", "-", "--stdin-filename", "space/README.md", "--select", "SP008", "--output-format", "concise"]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(BROKEN.encode())))
    assert run(arguments) == 1
    assert "space/README.md:3:12: error[SP008]" in capsys.readouterr().out
    assert (space / "README.md").read_text("utf-8") == CLEAN


def test_standard_input_fixed_goes_to_standard_output(space: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hublint", "fix", "--stdin-filename", "space/README.md", "--select", "SP008"],
        input=BROKEN.encode(),
        capture_output=True,
        check=False,
    )
    assert done.stdout.decode() == BROKEN.replace("Grey", "gray")
    assert done.returncode == 0
    assert (space / "README.md").read_text("utf-8") == BROKEN


def test_color_follows_option_and_environment(
    space: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    arguments = ["check", "space", "--select", "SP008"]

    def colored(*options: str) -> bool:
        run([*arguments, *options])
        return "\033[" in capsys.readouterr().out

    assert not colored()
    assert colored("--color", "always")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert colored()
    assert not colored("--color", "never")
    monkeypatch.setenv("NO_COLOR", "1")
    assert not colored()


def test_rule_lists_and_explains(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rule"]) == 0
    assert "SP008 error   * invalid-color" in capsys.readouterr().out
    assert run(["rule", "SP008"]) == 0
    by_code = capsys.readouterr().out
    assert "## Why it matters on the Hub" in by_code
    assert run(["rule", "invalid-color"]) == 0
    assert capsys.readouterr().out == by_code
    assert run(["rule", "SP008", "--output-format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["effect"] == "refused"
    assert run(["rule", "DK4"]) == 2
    assert "no rule is called `DK4`, and none speaks of it; did you mean `DK004`?" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["space", "model", "dataset", "eval_results", "eval_yaml"])
def test_schema_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["schema", name]) == 0
    assert json.loads(capsys.readouterr().out)["$id"] == f"urn:hublint:schema:{name}"


def test_a_rule_that_fails_hides_nothing(
    space: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "xx001_always_fails.py").write_text(
        '"""Fails."""\n'
        "from hublint.rule import Rule\n"
        "RULE = Rule('XX001', 'always-fails', 'error', 'advice', 'repository', since='1')\n"
        "def check(repository):\n"
        "    raise RuntimeError('on purpose')\n",
        "utf-8",
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    assert run(["check", "space", "--plugin", "xx001_always_fails"]) == 2
    streams = capsys.readouterr()
    assert "error[SP008]" in streams.out
    assert "rule XX001 failed on space/ (RuntimeError: on purpose)" in streams.err


def test_interrupted_pipe_is_no_traceback(space: Path) -> None:
    done = subprocess.run(
        f"{sys.executable} -m hublint rule | head -1",
        shell=True,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ,
    )
    assert done.stderr == ""


def test_the_version_tells_of_which_day_the_tables_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    version, *tables = capsys.readouterr().out.splitlines()
    assert version == f"hublint {hublint.__version__}"
    told = {name: line[10:20] for line in tables for name in line[22:].split(", ")}
    assert told == {name: table_file(name)["date"] for name in told}
    assert {"licenses", "pipeline_tags", "libraries", "datasets", "space"} <= told.keys()
