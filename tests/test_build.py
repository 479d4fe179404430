"""What the build of a Space installs: one case for each row of docs/build.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hublint.space.app.gradio_breaks import breaks
from hublint.space.build.asked_of_pip import asked_of_pip
from hublint.space.build.gradio_starts import failures
from hublint.space.build.newest import takes_newest
from hublint.space.build.pythons import pythons
from hublint_schemas import table
from repositories import make

DOCS = Path(__file__).resolve().parent.parent / "docs" / "build.md"

# What README.md or the Dockerfile says, and the Pythons.
PYTHONS = {
    "python-not-told": ("sdk: gradio", "", ("3.10", "3.13")),
    "python-told": ('sdk: gradio\npython_version: "3.11"', "", ("3.11",)),
    "python-of-the-image": ("sdk: docker", "FROM python:3.12-slim\n", ("3.12",)),
    "python-of-uv": ("sdk: docker", "FROM python:3.12-slim\nRUN uv venv --python 3.11\n", ()),
}

# Files, and what is asked for: names, `!` behind a decisive one, then whether it is all.
FILES = {
    "lines": ({"requirements.txt": "numpy\nFlask>=2 # web\n"}, "numpy! flask! all"),
    "included": ({"requirements.txt": "-r more.txt\n", "more.txt": "numpy\n"}, "numpy! all"),
    "circular": ({"requirements.txt": "-r more.txt\n", "more.txt": "-r requirements.txt\nnumpy\n"}, "numpy! part"),
    "constraints": ({"requirements.txt": "-c c.txt\nnumpy\n", "c.txt": "scipy<1\n"}, "numpy! all"),
    "url": ({"requirements.txt": "numpy\ngit+https://a.example/b.git\n"}, "numpy! part"),
    "other-index": (
        {"requirements.txt": "-r more.txt\nnumpy\n", "more.txt": "--extra-index-url https://a.example\n"},
        "numpy all",
    ),
    "no-file": ({}, "all"),
}
COPIED = {"requirements.txt": "numpy\n"}
DOCKER = {
    "docker-words": ('RUN pip install flask "numpy<2"', "flask! numpy! all"),
    "docker-file": ("COPY . .\nRUN pip install --no-cache-dir -r requirements.txt", "numpy! all"),
    "docker-file-not-copied": ("RUN pip install flask -r requirements.txt", "flask! part"),
    "docker-uv": ("RUN uv pip install --system flask", "flask! all"),
    "docker-module": ("RUN python -m pip install -U flask", "flask! all"),
    "docker-let-pass": ("RUN pip install flask || true\nRUN pip install numpy; ls", "flask numpy all"),
    "docker-no-deps": ("RUN pip install --no-deps flask", "flask part"),
    "docker-index": ("ENV PIP_INDEX_URL=https://a.example\nRUN pip install flask", "flask all"),
    "docker-other-tool": ("RUN pip install flask\nRUN poetry install", "flask! part"),
}

# What is asked for beside gradio 5.49.1, `python_version`, and whether a huggingface_hub since 1.0 surely comes.
NEWEST = {
    "newest-harmless": ("numpy\npillow==10.4.0\n", "3.10", True),
    "newest-open": ("transformers\ndatasets>=2.0\n", "3.10", True),
    "newest-pinned": ("transformers==4.53.0\n", "3.10", False),
    "newest-unknown": ("a-package-of-mine\n", "3.10", False),
    "newest-held": ("huggingface_hub<1.0\n", "3.10", False),
    "newest-bound-below": ("huggingface_hub>=0.20\n", "3.10", True),
    "newest-old-python": ("numpy\n", "3.9", False),
}

# gradio, Pythons, what is asked for, the components of endpoints, and the culprits.
HUB, AUDIOOP, PYDANTIC, CLIENT = "huggingface-hub", "audioop-lts", "pydantic", "gradio-client"
STARTS = {
    "starts-hub": ("4.44.1", ("3.10",), "", "", [HUB]),
    "starts-audioop": ("5.0.1", ("3.10", "3.13"), "", "", [HUB, AUDIOOP]),
    "starts-audioop-lts": ("4.44.1", ("3.13",), "audioop-lts\n", "", [HUB]),
    "starts-between": ("4.40.0", ("3.10",), "", "", [HUB]),
    "starts-border": ("5.7.0", ("3.10",), "", "Image", []),
    "starts-middle-python": ("4.44.1", ("3.12",), "", "", [HUB]),
    "starts-new-python": ("4.44.1", ("3.14",), "", "", []),
    "starts-component": ("5.12.0", ("3.10", "3.13"), "", "Image", [PYDANTIC, PYDANTIC]),
    "starts-text": ("5.12.0", ("3.10", "3.13"), "", "Textbox", []),
    "starts-second": ("4.44.1", ("3.10",), "huggingface_hub<1.0\n", "Image", [PYDANTIC]),
    "starts-held": ("4.44.1", ("3.10",), "huggingface_hub<1.0\npydantic==2.10.6\nstarlette<1.0\n", "Image", []),
    "starts-new": ("5.25.0", ("3.10", "3.13"), "", "Image", []),
}
STARTS |= {
    "starts-client": ("3.40.1", ("3.10", "3.13"), "numpy\n", "", [CLIENT, CLIENT]),
    "starts-client-held": ("3.40.1", ("3.10", "3.13"), "gradio_client==0.5.3\n", "", []),
}
# What pip is told in a Docker Space, its Python, and the culprits.
ALONE = {
    "alone-hub": ("gradio==4.44.1 numpy", "3.10", [HUB]),
    "alone-audioop": ("gradio==4.44.1", "3.13", [AUDIOOP]),
    "alone-between": ("gradio==4.30.0", "3.12", [HUB]),
    "alone-requests": ("gradio==5.12.0", "3.11", ["requests"]),
    "alone-requests-brought": ("gradio==5.12.0 datasets", "3.11", []),
    "alone-held": ("gradio==4.44.1 huggingface_hub==0.25.2", "3.10", []),
    "alone-range": ("'gradio>=4,<5'", "3.10", []),
    "alone-new": ("gradio==5.50.0", "3.10", []),
}
OTHERS = ["docker-other-image", "docker-unused-stage"]


def space(card: str, files: dict[str, str]) -> dict[str, str]:
    return {"README.md": f"---\n{card}\n---\n", **files}


def told(files: dict[str, str]) -> str:
    asked = asked_of_pip(make("space", files))
    names = [f"{line.requirement.name}{'!' if line.is_decisive else ''}" for line in asked.lines]
    return " ".join([*names, "all" if asked.is_whole else "part"])


def test_every_row_of_the_documentation_has_its_case() -> None:
    rows = re.findall(r"`([\w-]+)` \|$", DOCS.read_text("utf-8"), re.MULTILINE)
    assert sorted(rows) == sorted([*PYTHONS, *FILES, *DOCKER, *NEWEST, *STARTS, *ALONE, *OTHERS])


@pytest.mark.parametrize("case", PYTHONS)
def test_python(case: str) -> None:
    card, dockerfile, expected = PYTHONS[case]
    assert pythons(make("space", space(card, {"Dockerfile": dockerfile} if dockerfile else {}))) == expected


@pytest.mark.parametrize("case", FILES)
def test_files(case: str) -> None:
    files, expected = FILES[case]
    assert told(space("sdk: gradio", files)) == expected


@pytest.mark.parametrize("case", DOCKER)
def test_docker(case: str) -> None:
    steps, expected = DOCKER[case]
    assert told(space("sdk: docker", {**COPIED, "Dockerfile": f"FROM python:3.12-slim\n{steps}\n"})) == expected


def test_docker_of_another_image() -> None:
    assert told(space("sdk: docker", {"Dockerfile": "FROM team/base\nRUN pip install flask\n"})) == "flask part"


def test_docker_stage_that_is_not_built() -> None:
    unused = "FROM python:3.12 AS test\nRUN pip install flask\nFROM python:3.12\nRUN pip install numpy\n"
    assert told(space("sdk: docker", {"Dockerfile": unused})) == "numpy! part"


def test_constraints_are_kept_apart() -> None:
    asked = asked_of_pip(make("space", space("sdk: gradio", FILES["constraints"][0])))
    assert [line.name for line in asked.constraints] == ["scipy"]


@pytest.mark.parametrize("case", NEWEST)
def test_newest(case: str) -> None:
    text, python, expected = NEWEST[case]
    card = f'sdk: gradio\nsdk_version: 5.49.1\npython_version: "{python}"'
    repository = make("space", space(card, {"requirements.txt": text}))
    assert takes_newest(repository, "huggingface-hub") is expected


@pytest.mark.parametrize("case", STARTS)
def test_starts(case: str) -> None:
    version, given, text, components, expected = STARTS[case]
    files = {"requirements.txt": text} if text else {}
    repository = make("space", space(f"sdk: gradio\nsdk_version: {version}", files))
    found = failures(repository, version, given, lambda: set(components.split()))
    assert [failure.culprit for failure in found] == expected


@pytest.mark.parametrize("case", ALONE)
def test_alone(case: str) -> None:
    words, python, expected = ALONE[case]
    dockerfile = f"FROM python:{python}-slim\nRUN pip install {words}\n"
    repository = make("space", space("sdk: docker", {"Dockerfile": dockerfile}))
    assert [failure.culprit for failure in breaks(repository, pythons(repository))] == expected


def test_what_a_lost_module_hides_is_there_too() -> None:
    rows = table("gradio_starts")["versions"].values()
    hidden = [row for row in rows if "hub" in row["3.10"]["fails"] and set(row["3.13"]["fails"]) == {"audioop"}]
    assert len(hidden) > 10
    for row in hidden:
        assert all(int(row[python]["got"]["huggingface-hub"].partition(".")[0]) >= 1 for python in ("3.10", "3.13"))
