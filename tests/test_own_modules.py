"""Constants of the app's own modules: what an expression is worth that another file of the repository defines."""

from __future__ import annotations

import pytest

from hublint.repository.repository import Repository
from hublint.space.constants import known_value
from repositories import make

SETTINGS = "from pydantic_settings import BaseSettings\nclass Settings(BaseSettings):\n    port: int = 8000\n"


def space(files: dict[str, str], app: str = "app.py") -> Repository:
    return make("space", {"README.md": f"---\nsdk: gradio\napp_file: {app}\n---\n", **files})


def value(repository: Repository, path: str = "app.py") -> object:
    """What `x` is worth in a file, with the variable that may change it; `...` where that is unknown."""
    python = repository.python(path)
    assert python is not None
    assert python.error is None
    known = known_value(repository, python, next(each.value for each in python.assignments if each.name == "x"))
    return ... if known is None else (known.value, known.env) if known.env else known.value


@pytest.mark.parametrize(
    ("code", "files", "expected"),
    [
        ("from config import PORT\nx = PORT", {"config.py": "PORT = 5000\n"}, 5000),
        ("from config import PORT as P\nx = P", {"config.py": "PORT = 5000\n"}, 5000),
        ("import config\nx = config.PORT", {"config.py": "PORT = 5000\n"}, 5000),
        ("import config as c\nx = c.PORT + 1", {"config.py": "PORT = 5000\n"}, 5001),
        ("from config import *\nx = PORT", {"config.py": "PORT = 5000\n"}, 5000),
        ("from app.core.config import PORT\nx = PORT", {"app/core/config.py": "PORT = 5000\n"}, 5000),
        ("import core.config\nx = core.config.PORT", {"core/config.py": "PORT = 5000\n"}, 5000),
        ("from core import config\nx = config.PORT", {"core/config.py": "PORT = 5000\n"}, 5000),
        (
            "from core import PORT\nx = PORT",
            {"core/__init__.py": "from .config import PORT\n", "core/config.py": "PORT = 5000\n"},
            5000,
        ),
        (
            "from config import PORT\nx = PORT",
            {"config.py": "from base import N\nPORT = N + 1\n", "base.py": "N = 1"},
            2,
        ),
        (
            "from config import PORT\nx = int(PORT)",
            {"config.py": "import os\nPORT = os.getenv('PORT', '80')\n"},
            (80, "PORT"),
        ),
        ("from config import Config\nx = Config.PORT", {"config.py": "class Config:\n    PORT = 5000\n"}, 5000),
        ("from config import c\nx = c.PORT", {"config.py": "class Config:\n    PORT = 5000\nc = Config()\n"}, 5000),
        (
            "from config import settings\nx = settings.port",
            {"config.py": SETTINGS + "settings = Settings()\n"},
            (8000, "PORT"),
        ),
        ("from config import Settings\ns = Settings()\nx = s.port", {"config.py": SETTINGS}, (8000, "PORT")),
        (
            "from config import get\nx = get().port",
            {
                "config.py": SETTINGS
                + "from functools import lru_cache\n@lru_cache\ndef get():\n    return Settings()\n"
            },
            (8000, "PORT"),
        ),
        (
            "from config import s\nx = s.port",
            {"config.py": SETTINGS + "    model_config = {'env_prefix': 'APP_'}\ns = Settings()\n"},
            (8000, "APP_PORT"),
        ),
        (
            "from config import s\nx = s.port",
            {"config.py": SETTINGS.replace("= 8000", "= Field(8000, validation_alias='WEB')") + "s = Settings()\n"},
            (8000, "WEB"),
        ),
        # what is not certain
        ("from config import PORT\nx = PORT", {}, ...),
        ("from config import PORT\nx = PORT", {"config.py": "PORT = 1\nPORT = 2\n"}, ...),
        ("from config import PORT\nx = PORT", {"config.py": "PORT = 1\nfrom local import *\n"}, ...),
        ("from config import PORT\nfrom local import *\nx = PORT", {"config.py": "PORT = 1\n"}, ...),
        ("import config\nconfig.PORT = 2\nx = config.PORT", {"config.py": "PORT = 1\n"}, ...),
        (
            "try:\n    from local import PORT\nexcept ImportError:\n    PORT = 1\nx = PORT",
            {"local.py": "PORT = 2\n"},
            ...,
        ),
        ("from config import *\nx = PORT", {"config.py": "__all__ = []\nPORT = 1\n"}, ...),
        ("from config import PORT\nx = PORT", {"config.py": "PORT = 1\n", "config/__init__.py": "PORT = 2\n"}, ...),
        (
            "from core import config\nx = config.PORT",
            {"core/__init__.py": "config = make()\n", "core/config.py": "PORT = 1\n"},
            ...,
        ),
        (
            "from config import c\nx = c.PORT",
            {"config.py": "class C:\n    PORT = 1\n    def __init__(self):\n        self.PORT = 2\nc = C()\n"},
            ...,
        ),
        ("from config import c\nx = c.PORT", {"config.py": "class C(Base):\n    PORT = 1\nc = C()\n"}, ...),
        ("from config import s\nx = s.port", {"config.py": SETTINGS + "s = Settings(port=1)\n"}, ...),
        (
            "from config import s\nx = s.port",
            {
                "config.py": SETTINGS
                + "    @field_validator('port')\n    def even(cls, v):\n        return 2\ns = Settings()\n"
            },
            ...,
        ),
        ("from config import PORT\nx = PORT", {"config.py": "PORT = ("}, ...),
        ("from a import X\nx = X", {"a.py": "from b import X\n", "b.py": "from a import X\n"}, ...),
        ("from a import s\nx = s.y", {"a.py": "from b import s\n", "b.py": "from a import s\n"}, ...),
    ],
)
def test_constants_of_other_modules(code: str, files: dict[str, str], expected: object) -> None:
    assert value(space({"app.py": code + "\n", **files})) == expected


def test_modules_lie_beside_the_file_that_is_started() -> None:
    code = {"web/app.py": "from config import PORT\nx = PORT\n", "config.py": "PORT = 1\n"}
    assert value(space(code, "web/app.py"), "web/app.py") is ...
    assert value(space({**code, "web/config.py": "PORT = 2\n"}, "web/app.py"), "web/app.py") == 2


@pytest.mark.parametrize(
    ("dockerfile", "expected"),
    [
        ("COPY . .\nCMD python app.py", 1),
        ("COPY . .\nCMD uvicorn app:app", 1),
        ("COPY . .\nCOPY prod.py config.py\nCMD python app.py", 2),
        ("COPY app.py .\nCMD python app.py", ...),
        ("COPY . .\nRUN echo PORT=3 > config.py\nCMD python app.py", ...),
    ],
)
def test_in_an_image_modules_are_the_files_that_copy_brings(dockerfile: str, expected: object) -> None:
    files = {"app.py": "from config import PORT\nx = PORT\n", "config.py": "PORT = 1\n", "prod.py": "PORT = 2\n"}
    readme = "---\nsdk: docker\n---\n"
    text = f"FROM python:3.12\nWORKDIR /app\n{dockerfile}\n"
    assert value(make("space", {"README.md": readme, "Dockerfile": text, **files})) == expected


def test_many_modules_that_double_end() -> None:
    files = {f"m{n}.py": f"from m{n + 1} import X as Y\nX = Y + Y\n" for n in range(60)}
    assert value(space({"app.py": "from m0 import X\nx = X\n", **files, "m60.py": "X = 1\n"})) is ...
