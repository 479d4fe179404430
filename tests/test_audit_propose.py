"""`hublint audit --propose`: what reaches the Hub when safe fixes are proposed, and what never does."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from audits import CLEAN, MODEL, VERSIONS, audit, codes, environment, records
from hub_discussions import discussion
from hub_server import HubServer, Served, serving
from hublint import __version__
from hublint.links import rule_url
from tokens import with_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

DEMO = Path(__file__).resolve().parent.parent / "fixtures" / "demo"
FILES = {"README.md": MODEL.encode(), "config.json": b"{}"}
FIXED = MODEL.replace("Apache 2.0", "apache-2.0").encode()
QUESTION = "Open this pull request? [y/N]: "


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with serving() as server:
        server.add("org/a", Served("model", FILES))
        yield server


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def proposing(hub: HubServer, folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return audit(folder, *words, **{**environment(hub, folder), **more})


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", ["model", "dataset", "space"])
def test_what_reaches_the_hub(tmp_path: Path, hub: HubServer, kind: str, version: str) -> None:
    served = Served(kind, files(DEMO / kind))
    hub.add(f"org/{kind}", served)
    told = environment(hub, tmp_path, version)
    done = audit(tmp_path, f"{kind}:org/{kind}", "--propose", "--yes", **told)
    assert done.returncode == 1, done.stderr
    [commit] = hub.commits
    assert (commit.kind, commit.id, commit.revision, commit.create_pr) == (kind, f"org/{kind}", "main", "1")
    assert commit.header["parentCommit"] == served.commit
    assert commit.token == f"Bearer {told['HF_TOKEN']}"
    assert commit.agent.startswith(f"hublint/{__version__}; hf_hub/")
    for path, data in files(DEMO / kind).items():
        place = tmp_path / "clone" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    subprocess.run(
        [sys.executable, "-m", "hublint", "fix", "-q", "--repo-type", kind, "clone"], cwd=tmp_path, check=False
    )
    fixed = files(tmp_path / "clone")
    assert commit.files == {path: data for path, data in fixed.items() if data != served.files[path]} != {}
    folder = "" if kind == "model" else f"{kind}s/"
    address = f"{hub.endpoint}/{folder}org/{kind}/discussions/1"
    assert f"opened: {address}\n" in done.stdout
    assert "\n1 pull request opened\n" in done.stdout
    assert records(tmp_path / "audit.jsonl")[f"org/{kind}"].proposed == address
    assert audit(tmp_path, "report", "audit.jsonl").stdout.endswith("\n1 pull request opened\n")


def test_the_description_says_what_and_why(tmp_path: Path, hub: HubServer) -> None:
    proposing(hub, tmp_path, "model:org/a", "--propose", "--yes")
    header = hub.commits[0].header
    assert header["summary"] == "hublint: 1 safe fix in README.md"
    text = header["description"]
    assert f" {__version__} checked this repository at commit {hub.commits[0].header['parentCommit']}" in text
    finding = records(tmp_path / "audit.jsonl")["org/a"].findings[0]
    assert finding["code"] == "MC008"
    assert f"* [MC008]({rule_url('MC008')}) invalid-license: {finding['message']} (`README.md`, line 2)\n" in text
    assert "closing it is enough" in text


def test_the_commands_of_the_description_show_the_same(tmp_path: Path, hub: HubServer) -> None:
    served = Served("space", files(DEMO / "space"))
    hub.add("org/app", served)
    (tmp_path / "hublint.toml").write_text('ignore = ["SP008"]\n')
    done = proposing(hub, tmp_path, "space:org/app", "--propose", "--yes")
    lines = hub.commits[0].header["description"].split("\n")
    [check], [fix] = ([line for line in lines if line.startswith(f"hublint {name}")] for name in ("check", "fix"))
    for path, data in served.files.items():
        (tmp_path / "clone").mkdir(exist_ok=True)
        (tmp_path / "clone" / path).write_bytes(data)
    shown, changed = (
        subprocess.run(
            [sys.executable, "-m", *shlex.split(line)], cwd=tmp_path / "clone", capture_output=True, text=True
        ).stdout
        for line in (check, fix)
    )
    assert "SP008" not in check
    assert "DK003" in shown
    assert changed.count("\n@@") == 2
    assert changed in done.stdout.replace("org/app/", "")


def test_the_diff_is_shown_and_no_credential(tmp_path: Path, hub: HubServer) -> None:
    token = with_tokens("hf_[34 letters]")
    text = f"---\nlicense: Apache 2.0\ntags:\n- {token}\n---\n# A\n\nIt needs {token}.\n"
    hub.add("org/a", Served("model", {"README.md": text.encode()}))
    done = proposing(hub, tmp_path, "model:org/a", "--propose", "--yes")
    assert "-license: Apache 2.0\n+license: apache-2.0\n" in done.stdout
    assert "  Title: hublint: 1 safe fix in README.md\n" in done.stdout
    assert "* [MC008](" in done.stdout
    [commit] = hub.commits
    assert commit.files == {"README.md": text.replace("Apache 2.0", "apache-2.0").encode()}, "its bytes are its own"
    written = (tmp_path / "audit.jsonl").read_text()
    for told in (done.stdout, done.stderr, written, commit.header["summary"], commit.header["description"]):
        assert token not in told
        assert environment(hub, tmp_path)["HF_TOKEN"] not in told


def test_unsafe_fixes_are_never_proposed(tmp_path: Path, hub: HubServer) -> None:
    (tmp_path / "hublint.toml").write_text("unsafe-fixes = true\n")
    hub.add("org/app", Served("space", files(DEMO / "space")))
    proposing(hub, tmp_path, "space:org/app", "--propose", "--yes", "--select", "DK002,SP008")
    assert [*hub.commits[0].files] == ["README.md"]
    assert b"app_port" not in hub.commits[0].files["README.md"]
    found = records(tmp_path / "audit.jsonl")["org/app"].findings
    assert {each["fix"]["safety"] for each in found if "fix" in each} == {"safe", "unsafe"}


def test_one_is_opened_and_the_others_are_counted(tmp_path: Path, hub: HubServer) -> None:
    for name in "bcdef":
        hub.add(f"org/{name}", Served("model", FILES))
    hub.add("org/clean", Served("model", {"README.md": CLEAN.encode()}))
    done = proposing(hub, tmp_path, "org/*", "--propose", "--yes", "--jobs", "1")
    assert len(hub.commits) == 1
    assert "\n1 pull request opened\n5 more repositories have safe fixes; --propose 5 shows them too\n" in done.stdout
    found = records(tmp_path / "audit.jsonl")
    assert sum(bool(record.proposed) for record in found.values()) == 1
    assert [record.undone for record in found.values()].count("--propose asked for no more pull requests") == 5
    assert (found["org/clean"].undone, found["org/clean"].proposed) == ("", "")
    done = proposing(hub, tmp_path, "--propose", "3", "org/*", "--yes", "--jobs", "1")
    assert len({commit.id for commit in hub.commits}) == len(hub.commits) == 4
    assert "\n3 pull requests opened\n2 more repositories have safe fixes; --propose 2 shows them too\n" in done.stdout
    proposing(hub, tmp_path, "--propose=100", "org/*", "--yes")
    assert sorted(commit.id for commit in hub.commits) == [f"org/{name}" for name in "abcdef"]
    assert sum(path == "/api/whoami-v2" for path in hub.requests) == 3, "once in each run"


def test_an_open_one_of_ours_is_enough(tmp_path: Path, hub: HubServer) -> None:
    hub.discussions["model", "org/a"] = [
        discussion(7, title="Update README.md"),
        discussion(6, isPullRequest=False),
        discussion(5, status="merged"),
        discussion(4, status="draft"),
    ]
    done = proposing(hub, tmp_path, "model:org/a", "--propose", "--yes")
    address = f"{hub.endpoint}/org/a/discussions/4"
    assert f"org/a: no pull request was opened: a pull request of ours is open: {address}\n" in done.stderr
    assert (done.returncode, hub.written) == (1, [])
    record = records(tmp_path / "audit.jsonl")["org/a"]
    assert (record.undone, record.proposed) == (f"a pull request of ours is open: {address}", "")
    assert "\n0 pull requests opened\n" in done.stdout


@pytest.mark.parametrize(
    "others",
    [
        [discussion(1, author="somebody")],
        [discussion(1, title="hublint should be used here")],
        [discussion(1, isPullRequest=False)],
        [discussion(1, status="merged")],
        [{**discussion(1), "author": None}, {**discussion(2), "title": None}, {**discussion(3), "num": "3"}],
    ],
)
def test_others_are_not_ours(tmp_path: Path, hub: HubServer, others: list[dict[str, object]]) -> None:
    hub.add("org/a", Served("model", FILES, "discussions-unfiltered"))
    hub.discussions["model", "org/a"] = others
    proposing(hub, tmp_path, "model:org/a", "--propose", "--yes")
    assert len(hub.commits) == 1


def test_what_was_closed_is_not_wanted_by_scripts(tmp_path: Path, hub: HubServer) -> None:
    hub.discussions["model", "org/a"] = [discussion(2, status="closed")]
    done = proposing(hub, tmp_path, "model:org/a", "--propose", "--yes")
    assert "a pull request of ours was closed, so there it is not wanted: " in done.stderr
    assert (done.returncode, hub.written) == (1, [])


def test_where_main_moved_on_nothing_is_opened(tmp_path: Path, hub: HubServer) -> None:
    hub.newest["model", "org/a"] = "e" * 40
    done = proposing(hub, tmp_path, "model:org/a", "--propose", "--yes")
    commit = hub.repositories["model", "org/a"].commit[:12]
    assert f"no pull request was opened: `main` is at eeeeeeeeeeee, and {commit} was judged; judged" in done.stderr
    assert (done.returncode, hub.written) == (2, [])


def test_a_revision_is_proposed_where_it_is_the_newest(tmp_path: Path, hub: HubServer) -> None:
    proposing(hub, tmp_path, "model:org/a@v1", "--propose", "--yes")
    assert hub.commits[0].header["parentCommit"] == hub.repositories["model", "org/a"].commit


def test_without_a_terminal_nothing_is_opened(tmp_path: Path, hub: HubServer) -> None:
    hub.add("org/b", Served("model", FILES))
    done = proposing(hub, tmp_path, "org/*", "--propose", "2", input="y\ny\n")
    assert (done.returncode, hub.written) == (2, [])
    assert done.stderr.count("nothing is opened: there is no terminal to ask at, and --yes was not given") == 1
    assert done.stdout.count("+license: apache-2.0\n") == 2
    assert QUESTION not in done.stdout + done.stderr
    assert {record.undone for record in records(tmp_path / "audit.jsonl").values()} == {"nobody could be asked"}


def asked(hub: HubServer, folder: Path, answers: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A run at a terminal at which somebody answers."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "hublint", "audit", *words]
    told = {**os.environ, **environment(hub, folder)}
    pipes = {"stdin": theirs, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=folder, env=told, **pipes) as run:  # type: ignore[call-overload]
        os.write(ours, answers.encode())
        try:
            out, errors = run.communicate(timeout=60)
        finally:
            run.kill()
    os.close(ours)
    os.close(theirs)
    return subprocess.CompletedProcess(command, run.returncode, out, errors)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
class TestAtATerminal:
    """What is asked, and what each answer does."""

    def test_yes_opens(self, tmp_path: Path, hub: HubServer) -> None:
        done = asked(hub, tmp_path, "y\n", "model:org/a", "--propose")
        assert QUESTION in done.stderr
        assert (done.returncode, hub.commits[0].files) == (1, {"README.md": FIXED})

    @pytest.mark.parametrize("answer", ["n\n", "\n", "what?\nno\n"])
    def test_anything_else_does_not(self, tmp_path: Path, hub: HubServer, answer: str) -> None:
        done = asked(hub, tmp_path, answer, "model:org/a", "--propose")
        assert QUESTION in done.stderr
        assert (done.returncode, hub.written) == (1, [])
        assert records(tmp_path / "audit.jsonl")["org/a"].undone == "it was not wanted"

    def test_as_many_are_shown_as_were_asked_for(self, tmp_path: Path, hub: HubServer) -> None:
        for name in "bcd":
            hub.add(f"org/{name}", Served("model", FILES))
        done = asked(hub, tmp_path, "n\ny\ny\ny\n", "org/*", "--propose", "2")
        assert done.stderr.count(QUESTION) == 2
        assert len(hub.commits) == 1
        assert "\n2 more repositories have safe fixes; --propose 3 shows them too\n" in done.stdout

    def test_what_was_closed_is_said(self, tmp_path: Path, hub: HubServer) -> None:
        hub.discussions["model", "org/a"] = [discussion(2, status="closed")]
        done = asked(hub, tmp_path, "y\n", "model:org/a", "--propose")
        assert f"A pull request of ours was closed there: {hub.endpoint}/org/a/discussions/2\n" in done.stdout
        assert len(hub.commits) == 1

    def test_an_end_in_the_middle_is_gone_on_with(self, tmp_path: Path, hub: HubServer) -> None:
        done = asked(hub, tmp_path, "\x04", "model:org/a", "--propose")  # Ctrl-D
        assert (done.returncode, hub.written) == (130, [])
        assert "--resume goes on" in done.stderr
        done = asked(hub, tmp_path, "y\n", "model:org/a", "--propose", "--resume")
        assert (done.returncode, len(hub.commits)) == (1, 1)


def test_a_run_that_is_gone_on_with_opens_no_more(tmp_path: Path, hub: HubServer) -> None:
    for name in "bcd":
        hub.add(f"org/{name}", Served("model", FILES))
    proposing(hub, tmp_path, "org/*", "--propose", "2", "--yes", "--jobs", "1")
    lines = (tmp_path / "audit.jsonl").read_bytes().splitlines(keepends=True)
    places = [number for number, line in enumerate(lines) if b'"proposed": "http' in line]
    kept = lines[: places[0] + 1]
    (tmp_path / "audit.jsonl").write_bytes(b"".join(kept))  # killed before the second one was written down
    done = proposing(hub, tmp_path, "org/*", "--propose", "2", "--yes", "--jobs", "1", "--resume")
    assert len(hub.commits) == 2, done.stdout
    assert "a pull request of ours is open" in done.stderr
    found = records(tmp_path / "audit.jsonl")
    assert (len(found), sum(bool(record.proposed) for record in found.values())) == (4, 1)
    done = proposing(hub, tmp_path, "org/*", "--propose", "2", "--yes", "--resume")
    assert (len(hub.commits), done.returncode) == (2, 1)


def test_findings_stay_what_they_were(tmp_path: Path, hub: HubServer) -> None:
    proposing(hub, tmp_path, "model:org/a", "--output", "plain.jsonl")
    proposing(hub, tmp_path, "model:org/a", "--propose", "--yes")
    plain, record = (records(tmp_path / name)["org/a"] for name in ("plain.jsonl", "audit.jsonl"))
    assert record._replace(proposed="") == plain
    assert codes(plain)[:1] == ["MC008"]
