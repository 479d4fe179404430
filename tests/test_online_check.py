"""`hublint check --online` as a user runs it, and that without it nothing and nobody is asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub_server import HubServer, Served, serving
from hublint.cli.main import run
from hublint.engine.baseline import FILE
from hublint.engine.check import Settings, check
from hublint.engine.config import Config
from hublint.testing.answers import Table
from repositories import make, settings_of

CARD = """---
license: other
license_name: acme
license_link: {endpoint}/org/base/blob/main/LICENCE
base_model: org/bace
---
# Demo
"""
CODES = ("HB001", "HB002", "HB003", "HB004", "HB005")


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with serving() as server:
        server.add("org/base", Served("model", {"LICENSE": b"terms"}))
        server.packages["gradio"] = ["5.49.0", "5.49.1"]
        yield server


def checked(
    folder: Path, hub: HubServer | None, *words: str, command: str = "check", **more: str
) -> subprocess.CompletedProcess[str]:
    """A run as a process of its own, and the codes that it found."""
    told = {
        "HF_HOME": str(folder / ".home"),
        "HF_HUB_DOWNLOAD_TIMEOUT": "2",
        "HF_HUB_OFFLINE": "",
        "HF_TOKEN": "",
        **more,
    }
    if hub is not None:
        told |= {"HF_ENDPOINT": hub.endpoint, "HUBLINT_PACKAGE_INDEX": hub.endpoint}
    return subprocess.run(
        [sys.executable, "-m", "hublint", command, *words, "--isolated"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **told},
    )


def codes(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [each["code"] for each in json.loads(done.stdout)["findings"] if each["code"].startswith("HB")]


def asked(hub: HubServer) -> list[str]:
    return [path for path in hub.requests if path != "/api/agent-harnesses"]


def model(folder: Path, hub: HubServer) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "README.md").write_text(CARD.format(endpoint=hub.endpoint))
    (folder / "config.json").write_text("{}")
    return folder


def space(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(f"---\nsdk: gradio\nsdk_version: {version}\n---\n")
    (folder / "app.py").write_text("import gradio as gr\n\ngr.Interface(str.upper, 'text', 'text').launch()\n")
    return folder


def test_all_that_is_asked(tmp_path: Path, hub: HubServer) -> None:
    model(tmp_path / "model", hub)
    space(tmp_path / "space", "5.49.7")
    hub.refused["license_name: acme"] = '"license_name" is not allowed'
    done = checked(tmp_path, hub, "--online", "--output-format", "json")
    assert codes(done) == ["HB003", "HB002", "HB001", "HB005"]
    assert done.returncode == 1
    assert f"--online: 6 questions asked of {hub.endpoint} and 127.0.0.1" in done.stderr
    assert [kind for kind, _ in hub.sent] == ["model", "space"]
    assert hub.sent[0][1] == CARD.format(endpoint=hub.endpoint).partition("# Demo")[0]
    assert {path for path in asked(hub) if path != "/api/validate-yaml"} == {
        "/org/base/resolve/main/LICENCE",
        "/api/models/org/bace?expand=gated&expand=private",
        "/api/users/org/overview",
        "/simple/gradio/",
    }


def test_without_it_nobody_is_asked(tmp_path: Path, hub: HubServer) -> None:
    model(tmp_path / "model", hub)
    for words in ((), ("--select", "ALL"), ("--profile", "strict"), ("--fix",), ("--select", "HB,FM")):
        done = checked(tmp_path, hub, *words)
        assert "HB00" not in done.stdout
    assert not hub.requests


@pytest.mark.parametrize("selector", ["HB", "HB003", "unknown-repo-id"])
@pytest.mark.parametrize("command", ["check", "baseline"])
def test_to_name_such_a_rule_alone_needs_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], selector: str, command: str
) -> None:
    assert run([command, str(tmp_path), "--isolated", "--select", selector]) == 2
    assert f"`{selector}` asks the Hub and PyPI over the network: `hublint check --online`" in capsys.readouterr().err


def test_no_configuration_turns_it_on(tmp_path: Path, hub: HubServer) -> None:
    model(tmp_path, hub)
    (tmp_path / "hublint.toml").write_text('select = ["HB"]\n')
    told = {"HF_ENDPOINT": hub.endpoint}
    command = [sys.executable, "-m", "hublint", "check"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, **told}
    )
    assert (done.returncode, hub.requests) == (0, [])
    (tmp_path / "hublint.toml").write_text("online = true\n")
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, env={**os.environ, **told}
    )
    assert (done.returncode, hub.requests) == (2, [])
    assert "online" in done.stderr


def test_offline_and_online_at_once(tmp_path: Path, hub: HubServer) -> None:
    done = checked(model(tmp_path, hub), hub, "--online", HF_HUB_OFFLINE="1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--online asks the Hub, and HF_HUB_OFFLINE is set, which forbids it" in done.stderr
    assert not hub.requests


def test_the_extra_is_named(tmp_path: Path, hub: HubServer) -> None:
    (tmp_path / "path").mkdir()
    (tmp_path / "path" / "huggingface_hub.py").write_text("raise ImportError\n")
    done = checked(model(tmp_path, hub), hub, "--online", PYTHONPATH=str(tmp_path / "path"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "--online needs huggingface_hub: pip install 'hublint[hub]'" in done.stderr


def test_a_token_that_cannot_be_read(tmp_path: Path, hub: HubServer) -> None:
    done = checked(model(tmp_path, hub), hub, "--online", HF_HOME=os.devnull)
    assert (done.returncode, done.stdout) == (2, "")
    assert "the token of `hf auth login` cannot be read" in done.stderr


def test_a_hub_that_does_not_answer_changes_nothing(tmp_path: Path, hub: HubServer) -> None:
    model(tmp_path, hub)
    without = checked(tmp_path, None)
    done = checked(
        tmp_path, None, "--online", HF_ENDPOINT="http://127.0.0.1:9", HUBLINT_PACKAGE_INDEX="http://127.0.0.1:9"
    )
    assert (done.returncode, done.stdout) == (without.returncode, without.stdout)
    assert "HB003 could not ask about the metadata of" in done.stderr
    assert "the Hub cannot be reached at http://127.0.0.1:9" in done.stderr


def test_many_repositories_ask_once(tmp_path: Path, hub: HubServer) -> None:
    for number in range(60):
        model(tmp_path / f"m{number}", hub)
    for words in (("--jobs", "4"), ("--jobs", "1")):
        hub.requests.clear()
        done = checked(tmp_path, hub, ".", "--online", "--select", "HB", "--output-format", "json", *words)
        assert codes(done).count("HB001") == codes(done).count("HB002") == 60
        assert len(asked(hub)) == 4


def test_answers_are_not_kept(tmp_path: Path, hub: HubServer) -> None:
    model(tmp_path / "model", hub)
    cache = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    (tmp_path / "cache").mkdir()
    for known in ((), ("HB001",)):
        if not known:
            hub.add("org/bace", Served("model", {"README.md": b""}))
        else:
            del hub.repositories["model", "org/bace"]
        done = checked(tmp_path, hub, "model", "--online", "--select", "HB001", "--output-format", "json", **cache)
        assert codes(done) == list(known)
    assert not list((tmp_path / "cache").rglob("*.json"))


def test_fixes_go_on_and_the_fixed_metadata_is_judged(tmp_path: Path, hub: HubServer) -> None:
    model(tmp_path, hub)
    card = tmp_path / "README.md"
    card.write_text("---\nlicense: Apache 2.0\n---\n# Demo\n")
    hub.refused["license: Apache 2.0"] = '"license" must be one of [apache-2.0, mit]'
    done = checked(tmp_path, hub, "--online", command="fix")
    assert card.read_text() == "---\nlicense: apache-2.0\n---\n# Demo\n"
    assert "HB003" not in done.stdout
    assert [content.split("\n")[1] for _, content in hub.sent] == ["license: Apache 2.0", "license: apache-2.0"]


def test_a_text_from_standard_input(tmp_path: Path, hub: HubServer) -> None:
    model(tmp_path, hub)
    done = subprocess.run(
        [sys.executable, "-m", "hublint", "check", "--isolated", "--online", "--stdin-filename", "README.md", "-"],
        cwd=tmp_path,
        input="---\nbase_model: org/other\n---\n",
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "HF_ENDPOINT": hub.endpoint, "HF_HOME": str(tmp_path / ".home")},
    )
    assert "the Hub shows no model `org/other`" in done.stdout


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [(None, []), ({"model org/x": "there"}, ["HL001", "HL004"]), ({"model org/x": "hidden"}, ["HL004"])],
)
def test_only_a_run_that_asks_knows_what_is_stale(answers: dict[str, str] | None, wanted: list[str]) -> None:
    """Neither a comment nor an entry of a baseline is of no use where the rule could not run."""
    card = "---\nbase_model: org/x # hublint: ignore[HB001] private\n---\n"
    entry = {"rule": "HB001", "path": "README.md", "content": "f78be57ca726e5ca", "route": "new_version"}
    online = Table(answers) if answers is not None else None
    repository = make("model", {"README.md": card, FILE: f"{json.dumps(entry)}\n"}, online=online)
    found = check(repository, settings_of(repository, Config(select=("HB001", "HL001", "HL004")))).findings
    assert sorted(each.code for each in found) == wanted


def test_the_verdict_counts_what_a_user_makes_of_severities() -> None:
    """The Hub refuses whatever a configuration calls it."""
    config = Config(select=("MC008", "HB003"), severity={"MC008": "info"})
    repository = make(
        "model", {"README.md": "---\nlicense: x1\n---\n"}, online=Table({"metadata": ['"license" must be']})
    )
    assert [each.code for each in check(repository, Settings.of(config)).findings] == ["MC008"]


def test_known_to_rule_pages(capsys: pytest.CaptureFixture[str]) -> None:
    for code in CODES:
        assert run(["rule", code]) == 0
        assert "--online" in capsys.readouterr().out


def test_a_baseline_of_what_is_asked(tmp_path: Path, hub: HubServer) -> None:
    """It is written online, and kept by whoever writes it anew without asking."""
    model(tmp_path / "model", hub)
    assert checked(tmp_path, hub, "model", "--online", "--select", "HB", command="baseline").returncode == 0
    written = (tmp_path / FILE).read_text()
    assert sorted(json.loads(line)["rule"] for line in written.splitlines()) == ["HB001", "HB002"]
    known = ("model", "--baseline", FILE, "--select", "HB,FM")
    assert checked(tmp_path, hub, *known, "--online").returncode == 0
    hub.add("org/bace", Served("model", {}))
    assert "HL004" not in checked(tmp_path, None, "model", "--baseline", FILE, "--select", "FM,HL").stdout
    assert checked(tmp_path, None, "model", "--select", "FM", command="baseline").returncode == 0
    assert (tmp_path / FILE).read_text() == written
