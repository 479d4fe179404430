"""What stands between hublint and a CI service: the action, GitLab's component, the problem matcher, and docs/ci.md."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from ci_examples import Example, examples, judged, judged_by_actionlint, judged_component, main, tool
from reports import write_demo

ROOT = Path(__file__).resolve().parent.parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
MATCHERS = json.loads((ROOT / "integrations" / "problem-matcher.json").read_text("utf-8"))["problemMatcher"]
ALL = bool(os.environ.get("HUBLINT_TEST_ALL"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "README.md").write_text("---\nsdk: static\ncolorFrom: Grey\n---\n", "utf-8")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return tmp_path


@pytest.mark.parametrize("example", examples(), ids=lambda each: each.file or each.language)
def test_examples_are_right(example: Example, checkout: Path) -> None:
    try:
        assert judged(example, checkout) == ""
    except LookupError as error:
        pytest.skip(error.args[0])


@pytest.mark.parametrize("example", [each for each in examples() if ".github" in each.file], ids=lambda each: each.file)
def test_workflows_are_right_for_actionlint(example: Example, checkout: Path) -> None:
    (checkout / ".github" / "workflows").mkdir(parents=True)
    (checkout / example.file).write_text(example.text, "utf-8")
    try:
        assert judged_by_actionlint(example, checkout) == ""
        (checkout / example.file).write_text(example.text.replace("runs-on: ubuntu-latest", "run-on: x"), "utf-8")
        assert "run-on" in judged_by_actionlint(example, checkout)
    except LookupError as error:
        pytest.skip(error.args[0])


WRONG = [
    ("yaml .github/workflows/a.yml", "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    step: []\n"),
    (
        "yaml .github/workflows/a.yml",
        "on: push\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n"
        "      - run: echo ${{ github.event.pull_request.title }}\n",
    ),
    ("yaml .github/workflows/a.yml", "on: push\njobs: {}\n# hf upload a b --no-such-option\n"),
    ("yaml .gitlab-ci.yml", "a:\n  script: [x]\n  artifact: {}\n  artifacts: {report: 1}\n"),
    ("yaml .pre-commit-config.yaml", "repos: 1\n"),
    ("console ", "$ hublint chek\n"),
]


@pytest.mark.parametrize(("head", "text"), WRONG)
def test_what_is_wrong_is_told(head: str, text: str, checkout: Path) -> None:
    language, _, file = head.partition(" ")
    assert judged(Example(language, file, text), checkout)


def test_how_it_went_is_printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ci_examples.examples", lambda: [Example("console", "", "$ hublint check .\n")])
    assert main() == 0
    assert capsys.readouterr().out == "1 examples of docs/ci.md judged, 0 wrong; not tried: none\n"


def test_the_action_is_right() -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    assert tool("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml", cwd=ROOT) == ""
    assert tool("zizmor", "--offline", "--no-progress", "--persona=pedantic", "action.yml", cwd=ROOT) == ""
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", step["uses"]) if "uses" in step else step["shell"] == "bash"
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    for name, given in ACTION["inputs"].items():
        default = f"`{given['default']}`" if given["default"] else ""
        assert re.search(rf"^\| `{name}` \| ?{re.escape(default)} \|", page, re.MULTILINE), name
    assert all(f"`{name}`" in page for name in ACTION["outputs"])
    assert text.count("uses:") == 3


def test_an_action_that_is_wrong_is_told(tmp_path: Path) -> None:
    text = (ROOT / "action.yml").read_text("utf-8")
    (tmp_path / "action.yml").write_text(text.replace('exit "$EXIT_CODE"', "exit ${{ inputs.path }}"), "utf-8")
    assert "template-injection" in tool("zizmor", "--offline", "action.yml", cwd=tmp_path)
    (tmp_path / "action.yml").write_text(text.replace("using: composite", "use: composite"), "utf-8")
    assert tool("check-jsonschema", "--builtin-schema", "vendor.github-actions", "action.yml", cwd=tmp_path)


def _filled(text: str, values: dict[str, str]) -> str:
    """A text of the action with its expressions evaluated."""
    return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: values.get(found[1], ""), text)


class Runner:
    """Runs the steps of the action as GitHub does, those of other actions left out; hublint is there as if cached."""

    def __init__(self, workspace: Path, scratch: Path) -> None:
        self.workspace, self.scratch = workspace, scratch
        self.outputs: dict[str, str] = {"steps.python.outputs.python-path": sys.executable}
        self.printed = ""
        self.files = {name: scratch / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}

    def run(self, base: str = "", **inputs: str) -> int:
        """Run all steps; the exit code of the last."""
        given = {name: str(each["default"]) for name, each in ACTION["inputs"].items()} | inputs
        known = {f"inputs.{name}": value for name, value in given.items()}
        known["github.event.pull_request.base.sha"] = base
        code = 0
        for step in ACTION["runs"]["steps"]:
            if "run" not in step or "cache-hit" in step.get("if", ""):
                continue
            own = {name: _filled(value, {**known, **self.outputs}) for name, value in step["env"].items()}
            code = self._step(step, own)
            if code:
                break
        return code

    def _step(self, step: dict[str, Any], own: dict[str, str]) -> int:
        for file in self.files.values():
            file.write_text("", "utf-8")
        fixed = {"GITHUB_ACTION_PATH": str(ROOT), "RUNNER_TEMP": str(self.scratch), "GITHUB_ACTIONS": "true"}
        environment = {**os.environ, **fixed, **{name: str(path) for name, path in self.files.items()}, **own}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.workspace,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        self.printed += done.stdout + done.stderr
        for line in self.files["GITHUB_OUTPUT"].read_text("utf-8").splitlines():
            name, _, value = line.partition("=")
            self.outputs[f"steps.{step.get('id')}.outputs.{name}"] = value
        if step.get("id") == "check":
            self.summary = self.files["GITHUB_STEP_SUMMARY"].read_text("utf-8")
        return done.returncode

    def output(self, name: str) -> str:
        """What the action as a whole puts out."""
        expression: str = ACTION["outputs"][name]["value"]
        return self.outputs.get(expression.strip("${ }"), "")


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    workspace, scratch = tmp_path / "workspace", tmp_path / "scratch"
    for folder in (workspace, scratch / "hublint" / "bin"):
        folder.mkdir(parents=True)
    write_demo(workspace)
    (scratch / "hublint" / "bin" / "hublint").symlink_to(Path(sys.executable).with_name("hublint"))
    return Runner(workspace, scratch)


def test_the_action_annotates_summarises_and_fails(runner: Runner) -> None:
    assert runner.run(sarif="true", args="--isolated\n--select=SP008,SE001\n\n", path="space\nclean\n") == 1
    assert runner.printed.count("::error title=hublint (S") == 3
    assert "3 errors" in runner.summary and "| error | [SP008]" in runner.summary
    assert [runner.output(name) for name in ("exit-code", "errors", "warnings", "notes")] == ["1", "3", "0", "0"]
    assert len(json.loads(Path(runner.output("sarif-file")).read_text("utf-8"))["runs"][0]["results"]) == 3
    assert runner.output("report").endswith(".jsonl")


def test_the_action_is_content(runner: Runner) -> None:
    assert runner.run(path="clean", annotations="false") == 0
    assert runner.printed.endswith("no findings in 1 Space\n")
    assert runner.output("sarif-file") == ""


def test_the_action_tells_what_cannot_be_done(runner: Runner) -> None:
    assert runner.run(path="missing") == 2
    assert runner.output("exit-code") == "2" and "missing" in runner.printed
    assert runner.run(changed="all") == 1 and "`changed` is `repositories` or `lines`, not `all`" in runner.printed


@pytest.mark.parametrize("text", ["$(touch pwned)", "`touch pwned`", "; touch pwned", "--config=\n;touch pwned", "-h"])
def test_no_input_becomes_a_command(runner: Runner, text: str) -> None:
    runner.run(path=text, args=text, changed=text, version=text)
    assert not (runner.workspace / "pwned").exists()


def test_pull_requests_are_compared_with_their_base(runner: Runner) -> None:
    def git(*arguments: str) -> str:
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        return subprocess.check_output(["git", *identity, *arguments], cwd=runner.workspace, text=True).strip()

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "start")
    base = git("rev-parse", "HEAD")
    (runner.workspace / "clean" / "README.md").write_text(
        (runner.workspace / "clean" / "README.md").read_text("utf-8").replace("blue", "bleu"), "utf-8"
    )
    git("commit", "-qam", "a slip")
    assert runner.run(base, changed="lines", args="--select=SP008") == 1
    assert runner.printed.count("::error") == 1 and "file=clean/README.md,line=4" in runner.printed


@pytest.mark.skipif(not ALL, reason="HUBLINT_TEST_ALL: installs hublint from its sources")
def test_the_action_installs_what_it_is(runner: Runner) -> None:
    shutil.rmtree(runner.scratch / "hublint")
    environment = {
        **os.environ,
        "RUNNER_TEMP": str(runner.scratch),
        "FOLDER": str(runner.scratch / "hublint"),
        "VERSION": "",
    }
    steps = ROOT / "integrations" / "github" / "run.py"
    subprocess.run([sys.executable, steps, "install"], env=environment, check=True)
    assert runner.run(path="clean") == 0


def test_the_component_is_right(tmp_path: Path) -> None:
    text = (ROOT / "templates" / "hublint.yml").read_text("utf-8")
    assert judged_component(text, tmp_path) == ""
    assert judged_component(text.replace("artifacts:", "artifact:"), tmp_path)
    assert judged_component(text.replace("inputs.path ]]", "inputs.paths ]]"), tmp_path)
    assert judged_component(text.replace("description: Lint", "describe: Lint"), tmp_path)


def test_the_component_runs(checkout: Path) -> None:
    _, body = yaml.safe_load_all((ROOT / "templates" / "hublint.yml").read_text("utf-8"))
    (job,) = body.values()
    (script,) = job["script"]
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "HUBLINT_ARGS": "--isolated --select=SP008",
        "HUBLINT_PATH": ".",
        "HUBLINT_CHANGED": "false",
    }
    done = subprocess.run(
        ["sh", "-c", script], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1 and "error[SP008]" in done.stdout, done.stderr
    (entry,) = json.loads((checkout / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    assert entry["location"] == {"path": "README.md", "lines": {"begin": 3, "end": 3}}
    assert (checkout / job["artifacts"]["reports"]["junit"]).read_text("utf-8").count("<failure") == 1


def test_the_problem_matcher_matches_every_line(tmp_path: Path) -> None:
    write_demo(tmp_path)
    printed = subprocess.run(
        [sys.executable, "-m", "hublint", "check", "--isolated", "--output-format", "concise", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    ).stdout
    *lines, last = printed.splitlines()
    assert len(lines) == 10 and all(f" {level}[" in printed for level in ("error", "warning", "note"))
    for line in lines:
        (matcher,) = (each for each in MATCHERS if re.match(each["pattern"][0]["regexp"], line))
        pattern = matcher["pattern"][0]
        found = re.match(pattern["regexp"], line)
        assert found is not None
        level = found[pattern["severity"]] if "severity" in pattern else matcher["severity"]
        path, number, column = (found[pattern[name]] for name in ("file", "line", "column"))
        word = level.replace("notice", "note")
        assert line == f"{path}:{number}:{column}: {word}[{found[pattern['code']]}] {found[pattern['message']]}"
        assert (tmp_path / path).is_file()
    assert not any(re.match(each["pattern"][0]["regexp"], last) for each in MATCHERS)
