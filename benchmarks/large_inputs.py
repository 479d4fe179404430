"""Repositories of any size, each of a kind that once took more than linear time."""

from __future__ import annotations

import random
import string
from collections.abc import Callable, Mapping

from hublint.engine.findings import Result
from hublint.engine.report import Checked, Report
from hublint.engine.reported import Located, Place, Reported, ReportedEdit, ReportedFix
from hublint.repository.repository import Repository
from hublint.repository.tree import ListedTree, MemoryTree
from hublint.rule import SEVERITIES
from hublint_schemas import Kind

_DOCKER = "---\ntitle: Big\nemoji: 🗣️\nsdk: docker\n---\n# Big\n\nText.\n"
_GRADIO = "---\ntitle: Big\nemoji: 🗣️\nsdk: gradio\nsdk_version: 5.49.1\n---\n# Big\n\nText.\n"


def memory(kind: Kind, files: Mapping[str, str], listing: Mapping[str, int] | None = None) -> Repository:
    """A repository in memory; files of `listing` are known by size only."""
    tree = MemoryTree({path: text.encode() for path, text in files.items()})
    return Repository(ListedTree(listing, tree) if listing else tree, kind)


def mteb(size: int) -> Repository:
    """`size` results of a model-index, 14 lines each."""
    result = (
        "  - task:\n      type: Retrieval\n    dataset:\n      type: mteb/arguana\n      name: MTEB ArguAna %d\n"
        "      config: default\n      split: test\n      revision: c22ab2a51041ffd869aaddef7af8d8215647e41a\n"
        "    metrics:\n    - type: map_at_1\n      value: 35.%d\n    - type: map_at_10\n      value: 51.%d\n"
        "      name: map 10\n"
    )
    results = "".join(result % (number, number, number) for number in range(size))
    card = f"---\nlicense: mit\nlanguage: en\nmodel-index:\n- name: big\n  results:\n{results}---\n# Big\n\nText.\n"
    return memory("model", {"README.md": card})


def report(size: int) -> Report:
    """`size` findings in 50 repositories."""
    rules = ("SP008", "FM006", "CT001", "SE001", "MC008")
    folders: list[list[Reported]] = [[] for _ in range(50)]
    for number in range(size):
        place = Place(f"data/file{number % 3}.md", number + 1, 1, number + 1, 9)
        fix = ReportedFix("safe", "Write it", (ReportedEdit(place, "text 🗣️"),))
        message = f"`value {number}` is not what the Hub takes; write `gray`"
        located = Located(1, 9, f"{number:x}:1", fix.edits[0])
        finding = Reported(rules[number % 5], "a-rule", SEVERITIES[number % 3], message, place, "tags[0]", fix=fix)
        folders[number % 50].append(finding._replace(fingerprint=f"{number:032x}", located=located))
    return Report(Checked(f"{index}/", "space", "", "", Result(tuple(found))) for index, found in enumerate(folders))


def faulty(size: int) -> Repository:
    """A dataset card with `size` tasks that do not exist."""
    tasks = "".join(f"- no-such-task-{number}\n" for number in range(size))
    return memory("dataset", {"README.md": f"---\nlicense: mit\ntask_categories:\n{tasks}---\n# Faulty\n\nText.\n"})


def files(size: int) -> Repository:
    """A dataset of `size` images in folders, and patterns over them."""
    card = (
        "---\nlicense: mit\nconfigs:\n- config_name: a\n  data_files:\n  - split: train\n    path: train/**\n"
        "  - split: test\n    path: 'test/*/[0-9]*.png'\n---\n# Files\n\n![one](train/1/1.png)\n"
    )
    names = {f"{'train' if number % 10 else 'test'}/{number % 97}/{number}.png": 1000 for number in range(size)}
    return memory("dataset", {"README.md": card}, names)


def space(size: int) -> Repository:
    """A Docker Space with `size` files, a tenth of them Python."""
    code = {f"lib/m{number}.py": "import os\nTOKEN = os.environ['HF_TOKEN']\n" for number in range(size // 10)}
    names = {f"assets/{number % 89}/file {number} [x].bin": 1000 for number in range(size)}
    start = 'FROM python:3.12\nCOPY . .\nCMD ["uvicorn", "lib.m0:app", "--host=0.0.0.0", "--port=7860"]\n'
    return memory("space", {"README.md": _DOCKER, "Dockerfile": start, **code}, names)


def python_comments(size: int) -> Repository:
    code = "".join(f"x{number} = 1  # hublint: ignore[AC003] why\n" for number in range(size))
    return memory("space", {"README.md": _GRADIO, "app.py": code})


def card_comments(size: int) -> Repository:
    lines = "".join(f"key{number}: 1  # hublint: ignore[FM008] why\n" for number in range(size))
    return memory("space", {"README.md": f"---\nsdk: gradio\n{lines}---\n# Big\n\nText.\n", "app.py": "x = 1\n"})


def docker_comments(size: int) -> Repository:
    lines = "".join(f"# hublint: ignore[DK016] why\nENV A{number}=1\n" for number in range(size))
    return memory("space", {"README.md": _DOCKER, "Dockerfile": f"FROM python:3.12\n{lines}CMD python app.py\n"})


def requirements_comments(size: int) -> Repository:
    lines = "".join(f"package{number}  # hublint: ignore[SP027] why\n" for number in range(size))
    return memory("space", {"README.md": _GRADIO, "app.py": "x = 1\n", "requirements.txt": lines})


def configs(size: int) -> Repository:
    """`size` configurations of a dataset, each of all its 300 files."""
    lines = "".join(f"- config_name: c{number}\n  data_files: '**/*[0-9]*'\n" for number in range(size))
    names = {f"data/{number}.csv": 10 for number in range(300)}
    return memory("dataset", {"README.md": f"---\nlicense: mit\nconfigs:\n{lines}---\n# Big\n\nText.\n"}, names)


def missing_data(size: int) -> Repository:
    info = "".join(f"- config_name: c{number}\n  splits:\n  - name: train\n" for number in range(size))
    lines = "".join(f"- config_name: c{number}\n  data_files: none/{number}.csv\n" for number in range(size))
    return memory("dataset", {"README.md": f"---\nlicense: mit\ndataset_info:\n{info}configs:\n{lines}---\n# Big\n"})


def ignore_lines(size: int) -> Repository:
    """`size` lines of .gitignore and as many large files."""
    lines = "".join(f"*.x{number}\n" for number in range(size))
    names = {f"big/{number}.bin": 20_000_000 for number in range(size)}
    return memory("space", {"README.md": _GRADIO, "app.py": "x = 1\n", ".gitignore": lines}, names)


def attribute_lines(size: int) -> Repository:
    lines = "".join(f"*.x{number} filter=lfs diff=lfs merge=lfs -text\n" for number in range(size))
    names = {f"big/{number}.bin": 20_000_000 for number in range(size)}
    return memory("space", {"README.md": _GRADIO, "app.py": "x = 1\n", ".gitattributes": lines}, names)


def docker_ignore_lines(size: int) -> Repository:
    copies = "".join(f"COPY big/{number}.bin /x/\n" for number in range(size))
    lines = "".join(f"*.x{number}\n" for number in range(size))
    start = f"FROM python:3.12\n{copies}CMD python app.py\n"
    names = {f"big/{number}.bin": 20 for number in range(size)}
    return memory("space", {"README.md": _DOCKER, "Dockerfile": start, ".dockerignore": lines}, names)


def ignore_files(size: int) -> Repository:
    """A .gitignore in each of `size` folders, and a large file beside it."""
    ignored = {f"d{number}/.gitignore": "*.x\n!*.y\n" for number in range(size)}
    names = {f"d{number}/big.bin": 20_000_000 for number in range(size)}
    return memory("space", {"README.md": _GRADIO, "app.py": "x = 1\n", **ignored}, names)


def stages(size: int) -> Repository:
    head = "FROM python:3.12 AS s0\n"
    lines = "".join(f"FROM s{n} AS s{n + 1}\nCOPY --from=s{n} /a /b\nENV A{n}=1\n" for n in range(size))
    return memory("space", {"README.md": _DOCKER, "Dockerfile": f"{head}{lines}CMD python app.py\n", "app.py": ""})


def env_lines(size: int) -> Repository:
    lines = "".join(f"API_TOKEN_{number}={_secret(number)}\n" for number in range(size))
    return memory("space", {"README.md": _GRADIO, "app.py": "x = 1\n", ".env": lines})


def python_secrets(size: int) -> Repository:
    lines = "".join(f'API_TOKEN_{number} = "{_secret(number)}"\n' for number in range(size))
    return memory("space", {"README.md": _GRADIO, "app.py": lines})


def _secret(number: int) -> str:
    return "".join(random.Random(number).choices(string.ascii_letters + string.digits, k=32))


def models(size: int) -> Repository:
    named = "".join(f"- owner/model-{number}\n" for number in range(size))
    code = "".join(f'm{number} = AutoModel.from_pretrained("owner/model-{number + 1}")\n' for number in range(size))
    card = _GRADIO.replace("sdk: gradio\n", f"sdk: gradio\nmodels:\n{named}")
    return memory("space", {"README.md": card, "app.py": f"from transformers import AutoModel\n{code}"})


def columns(size: int) -> Repository:
    table = f"|{'a b|' * size}\n|{'-|' * size}\n|{'1 2|' * size}\n"
    return memory("model", {"README.md": f"---\nlicense: mit\n---\n# Big\n\n{table}"})


def slips(size: int) -> Repository:
    lines = "".join(f"licens{number}e: mit\n" for number in range(size))
    return memory("model", {"README.md": f"---\nlicense: mit\n{lines}---\n# Big\n\nText.\n"})


def anchors(size: int) -> Repository:
    lines = "".join(f"k{number}: &a{number} [x, y]\nl{number}: *a{number}\n" for number in range(size))
    return memory("model", {"README.md": f"---\nlicense: mit\n{lines}---\n# Big\n\nText.\n"})


def variables(size: int) -> Repository:
    """`size` times a variable, twice as long as it was."""
    lines = "ENV A=$A$A\n" * size
    script = "A=aaaa\n" + "A=$A$A\n" * size + "uvicorn a:b --port $A\n"
    start = f"FROM python:3.12\nENV A=aaaaaaaa\n{lines}COPY . .\nCMD bash start.sh\n"
    return memory("space", {"README.md": _DOCKER, "Dockerfile": start, "start.sh": script})


def model(before: str, piece: str) -> Callable[[int], Repository]:
    """A model whose card has the same piece `size` times in one line."""

    def make(size: int) -> Repository:
        files = {"README.md": f"---\nlicense: mit\n---\n{before}{piece * size}\n".encode()}
        return Repository(MemoryTree(files), "model", repo_id="org/own")

    return make


def brackets(path: str, before: str, piece: str, after: str = "") -> Callable[[int], Repository]:
    """`size` brackets in one file."""

    def make(size: int) -> Repository:
        card = {"README.md": _DOCKER, "Dockerfile": 'FROM python:3.12\nCOPY . .\nCMD ["bash", "start.sh"]\n'}
        return memory("space", {**card, path: f"{before}{piece * size}{after}"})

    return make
