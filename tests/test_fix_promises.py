"""What a fix promises: it settles, breaks nothing, is written as a file of its owner's, and is told as it is."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from hublint.cli.main import run
from hublint.documents.source import Source
from hublint.engine import writing
from hublint.engine.fixing import still_parses
from hublint.engine.writing import WriteError, write
from hublint.repository.repository import Repository
from hublint.repository.tree import FolderTree
from repositories import findings, fixed, make
from tokens import with_tokens

if TYPE_CHECKING:
    from collections.abc import Callable

README = "README.md"
BROKEN = "---\nsdk: gradio\ncolorFrom: Grey # soft\n---\n# Demo\n"
MENDED = BROKEN.replace("Grey", "gray")
DOTENV = "from dotenv import load_dotenv\nload_dotenv()\n"
CARD = "---\ntitle: Demo\nsdk: gradio\n---\n"
DOCKER = "---\ntitle: Demo\nsdk: docker\n---\n"


def test_the_last_key_goes_and_another_comes_in_one_run() -> None:
    card = {README: "---\nsuggested_storage: 50GB\n---\n"}
    after = fixed(make("space", card, repo_id="me/demo"), "SP010", "SP017", unsafe=True).files[README].decode()
    assert after == "---\ntitle: Demo\n---\n"


# Files keep their encoding


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_block_goes_behind_the_mark_of_utf16(encoding: str) -> None:
    readme = "\ufeff# Demo\n".encode(encoding)
    files: dict[str, str | bytes] = {README: readme, "Dockerfile": "FROM python:3.12\n"}
    result = fixed(make("space", files), "FM001", unsafe=True)
    after = Source(README, result.files[README])
    assert after.encoding == encoding and after.text.startswith("\ufeff---\n")
    both = fixed(make("space", files), "FM", unsafe=True)
    assert both.settled and Source(README, both.files[README]).encoding == "utf-8"


@pytest.mark.parametrize(
    ("before", "after", "fine"),
    [
        ("\ufeffa".encode("utf-16-le"), "a".encode("utf-16-le"), False),
        ("\ufeffa".encode("utf-16-le"), b"a", True),
        (b"a", b"\xff", False),
        (b"a", b"\0", False),
        (b"\xff", b"\xfe", True),
        (b"\0", b"a", True),
    ],
)
def test_what_could_be_decoded_still_can(before: bytes, after: bytes, fine: bool) -> None:
    assert still_parses(Source("notes.txt", before), after) is fine


def test_what_python_reads_it_still_does() -> None:
    card = "---\nYAML tags:\n  {}icense: mit\n---\n"
    odd, plain = (make("dataset", {README: card.format(start)}) for start in ("l\u2029", "l"))
    assert yaml.safe_load("YAML tags:\n  l\u2029icense: mit\n")
    assert fixed(odd, "DC012").files == {}
    assert fixed(plain, "DC012").files == {README: b"---\nlicense: mit\n---\n"}


def test_a_block_without_metadata_stays_a_block() -> None:
    assert not still_parses(Source(README, b"---\n# a\n---\n"), b"---\n---\n")
    assert still_parses(Source(README, b"---\n# a\n---\n"), b"---\n\n---\n")


# A line for git


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, ".env\n"),
        ("", ".env\n"),
        ("a\n", "a\n.env\n"),
        ("a", "a\n.env\n"),
        ("a\r\nb\r\n", "a\r\nb\r\n.env\r\n"),
        ("a\r\nb", "a\r\nb\r\n.env\r\n"),
        ("a\rb", "a\rb\n.env\n"),
        ("a\rb\r", "a\rb\r\n.env\n"),
        ("a\rb\n", "a\rb\n.env\n"),
        ("a\u2028.env", "a\u2028.env\n.env\n"),
    ],
)
def test_a_line_is_added_once_and_as_git_reads_it(before: str | None, after: str) -> None:
    files = {README: CARD, "app.py": DOTENV, **({".gitignore": before} if before is not None else {})}
    result = fixed(make("space", files), "SE008")
    assert result.settled and result.files == {".gitignore": after.encode()}
    assert fixed(make("space", {**files, ".gitignore": after}), "SE008").files == {}


@pytest.mark.parametrize("before", ["\ufeff.venv\n".encode("utf-16-le"), b"a\0b\n"])
def test_no_line_is_added_where_git_reads_no_text(before: bytes) -> None:
    files: dict[str, str | bytes] = {README: CARD, "app.py": DOTENV, ".gitignore": before}
    assert fixed(make("space", files), "SE008").files == {}


# An argument that the reader sees


@pytest.mark.parametrize("end", ["`", "'", '"', "$(", "# here", "\\", "& true"])
@pytest.mark.parametrize("command", ["gunicorn", "gunicorn app:app", "uvicorn app:app --port 80"])
def test_no_argument_goes_where_the_shell_sees_none(command: str, end: str) -> None:
    files = {README: DOCKER, "Dockerfile": f"FROM python:3.12\nCMD {command} {end}\n"}
    result = fixed(make("space", files), "DK002", "DK003", unsafe=True)
    assert result.settled
    if result.files:
        assert fixed(make("space", {**files, **result.files}), "DK002", "DK003", unsafe=True).files == {}


# Credentials


@pytest.mark.parametrize("mark", ["gsk_[52 characters]", "hf_[34 letters]"])
def test_a_fix_about_something_else_changes_no_credential(mark: str) -> None:
    text = with_tokens(
        f"---\nlicense: mit\nconfigs:\n- config_name: default\n  data_files:\n"
        f"  - split: {mark} test\n    path: a.csv\n---\n"
    )
    files = {README: text, "a.csv": "a\n1\n"}
    result = fixed(make("dataset", files), "DF", "SE", unsafe=True)
    assert result.files == {}


def test_no_fix_writes_a_credential_once_more() -> None:
    dockerfile = with_tokens("FROM python:3.12\nUSER gsk_[52 characters]\nWORKDIR /app\nCOPY . .\n")
    files = {README: "---\nsdk: docker\n---\n", "Dockerfile": dockerfile}
    assert fixed(make("space", files), "DK007", unsafe=True).files == {}
    files["Dockerfile"] = dockerfile.replace(with_tokens("gsk_[52 characters]"), "user")
    assert b"--chown=user" in fixed(make("space", files), "DK007", unsafe=True).files["Dockerfile"]


# Files on disk


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / README).write_text(BROKEN)
    monkeypatch.chdir(tmp_path)
    return tmp_path / README


def fix_it() -> int:
    return run(["fix", ".", "--select", "SP008"])


def fails_with(error: BaseException) -> Callable[..., Any]:
    def fail(*_: Any, **__: Any) -> Any:
        raise error

    return fail


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o4755, 0o2644])
def test_the_mode_is_kept(space: Path, mode: int) -> None:
    space.chmod(mode)
    assert fix_it() == 0
    assert (space.read_text(), stat.S_IMODE(space.stat().st_mode)) == (MENDED, mode)


def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    write(str(tmp_path), Repository(FolderTree(str(tmp_path)), "space"), {".gitignore": b".env\n"}, [])
    (tmp_path / "other").write_text("")
    assert (tmp_path / ".gitignore").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_hard_links_are_kept(space: Path) -> None:
    other = space.with_name("other")
    os.link(space, other)
    space.chmod(0o4755)
    assert fix_it() == 0
    assert other.read_text() == MENDED and other.stat().st_ino == space.stat().st_ino
    assert stat.S_IMODE(space.stat().st_mode) == 0o4755


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_root_keeps_the_owner(space: Path) -> None:
    os.chown(space, 1234, 2345)
    space.chmod(0o4755)
    assert fix_it() == 0
    status = space.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 2345, 0o4755)


def test_where_the_owner_cannot_be_given_the_file_is_written_in_place(
    space: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = space.stat().st_ino
    monkeypatch.setattr(writing, "_hand_over", lambda *_: False)
    assert fix_it() == 0
    assert (space.read_text(), space.stat().st_ino, os.listdir()) == (MENDED, number, [README])


def test_a_read_only_file_is_left_and_told(space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    space.chmod(0o444)
    assert fix_it() == 2
    output = capsys.readouterr()
    assert "README.md: is read-only; left as it is (0 of 1 file written)" in output.err
    assert "SP008" in output.out and "applied" not in output.out
    assert space.read_text() == BROKEN


@pytest.mark.parametrize("call", ["replace", "fsync", "chmod"])
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device"), MemoryError()])
def test_nothing_is_left_behind(
    space: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    call: str,
    error: BaseException,
) -> None:
    strange = space.with_name(f"README.md.hublint-{os.getpid()}")
    strange.write_text("mine")
    with monkeypatch.context() as patch:
        patch.setattr(writing.os, call, fails_with(error))
        if isinstance(error, MemoryError):
            with pytest.raises(MemoryError):
                fix_it()
        else:
            assert fix_it() == (2 if isinstance(error, OSError) else 130)
    output = capsys.readouterr()
    assert sorted(os.listdir()) == sorted([README, strange.name]) and strange.read_text() == "mine"
    assert space.read_text() == BROKEN
    assert "applied" not in output.out
    if not isinstance(error, MemoryError):
        assert "0 of 1 file written" in output.err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_a_linked_file_gets_its_bytes_back(space: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    os.link(space, space.with_name("other"))
    real, calls = os.fsync, [1]

    def once(descriptor: int) -> None:
        if calls:
            calls.pop()
            raise error
        real(descriptor)

    monkeypatch.setattr(writing.os, "fsync", once)
    repository = Repository(FolderTree(str(space.parent)), "space")
    with pytest.raises(WriteError if isinstance(error, OSError) else KeyboardInterrupt):
        write(str(space.parent), repository, {README: MENDED.encode()}, [])
    assert space.read_text() == BROKEN


def test_no_file_is_written_where_one_is_known_to_fail(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "b").write_text("b")
    (tmp_path / "b").chmod(0o444)
    repository = Repository(FolderTree(str(tmp_path)), "space")
    written: list[str] = []
    with pytest.raises(WriteError, match="b: is read-only"):
        write(str(tmp_path), repository, {"a": b"A", "b": b"B"}, written)
    assert (written, (tmp_path / "a").read_text()) == ([], "a")


def test_a_link_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("a")
    (tmp_path / ".gitignore").symlink_to("real")
    repository = Repository(FolderTree(str(tmp_path)), "space")
    with pytest.raises(WriteError, match="cannot be read"):
        write(str(tmp_path), repository, {".gitignore": b".env\n"}, [])
    assert (tmp_path / ".gitignore").is_symlink()


def test_the_second_repository_is_fixed_though_the_first_cannot_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a", "b"):
        Path(name).mkdir()
        Path(name, README).write_text(BROKEN)
    Path("a", README).chmod(0o444)
    assert run(["fix", "a", "b", "--select", "SP008"]) == 2
    output = capsys.readouterr()
    assert "1 fix applied" in output.out and "a/README.md:3:12" in output.out
    assert (Path("a", README).read_text(), Path("b", README).read_text()) == (BROKEN, MENDED)


# A fix never moves a repository from one failure to another

NO_USER = 'FROM python:3.12\nWORKDIR /app\nCOPY . .\n{}CMD ["python", "app.py"]\n'


@pytest.mark.parametrize(
    ("run_lines", "offered"),
    [
        ("", True),
        ("RUN pip install -r requirements.txt\n", True),
        ("RUN apt-get update && apt-get install -y git && rm -rf /var/lib/apt/lists/*\n", True),
        ("RUN python -m pip install --no-cache-dir redis\n", True),
        ("RUN pip install --user flask\n", False),
        ("RUN mkdir -p /data\n", False),
        ("RUN python -m nltk.downloader punkt\n", False),
        ("RUN python build_db.py\n", False),
        ("RUN pip install playwright && playwright install\n", False),
        ("RUN apt-get install -y nginx\n", False),
        ("RUN npm ci\n", False),
        ("RUN echo $(python build_db.py)\n", False),
        ('RUN ["python", "build_db.py"]\n', False),
        ("RUN <<EOF\npip install flask\npython build_db.py\nEOF\n", False),
    ],
)
def test_a_user_is_only_made_where_root_leaves_nothing(run_lines: str, offered: bool) -> None:
    files = {README: DOCKER, "Dockerfile": NO_USER.format(run_lines), "app.py": "print(1)\n"}
    assert bool(fixed(make("space", files), "DK005", unsafe=True).files) is offered


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# Keys\nKEY = {}\n", "import os\n# Keys\nKEY = {}\n"),
        ("#!/usr/bin/python\n# Keys\nKEY = {}\n", "#!/usr/bin/python\nimport os\n# Keys\nKEY = {}\n"),
        ("# coding: utf-8\nKEY = {}\n", "# coding: utf-8\nimport os\nKEY = {}\n"),
        ("# License\n\n# Keys\nKEY = {}\n", "# License\n\nimport os\n# Keys\nKEY = {}\n"),
        ("# Other\nimport sys\nKEY = {}\n", "# Other\nimport os\nimport sys\nKEY = {}\n"),
    ],
)
def test_an_import_does_not_part_a_comment_from_its_line(before: str, after: str) -> None:
    text = with_tokens(before.format('"hf_[34 letters]"'))
    result = fixed(make("space", {README: CARD, "app.py": text}), "SE001", unsafe=True)
    assert result.files["app.py"].decode() == after.format('os.environ["HF_TOKEN"]')


WORKFLOW = """on: push
jobs:
  sync:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v4
{}    - run: git push https://me:$HF_TOKEN@huggingface.co/spaces/me/demo main
"""


@pytest.mark.parametrize(("with_lfs", "offered"), [("", False), ("      with:\n        lfs: true\n", True)])
def test_no_file_goes_to_lfs_where_a_workflow_would_push_pointers(with_lfs: str, offered: bool) -> None:
    files: dict[str, str | bytes] = {
        README: CARD,
        "a.png": b"\x89PNG\0\0",
        ".github/workflows/sync.yml": WORKFLOW.format(with_lfs),
    }
    repository = make("space", files, {"model.onnx": 50_000_000})
    found = findings(repository, "RP002", "RP017")
    assert found and all((each.fix is not None) is offered for each in found)
    assert all(("lfs: true" in each.help) is not offered for each in found)


@pytest.mark.parametrize(
    ("command", "offered"),
    [('["streamlit", "run", "app.py"]', False), ('["python", "app.py"]', True)],
)
def test_no_framework_is_added_that_the_start_does_not_run(command: str, offered: bool) -> None:
    docker = f"FROM python:3.12\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD {command}\n"
    app = "from flask import Flask\napp = Flask(__name__)\napp.run(host='0.0.0.0', port=7860)\n"
    files = {README: DOCKER, "Dockerfile": docker, "app.py": app, "requirements.txt": "streamlit==1.40.0\n"}
    (finding,) = findings(make("space", files), "AC012")
    assert (finding.fix is not None) is offered


def test_the_mark_of_a_file_stays_though_its_first_line_goes() -> None:
    files = {
        "README.md": "---\nsdk: gradio\n---\n",
        "requirements.txt": "\ufeffthreading\nrequests\n".encode("utf-16-le"),
        "app.py": "import requests\n",
    }
    after = fixed(make("space", files), "SP032", unsafe=True).files
    assert after == {"requirements.txt": "\ufeffrequests\n".encode("utf-16-le")}
