"""Code actions over the protocol: what they offer, and that what they write is what was promised."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hublint.documents.source import Source
from hublint.server.documents import path_of, uri_of
from hublint.server.positions import At, Lines
from lsp_client import Client
from tokens import with_tokens

ROOT = Path(__file__).parent.parent
CARD = "---\ntitle: 模型\nemoji: 🔥🔥\ncolorFrom: Grey\ncolorTo: blue # 🔥\nsdk: docker\nlicence: MIT\n---\n\n# A\n"
DOCKERFILE = (
    'FROM python:3.11\nRUN useradd -m -u 1000 user\nUSER user\nCOPY app.py /app.py\nCMD ["python", "/app.py"]\n'
)
EVERYWHERE = {"start": {"line": 0, "character": 0}, "end": {"line": 999, "character": 0}}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with Client(tmp_path_factory.mktemp("workspace")) as made:
        yield made
        assert made.stop() == 0
        assert made.errors == b""


@pytest.fixture
def space(client: Client, request: pytest.FixtureRequest) -> Path:
    folder = client.folder / request.node.name
    folder.mkdir()
    (folder / "README.md").write_text(CARD, "utf-8")
    (folder / "Dockerfile").write_text(DOCKERFILE, "utf-8")
    (folder / "app.py").write_text("import http.server\n", "utf-8")
    return folder


def offered(client: Client, uri: str, only: list[str] | None = None, at: object = EVERYWHERE) -> list[dict[str, Any]]:
    context = {"diagnostics": [], **({"only": only} if only else {})}
    params = {"textDocument": {"uri": uri}, "range": at, "context": context}
    return list(client.request("textDocument/codeAction", params) or [])


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """A text after edits, as a client makes them."""
    lines = Lines(Source("", text.encode()))
    spans = []
    for edit in edits:
        start, end = (At(each["line"], each["character"]) for each in (edit["range"]["start"], edit["range"]["end"]))
        spans.append((lines.span(start, end), edit["newText"]))
    for span, new in sorted(spans, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


def written(edit: dict[str, Any], texts: dict[str, str]) -> dict[str, str]:
    """Texts by URI after a workspace edit."""
    found = dict(texts)
    for change in edit["documentChanges"]:
        if change.get("kind") == "create":
            found.setdefault(change["uri"], "")
        else:
            uri = change["textDocument"]["uri"]
            found[uri] = applied(found[uri], change["edits"])
    return found


def test_one_finding_is_fixed(client: Client, space: Path) -> None:
    uri = client.open(space / "README.md")
    at = {"start": {"line": 3, "character": 12}, "end": {"line": 3, "character": 12}}
    found = offered(client, uri, at=at)
    (fix,) = [each for each in found if each.get("edit")]
    assert fix["kind"] == "quickfix"
    assert fix["isPreferred"]
    assert [each["code"] for each in fix["diagnostics"]] == ["SP008"]
    (change,) = fix["edit"]["documentChanges"]
    assert change["textDocument"] == {"uri": uri, "version": 1}
    after = written(fix["edit"], {uri: CARD})[uri]
    assert after == CARD.replace("Grey", "gray")
    client.change(uri, after)
    assert [each for each in client.diagnostics(uri) if each["range"]["start"]["line"] == 3] == []


def test_all_that_is_safe_is_fixed_at_once(client: Client, space: Path) -> None:
    uri = client.open(space / "README.md")
    (action,) = offered(client, uri, ["source.fixAll"])
    assert action["kind"] == "source.fixAll.hublint"
    assert action.get("edit") is None
    edit = client.request("codeAction/resolve", action)["edit"]
    after = written(edit, {uri: CARD})[uri]
    assert after == CARD.replace("Grey", "gray").replace("licence: MIT", "license: mit")
    client.change(uri, after)
    assert offered(client, uri, ["source.fixAll.hublint"]) == []
    assert offered(client, uri, ["refactor"]) == []


def test_an_edit_while_asking_is_waited_for(client: Client, space: Path) -> None:
    uri = client.open(space / "README.md")
    client.diagnostics(uri)
    text = "---\n# one\n# two\n" + CARD.removeprefix("---\n")
    version = client.change(uri, text)
    (action,) = offered(client, uri, ["source.fixAll.hublint"])
    edit = client.request("codeAction/resolve", action)["edit"]
    assert edit["documentChanges"][0]["textDocument"]["version"] == version
    assert "colorFrom: gray" in written(edit, {uri: text})[uri]


def test_a_finding_is_silenced(client: Client, space: Path) -> None:
    uri = client.open(space / "README.md")
    app = client.open(space / "app.py", "import uvicorn\nuvicorn.run('a:b', host='127.0.0.1', port=7860)\n", "python")
    for each, code in ((uri, "SP008"), (app, "AC001")):
        before = client.codes(each)
        assert code in before
        text = (CARD, "import uvicorn\nuvicorn.run('a:b', host='127.0.0.1', port=7860)\n")[each == app]
        action = next(a for a in offered(client, each) if a["title"].startswith(f"Silence {code}"))
        edit = client.request("codeAction/resolve", action)["edit"]
        after = written(edit, {each: text})[each]
        assert f"# hublint: ignore[{code}] TODO: say why\n" in after
        client.change(each, after)
        assert len(client.codes(each)) == len(before) - 1


def test_a_text_without_a_place_is_mended(client: Client) -> None:
    text = CARD.replace("sdk: docker", "sdk: gradio")
    uri = client.open("", text, uri="untitled:Untitled-7")
    (action,) = offered(client, uri, ["source.fixAll.hublint"])
    after = written(client.request("codeAction/resolve", action)["edit"], {uri: text})[uri]
    assert "colorFrom: gray" in after
    quick = [each for each in offered(client, uri, ["quickfix"]) if each.get("edit")]
    assert all(each["edit"]["documentChanges"][0]["textDocument"]["uri"] == uri for each in quick)
    silence = next(each for each in offered(client, uri) if each["title"].startswith("Silence SP008"))
    after = written(client.request("codeAction/resolve", silence)["edit"], {uri: text})[uri]
    assert "# hublint: ignore[SP008]" in after


def test_no_comment_silences_a_credential(client: Client, space: Path) -> None:
    secret = with_tokens("hf_[34 letters]")
    app = client.open(space / "app.py", f"token = '{secret}'\n", "python")
    assert any(code.startswith("SE") for code in client.codes(app))
    found = offered(client, app)
    assert not [each for each in found if each["title"].startswith("Silence SE")]
    assert secret not in str([each["title"] for each in found])


def test_unsafe_fixes_say_so(client: Client, space: Path) -> None:
    dockerfile = DOCKERFILE.replace('["python", "/app.py"]', '["python", "-m", "http.server", "8000"]')
    uri = client.open(space / "Dockerfile", dockerfile, "dockerfile")
    (unsafe,) = [each for each in offered(client, uri, ["quickfix"]) if "(unsafe" in each["title"]]
    assert not unsafe["isPreferred"]
    assert unsafe["edit"]["documentChanges"]


def test_the_page_of_a_rule_is_opened(client: Client, space: Path) -> None:
    uri = client.open(space / "README.md")
    command = next(each["command"] for each in offered(client, uri) if each.get("command"))
    client.request("workspace/executeCommand", {"command": command["command"], "arguments": command["arguments"]})
    client.wait(lambda: [each for each in client.told if each["method"] == "window/showDocument"])
    shown = next(each["params"] for each in client.told if each["method"] == "window/showDocument")
    assert shown["external"]
    assert re.fullmatch(r"https://\S+/docs/rules/SP\d{3}\.md", shown["uri"])


@pytest.mark.parametrize(
    ("rule", "path", "other"), [("AC002", "app.py", "Dockerfile"), ("SE008", "app.py", ".gitignore")]
)
def test_a_fix_of_several_files(client: Client, rule: str, path: str, other: str) -> None:
    """One edit with the versions of what is open, and files that it makes; what comes of it is what the case says."""
    cases = yaml.safe_load((ROOT / "fixtures" / "rules" / f"{rule}.yml").read_text("utf-8"))
    case = next(
        each for each in cases.values() if {path, other} & (each.get("fixed") or {}).keys() == wanted(each, other)
    )
    folder = client.folder / rule
    folder.mkdir()
    (folder / "hublint.toml").write_text('[repo-types]\n"." = "space"\n')
    texts = {}
    for name, text in case["files"].items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(with_tokens(text).encode())
        texts[uri_of(str(folder / name))] = with_tokens(text)
    uri = client.open(folder / path, language="python")
    edit = next(each["edit"] for each in offered(client, uri) if each.get("edit") and _edits(each, other))
    after = written(edit, texts)
    versions = {
        each["textDocument"]["uri"]: each["textDocument"]["version"]
        for each in edit["documentChanges"]
        if "edits" in each
    }
    assert {version for each, version in versions.items() if each == uri} <= {1}
    assert {version for each, version in versions.items() if each != uri} == {None}
    for name, text in case["fixed"].items():
        assert after[uri_of(str(folder / name))] == with_tokens(text)


def wanted(case: dict[str, Any], other: str) -> set[str]:
    return {other} if other not in case["files"] else {"app.py", other}


def _edits(action: dict[str, Any], name: str) -> bool:
    return any(
        each.get("textDocument", {}).get("uri", "").endswith(f"/{name}") for each in action["edit"]["documentChanges"]
    )


def test_a_plain_client(tmp_path: Path) -> None:
    """Without versioned edits, and without asking for an edit later."""
    (tmp_path / "README.md").write_text(CARD, "utf-8")
    with Client(tmp_path, {}) as client:
        uri = client.open("README.md")
        client.diagnostics(uri)
        (action,) = offered(client, uri, ["source.fixAll.hublint"])
        assert "documentChanges" not in action["edit"]
        (changes,) = action["edit"]["changes"].values()
        assert "colorFrom: gray" in applied(CARD, changes)
        assert not [each for each in offered(client, uri) if each.get("command")], "it cannot open a page"
        assert os.path.samefile(path_of(uri), tmp_path / "README.md")
        assert client.stop() == 0
