"""A server that the Hub could not reach is started, fixed by `hublint fix`, and started again: now it answers.

The Hub's proxy comes from outside of the container, so each server is asked at this machine's own address, which a
server on 127.0.0.1 does not serve. What is started is what the container would run: the Dockerfile's CMD with its ENV,
or the app_file.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

fcntl = pytest.importorskip("fcntl", reason="processes are stopped as on Unix")

HUB_PORT = 7860
LONGEST_START = 120.0  # seconds; a busy machine imports gradio in 20
ROOT = Path(__file__).resolve().parent.parent
DOCKER = "---\nsdk: docker\napp_port: 7860\n---\n"
WITHOUT_PORT = "---\nsdk: docker\n---\n"
GRADIO = "---\nsdk: gradio\n---\n"


def dockerfile(command: str, *env: str) -> str:
    lines = [f"ENV {each}" for each in env]
    return "\n".join(["FROM python:3.12-slim", "WORKDIR /app", "COPY . .", *lines, f"CMD {command}", ""])


PYTHON = dockerfile('["python", "-u", "app.py"]')
BLOCKS = 'import gradio as gr\n\nwith gr.Blocks(title="Demo") as demo:\n    gr.Markdown("Hello")\n\n'
FASTAPI = (
    'from fastapi import FastAPI\n\napp = FastAPI()\n\n\n@app.get("/")\ndef home():\n    return {"status": "ok"}\n'
)
FLASK = 'from flask import Flask\n\napp = Flask(__name__)\n\n\n@app.route("/")\ndef home():\n    return "ok"\n'
SERVE = "\n\nif __name__ == '__main__':\n    "


class Case(NamedTuple):
    """A Space: the files, where its server listens before the fix, and the packages it needs."""

    files: dict[str, str]
    host: str
    port: int
    needs: tuple[str, ...] = ()


CASES = {
    "standard-library-by-command": Case(
        {
            "README.md": DOCKER,
            "Dockerfile": dockerfile('["python", "-m", "http.server", "8000", "--bind", "127.0.0.1"]'),
        },
        "127.0.0.1",
        8000,
    ),
    "standard-library-without-app-port": Case(
        {"README.md": WITHOUT_PORT, "Dockerfile": dockerfile('["python", "-m", "http.server", "8000"]')},
        "0.0.0.0",
        8000,
    ),
    "gradio-in-docker-by-default": Case(
        {"README.md": DOCKER, "Dockerfile": PYTHON, "app.py": BLOCKS + "demo.launch()\n"},
        "127.0.0.1",
        7860,
        ("gradio",),
    ),
    "gradio-in-docker-in-the-main-block": Case(
        {
            "README.md": DOCKER,
            "Dockerfile": PYTHON,
            "app.py": BLOCKS + SERVE.lstrip() + "demo.queue().launch(\n        server_port=8000,\n    )\n",
        },
        "127.0.0.1",
        8000,
        ("gradio",),
    ),
    "gradio-space": Case(
        {"README.md": GRADIO, "app.py": BLOCKS + 'demo.queue().launch(server_name="127.0.0.1", server_port=8000)\n'},
        "127.0.0.1",
        8000,
        ("gradio",),
    ),
    "fastapi-by-code": Case(
        {
            "README.md": DOCKER,
            "Dockerfile": PYTHON,
            "app.py": "import uvicorn\n" + FASTAPI + SERVE + "uvicorn.run(app, host='localhost', port=8000)\n",
        },
        "localhost",
        8000,
        ("fastapi", "uvicorn"),
    ),
    "fastapi-by-code-without-arguments": Case(
        {
            "README.md": DOCKER,
            "Dockerfile": PYTHON,
            "app.py": "import uvicorn\n" + FASTAPI + SERVE + "uvicorn.run(app)\n",
        },
        "127.0.0.1",
        8000,
        ("fastapi", "uvicorn"),
    ),
    "fastapi-by-command": Case(
        {
            "README.md": DOCKER,
            "Dockerfile": dockerfile('["uvicorn", "main:app", "--port", "8000"]'),
            "main.py": FASTAPI,
        },
        "127.0.0.1",
        8000,
        ("fastapi", "uvicorn"),
    ),
    "fastapi-by-shell-and-variable": Case(
        {
            "README.md": DOCKER,
            "Dockerfile": dockerfile("uvicorn main:app --host 127.0.0.1 --port $PORT", "PORT=8000"),
            "main.py": FASTAPI,
        },
        "127.0.0.1",
        8000,
        ("fastapi", "uvicorn"),
    ),
    "fastapi-by-script": Case(
        {
            "README.md": DOCKER,
            "Dockerfile": dockerfile('["sh", "start.sh"]'),
            "start.sh": "#!/bin/sh\nset -e\nexec python -m uvicorn main:app --host 127.0.0.1 --port 8000\n",
            "main.py": FASTAPI,
        },
        "127.0.0.1",
        8000,
        ("fastapi", "uvicorn"),
    ),
    "flask-by-code": Case(
        {"README.md": DOCKER, "Dockerfile": PYTHON, "app.py": FLASK + SERVE + "app.run(debug=False)\n"},
        "127.0.0.1",
        5000,
        ("flask",),
    ),
    "flask-by-code-on-its-own-port": Case(
        {"README.md": DOCKER, "Dockerfile": PYTHON, "app.py": FLASK + SERVE + 'app.run(host="0.0.0.0", port=5000)\n'},
        "0.0.0.0",
        5000,
        ("flask",),
    ),
    "flask-by-command": Case(
        {"README.md": DOCKER, "Dockerfile": dockerfile('["flask", "--app", "app", "run"]'), "app.py": FLASK},
        "127.0.0.1",
        5000,
        ("flask",),
    ),
}


@pytest.fixture(scope="module")
def address() -> str:
    """This machine's address in its network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing, but chooses the interface
            found: str = probe.getsockname()[0]
        except OSError:
            found = "127.0.0.1"
    if found.startswith("127."):
        pytest.skip("this machine has no address but that of itself")
    return found


@pytest.fixture(scope="module", autouse=True)
def _alone() -> Iterator[None]:
    """Ports belong to the machine: two runs of these tests wait for each other."""
    with (Path(tempfile.gettempdir()) / "hublint-test-ports.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.mark.parametrize("name", CASES)
def test_answers_the_hub_after_the_fix(name: str, address: str, tmp_path: Path) -> None:
    case = CASES[name]
    missing = [package for package in case.needs if importlib.util.find_spec(package) is None]
    if missing and not os.environ.get("CI"):
        pytest.skip(f"{missing[0]} is not installed")
    space = tmp_path / "space"
    for path, text in case.files.items():
        (space / path).parent.mkdir(parents=True, exist_ok=True)
        (space / path).write_text(text, "utf-8")
    for port in {HUB_PORT, case.port}:
        if not wait_until_free(port):
            pytest.skip(f"something else has port {port} on this machine")

    expected = hub_port(space)
    local = address if case.host == "0.0.0.0" else "127.0.0.1"
    with started(space, tmp_path / "before.log") as server:
        assert status(server, local, case.port, tmp_path / "before.log") == 200
        assert refused(address, expected), "the Hub reaches it before the fix"
    assert wait_until_free(case.port)

    done = hublint("fix", "--unsafe-fixes", "--select", "AC001,AC002,DK002,DK003", str(space))
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path: (space / path).read_text("utf-8") for path in case.files} != case.files

    with started(space, tmp_path / "after.log") as server:
        assert status(server, address, hub_port(space), tmp_path / "after.log") == 200
    assert wait_until_free(hub_port(space))


def hublint(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hublint", arguments[0], "--isolated", *arguments[1:]],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        check=False,
    )


def hub_port(space: Path) -> int:
    """Where the Hub sends requests."""
    metadata = yaml.safe_load((space / "README.md").read_text("utf-8").split("---")[1])
    return int(metadata.get("app_port", HUB_PORT))


def command(space: Path) -> tuple[list[str], dict[str, str]]:
    """What the container runs, and its variables."""
    if not (space / "Dockerfile").exists():
        return ["python", "app.py"], {}
    text = (space / "Dockerfile").read_text("utf-8")
    env = dict(re.findall(r"^ENV (\w+)=(.*)$", text, re.MULTILINE))
    [given] = re.findall(r"^CMD (.*)$", text, re.MULTILINE)
    return json.loads(given) if given.startswith("[") else ["/bin/sh", "-c", given], env


@contextlib.contextmanager
def started(space: Path, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The server in a process group of its own, which is gone afterwards."""
    argv, env = command(space)
    variables = {name: value for name, value in os.environ.items() if not re.search("GRADIO|FLASK|HOST|PORT", name)}
    variables |= {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "NO_PROXY": "*", **env}
    variables["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), variables.get("PATH", os.defpath)])
    with log.open("wb") as output:
        process = subprocess.Popen(
            argv,
            cwd=space,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=30)


def status(process: subprocess.Popen[bytes], host: str, port: int, log: Path) -> int:
    """The answer to a request, as soon as the server takes one."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    limit = time.monotonic() + LONGEST_START
    while time.monotonic() < limit and process.poll() is None:
        try:
            with opener.open(f"http://{host}:{port}/", timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"nothing answers at {host}:{port}:\n{log.read_text('utf-8', 'replace')[-2000:]}")


def refused(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(10)
        return probe.connect_ex((host, port)) != 0


def wait_until_free(port: int) -> bool:
    for _ in range(100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("0.0.0.0", port))
            except OSError:
                time.sleep(0.1)
            else:
                return True
    return False
