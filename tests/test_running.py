"""Which Python files a Space starts, and as what."""

from __future__ import annotations

import pytest

from hublint.space.running import loaded, running
from repositories import make

FILES = {"app.py": "", "src/server.py": "", "pkg/__init__.py": "", "pkg/__main__.py": "", "pkg/api.py": "x = 1\n"}
STARTS = [
    ('["python", "src/server.py"]', {"src/server.py"}, set()),
    ("python -u app.py --port $PORT", {"app.py"}, set()),
    ('["uv", "run", "python", "src/server.py"]', {"src/server.py"}, set()),
    ("uv run src/server.py", {"src/server.py"}, set()),
    ("poetry run python app.py", {"app.py"}, set()),
    ("timeout 60 python app.py", {"app.py"}, set()),
    ("cd src && python server.py", {"src/server.py"}, set()),
    ("python -m pkg", {"pkg/__main__.py"}, set()),
    ("python -m pkg.api", {"pkg/api.py"}, set()),
    ("uvicorn pkg.api:app --port 7860", set(), {"pkg/api.py"}),
    ("uv run uvicorn pkg.api:app", set(), {"pkg/api.py"}),
    ("python -m gunicorn app:app", set(), {"app.py"}),
    ("uvicorn pkg:app", set(), {"pkg/__init__.py"}),
    ("uvicorn --app-dir src server:app", set(), set()),
    ("streamlit run app.py", {"app.py"}, set()),
    ("fastapi run app.py", set(), {"app.py"}),
    ("python app.py & uvicorn pkg.api:app", {"app.py"}, {"pkg/api.py"}),
    ("python app.py & uvicorn app:app", {"app.py"}, set()),
    ("python other.py", set(), set()),
    ("./run", set(), set()),
]


def docker(command: str, **files: str) -> dict[str, str]:
    return {
        "README.md": "---\nsdk: docker\n---\n",
        "Dockerfile": f"FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD {command}\n",
        **FILES,
        **files,
    }


@pytest.mark.parametrize(("command", "programs", "modules"), STARTS, ids=[command for command, _, _ in STARTS])
@pytest.mark.parametrize("by_script", [False, True], ids=["", "script"])
def test_a_docker_space(command: str, programs: set[str], modules: set[str], by_script: bool) -> None:
    files = docker(command)
    if by_script and not command.startswith("["):
        files = docker('["sh", "start.sh"]', **{"start.sh": f"#!/bin/sh\nset -e\n{command}\n"})
    found = running(make("space", files))
    assert (set(found.programs), set(found.modules)) == (programs, modules)
    assert set(found.sure) == programs | modules


@pytest.mark.parametrize(
    ("script", "doubtful"),
    [
        ('if [ -n "$DEV" ]; then\n  python app.py\nfi\npython src/server.py\n', {"app.py"}),
        ("case $1 in a) python app.py ;; esac\n", {"app.py"}),
        ("run() { python app.py; }\nrun\n", {"app.py"}),
        ("python src/server.py || python app.py\n", {"app.py"}),
        ("# if not, do nothing\npython app.py\n", set()),
        ("if true; then echo yes; fi\npython app.py\n", set()),
        ("python app.py\nif x; then python app.py; fi\n", set()),
    ],
)
def test_what_a_condition_holds(script: str, doubtful: set[str]) -> None:
    found = running(make("space", docker('["bash", "start.sh"]', **{"start.sh": script})))
    assert found.doubtful == doubtful


def test_a_condition_in_the_dockerfile_is_looked_for_in_the_command_alone() -> None:
    files = docker("python app.py || python src/server.py")
    files["Dockerfile"] = files["Dockerfile"].replace(
        "COPY", "# if you do this\nRUN if true; then \\\n  echo; fi\nCOPY"
    )
    assert running(make("space", files)).doubtful == {"src/server.py"}


@pytest.mark.parametrize(
    ("card", "programs"),
    [("sdk: gradio", ("app.py",)), ("sdk: gradio\napp_file: pkg/api.py", ("pkg/api.py",)), ("sdk: static", ())],
)
def test_another_space(card: str, programs: tuple[str, ...]) -> None:
    assert running(make("space", {"README.md": f"---\n{card}\n---\n", **FILES})).files == programs


def test_modules_that_the_started_file_imports() -> None:
    files = docker("uvicorn pkg.api:app", **{"pkg/api.py": "from pkg import tools\n", "pkg/tools.py": ""})
    assert {each.source.path for each in loaded(make("space", files))} == {
        "pkg/api.py",
        "pkg/__init__.py",
        "pkg/tools.py",
    }
