"""The object behind every face: a check is pure, a result leaves the repository behind, a fix keeps to its files."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import pickle
import subprocess
import sys
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from corpus import KINDS, folder, samples
from hublint.cli.main import run
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.engine.discovery import find
from hublint.engine.project import Project
from hublint.repository.repository import Repository
from hublint.repository.tree import MemoryTree
from hublint.testing.listings import expanded
from repositories import findings, make
from tokens import LETTERS, Maker, with_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT = Path(__file__).resolve().parent.parent
EVERYTHING = Settings.of(Config(select=("ALL",)))

TWO_FILES = {
    "README.md": "---\nsdk: docker\napp_port: 7860\n---\n# Demo\n",
    "Dockerfile": 'FROM python:3.12\nCOPY . .\nEXPOSE 8000\nCMD ["python", "app.py"]\n',
    "app.py": "import uvicorn\nfrom fastapi import FastAPI\napp = FastAPI()\n"
    'if __name__ == "__main__":\n    uvicorn.run(app, host="0.0.0.0", port=8000)\n',
}


def cases() -> Iterator[Repository]:
    """Every case of every rule."""
    for path in sorted((ROOT / "fixtures" / "rules").glob("*.yml")):
        for case in with_tokens(yaml.safe_load(path.read_text("utf-8"))).values():
            listing = expanded(case.get("listing", {}).items())
            yield make(case["kind"], case["files"], listing, case.get("repo_id", ""))


def project(files: Mapping[str, str], *rules: str, kind: str = "space") -> Project:
    return Project("/demo", make(kind, files), Settings.of(Config(select=rules)))


def test_a_result_survives_pickling() -> None:
    repositories = [*cases(), *(sample.repository() for sample in samples(*KINDS))]
    count = 0
    for repository in repositories:
        result = check(repository, EVERYTHING)
        assert pickle.loads(pickle.dumps(result)) == result
        assert not result.crashes
        count += len(result.findings)
    assert count > 1000


class Sealed(Repository):
    """A repository that refuses every write."""

    def __init__(self, repository: Repository) -> None:
        self.__dict__.update(vars(repository))

    def __setattr__(self, name: str, value: Any) -> None:
        raise AssertionError(f"something sets `{name}` of a repository")


def test_no_rule_writes_into_the_repository() -> None:
    for repository in cases():
        before = check(repository, EVERYTHING)
        assert check(Sealed(repository), EVERYTHING)._replace(read=()) == before._replace(read=())


NO_WRITES = """
import os, sys
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
def refuse(event, arguments):
    opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING
    changes = event in ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate",
                        "os.chmod", "os.chown", "os.utime", "shutil.rmtree", "subprocess.Popen", "socket.connect")
    if opened or changes:
        raise AssertionError(f"{event} {arguments}")
sys.addaudithook(refuse)
sys.dont_write_bytecode = True
from hublint.engine.discovery import Options, find
for path in sys.argv[1:]:
    for project in find([path], Options(isolated=True, overrides={"select": ("ALL",)})).projects:
        result = project.check()
        assert result.findings and not result.crashes, result.crashes
        project.fix(unsafe=True)
        print(len(result.findings))
"""


def test_a_check_touches_nothing_on_disk() -> None:
    demo = sorted(str(path) for path in (ROOT / "fixtures" / "demo").iterdir() if path.is_dir())
    done = subprocess.run(
        [sys.executable, "-c", NO_WRITES, *demo], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.split()) == len(demo)


def test_two_checks_of_one_repository_agree() -> None:
    repository = make("space", {**TWO_FILES, "x.py": "a = 1  # hublint: ignore[AC004, SE001]\n"})
    whole = Settings.of(Config())
    first = check(repository, whole)
    check(repository, Settings.of(Config(profile="push")))
    assert check(repository, whole) == first


def test_nothing_outlives_a_repository() -> None:
    alive = []
    for repository in cases():
        check(repository, EVERYTHING)
        alive.append(weakref.ref(repository))
    del repository
    gc.collect()
    assert [each for each in alive if each() is not None] == []


class Counting(MemoryTree):
    """A tree that counts how often each file is read."""

    def __init__(self, files: Mapping[str, bytes | None]) -> None:
        super().__init__(files)
        self.reads: dict[str, int] = {}

    def read(self, path: str) -> bytes | None:
        self.reads[path] = self.reads.get(path, 0) + 1
        return super().read(path)


def test_every_file_is_read_once() -> None:
    tree = Counting({path: text.encode() for path, text in {**TWO_FILES, "notes.txt": "nothing"}.items()})
    result = check(Repository(tree, "space"), EVERYTHING)
    assert {path: count for path, count in tree.reads.items() if count > 1} == {}
    assert result.read == ("Dockerfile", "README.md", "app.py", "notes.txt")


def test_json_files_are_what_was_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, text in {**TWO_FILES, "notes.txt": "nothing", "model.bin": "\0"}.items():
        (tmp_path / path).write_text(text, "utf-8")
    run(["check", "--isolated", "--output-format", "json", str(tmp_path)])
    shown = [Path(path).name for path in json.loads(capsys.readouterr().out)["files"]]
    assert shown == ["Dockerfile", "README.md", "app.py", "notes.txt"]


def test_a_fix_keeps_to_the_files_that_are_given() -> None:
    """AC002 mends app.py and Dockerfile together or not at all."""
    broken = project(TWO_FILES, "AC002")
    assert set(broken.fix().files) == {"app.py", "Dockerfile"}
    alone = broken.fix(only={"app.py"})
    assert (alone.files, alone.applied) == ({}, 0)
    assert broken.fix(only={"app.py", "Dockerfile"}).applied == 1


def test_fixing_standard_input_counts_what_it_writes(tmp_path: Path) -> None:
    readme = "---\nsdk: docker\ncolorFrom: Grey\ncolorTo: Blue\n---\n"
    dockerfile = 'FROM python:3.12\nCMD ["uvicorn", "app:app", "--host", "127.0.0.1", "--port", "7860"]\n'
    (tmp_path / "README.md").write_text(readme, "utf-8")
    (tmp_path / "Dockerfile").write_text(dockerfile, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "hublint", "fix", "--isolated", "--stdin-filename", str(tmp_path / "Dockerfile")],
        input=dockerfile,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == dockerfile.replace("127.0.0.1", "0.0.0.0")
    assert "1 fix applied" in done.stderr
    assert "Grey" not in done.stderr, "only the file that is given is judged"
    assert (tmp_path / "README.md").read_text("utf-8") == readme
    assert (tmp_path / "Dockerfile").read_text("utf-8") == dockerfile


def test_an_overlay_is_judged_like_the_files_it_stands_for() -> None:
    before = project(TWO_FILES, "ALL")
    before.check()
    text = TWO_FILES["app.py"].replace("8000", "7860")
    after = before.changed({"app.py": text.encode(), "Dockerfile": None})
    rest = {"README.md": TWO_FILES["README.md"], "app.py": text}
    assert after.check() == project(rest, "ALL").check()
    assert before.check() == project(TWO_FILES, "ALL").check(), "the original is as it was"
    assert after.repository.card is before.repository.card, "what did not change is shared"


HIDDEN = {
    "README.md": "---\nsdk: gradio\n---\n# Demo\n",
    "app.py": "import gradio as gr\nx = 1  # hublint: ignore\ngr.Blocks().launch()\n",
}


def test_comments_are_looked_for_whatever_is_selected() -> None:
    whole = [each for each in findings(make("space", HIDDEN)) if each.code.startswith("HL")]
    alone = findings(make("space", HIDDEN), "HL")
    assert [each.code for each in whole] == ["HL002"]
    assert [each for each in alone if each.code != "HL003"] == whole


def test_whether_a_comment_is_of_use_does_not_depend_on_the_selection() -> None:
    files = {"README.md": "---\nsdk: gradio\ncolorFrom: teal # hublint: ignore[SP008] ours\n---\n# Demo\n"}
    assert [each.code for each in findings(make("space", files), "HL001")] == []
    files = {"README.md": "---\nsdk: gradio\ncolorFrom: teal # hublint: ignore-file\n---\n# Demo\n"}
    assert [each.code for each in findings(make("space", files), "HL001")] == []
    files = {"README.md": "---\nsdk: gradio\ncolorFrom: blue # hublint: ignore[SP008] ours\n---\n# Demo\n"}
    assert [each.code for each in findings(make("space", files), "HL001")] == ["HL001"]


@pytest.mark.parametrize("setting", [{"exclude": ("app.py",)}, {"per_file_ignores": {"*.py": ("HL002",)}}])
def test_the_configuration_holds_for_rules_about_comments(setting: dict[str, Any]) -> None:
    repository = make("space", HIDDEN)
    result = check(repository, Settings.of(Config(**setting)))
    assert not [each for each in result.findings if each.code == "HL002"]
    assert [each.silenced for each in result.silenced if each.code == "HL002"] == ["config"]


def test_what_is_silenced_keeps_its_place_and_the_reason() -> None:
    files = {"README.md": "---\nsdk: gradio\ncolorFrom: teal # hublint: ignore[SP008] ours\n---\n# Demo\n"}
    result = check(make("space", files), Settings.of(Config(select=("SP008",))))
    assert result.findings == ()
    assert [(each.silenced, each.place.line, each.code) for each in result.silenced] == [("comment", 3, "SP008")]


def test_fingerprints_tell_findings_apart_and_survive_insertions() -> None:
    for repository in cases():
        found = check(repository, EVERYTHING).findings
        assert len({each.fingerprint for each in found}) == len(found)
    card = "---\nlicense: mit\ntask_categories:\n- no-such-task\n- nor-this-one\n---\n# Demo\n"
    longer = card.replace("license: mit\n", "# a comment\n\nlicense: mit\npretty_name: Demo\n")
    longer = longer.replace("- no-such-task", "- text-classification\n-  no-such-task")
    before, after = (findings(make("dataset", {"README.md": text}), "DC001") for text in (card, longer))
    assert len(before) == 2
    assert [each.fingerprint for each in after] == [each.fingerprint for each in before]
    assert [each.place.line for each in after] != [each.place.line for each in before]


def test_fingerprints_are_made_of_covered_text() -> None:
    token = f"hf_{Maker(1).of(LETTERS, 34)}"
    readme = "---\nsdk: gradio\n---\n# Demo\n"
    (one,) = findings(make("space", {"README.md": readme, "app.py": f'TOKEN = "{token}"\n'}), "SE001")
    assert token not in repr(one)
    covered = f'TOKEN = "{token[:4]}{"*" * 31}{token[-2:]}"'
    wanted = "\0".join(("SE001", "app.py", "", covered, "1"))
    assert one.fingerprint == hashlib.sha256(wanted.encode()).hexdigest()[:32]


def test_projects_are_found_with_their_settings(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "README.md").write_text("---\nsdk: gradio\ncolorFrom: teal\n---\n", "utf-8")
    (tmp_path / "hublint.toml").write_text(
        'select = ["SP008"]\n[per-file-ignores]\n"a/README.md" = ["SP008"]\n', "utf-8"
    )
    (found,) = find([str(tmp_path)]).projects
    assert found.settings.within == "a"
    assert [each.silenced for each in found.check().silenced] == ["config"]
    assert found.inside(os.path.join(str(tmp_path), "a", "README.md")) == "README.md"


@pytest.mark.skipif(folder() is None, reason="the corpus is not here: set HUBLINT_CORPUS")
def test_fingerprints_of_real_repositories_are_unique() -> None:
    for sample in samples(*KINDS):
        found = check(sample.repository(), Settings.of(Config())).findings
        assert len({each.fingerprint for each in found}) == len(found), sample.id
