"""`hublint preflight`: its steps with real git and `hf`, what it reads off the code, and that it gives nothing away."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hublint.cli.main import run
from hublint.preflight import programs as commands
from tokens import MAKERS, Maker

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN = MAKERS["hf-user"](Maker("preflight"))
GIT = shutil.which("git") or ""
HF = Path(sys.executable).parent / "hf"
CARD = (
    "---\ntitle: Demo\nemoji: 🗣️\ncolorFrom: gray\ncolorTo: blue\nsdk: gradio\nsdk_version: 5.49.1\n"
    "app_file: app.py\nlicense: mit\n---\n# Demo\n\nWhat it does.\n"
)
FAILS = "1 error: it cannot be run or loaded (1)"
REMOTE = "https://huggingface.co/spaces/me/demo"
STEPS = ["hf", "login", "git", "credentials", "large files", "remote", "environment", "check"]
PAGE = (Path(__file__).parent.parent / "docs" / "preflight.md").read_text("utf-8")
needs_git = pytest.mark.skipif(not GIT, reason="git is not installed")
needs_hf = pytest.mark.skipif(not HF.exists(), reason="huggingface_hub is not installed")


class Machine:
    """A user's machine: a home, programs on the PATH, and a Space in the working folder."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.home, self.programs, self.space = root / "home", root / "bin", root / "space"
        for folder in (self.home, self.programs, self.space):
            folder.mkdir()
        for name in list(os.environ):
            if name.startswith(("HF_", "HUGGING", "GIT_", "XDG_", "SSH_ASKPASS")):
                patch.delenv(name)
        patch.setenv("HOME", str(self.home))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("PATH", str(self.programs))
        patch.chdir(self.space)
        self.write("README.md", CARD)
        self.write("app.py", "import gradio as gr\n\ngr.Interface(print, None, None).launch()\n")
        self.program("hf", 'echo "hf version 2.4.0"')
        if GIT:
            (self.programs / "git").symlink_to(GIT)

    def write(self, path: str, text: str) -> None:
        target = self.space / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")

    def program(self, name: str, script: str) -> None:
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
        path.chmod(0o755)

    def git(self, *arguments: str) -> None:
        subprocess.run([GIT, *arguments], cwd=self.space, check=True, capture_output=True)

    def clone(self, url: str = REMOTE) -> None:
        self.git("init", "--quiet", ".")
        self.git("symbolic-ref", "HEAD", "refs/heads/main")
        self.git("remote", "add", "origin", url)

    def log_in(self) -> None:
        path = self.home / ".cache" / "huggingface" / "token"
        path.parent.mkdir(parents=True)
        path.write_text(TOKEN, "utf-8")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path, monkeypatch)


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, dict[str, object]]]:
    """Runs preflight and gives its steps by name; its exit code has to fit them."""

    def steps(*arguments: str) -> dict[str, dict[str, object]]:
        code = run(["preflight", "--isolated", "--output-format", "json", *arguments])
        found = json.loads(capsys.readouterr().out)
        assert [step["name"] for step in found["steps"]] == STEPS
        stops = [step for step in found["steps"] if step["status"] == "stop"]
        assert (code, found["ready"]) == ((1, False) if stops else (0, True))
        assert bool(found["command"]) == found["ready"]
        return {step["name"]: step for step in found["steps"]}

    return steps


def statuses(steps: dict[str, dict[str, object]]) -> dict[str, object]:
    return {name: step["status"] for name, step in steps.items()}


@needs_git
def test_nothing_in_the_way_of_a_push(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.clone()
    machine.log_in()
    machine.git("config", "--global", "credential.helper", "store")
    assert run(["preflight", "--isolated"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("./ (space, because of git remote me/demo), by `git push`\n")
    assert "ok           credentials  git asks its credential helper, `store`" in shown
    assert "whether the token is valid and may write" in shown
    assert shown.endswith("\nready: git push origin HEAD:main\n")
    assert run(["preflight", "--isolated", "-q"]) == 0
    assert capsys.readouterr().out == "ready: git push origin HEAD:main\n"


def test_nothing_in_the_way_of_an_upload(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.log_in()
    assert run(["preflight", "--isolated"]) == 0
    shown = capsys.readouterr().out
    assert "hf repos create OWNER/NAME --repo-type space --space-sdk gradio --exist-ok\n" in shown
    assert shown.endswith("\nready: hf upload OWNER/NAME . . --repo-type space\n")
    readme = machine.space / "README.md"
    readme.write_text(readme.read_text("utf-8").replace("sdk: gradio\n", ""), "utf-8")
    assert run(["preflight", "--isolated"]) == 1
    assert "--space-sdk SDK --exist-ok\n" in capsys.readouterr().out


def test_an_upload_stops_without_hf(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    (machine.programs / "hf").unlink()
    machine.program("huggingface-cli", "exit 1")
    steps = ask()
    assert steps["hf"]["status"] == "stop"
    assert steps["hf"]["next"] == ["pip install -U huggingface_hub", "brew install hf"]
    assert "only its predecessor `huggingface-cli`" in str(steps["hf"]["message"])
    assert (steps["login"]["status"], steps["remote"]["status"], steps["check"]["status"]) == ("stop", "ok", "ok")


def test_an_upload_stops_without_login(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    steps = ask()
    assert (steps["login"]["status"], steps["git"]["status"]) == ("stop", "not needed")
    assert steps["login"]["next"][0] == "hf auth login"  # type: ignore[index]


@needs_git
def test_a_push_does_without_hf(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    machine.clone("git@hf.co:spaces/me/demo")
    (machine.programs / "hf").unlink()
    assert statuses(ask()) == {
        "hf": "warning",
        "login": "warning",
        "git": "ok",
        "credentials": "ok",
        "large files": "not needed",
        "remote": "ok",
        "environment": "ok",
        "check": "ok",
    }


@needs_git
def test_a_push_stops_without_git(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    machine.clone()
    (machine.programs / "git").unlink()
    machine.write("app.py", f'import os\n\nTOKEN = "{TOKEN}"\nos.environ["API_KEY"]\n')
    steps = ask()
    assert statuses(steps) == {
        "hf": "ok",
        "login": "warning",
        "git": "stop",
        "credentials": "not checked",
        "large files": "not needed",
        "remote": "not checked",
        "environment": "warning",
        "check": "stop",
    }
    assert steps["remote"]["message"] == "there is no git to ask"
    assert "API_KEY" in str(steps["environment"]) and "a credential leaks (1)" in str(steps["check"]["message"])


def test_a_broken_hf_stops_an_upload(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    machine.program("hf", "exit 1")
    assert ask()["hf"]["status"] == "stop"


@needs_git
def test_a_folder_that_git_refuses(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    machine.clone()
    with (machine.space / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write("[broken\n")
    step = ask()["git"]
    assert step["status"] == "stop" and "bad config line" in str(step["message"])
    assert step["next"] == ["git status"]


@needs_git
def test_a_folder_of_another_user(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.clone()
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    step = ask()["git"]
    assert step["status"] == "stop" and "another user" in str(step["message"])
    assert step["next"] == ["git status", f"git config --global --add safe.directory {machine.space}"]


@needs_git
def test_commands_lead_to_the_folder(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.clone("https://huggingface.co/me/demo")
    machine.git("config", "credential.helper", "store")
    monkeypatch.chdir(machine.space.parent)
    assert ask("space")["remote"]["next"] == [
        "git -C space remote set-url origin https://huggingface.co/spaces/me/demo"
    ]


@needs_git
@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ([], "stop"),
        ([("credential.helper", "cache")], "ok"),
        ([("credential.https://huggingface.co.helper", "store")], "ok"),
        ([("credential.https://*.co.helper", "store")], "ok"),
        ([("credential.https://github.com.helper", "store")], "stop"),
        ([("credential.helper", "store"), ("credential.https://huggingface.co.helper", "")], "stop"),
        ([("http.https://huggingface.co/.extraheader", "Authorization: Basic x")], "ok"),
        ([("core.askPass", "/usr/bin/ksshaskpass")], "ok"),
        ([("url.git@hf.co:.pushInsteadOf", "https://huggingface.co/")], "ok"),
    ],
)
def test_where_git_has_credentials_from(
    machine: Machine,
    ask: Callable[..., dict[str, dict[str, object]]],
    settings: list[tuple[str, str]],
    status: str,
) -> None:
    machine.clone()
    for key, value in settings:
        machine.git("config", "--global", "--add", key, value)
    assert ask()["credentials"]["status"] == status


@needs_git
def test_netrc_is_a_source_of_credentials(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    machine.clone()
    (machine.home / ".netrc").write_text(f"machine huggingface.co login me password {TOKEN}\n", "utf-8")
    assert ask()["credentials"]["status"] == "ok"


@needs_git
def test_a_login_without_helper_is_a_warning(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.clone()
    machine.log_in()
    assert ask()["credentials"]["next"][-1] == "hf auth switch --add-to-git-credential"  # type: ignore[index]
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    step = ask()["credentials"]
    assert step["status"] == "warning"
    assert step["next"][-1] == 'hf auth login --token "$HF_TOKEN" --add-to-git-credential'  # type: ignore[index]


@needs_git
@pytest.mark.parametrize(
    ("url", "remote", "status"),
    [
        ("https://huggingface.co/spaces/me/demo.git", "`origin` is the space me/demo", "ok"),
        ("ssh://git@hf.co/spaces/me/demo", "`origin` is the space me/demo", "ok"),
        ("https://me@huggingface.co/spaces/me/demo/", "`origin` is the space me/demo", "ok"),
        ("https://huggingface.co/me/demo", "the remote `origin` is a model, me/demo", "stop"),
        ("git@hf.co:datasets/me/demo", "the remote `origin` is a dataset, me/demo", "stop"),
    ],
)
def test_remotes(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]], url: str, remote: str, status: str
) -> None:
    machine.clone(url)
    machine.git("config", "--global", "credential.helper", "store")
    step = ask()["remote"]
    assert step["status"] == status
    assert str(step["message"]).startswith(remote)
    if status == "stop":
        assert step["next"] == ["git remote set-url origin https://huggingface.co/spaces/me/demo"]


@needs_git
def test_another_branch_is_a_warning(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    machine.clone()
    machine.git("symbolic-ref", "HEAD", "refs/heads/master")
    machine.git("config", "--global", "credential.helper", "store")
    step = ask()["remote"]
    assert (step["status"], step["next"][0]) == ("warning", "git push origin HEAD:main")  # type: ignore[index]


@needs_git
def test_a_checkout_of_another_host_is_uploaded(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]
) -> None:
    machine.clone("https://github.com/me/demo")
    machine.log_in()
    assert "no remote of this checkout is on the Hub" in str(ask()["remote"]["message"])


@needs_git
def test_large_files_need_lfs_set_up(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    machine.clone()
    machine.git("config", "--global", "credential.helper", "store")
    machine.write(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n")
    assert ask()["large files"]["status"] == "not needed"
    machine.write("weights.bin", "\0" * 100)
    step = ask()["large files"]
    # Git LFS may be among git's own programs, where the PATH does not show it.
    if "not installed" in str(step["message"]):
        assert step["status"] == "stop"
        machine.program("git-lfs", "exit 0")
        step = ask()["large files"]
    assert (step["status"], step["next"][0]) == ("stop", "git lfs install")  # type: ignore[index]
    machine.write("weights.bin", "version https://git-lfs.github.com/spec/v1\n")
    assert ask()["large files"]["status"] == "warning"
    (machine.space / "weights.bin").unlink()
    with open(machine.space / "huge.txt", "wb") as file:
        file.truncate(11 * 1024 * 1024)
    assert "`huge.txt` is over 10 MiB and needs Git LFS" in str(ask()["large files"]["message"])
    machine.git("config", "--global", "filter.lfs.process", "git-lfs filter-process")
    assert ask()["large files"]["status"] == "ok"


def test_what_the_hub_refuses_stops(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    machine.log_in()
    machine.write("README.md", CARD.replace("gray", "orange"))
    step = ask()["check"]
    assert (step["status"], step["next"]) == ("stop", ["hublint check ."])
    assert step["message"] == "1 error: the Hub refuses the push (1)"
    assert "README.md:4:12: error[SP008]" in step["details"][0]  # type: ignore[index]
    machine.write("README.md", CARD.replace("gray", "Gray"))
    assert ask()["check"]["next"] == ["hublint fix .", "hublint check ."]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {"app.py": f'import gradio as gr\n\nTOKEN = "{TOKEN}"\ngr.Blocks().launch()\n'},
            "1 error: a credential leaks (1)",
        ),
        (
            {"app.py": "import gradio as gr\n\ngr.Blocks().launch(server_port=8080)\n"},
            "1 error: it cannot be run or loaded (1)",
        ),
        ({"README.md": CARD.replace("sdk: gradio\n", "")}, "1 error: it cannot be run or loaded (1)"),
        ({"app.py": "import gradio as gr\n\ngr.Blocks().launch(\n"}, "1 error: it cannot be run or loaded (1)"),
    ],
    ids=["token", "port", "sdk", "syntax"],
)
@pytest.mark.parametrize("programs", [("hf", "git"), ()], ids=["with tools", "without tools"])
def test_errors_stop(
    machine: Machine,
    capsys: pytest.CaptureFixture[str],
    files: dict[str, str],
    message: str,
    programs: tuple[str, ...],
) -> None:
    machine.log_in()
    for name in {"hf", "git"} - set(programs):
        (machine.programs / name).unlink(missing_ok=True)
    for path, text in files.items():
        machine.write(path, text)
    assert run(["preflight", "--isolated", "--repo-type", "space"]) == 1
    shown = capsys.readouterr().out
    assert f"stop         check        {message}\n" in shown
    assert TOKEN not in shown
    *_, verdict = shown.splitlines()
    assert verdict.startswith(
        "not ready: check stops it; next: hublint " if programs else "not ready: hf, check stop it; "
    )


def test_warnings_are_a_warning(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    machine.log_in()
    machine.write("README.md", CARD.replace("license:", "licence:"))
    step = ask()["check"]
    assert (step["status"], step["next"]) == ("warning", ["hublint check ."])
    assert step["message"] == "no errors, 1 warning: the Hub ignores what is written (1)"
    assert "FM008" in step["details"][0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("sdk", "words"),
    [
        (
            "gradio",
            ["creating a Gradio Space needs a PRO, Team or Enterprise plan", "2 places on ZeroGPU", "zero-a10g"],
        ),
        ("docker", ["creating a Docker Space needs a PRO, Team or Enterprise plan", "may create static Spaces"]),
        ("static", ["every account may create a static Space"]),
    ],
)
def test_it_tells_who_may_create_the_space(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]], sdk: str, words: list[str]
) -> None:
    machine.write("README.md", CARD.replace("sdk: gradio", f"sdk: {sdk}"))
    step = ask()["remote"]
    assert all(word in str(step["details"]) for word in words)
    assert ("pricing" in str(step["not_checked"])) == (sdk != "static")


def test_an_old_hf_cannot_set_secrets(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    machine.log_in()
    machine.write("app.py", 'import os\n\nos.environ["OPENAI_API_KEY"]\n')
    assert "hf spaces secrets add OWNER/NAME -s OPENAI_API_KEY" in str(ask()["environment"]["next"])
    machine.program("hf", 'echo "huggingface_hub version: 1.13.0"')
    steps = ask()
    assert steps["hf"]["status"] == "warning"
    assert steps["environment"]["next"] == ["https://huggingface.co/spaces/OWNER/NAME/settings"]


@needs_hf
def test_the_real_hf_is_asked_for_its_version_only(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]
) -> None:
    from importlib.metadata import version

    (machine.programs / "hf").unlink()
    (machine.programs / "hf").symlink_to(HF)
    assert f"`hf` {version('huggingface_hub')}" in str(ask()["hf"]["message"])
    assert not any(machine.home.iterdir()), "hf wrote into the user's home"


@needs_hf
@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("auth login", ["--token", "--add-to-git-credential"]),
        ("auth switch", ["--add-to-git-credential"]),
        ("auth whoami", []),
        ("repos create", ["--repo-type", "--space-sdk", "--exist-ok"]),
        ("upload", ["--repo-type"]),
        ("spaces secrets add", ["-s"]),
        ("spaces variables add", ["-e"]),
        ("update", []),
    ],
)
def test_the_commands_it_names_exist(machine: Machine, command: str, options: list[str]) -> None:
    quiet = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_UPDATE_CHECK": "1"}
    done = subprocess.run([HF, *command.split(), "--help"], capture_output=True, text=True, check=True, env=quiet)
    assert [option for option in options if option not in done.stdout] == []


def test_programs_get_neither_token_nor_network(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    monkeypatch.setenv("HUGGING_FACE_HUB_TOKEN", TOKEN)
    machine.program("hf", f'/usr/bin/env > "{machine.home}/seen"; echo "$@" >> "{machine.home}/seen"; echo 2.4.0')
    ask()
    seen = (machine.home / "seen").read_text("utf-8")
    assert TOKEN not in seen
    assert {"HF_HUB_OFFLINE=1", "HF_HUB_DISABLE_UPDATE_CHECK=1", "GIT_TERMINAL_PROMPT=0", "version"} <= set(
        seen.splitlines()
    )
    assert f"HF_HOME={machine.home}" not in seen


@needs_git
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_token_is_shown(
    machine: Machine, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    machine.clone(f"https://me:{TOKEN}@huggingface.co/spaces/me/demo")
    machine.git("remote", "add", "backup", f"https://{TOKEN}@huggingface.co/spaces/me/demo")
    machine.git("config", "credential.helper", f"!f() {{ echo password={TOKEN}; }}; f")
    machine.git("config", "http.extraheader", f"Authorization: Bearer {TOKEN}")
    machine.log_in()
    machine.write("app.py", f'import os\n\nos.environ["{TOKEN}"]\n')
    monkeypatch.setenv("HF_TOKEN", TOKEN)
    run(["preflight", "--isolated", "--output-format", form])
    monkeypatch.delenv("HF_TOKEN")
    monkeypatch.setenv("HF_TOKEN_PATH", str(machine.home / TOKEN))
    run(["preflight", "--isolated", "--output-format", form])
    machine.git("remote", "remove", "origin")
    machine.git("remote", "remove", "backup")
    run(["preflight", "--isolated", "--output-format", form])
    shown = "".join(capfd.readouterr())
    assert "holds a credential, in plain text" in shown
    assert "git remote set-url origin https://huggingface.co/spaces/me/demo" in shown
    assert TOKEN[:10] not in shown
    assert TOKEN[-10:] not in shown


def test_a_hanging_program_is_ended_with_all_that_it_started(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "TIMEOUT", 0.5)
    machine.log_in()
    machine.program("hf", '/bin/sleep 60 & echo "$!" > "$HOME/child"; wait')
    start = time.monotonic()
    assert ask()["hf"]["status"] == "not checked"
    assert time.monotonic() - start < 30
    child = int((machine.home / "child").read_text("utf-8"))
    for _ in range(50):
        if not _is_running(child):
            return
        time.sleep(0.1)
    pytest.fail("what the program started still runs")


def _is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@needs_git
def test_a_hanging_git_leaves_its_steps_open(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.clone()
    (machine.programs / "git").unlink()
    machine.program("git", 'case "$1" in --version) echo git version 2.50.0;; *) /bin/sleep 60;; esac')
    monkeypatch.setattr(commands, "TIMEOUT", 0.5)
    steps = ask()
    assert (steps["credentials"]["status"], steps["remote"]["status"]) == ("not checked", "not checked")


@needs_git
def test_nothing_of_the_repository_is_run(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = machine.home / "ran"
    machine.clone()
    for name in ("hf", "git", "git-lfs", "git-xet"):
        machine.write(name, f'#!/bin/sh\n/usr/bin/touch "{marker}"\n')
        (machine.space / name).chmod(0o755)
    machine.write(".gitattributes", "*.bin filter=lfs\n")
    machine.write("a.bin", "0")
    for name in ("lfs", "xet"):
        machine.git("config", f"alias.{name}", f"!/usr/bin/touch {marker}")
    machine.git("config", "core.fsmonitor", f"/usr/bin/touch {marker}")
    machine.git("config", "credential.helper", f"!/usr/bin/touch {marker}")
    machine.git("config", "filter.lfs.process", f"/usr/bin/touch {marker}")
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", str(machine.space), str(machine.programs)]))
    assert ask()["credentials"]["status"] == "ok"
    assert not marker.exists()


def test_the_active_virtual_environment_may_be_in_the_folder(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.log_in()
    (machine.space / ".venv" / "bin").mkdir(parents=True)
    (machine.programs / "hf").rename(machine.space / ".venv" / "bin" / "hf")
    monkeypatch.setenv("PATH", os.pathsep.join([str(machine.space / ".venv" / "bin"), str(machine.programs)]))
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    assert ask()["hf"]["status"] == "stop"
    monkeypatch.setenv("VIRTUAL_ENV", str(machine.space / ".venv"))
    assert ask()["hf"]["status"] == "ok"


def test_an_hf_before_1_5_creates_with_another_command(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]
) -> None:
    machine.log_in()
    machine.program("hf", "echo 1.0.0")
    assert str(ask()["remote"]["next"]).startswith("['hf repo create OWNER/NAME ")


def test_paths_it_cannot_work_with(machine: Machine, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["preflight", "nowhere"]) == 2
    assert "nowhere: no such file or folder" in capsys.readouterr().err
    assert run(["preflight", str(machine.home)]) == 2
    assert "--repo-type" in capsys.readouterr().err
    for name in ("one", "two"):
        machine.write(f"../several/{name}/README.md", CARD)
    assert run(["preflight", str(tmp_path / "several")]) == 2
    assert "2 Hub repositories, name one of them" in capsys.readouterr().err


def test_a_file_stands_for_its_repository(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.log_in()
    assert run(["preflight", "--isolated", "app.py"]) == 0
    assert capsys.readouterr().out.startswith("./ (space, because of `sdk: gradio` in README.md)")


def test_a_token_file_that_is_none(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    (machine.home / ".cache" / "huggingface" / "token").mkdir(parents=True)
    assert "~/.cache/huggingface/token cannot be read: it is not a file" in str(ask()["login"]["message"])


def test_an_unreadable_token_file(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.log_in()

    def refuse(path: str, mode: str) -> None:  # root may read whatever its mode says
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("hublint.preflight.steps.login.open", refuse, raising=False)
    step = ask()["login"]
    assert step["status"] == "stop"
    assert "~/.cache/huggingface/token cannot be read: Permission denied" in str(step["message"])


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("HF_TOKEN", " \n", "no token in HF_TOKEN nor"),
        ("HUGGINGFACE_TOKEN", "x", "HUGGINGFACE_TOKEN is set, which `hf` does not read"),
        ("HF_OIDC_RESOURCE", "x", "a trusted publisher's token"),
        ("HUGGING_FACE_HUB_TOKEN", "x", "a token is in HUGGING_FACE_HUB_TOKEN"),
        ("HF_HOME", "$HOME/elsewhere", "nor ~/elsewhere/token"),
        ("XDG_CACHE_HOME", "/cache", "nor /cache/huggingface/token"),
    ],
)
def test_where_the_login_is(
    machine: Machine,
    ask: Callable[..., dict[str, dict[str, object]]],
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    said: str,
) -> None:
    monkeypatch.setenv(variable, value)
    assert said in str(ask()["login"]["message"])


def test_no_home(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOME")
    monkeypatch.setenv("HF_TOKEN_PATH", str(machine.home / "none"))
    assert ask()["login"]["status"] == "stop"


def test_a_static_space_has_no_secrets(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    machine.log_in()
    machine.write("README.md", CARD.replace("gradio", "static").replace("sdk_version: 5.49.1\napp_file: app.py\n", ""))
    machine.write("index.html", "<script>const { } = {}; f(window.huggingface.variables.OPENAI_API_KEY)</script>")
    step = ask()["environment"]
    assert step["status"] == "warning"
    assert "shows every visitor its secrets" in str(step["message"])
    assert "secrets add" not in str(step["next"])


def test_names_that_no_setting_takes_are_in_no_command(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]
) -> None:
    machine.log_in()
    machine.write("app.py", 'import os\n\nos.environ["$(reboot)_TOKEN"]\nos.environ["A_TOKEN"]\n')
    step = ask()["environment"]
    assert "reboot" not in str(step["next"])
    assert "$(reboot)_TOKEN" in str(step["details"])


def test_the_token_of_the_login_is_not_handed_over(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]
) -> None:
    machine.log_in()
    machine.write("app.py", 'import os\n\nos.environ["HF_TOKEN"]\nos.environ["A_TOKEN"]\n')
    step = ask()["environment"]
    assert step["next"][0] == "hf spaces secrets add OWNER/NAME -s A_TOKEN"  # type: ignore[index]
    assert "HF_TOKEN: make a token for this Space alone" in str(step["details"])


def test_a_long_list_is_cut(machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]) -> None:
    machine.log_in()
    lines = "".join(f'os.getenv("SERVICE_{index}_TOKEN")\nos.getenv("PLAIN_{index}")\n' for index in range(50))
    machine.write("app.py", f"import os\n\n{lines}")
    details = ask()["environment"]["details"]
    assert "and 35 more; --output-format json has them all" in details  # type: ignore[operator]
    assert any(line.startswith("variables without default") and line.endswith(" and 40 more") for line in details)  # type: ignore[attr-defined]


def test_models_and_datasets_have_no_environment(
    machine: Machine, ask: Callable[..., dict[str, dict[str, object]]]
) -> None:
    machine.log_in()
    machine.write(
        "README.md", "---\nlicense: mit\npipeline_tag: text-generation\nlibrary_name: transformers\n---\n# M\n"
    )
    assert ask()["environment"]["status"] == "not needed"


def test_json(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.log_in()
    machine.write("app.py", 'import os\nimport gradio as gr\nos.environ["API_KEY"]\ngr.Blocks().launch()\n')
    run(["preflight", "--isolated", "--output-format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert found["version"] == 1
    assert found["repository"] == {"path": ".", "kind": "space", "reason": "`sdk: gradio` in README.md", "id": None}
    assert (found["way"], found["ready"]) == ("upload", True)
    assert found["environment"] == [
        {"name": "API_KEY", "store": "secret", "need": "start", "places": [{"path": "app.py", "line": 3}]}
    ]
    assert set(found["steps"][0]) == {"name", "status", "message", "details", "next", "not_checked"}


def test_check_imports_nothing_of_it(machine: Machine) -> None:
    code = (
        "import sys\nfrom hublint.__main__ import _run\n_run(['check', '.'])\n"
        "print([name for name in sys.modules if 'preflight' in name or name == 'subprocess'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=machine.space)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_page_names_every_step_and_status() -> None:
    for word in (*STEPS, "ok", "warning", "stop", "not needed", "not checked"):
        assert f"| `{word}` |" in PAGE, word


@needs_git
def test_the_page_shows_real_output(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    machine.clone()
    machine.log_in()
    machine.git("config", "--global", "credential.helper", "store")
    machine.write(
        "app.py",
        "import os\n\nimport gradio as gr\nfrom openai import OpenAI\n\n"
        'client = OpenAI(api_key=os.environ["OPENAI_API_KEY"])\ngr.Interface(print, None, None).launch()\n',
    )
    machine.write("requirements.txt", "openai\n")
    assert run(["preflight", "--isolated"]) == 0
    shown = re.sub(r"git \d+\.\S+", "git 2.50.0", capsys.readouterr().out)
    assert f"```console\n$ hublint preflight\n{shown}```" in PAGE
