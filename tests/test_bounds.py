"""Whatever a repository holds, checking it takes bounded memory and time: nothing hangs, and no rule fails."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hublint.documents import shell
from hublint.documents.dockerfile import Dockerfile
from hublint.documents.dockerfile.expansion import expand
from hublint.documents.expanding import LONGEST
from hublint.documents.source import Source
from hublint.documents.yaml.nodes import YamlError
from hublint.documents.yaml.parsing import MAX_DEPTH, parse
from hublint.documents.yaml.scalars import core_value, property_name, yaml_1_1_value
from hublint.engine.check import Settings
from hublint.engine.config import Config
from hublint.engine.fixing import fix
from hublint.engine.path_patterns import matches
from hublint.repository.tree import FolderTree
from repositories import findings, make
from test_rules import ALL_CASES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CARD = "---\nsdk: docker\ntitle: x\n---\n"
DOUBLED = ["A=$A$A", "A=${A:-x}${A:+$A$A}", 'A="$A$A"', "A=${A}${A}", "A=${A:-x$A}$A", "A=${A//a/aaa}$A"]


def check(folder: Path, *arguments: str, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """A check in a process of its own, for what would hang or fill the memory."""
    done = subprocess.run(
        [sys.executable, "-m", "hublint", "check", str(folder), *arguments],
        capture_output=True, timeout=seconds, check=False, encoding="utf-8", preexec_fn=_bounded,
    )  # fmt: skip
    assert "Traceback" not in done.stderr and "internal error" not in done.stderr and "failed on" not in done.stderr
    return done


def _bounded() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))


@pytest.mark.parametrize("line", DOUBLED)
def test_variables_of_a_dockerfile_grow_up_to_a_bound(line: str) -> None:
    for name in ("ENV", "ARG"):
        text = f"ARG G=a\nFROM python:3.12\n{name} A=aaaaaaaa\n" + f"{name} {line}\n" * 40
        stage = Dockerfile(Source("Dockerfile", text.encode())).stages[0]
        assert stage.instructions[0].pairs and stage.env_at(stage.instructions[1])["A"] == "aaaaaaaa"
        history = [value for _, value in stage.build_history["A"]]
        assert history[-1] is None and all(value is None or len(value) <= LONGEST for value in history)
    text = "ARG A=aaaa\n" + f"ARG {line}\n" * 40 + "FROM $A\n"
    assert Dockerfile(Source("Dockerfile", text.encode())).stages[0].base_name is None


def test_a_long_literal_stays_known() -> None:
    text = "a" * 100_000
    assert expand(f'"{text}"$A', {"A": ""}) == text
    assert expand("$A", {"A": text}) == text
    assert shell.commands(f"echo '{text}'$A", env={"A": ""})[0].argv[1].value == text


@pytest.mark.parametrize("line", DOUBLED[:-1])
def test_variables_of_a_script_grow_up_to_a_bound(line: str) -> None:
    last = shell.commands("A=aaaaaaaa\n" + f"{line}\n" * 40 + "run $A -- x$A")[-1]
    assert [word.value for word in last.argv] == ["run", None, "--", None]
    assert [word.default for word in last.argv] == ["run", None, "--", None]


def test_defaults_of_a_script_grow_up_to_a_bound() -> None:
    last = shell.commands("A=${A:-aaaa}\n" + "A=$A$A\n" * 40 + "run $A")[-1]
    assert last.argv[1].value is None and last.argv[1].default is None


def test_an_expansion_does_not_become_any_number_of_words() -> None:
    script = "A='" + "a " * 1000 + "'\n"
    assert len(shell.commands(script + "run $A")[-1].argv) == 2
    assert len(shell.commands("A='a b c'\nrun $A")[-1].argv) == 4


@pytest.mark.parametrize("name", ["s.sh", ".env"])
def test_started_scripts_and_sourced_files_are_bounded(tmp_path: Path, name: str) -> None:
    (tmp_path / "README.md").write_text(CARD, "utf-8")
    (tmp_path / "Dockerfile").write_text(
        "FROM python:3.12\nENV A=aaaaaaaa\n" + "ENV A=$A$A\n" * 40 + "COPY . .\nCMD bash s.sh\n", "utf-8"
    )
    (tmp_path / "s.sh").write_text("source .env\nuvicorn a:b --port $A\n", "utf-8")
    (tmp_path / name).write_text("A=aaaa\n" + "A=$A$A\n" * 40 + "uvicorn a:b --port $A\n", "utf-8")
    assert check(tmp_path, "--select", "ALL").returncode in (0, 1)


INDEX_4 = b"DIRC\0\0\0\4\xff\xff\xff\xff"


def sparse(root: Path, index: bytes | None) -> Path:
    """A sparse checkout with an index, and where that is to be put."""
    (root / "README.md").write_text(CARD, "utf-8")
    (root / ".git/info").mkdir(parents=True)
    (root / ".git/info/sparse-checkout").write_text("*", "utf-8")
    if index is not None:
        (root / ".git/index").write_bytes(index)
    return root / ".git/index"


def entry(name: bytes) -> bytes:
    """An entry of a git index of version 3: a file that is not checked out."""
    flags = (0x4000 | len(name)).to_bytes(2, "big") + (0x4000).to_bytes(2, "big")
    data = bytes(24) + (0o100644).to_bytes(4, "big") + bytes(12) + bytes(20) + flags + name
    return data + bytes(8 - len(data) % 8)


def test_an_index_is_opened_like_any_other_file(tmp_path: Path) -> None:
    for number, kind in enumerate(("fifo", "link", "folder")):
        root = tmp_path / str(number)
        root.mkdir()
        path = sparse(root, None)
        if kind == "fifo":
            os.mkfifo(path)
        elif kind == "link":
            path.symlink_to("/dev/zero")
        else:
            path.mkdir()
        assert check(root).returncode in (0, 1)


def test_numbers_in_an_index_are_bounded(tmp_path: Path) -> None:
    sparse(tmp_path, INDEX_4 + bytes(62) + b"\xff" * 3_000_000)
    assert check(tmp_path).returncode in (0, 1)


def test_an_index_names_nothing_outside_of_the_repository(tmp_path: Path) -> None:
    names = b"../x /etc/passwd .git/config a/../../x a//b ./a a/.GIT/hooks/x a/ data/x".split()
    sparse(tmp_path, b"DIRC\0\0\0\3" + len(names).to_bytes(4, "big") + b"".join(map(entry, names)))
    assert list(FolderTree(str(tmp_path)).sizes()) == ["README.md", "data/x"]


@pytest.mark.parametrize("text", ["", "; nothing yet\n", "\n\n", "command=x\n"])
def test_supervisord_without_a_program(text: str) -> None:
    dockerfile = 'FROM python:3.12\nCOPY supervisord.conf /etc/supervisor/conf.d/\nCMD ["supervisord"]\n'
    findings(make("space", {"README.md": CARD, "Dockerfile": dockerfile, "supervisord.conf": text}), "ALL")


@pytest.mark.parametrize(
    "lines",
    ["tags: [x, x]\ntags:\n", "tags:\ntags: [x, x]\n", "tags: [x, x]\ntags: [x, x, y]\n", "tags: [x, x]\ntags: 1\n"],
)
def test_duplicate_items_under_a_duplicate_key(lines: str) -> None:
    repository = make("model", {"README.md": f"---\nlicense: mit\n{lines}---\n"})
    found = findings(repository, "FM013")
    assert len(found) == lines.endswith("[x, x, y]\n") + lines.startswith("tags:\n")
    findings(repository, "ALL")


NUMBERED = "app_port pinned models license suggested_hardware x model-index language base_model configs tags".split()
HUGE = ["0x" + "f" * 257, "0x" + "f" * 3600, "0o" + "7" * 6000, "0b" + "1" * 15000, "9" * 5000, "-" + "9" * 5000]
HUGE += ["1" + ":59" * 3000, "1e999", "0" * 5000, "1_" * 2500 + "1", "-0x" + "f" * 3600, "+0b" + "1" * 15000, ".inf"]


def with_doubled_keys(text: str, value: str) -> str:
    """A card in which each key at the left stands once more, with another value."""
    head, fence, rest = text.removeprefix("---\n").partition("\n---")
    keys = [line.partition(":")[0] for line in head.splitlines() if line[:1].isalpha() and ":" in line]
    again = "\n".join(f"{key}: {value}" for key in keys)
    return f"---\n{head}\n{again}{fence}{rest}" if value != "first" else f"---\n{again}\n{head}{fence}{rest}"


@pytest.mark.parametrize("number", HUGE)
def test_numbers_of_any_size(number: str) -> None:
    assert len(str(core_value(number))) and property_name(core_value(number)) and str(yaml_1_1_value(number))
    for kind in ("space", "model", "dataset"):
        lines = "".join(f"{key}: {number}\n" for key in NUMBERED)
        nested = "".join(f"{key}: [{{name: {number}, {number}: {number}}}]\n" for key in NUMBERED)
        for block in (lines, nested, f"{number}: {number}\n"):
            findings(make(kind, {"README.md": f"---\n{block}---\n# X\n", ".eval_results/a.yaml": block}), "ALL")


@pytest.mark.parametrize("depth", [MAX_DEPTH - 2, 330, 3000])
def test_anchors_in_a_chain(depth: int) -> None:
    block = "".join(f"k{n}: &a{n} [{f'*a{n - 1}' if n else 'x'}]\n" for n in range(depth))
    if depth > MAX_DEPTH:
        with pytest.raises(YamlError):
            parse(block)
    else:
        root = parse(block)
        assert root is not None and len(root.value) == depth
    for kind in ("space", "model", "dataset"):
        findings(make(kind, {"README.md": f"---\n{block}---\n", ".eval_results/a.yaml": block}), "ALL")


def test_aliases_side_by_side_are_bounded_together() -> None:
    with pytest.raises(YamlError):
        parse(f"a: &a [{'x, ' * 20_000}]\n" + "".join(f"b{n}: *a\n" for n in range(100)))


@pytest.mark.parametrize("arguments", ['"PASSWORD", "{s}", "{s}"', '"PASSWORD", "{s}" if x else "{s}"', '"{s}", "{s}"'])
def test_a_fix_that_cannot_be_applied_is_left_out(arguments: str) -> None:
    secret = "b860e7c730d18f6941ff3c9ff16effdaa12ade80070e3168bc5774f3fab5acff"
    app = f"import os\nA = os.environ.get({arguments.format(s=secret)})\nB = {secret!r}\n"
    card = "---\nsdk: gradio\ncolorFrom: Red\n---\n"
    done = fix(make("space", {"README.md": card, "app.py": app}), Settings.of(Config(select=("ALL",))), unsafe=True)
    assert b"colorFrom: red" in done.files["README.md"]


def test_overlapping_edits_reject_their_fix_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from hublint.documents.edits import Edit, Fix
    from hublint.documents.source import Span
    from hublint.engine import fixing

    judge = fixing.judge

    def broken(repository: object, settings: object) -> object:
        found, crashes = judge(repository, settings)  # type: ignore[arg-type]
        edits = (Edit("README.md", Span(4, 9), "x"), Edit("README.md", Span(6, 30), "y"))
        for each in found:
            if each.rule.code == "SP021":
                each.finding.fix = Fix("x", edits)
        return found, crashes

    monkeypatch.setattr(fixing, "judge", broken)
    card = "---\nsdk: gradio\ncolorFrom: Red\ncustom_headers:\n  x: 1\n---\n"
    done = fix(make("space", {"README.md": card}), Settings.of(Config(select=("ALL",))))
    assert b"colorFrom: red" in done.files["README.md"]


@pytest.mark.parametrize(("code", "case"), [param for param in ALL_CASES if param.values[1]["findings"]][::5])  # type: ignore[index]
def test_no_rule_fails_on_a_card_with_each_key_twice(code: str, case: dict[str, object]) -> None:
    files = dict(case["files"])  # type: ignore[call-overload]
    if not str(files.get("README.md", "")).startswith("---\n"):
        return
    for value in ("", "[1, 1]", "first"):
        changed = {**files, "README.md": with_doubled_keys(files["README.md"], value)}
        findings(make(str(case["kind"]), changed), "ALL")


def of_other_types(value: object) -> Iterator[object]:
    """A value with each value within it replaced, in turn, by one of another type."""
    yield from ({}, [], [{}], {"a": []}, 1, None, True, "x")
    if isinstance(value, dict):
        for key, each in value.items():
            yield from ({**value, key: other} for other in of_other_types(each))
    elif isinstance(value, list) and value:
        yield from ([other, *value[1:]] for other in of_other_types(value[0]))


WITH_JSON = [
    param
    for param in ALL_CASES
    if any(path.endswith(".json") for path in param.values[1]["files"])  # type: ignore[index]
]


@pytest.mark.parametrize(("code", "case"), WITH_JSON if os.environ.get("HUBLINT_TEST_ALL") else WITH_JSON[::9])
def test_values_in_json_are_of_any_type(code: str, case: dict[str, object]) -> None:
    files = dict(case["files"])  # type: ignore[call-overload]
    for path in [path for path in files if path.endswith(".json")]:
        try:
            value = json.loads(files[path])
        except ValueError:
            continue
        for other in islice(of_other_types(value), 60):
            findings(make(str(case["kind"]), {**files, path: json.dumps(other)}), code)


@pytest.mark.parametrize("value", ["{}", '{"a": []}', "[]", "1", "null"])
def test_an_index_of_weights_names_anything(value: str) -> None:
    text = f'{{"weight_map": {{"a": {value}}}}}'
    findings(make("model", {"README.md": "# X\n", "model.safetensors.index.json": text}), "RP007")


def _as_regular_expression(pattern: str) -> str:
    """What a path pattern means, as an expression that backtracks."""
    pattern = pattern.lstrip("/").removeprefix("./").rstrip("/") or "."
    parts = [re.escape(part) for part in re.split(r"(\*\*/|\*\*|\*|\?)", pattern)]
    meant = {r"\*\*/": "(?:.*/)?", r"\*\*": ".*", r"\*": "[^/]*", r"\?": "[^/]"}
    body = "".join(meant.get(part, part) for part in parts)
    return ("" if "/" in pattern else "(?:.*/)?") + body + "(?:/.*)?"


@given(st.text("ab/*?.", max_size=9), st.text("ab/.\n", max_size=9))
def test_path_patterns_mean_what_they_did(pattern: str, path: str) -> None:
    assert matches(pattern, path) == bool(re.fullmatch(_as_regular_expression(pattern), path, re.DOTALL))


def test_patterns_of_any_number_of_stars(tmp_path: Path) -> None:
    folder = tmp_path / ("a" * 60)
    folder.mkdir()
    (folder / "README.md").write_text(CARD, "utf-8")
    pattern = "*a" * 40 + "X"
    (tmp_path / "hublint.toml").write_text(
        f'exclude = ["{pattern}", "{"**/a*" * 40}X"]\n[per-file-ignores]\n"{pattern}" = ["ALL"]\n'
        f'[repo-types]\n"{pattern}" = "model"\n',
        "utf-8",
    )
    assert check(tmp_path).returncode in (0, 1)


def test_folders_of_any_depth(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Not a card\n", "utf-8")
    (tmp_path / "loop").symlink_to("loop")
    place = os.open(tmp_path, os.O_RDONLY)
    for number in range(1100):
        os.mkdir("d", dir_fd=place)
        inner = os.open("d", os.O_RDONLY, dir_fd=place)
        os.close(place)
        place = inner
        if number == 300:
            with open(os.open("README.md", os.O_WRONLY | os.O_CREAT, dir_fd=place), "w", encoding="utf-8") as file:
                file.write(CARD)
    os.close(place)
    try:
        assert "d/d/d/README.md" in check(tmp_path, "--select", "ALL").stdout
    finally:
        subprocess.run(["rm", "-rf", str(tmp_path / "d")], check=True)


def test_each_comment_is_looked_at_in_its_own_place() -> None:
    code = "".join(f"import os  # hublint: ignore[AC003] {n}\n" for n in range(4000))
    card = "---\nsdk: gradio\n" + "".join(f"x{n}: 1  # hublint: ignore[FM008] why\n" for n in range(2000)) + "---\n"
    repository = make("space", {"README.md": card, "app.py": code})
    findings(repository, "HL001", "FM008", "FM015", "SP001")


def test_an_answer_about_data_files_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from hublint.dataset import subsets

    asked: list[object] = []
    made = subsets._splits
    monkeypatch.setattr(
        subsets, "_splits", lambda repository, subset: (asked.append(subset), made(repository, subset))[1]
    )
    lines = "".join(f"- config_name: c{n}\n  data_files: '**/*{n}*'\n" for n in range(5))
    repository = make("dataset", {"README.md": f"---\nconfigs:\n{lines}---\n"}, {f"a/{n}.csv": 10 for n in range(9)})
    findings(repository, "ALL")
    findings(repository, "ALL")
    assert len(asked) == len({(subset.folder, subset.patterns) for subset in asked}) > 0  # type: ignore[attr-defined]


def test_many_findings_in_one_line_and_their_fixes_take_linear_time() -> None:
    def seconds(size: int) -> float:
        card = f"---\nlicense: mit\ntags: [{', '.join(['x'] * size)}]\n---\n# X\n"
        begun = time.process_time()
        done = fix(make("model", {"README.md": card}), Settings.of(Config(select=("FM", "MC"))), unsafe=True)
        assert done.applied == size - 1 and b"tags: [x]\n" in done.files["README.md"]
        return time.process_time() - begun

    seconds(10)
    assert min(seconds(3200), seconds(3200)) < 14 * max(seconds(400), 0.02)


def test_edits_that_touch_wait_for_the_next_pass() -> None:
    from hublint.documents.edits import Edit
    from hublint.documents.source import Span
    from hublint.engine.fixing import _beside

    taken = [Edit("a", Span(*span), "x") for span in ((0, 2), (4, 4), (6, 9), (12, 12), (12, 14))]
    for start, end in ((0, 0), (2, 3), (3, 3), (4, 6), (7, 8), (9, 12), (13, 20), (0, 20), (15, 16)):
        beside = set(_beside(Edit("a", Span(start, end), ""), taken))
        assert beside >= {each for each in taken if start <= each.span.end and each.span.start <= end}


def test_a_stage_is_the_first_of_its_name() -> None:
    text = "FROM a AS x\nFROM b AS X\nFROM c\n"
    dockerfile = Dockerfile(Source("Dockerfile", text.encode()))
    assert dockerfile.stage("X") is dockerfile.stages[0] and dockerfile.stage("1") is dockerfile.stages[1]


def test_a_line_that_many_findings_are_about_is_read_and_covered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table of 1,500 broken links in one line."""
    from hublint.engine.masking import Mask

    covered: list[str] = []
    ours = Mask._covered
    monkeypatch.setattr(Mask, "_covered", lambda mask, text: (covered.append(text), ours(mask, text))[1])
    cells = range(1500)
    rows = ["|" + "|".join(f"c{each}" for each in cells) + "|", "|" + "---|" * len(cells)]
    rows.append("|" + "|".join(f"[x](a{each}.md)" for each in cells) + "|")
    readme = "---\nlicense: mit\n---\n" + "\n".join(rows) + "\n"
    found = findings(make("model", {"README.md": readme, "x.json": "{}"}), "CT005")
    assert len(found) == len(cells)
    assert sum(len(text) > 10_000 for text in covered) <= 2


@pytest.mark.parametrize("text", ["a\nb\r\nc\rd", "\r\n\n", "", "a\r\r\nb", "\n\r"])
def test_lines_end_where_their_break_begins(text: str) -> None:
    source = Source("x", text.encode())
    lines = re.split(r"\r\n|\n|\r", text)
    assert [source.line(number) for number in range(1, len(lines) + 1)] == lines


def test_adding_an_item_reads_no_other_list(monkeypatch: pytest.MonkeyPatch) -> None:
    from hublint.documents.yaml import places

    monkeypatch.delattr(places, "block_style")
    app = "from transformers import AutoModel\n" + "".join(f"AutoModel.from_pretrained('o/m{n}')\n" for n in range(9))
    card = "---\ntitle: x\nsdk: gradio\nmodels:\n- a/b\n---\n"
    found = findings(make("space", {"README.md": card, "app.py": app}), "SP028")
    assert [each.fix is not None for each in found] == [True] * 9


def test_brackets_in_one_another_make_no_near_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML's own parser would take their number squared, once for each way in which the block may be meant."""
    from hublint.documents.yaml import parsing

    asked: list[str] = []
    parse = parsing.parse
    monkeypatch.setattr(parsing, "parse", lambda *given: asked.append(given[0]) or parse(*given))
    for size in (5, 650):
        asked.clear()
        nested = "[" * size + "]" * size
        findings(make("model", {"README.md": f"----\nlicense: mit\ncolorTo: {nested}\n----\n# T\n"}), "FM")
        assert any(nested in content for content in asked) == (size == 5)
