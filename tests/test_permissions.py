"""Who may write where in an image: one case for each row of docs/permissions.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from hublint.space.permissions import denied
from repositories import findings, fixed, make

DOCS = Path(__file__).resolve().parent.parent / "docs" / "permissions.md"
README = "---\nsdk: docker\n---\n"
USER = "RUN useradd -m -u 1000 user\n"
ROOTS = USER + "WORKDIR /app\nCOPY . .\nUSER user\n"
MAKES = "import os\nos.makedirs('data', exist_ok=True)\n"

# The Dockerfile behind FROM and before CMD, app.py, and which path is root's by which instruction.
RUNS: dict[str, tuple[str, str, str]] = {
    "user-by-name": (USER + "WORKDIR /app\nCOPY --chown=user . .\nUSER user\n", MAKES, "/app by WORKDIR"),
    "user-by-number": (USER + "WORKDIR /app\nCOPY . .\nUSER 1000:1000\n", MAKES, "/app by WORKDIR"),
    "user-of-the-stage-below": (
        "@FROM python:3.12 AS base\nWORKDIR /app\nUSER 1000\nFROM base\nCOPY . .\n",
        MAKES,
        "/app by WORKDIR",
    ),
    "user-of-the-image": ("@FROM node:22\nWORKDIR /app\nRUN chown 1000 .\nCOPY . .\nUSER node\n", MAKES, ""),
    "no-user": (USER + "WORKDIR /app\nCOPY . .\n", MAKES, ""),
    "root-at-the-end": (USER + "WORKDIR /app\nCOPY . .\nUSER root\n", MAKES, ""),
    "user-unknown": (USER + "ARG NAME\nWORKDIR /app\nCOPY . .\nUSER $NAME\n", MAKES, ""),
    "start-drops-root": (USER + "WORKDIR /app\nCOPY --chown=user . .\nUSER user\n", MAKES, ""),
    "base-unknown": ("@FROM example/base\nWORKDIR /app\nCOPY . .\nUSER 1000\n", MAKES, ""),
}

OWNS: dict[str, tuple[str, str, str]] = {
    "workdir-as-root": (
        USER + "WORKDIR /srv/a/b\nCOPY . .\nUSER user\n",
        "import os\nos.mkdir('../c')\n",
        "/srv/a by WORKDIR",
    ),
    "workdir-as-user": (USER + "USER user\nWORKDIR /app\nCOPY . .\n", MAKES, ""),
    "workdir-that-is-there": (USER + "RUN mkdir /app\nUSER user\nWORKDIR /app\nCOPY . .\n", MAKES, "/app by RUN"),
    "workdir-that-may-be-there": (
        USER + "RUN install -d -o user /app\nWORKDIR /app\nCOPY app.py .\nUSER user\n",
        MAKES,
        "",
    ),
    "home": ("RUN useradd -m -u 1000 -d /srv/me user\nWORKDIR /srv/me\nCOPY . .\nUSER user\n", MAKES, ""),
    "home-by-number": (
        "RUN useradd --create-home me --uid 1000 -s /bin/sh\nWORKDIR /home/me\nCOPY . .\nUSER 1000\n",
        MAKES,
        "",
    ),
    "folder-in-the-home": (USER + "WORKDIR /home/user/app\nCOPY . .\nUSER user\n", MAKES, "/home/user/app by WORKDIR"),
    "copy": (USER + "USER user\nCOPY . /app\nWORKDIR /app\n", MAKES, "/app by COPY"),
    "copied-folder": (
        USER + "USER user\nWORKDIR /app\nCOPY . .\n",
        "import os\nos.makedirs('static/new')\n",
        "/app/static by COPY",
    ),
    "copy-chown": (USER + "COPY --chown=user:user . /app\nWORKDIR /app\nUSER user\n", MAKES, ""),
    "copy-chown-into-a-folder": (USER + "WORKDIR /app\nCOPY --chown=user . .\nUSER user\n", MAKES, "/app by WORKDIR"),
    "copy-chown-other": (USER + "COPY --chown=www-data . /app\nWORKDIR /app\nUSER user\n", MAKES, ""),
    "copy-chmod": (USER + "COPY --chmod=777 . /app\nWORKDIR /app\nUSER user\n", MAKES, ""),
    "copy-from": (
        USER + "WORKDIR /app\nCOPY --from=python:3.12 /etc ./static\nCOPY . .\nRUN chown user .\nUSER user\n",
        "open('static/new.txt', 'w')\n",
        "",
    ),
    "add-archive": (
        USER + "WORKDIR /app\nCOPY app.py .\nRUN chown user .\nADD a.tar.gz static/\nUSER user\n",
        "open('static/a/b', 'w')\n",
        "",
    ),
    "dockerignore": (ROOTS, "open('notes.txt', 'w')\n", ""),
    "mkdir-as-root": (
        USER + "USER root\nRUN mkdir -p /app/cache\nUSER user\nWORKDIR /app\nCOPY . .\n",
        "import os\nos.mkdir('cache/a')\n",
        "/app/cache by RUN",
    ),
    "mkdir-as-user": (
        USER + "USER user\nRUN mkdir /home/user/app && mkdir /home/user/app/cache\nWORKDIR /home/user/app\nCOPY . .\n",
        "import os\nos.mkdir('cache/a')\n",
        "",
    ),
    "mkdir-mode": (USER + "RUN mkdir -m 777 /app\nWORKDIR /app\nCOPY . .\nUSER user\n", MAKES, ""),
    "chown": (USER + "WORKDIR /app\nCOPY . .\nRUN chown user:user /app\nUSER user\n", MAKES, ""),
    "chown-by-number": (USER + "WORKDIR /app\nCOPY . .\nRUN chown 1000 .\nUSER user\n", MAKES, ""),
    "chown-not-recursive": (
        USER + "WORKDIR /app\nCOPY . .\nRUN chown user .\nUSER user\n",
        "open('static/a.txt', 'a')\n",
        "/app/static/a.txt by COPY",
    ),
    "chown-recursive": (
        USER + "WORKDIR /app\nCOPY . .\nRUN chown -R user .\nUSER user\n",
        "open('static/a.txt', 'a')\n",
        "",
    ),
    "chown-unknown": (USER + "WORKDIR /app\nCOPY . .\nRUN chown :staff .\nUSER user\n", MAKES, ""),
    "chmod": (USER + "WORKDIR /app\nCOPY . .\nRUN chmod 777 .\nUSER user\n", MAKES, ""),
    "chmod-letters": (USER + "WORKDIR /app\nCOPY . .\nRUN chmod -R a+rwX .\nUSER user\n", MAKES, ""),
    "chmod-group": (USER + "WORKDIR /app\nCOPY . .\nRUN chmod g+w .\nUSER user\n", MAKES, ""),
    "chmod-no-write": (
        USER + "WORKDIR /app\nCOPY . .\nRUN chmod 755 . && chmod +x app.py\nUSER user\n",
        MAKES,
        "/app by WORKDIR",
    ),
    "moved": (USER + "WORKDIR /app\nCOPY . .\nRUN ln -s /tmp data\nUSER user\n", MAKES, ""),
    "installers": (
        USER + "WORKDIR /app\nCOPY . .\nRUN apt-get update && apt-get install -y git && pip install flask\nUSER user\n",
        MAKES,
        "/app by WORKDIR",
    ),
    "unknown-program": (USER + "WORKDIR /app\nCOPY . .\nRUN dotnet build\nUSER user\n", MAKES, ""),
    "build-script": (USER + "RUN bash setup.sh\nWORKDIR /app\nCOPY . .\nUSER user\n", MAKES, ""),
    "open-folders": (
        USER + "RUN mkdir -p /data/a /tmp/a\nWORKDIR /app\nCOPY . .\nUSER user\n",
        "import os\nos.mkdir('/data/a/b')\nos.mkdir('/tmp/a/b')\n",
        "",
    ),
}

WRITES: dict[str, tuple[str, str, str]] = {
    "code-makedirs": (ROOTS, MAKES, "/app by WORKDIR"),
    "code-folder-that-is-there": (ROOTS, "import os\nos.makedirs('static', exist_ok=True)\n", ""),
    "code-path-mkdir": (ROOTS, "from pathlib import Path\nPath('data').mkdir(exist_ok=True)\n", "/app by WORKDIR"),
    "code-open": (ROOTS, "with open('log.txt', 'a') as log:\n    pass\n", "/app by WORKDIR"),
    "code-open-copied": (
        USER + "USER user\nWORKDIR /app\nCOPY . .\n",
        "open('static/a.txt', mode='w').close()\n",
        "/app/static/a.txt by COPY",
    ),
    "code-open-to-read": (ROOTS, "open('static/a.txt')\n", ""),
    "code-open-in-no-folder": (ROOTS, "open('logs/log.txt', 'a')\n", ""),
    "code-write-text": (ROOTS, "from pathlib import Path\n(Path('.') / 'a.txt').write_text('a')\n", "/app by WORKDIR"),
    "code-sqlite": (ROOTS, "import sqlite3\nsqlite3.connect('a.db')\n", "/app by WORKDIR"),
    "code-sqlite-there": (ROOTS, "import sqlite3\nsqlite3.connect('static/a.txt')\nsqlite3.connect(':memory:')\n", ""),
    "code-log-file": (ROOTS, "import logging\nlogging.basicConfig(filename='a.log')\n", "/app by WORKDIR"),
    "code-download": (
        ROOTS,
        "from huggingface_hub import snapshot_download\nsnapshot_download('a/b', local_dir='model')\n",
        "/app by WORKDIR",
    ),
    "code-path": (
        ROOTS,
        "import os\nHERE = os.path.dirname(os.path.abspath(__file__))\nos.makedirs(os.path.join(HERE, 'logs'))\n",
        "/app by WORKDIR",
    ),
    "code-joinpath": (
        ROOTS,
        "from pathlib import Path\nPath('data').joinpath('a', 'b').mkdir(parents=True)\n",
        "/app by WORKDIR",
    ),
    "code-env": (
        USER + "ENV OUT=/app/out\nWORKDIR /app\nCOPY . .\nUSER user\n",
        "import os\nos.makedirs(os.environ['OUT'])\n",
        "/app by WORKDIR",
    ),
    "code-env-default": (ROOTS, "import os\nos.makedirs(os.getenv('OUT', 'out'))\n", ""),
    "code-absence": (ROOTS, "import os\nif not os.path.exists('data'):\n    os.makedirs('data')\n", "/app by WORKDIR"),
    "code-generator": (
        ROOTS,
        "import os\ndef start():\n    os.makedirs('data')\n    yield\nstart()\n",
        "",
    ),
    "code-condition": (ROOTS, "import os\nif os.getenv('DEBUG'):\n    os.makedirs('data')\n", ""),
    "code-loop": (ROOTS, "import os\nfor n in (1, 2):\n    os.makedirs('data', exist_ok=True)\n", "/app by WORKDIR"),
    "code-behind-the-end": (ROOTS, "import os, sys\nsys.exit(0)\nos.makedirs('data')\n", ""),
    "code-try": (ROOTS, "import os\ntry:\n    os.makedirs('data')\nexcept OSError:\n    pass\n", ""),
    "code-try-that-raises": (
        ROOTS,
        "import os\ntry:\n    os.makedirs('data')\nexcept OSError as error:\n    raise RuntimeError from error\n",
        "/app by WORKDIR",
    ),
    "code-function": (
        ROOTS,
        "import os\ndef main():\n    os.makedirs('data')\nif __name__ == '__main__':\n    main()\n",
        "/app by WORKDIR",
    ),
    "code-method": (
        ROOTS,
        "import os\nclass App:\n    def run(self):\n        os.makedirs('data')\napp = App()\napp.run()\n",
        "/app by WORKDIR",
    ),
    "code-coroutine": (
        ROOTS,
        "import asyncio, os\nasync def main():\n    os.makedirs('data')\nasyncio.run(main())\n",
        "/app by WORKDIR",
    ),
    "code-function-not-called": (ROOTS, "import os\ndef save():\n    open('a.txt', 'w')\n", ""),
    "code-imported": (ROOTS, "import os\nif __name__ == '__main__':\n    os.makedirs('data')\n", ""),
    "code-of-a-server": (ROOTS, MAKES, "/app by WORKDIR"),
    "code-of-streamlit": (ROOTS, MAKES, "/app by WORKDIR"),
    "code-of-a-module": (ROOTS, "import setup\n", "/app by WORKDIR"),
    "code-chdir": (ROOTS, MAKES + "os.chdir('/tmp')\n", ""),
    "chainlit": (ROOTS, "import chainlit\n", "/app by WORKDIR"),
    "command-mkdir": (ROOTS, "", "/app by WORKDIR"),
    "command-may-fail": (ROOTS, "", ""),
    "script": (ROOTS, "", "/app by WORKDIR"),
    "script-that-goes-on": (ROOTS, "", ""),
    "script-condition": (ROOTS, MAKES, ""),
    "script-of-another-user": (ROOTS, MAKES, ""),
}

# Where the start is not `python app.py`, and further files.
STARTS = {
    "start-drops-root": 'CMD ["gosu", "user", "python", "app.py"]',
    "code-imported": "CMD uvicorn app:app",
    "code-of-a-server": 'CMD ["uvicorn", "app:app"]',
    "code-of-streamlit": "CMD streamlit run app.py",
    "chainlit": "CMD chainlit run app.py",
    "command-mkdir": "CMD mkdir -p /app/logs && python app.py",
    "command-may-fail": "CMD mkdir -p /app/logs || true; python app.py",
    "script": "CMD bash start.sh",
    "script-that-goes-on": "CMD bash start.sh",
    "script-condition": "CMD bash start.sh",
    "script-of-another-user": "CMD bash start.sh",
}
FILES: dict[str, dict[str, str]] = {
    "dockerignore": {".dockerignore": "x\n", "notes.txt": "x\n"},
    "code-of-a-module": {"setup.py": MAKES},
    "script": {"start.sh": "set -e\nmkdir logs\npython app.py\n"},
    "script-that-goes-on": {"start.sh": "mkdir logs\npython app.py\n"},
    "script-condition": {"start.sh": "if [ -f a ]\nthen\npython app.py\nfi\nserve\n"},
    "script-of-another-user": {"start.sh": "sudo chown -R user /app\\npython app.py\\n"},
}
CASES = {**RUNS, **OWNS, **WRITES}


def files_of(name: str) -> dict[str, str]:
    steps, app, _ = CASES[name]
    start = STARTS.get(name, 'CMD ["python", "app.py"]')
    dockerfile = (steps[1:] if steps.startswith("@") else "FROM python:3.12\n" + steps) + start + "\n"
    more = {"static/a.txt": "a", "a.tar.gz": "a", **FILES.get(name, {})}
    return {"README.md": README, "Dockerfile": dockerfile, "app.py": app, **more}


@pytest.mark.parametrize("name", CASES)
def test_case(name: str) -> None:
    found = [f"{each.path} by {each.maker.name}" for each in denied(make("space", files_of(name)))]
    assert found == ([CASES[name][2]] if CASES[name][2] else [])


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name][2]])
def test_fix_hands_the_path_over(name: str) -> None:
    repository = make("space", files_of(name))
    rules = {finding.code for finding in findings(repository, "DK006", "DK007")}
    assert rules and all(finding.severity == "warning" for finding in findings(repository, "DK006"))
    after: dict[str, Any] = {**files_of(name), **fixed(repository, "DK006", "DK007", unsafe=True).files}
    mended = make("space", after)
    assert mended.dockerfile is not None and mended.dockerfile.errors == []
    assert denied(mended) == []


@pytest.mark.parametrize("name", CASES)
def test_without_user_nothing_is_said(name: str) -> None:
    files = files_of(name)
    files["Dockerfile"] = re.sub(r"(?m)^USER .*\n", "", files["Dockerfile"])
    assert findings(make("space", files), "DK006", "DK007") == []


def test_documentation_names_every_case_and_no_other() -> None:
    rows = re.findall(r"\| `([a-z0-9-]+)` \|$", DOCS.read_text("utf-8"), re.MULTILINE)
    assert rows == list(CASES)


@pytest.mark.parametrize(
    "files",
    [
        {"Dockerfile": "FROM python:3.12\n" + "RUN mkdir a\n" * 3000 + "USER 1\nCMD python app.py\n"},
        {"Dockerfile": "FROM python:3.12\nCOPY . " + "../" * 5000 + "\nUSER 1\nCMD mkdir a\n"},
        {"Dockerfile": "FROM python:3.12\nWORKDIR /a\nUSER 1\nCMD python app.py\nCOPY . .\n", "app.py": "open(" * 90},
        {"Dockerfile": "FROM python:3.12\nUSER\nCOPY a\nCMD python\n"},
        {"Dockerfile": "FROM python:3.12\nRUN mkdir " + "a/" * 50_000 + "\nUSER 1\nCMD mkdir a\n"},
        {"Dockerfile": "FROM python:3.12\nCOPY " + "a " * 50_000 + "/b/\nUSER 1\nCMD mkdir /b/a\n"},
        {"Dockerfile": "FROM python:3.12\nRUN mkdir " + "".join(f"a{n} " for n in range(50_000)) + "\nUSER 1\nCMD a\n"},
        {"Dockerfile": "FROM python:3.12\nUSER 1\nCMD " + "mkdir a; " * 20_000 + "\n"},
        {
            "Dockerfile": "FROM python:3.12\nWORKDIR /a\nCOPY . .\nUSER 1\nCMD python app.py\n",
            "app.py": "a = a\nb = c\nc = b\nopen(a, 'w')\nopen(b, 'w')\ndef f():\n    f()\nf()\nopen('\\0', 'w')\n",
        },
    ],
)
def test_odd_input_is_no_crash(files: dict[str, str]) -> None:
    repository = make("space", {"README.md": README, **files})
    assert {found.place.path for found in findings(repository, "DK004", "DK005", "DK006", "DK007", "DK016")} <= set(
        files
    )
