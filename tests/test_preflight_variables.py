"""Which Secrets and Variables preflight reads off an app's code."""

from __future__ import annotations

import time

import pytest

from hublint.documents.python import PythonSource
from hublint.documents.source import Source
from hublint.space.variables.asked import is_secret, variables
from hublint.space.variables.python_reads import python_reads
from repositories import make

CODE = [
    ('os.environ["A"]', "start"),
    ('os.environ["A"] = "x"\nos.environ["A"]', None),
    ('os.environ["A"] = os.getenv("A")', "start"),
    ('a = os.getenv("A")\nos.environ["A"] = a', "start"),
    ('a = os.getenv("A", "x")\nos.environ["A"] = a', "default"),
    ('a = os.getenv("A")\nif a:\n    os.environ["A"] = a', "optional"),
    ('os.environ["A"] = str(os.getenv("B", "4"))\nos.environ["A"]', None),
    ('def f(a):\n    os.environ["A"] = a\nos.environ["A"]', "optional"),
    ('os.getenv("A")', "optional"),
    ('os.getenv("A", "x")', "default"),
    ('os.getenv("A", "")', "optional"),
    ('os.getenv("A", None)', "optional"),
    ('os.getenv("A", default)', "default"),
    ('os.getenv("A") or "x"', "default"),
    ('os.getenv("A") or ""', "optional"),
    ('int(os.getenv("A"))', "start"),
    ('int(os.getenv("A", "1"))', "default"),
    ('os.getenv("A").split(",")', "start"),
    ('a = os.getenv("A")\nif not a:\n    raise ValueError', "start"),
    ('a = os.getenv("A")\nif a is None:\n    sys.exit(1)', "start"),
    ('a = os.getenv("A")\nif not a:\n    print("none")', "optional"),
    ('a = os.getenv("A")\nif a:\n    raise ValueError', "optional"),
    ('a = os.getenv("A")\nassert a', "start"),
    ('if not os.getenv("A"):\n    raise ValueError', "start"),
    ('def f():\n    return os.environ["A"]', "use"),
    ('def f():\n    return os.environ["A"]\nf()', "start"),
    ('def f():\n    return os.environ["A"]\ntry:\n    f()\nexcept KeyError:\n    pass', "optional"),
    ('for n in names:\n    os.environ["A"]', "use"),
    ('if debug:\n    os.environ["A"]', "use"),
    ('if __name__ == "__main__":\n    os.environ["A"]', "start"),
    ('if "A" in os.environ:\n    os.environ["A"]', "optional"),
    ('x = os.environ["A"] if "A" in os.environ else 1', "optional"),
    ('"A" in os.environ and os.environ["A"]', "optional"),
    ('try:\n    os.environ["A"]\nexcept KeyError:\n    pass', "optional"),
    ('try:\n    os.environ["A"]\nexcept KeyError:\n    raise RuntimeError', "start"),
    ('try:\n    os.environ["A"]\nexcept ValueError:\n    pass', "start"),
    ('try:\n    pass\nfinally:\n    os.environ["A"]', "start"),
    ('os.environ.pop("A")', "start"),
    ('os.environ.pop("A", None)', "optional"),
    ('from os import environ as e\ne["A"]', "start"),
    ('from decouple import config\nconfig("A")', "start"),
    ('from decouple import config\nconfig("A", default=1)', "default"),
    ('from environs import Env\nenv = Env()\nenv.str("A")', "start"),
    ('import streamlit as st\nst.secrets["A"]', "start"),
    ("from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    a: str\nS()", "start"),
    ("from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    a: str\ndef f():\n    S()", "use"),
    ("from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    a: str = 'x'\nS()", None),
    ("from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    a: str | None\nS()", None),
    ("from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    a: str\nS(a='x')", None),
    ("from pydantic import BaseSettings, Field\nclass S(BaseSettings):\n    a: str = Field(...)\nS()", "start"),
    ("from pydantic import BaseSettings, Field\nclass S(BaseSettings):\n    a: str = Field(alias='b')\nS()", None),
    ("from pydantic import BaseModel\nclass S(BaseModel):\n    a: str\nS()", None),
]


@pytest.mark.parametrize(("code", "need"), CODE, ids=[code.replace("\n", "; ") for code, _ in CODE])
def test_how_much_python_needs_a_variable(code: str, need: str | None) -> None:
    reads = python_reads(PythonSource(Source("app.py", f"import os, sys\n{code}\n".encode())))
    needs: list[str] = [read.need for read in reads if read.name == "A"]
    order = ["start", "use", "build", "optional", "default"]
    assert next((each for each in order if each in needs), None) == need


def test_a_prefix_is_part_of_a_settings_name() -> None:
    code = (
        "from pydantic_settings import BaseSettings, SettingsConfigDict\nclass S(BaseSettings):\n"
        "    model_config = SettingsConfigDict(env_prefix='APP_')\n    token: str\nS()\n"
    )
    assert [read.name for read in python_reads(PythonSource(Source("a.py", code.encode())))] == ["APP_TOKEN"]


def test_many_reads_take_no_long_time() -> None:
    code = "import os\n" + 'x = os.getenv("A")\nif not x:\n    pass\n' * 20_000
    start = time.monotonic()
    python_reads(PythonSource(Source("app.py", code.encode())))
    assert time.monotonic() - start < 60


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"os.environ[", b"(" * 5000, b"import os\nos.environ['\\ud800']\n"])
def test_bad_python_is_no_failure(data: bytes) -> None:
    assert all(isinstance(read.name, str) for read in python_reads(PythonSource(Source("app.py", data))))


@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("OPENAI_API_KEY", True),
        ("HF_TOKEN", True),
        ("DB_PASSWORD", True),
        ("DATABASE_URL", True),
        ("MONGODB_URI", True),
        ("AZURE_STORAGE_CONNECTION_STRING", True),
        ("SENTRY_DSN", True),
        ("SLACK_WEBHOOK_URL", True),
        ("GOOGLE_APPLICATION_CREDENTIALS", True),
        ("AWS_ACCESS_KEY_ID", True),
        ("SUPABASE_SERVICE_KEY", True),
        ("MODEL_ID", False),
        ("MAX_TOKENS", False),
        ("BACKEND_URL", False),
        ("LOG_LEVEL", False),
        ("STRIPE_PUBLISHABLE_KEY", False),
        ("SUPABASE_ANON_KEY", False),
        ("VITE_API_KEY", False),
        ("ADMIN_EMAIL", False),
    ],
)
def test_secret_or_variable(name: str, secret: bool) -> None:
    assert is_secret(name) is secret


def needs(files: dict[str, str], sdk: str) -> dict[str, tuple[str, str]]:
    card = f"---\ntitle: Demo\nsdk: {sdk}\n---\n"
    found = variables(make("space", {"README.md": card, **files}))
    return {variable.name: (variable.need, variable.store) for variable in found}


def test_what_the_hub_sets_is_left_out() -> None:
    names = ("SPACE_ID", "SPACE_HOST", "OAUTH_CLIENT_ID", "SYSTEM", "ACCELERATOR", "HOME", "MINE")
    code = "import os\n" + "".join(f'os.environ["{name}"]\n' for name in names)
    assert needs({"app.py": code}, "gradio") == {"MINE": ("start", "variable")}


def test_only_what_the_app_imports_counts() -> None:
    files = {
        "app.py": "import core.model\n",
        "core/__init__.py": "",
        "core/model.py": 'import os\n\nos.environ["MODEL_TOKEN"]\n',
        "train.py": 'import os\n\nos.environ["WANDB_API_KEY"]\n',
    }
    assert needs(files, "gradio") == {"MODEL_TOKEN": ("start", "secret")}


def test_a_committed_env_file_that_is_loaded_gives_values() -> None:
    code = 'import os\n\nfrom dotenv import load_dotenv\n\nload_dotenv()\nos.environ["MODEL_ID"]\n'
    files = {"app.py": code, ".env": "MODEL_ID=gpt2\n"}
    assert needs(files, "gradio") == {"MODEL_ID": ("default", "variable")}
    assert needs({**files, ".gitignore": ".env\n"}, "gradio") == {"MODEL_ID": ("start", "variable")}
    assert needs({**files, "app.py": code.replace("dotenv", "other")}, "gradio")["MODEL_ID"][0] == "start"


def test_a_docker_space() -> None:
    files = {
        "Dockerfile": (
            "FROM node:22\nARG VITE_URL\nARG VERSION=1\nENV MODE=production EMPTY=\n"
            "RUN --mount=type=secret,id=NPM_TOKEN,required=true npm ci\n"
            "RUN --mount=type=secret,id=OTHER,mode=0444 --mount=type=cache,target=/root true\n"
            'COPY . .\nCMD ["sh", "-c", "uvicorn api.main:app --port 7860"]\n'
        ),
        "api/main.py": 'import os\n\nos.environ["DATABASE_URL"]\nos.environ["MODE"]\nos.environ["EMPTY"]\n',
        "api/worker.py": 'import os\n\nos.environ["QUEUE"]\n',
        "tests/test_main.py": 'import os\n\nos.environ["TEST_ONLY"]\n',
        "start.sh": ': "${REGION:?set it}"\n# ${NOT:?this}\necho ${SIZE:-1}\n',
        "server.js": (
            "const a = process.env.API_KEY; const b = process.env.LIMIT || 5; const c = process.env['NAME'] ?? '';\n"
            "process.env.TZ2 = 'UTC';\n"
        ),
        "node_modules/x/index.js": "process.env.DEEP",
    }
    assert needs(files, "docker") == {
        "DATABASE_URL": ("start", "secret"),
        "EMPTY": ("start", "variable"),
        "QUEUE": ("use", "variable"),
        "REGION": ("use", "variable"),
        "NPM_TOKEN": ("build", "secret"),
        "OTHER": ("optional", "secret"),
        "VITE_URL": ("optional", "variable"),
        "API_KEY": ("optional", "secret"),
        "NAME": ("optional", "variable"),
        "LIMIT": ("default", "variable"),
        "MODE": ("default", "variable"),
    }


@pytest.mark.parametrize("command", ['["uv", "run", "python", "src/server.py"]', '["sh", "start.sh"]'])
def test_what_a_docker_space_starts_is_asked_of_the_walk_of_its_start(command: str) -> None:
    files = {
        "Dockerfile": f"FROM python:3.12\nWORKDIR /app\nCOPY . .\nCMD {command}\n",
        "start.sh": "cd src\nexec python server.py\n",
        "src/server.py": 'import os\nimport tools\n\nos.environ["MODEL_ID"]\n',
        "src/tools.py": 'import os\n\nos.environ["TOOL"]\nif __name__ == "__main__":\n    os.environ["ALONE"]\n',
        "other/server.py": 'import os\n\nos.environ["OTHER"]\n',
    }
    assert {name: need for name, (need, _) in needs(files, "docker").items()} == {
        "MODEL_ID": "start",
        "TOOL": "start",
        "ALONE": "use",
        "OTHER": "use",
    }
