"""`hublint server` as an editor meets it: a process that is talked to."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hublint.cli.main import run
from hublint.server.documents import uri_of
from lsp_client import RICH, Client
from tokens import with_tokens

SECRET = with_tokens("hf_[34 letters]")
ROOT = Path(__file__).parent.parent
CARD = (
    "---\ntitle: a\nemoji: 🔥\ncolorFrom: red\ncolorTo: blue\nsdk: docker\npinned: false\n---\n\n# A\n\nWhat it does.\n"
)
DOCKERFILE = (
    'FROM python:3.11\nRUN useradd -m -u 1000 user\nUSER user\nCOPY app.py /app.py\nCMD ["python", "/app.py"]\n'
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with Client(tmp_path_factory.mktemp("workspace")) as made:
        yield made
        assert made.stop() == 0
        assert made.errors == b""


@pytest.fixture
def space(client: Client, request: pytest.FixtureRequest) -> Path:
    folder = client.folder / request.node.name.replace("[", "_").replace("]", "")
    folder.mkdir()
    (folder / "README.md").write_text(CARD, "utf-8")
    (folder / "Dockerfile").write_text(DOCKERFILE, "utf-8")
    (folder / "app.py").write_text("import http.server\n", "utf-8")
    return folder


def checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """The codes that `hublint check` finds, by path."""
    capsys.readouterr()
    run(["check", "--output-format", "json", str(folder)])
    found: dict[str, list[str]] = {}
    for each in json.loads(capsys.readouterr().out)["findings"]:
        found.setdefault(os.path.basename(each["path"]), []).append(each["code"])
    return {path: sorted(codes) for path, codes in found.items()}


def test_utf_16_is_answered(client: Client) -> None:
    capabilities = client.initialized["capabilities"]
    assert capabilities["positionEncoding"] == "utf-16"
    assert "diagnosticProvider" not in capabilities
    assert client.initialized["serverInfo"]["name"] == "hublint"


def test_a_fault_comes_and_goes(client: Client, space: Path, capsys: pytest.CaptureFixture[str]) -> None:
    uri = client.open(space / "README.md")
    assert client.codes(uri) == checked(space, capsys).get("README.md", [])
    client.change(uri, CARD.replace("colorFrom: red", "colorFrom: orange"))
    (found,) = [each for each in client.diagnostics(uri) if each["code"] == "SP008"]
    assert found["range"] == {"start": {"line": 3, "character": 11}, "end": {"line": 3, "character": 17}}
    assert found["severity"] == 1
    assert found["source"] == "hublint"
    assert found["codeDescription"]["href"].endswith("rules/SP008.md")
    assert "orange" in found["message"]
    client.change(uri, CARD)
    assert "SP008" not in client.codes(uri)


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_columns_behind_emoji(client: Client, space: Path, end: str) -> None:
    text = f"---{end}{{title: '🔥模', sdk: docker, colorFrom: orange}}{end}---{end}"
    (space / "README.md").write_bytes(text.encode())
    uri = client.open(space / "README.md", text)
    (found,) = [each for each in client.diagnostics(uri) if each["code"] == "SP008"]
    start = len(text.split(end)[1].partition("orange")[0].encode("utf-16-le")) // 2
    assert found["range"]["start"] == {"line": 1, "character": start}
    assert found["range"]["end"] == {"line": 1, "character": start + 6}


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["bare", "mark"])
def test_columns_behind_a_byte_order_mark(client: Client, space: Path, mark: str) -> None:
    text = "import uvicorn; x = '🔥'; uvicorn.run('app:app', host='127.0.0.1', port=7860)\n"
    (space / "app.py").write_bytes(f"{mark}{text}".encode())
    (space / "Dockerfile").write_text(DOCKERFILE)
    uri = client.open(space / "app.py", text, "python")
    (found,) = [each for each in client.diagnostics(uri) if each["code"] == "AC001"]
    start = len(text.partition("'127")[0].encode("utf-16-le")) // 2
    assert found["range"]["start"] == {"line": 0, "character": start}


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"", b"\xff\xfe"], ids=["mark", "none", "utf-16"])
def test_what_was_not_changed_is_found_as_on_disk(
    client: Client, space: Path, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    encoding = "utf-16-le" if data == b"\xff\xfe" else "utf-8"
    (space / "README.md").write_bytes(data + CARD.replace("red", "orange").encode(encoding))
    (space / "hublint.toml").write_text('[repo-types]\n"." = "space"\n')
    uri = client.open(space / "README.md", CARD.replace("red", "orange"))
    assert client.codes(uri) == checked(space, capsys)["README.md"]


def test_an_edit_of_one_file_is_seen_in_the_others(client: Client, space: Path) -> None:
    readme = client.open(space / "README.md", CARD.replace("sdk: docker", "sdk: docker\napp_port: 8000"))
    dockerfile = client.open(space / "Dockerfile", language="dockerfile")
    client.until(readme, lambda codes: bool(codes) or True)
    app = client.open(
        space / "app.py", "import uvicorn\nuvicorn.run('app:app', host='127.0.0.1', port=8000)\n", "python"
    )
    client.until(app, lambda codes: "AC001" in codes)
    before = len(client.published)
    client.change(dockerfile, 'FROM python:3.11\nCMD ["python", "-m", "http.server", "7860"]\n')
    client.until(app, lambda codes: "AC001" not in codes)
    since = {each["uri"] for each in client.published[before:]}
    assert {readme, dockerfile, app} <= since, "every open file of the repository is told of again"
    client.change(readme, CARD.replace("sdk: docker", "sdk: gradio\nsdk_version: 5.0.0"))
    client.until(dockerfile, lambda codes: codes == [])


def test_unsaved_files_count(client: Client, space: Path) -> None:
    (space / "app.py").unlink()
    dockerfile = client.open(space / "Dockerfile", language="dockerfile")
    missing = client.codes(dockerfile)
    assert missing, "COPY of a file that is not there"
    app = client.open(space / "app.py", "print(1)\n", "python")
    client.until(dockerfile, lambda codes: codes != missing)
    client.close(app)
    client.until(dockerfile, lambda codes: codes == missing)


def test_files_that_come_and_go_on_disk(client: Client, space: Path) -> None:
    dockerfile = client.open(space / "Dockerfile", language="dockerfile")
    fine = client.codes(dockerfile)
    (space / "app.py").unlink()
    gone = {"uri": uri_of(str(space / "app.py")), "type": 3}
    client.notify("workspace/didChangeWatchedFiles", {"changes": [gone]})
    client.until(dockerfile, lambda codes: codes != fine)
    (space / "app.py").write_text("print(1)\n")
    client.notify("workspace/didCreateFiles", {"files": [{"uri": gone["uri"]}]})
    client.until(dockerfile, lambda codes: codes == fine)
    (space / "app.py").rename(space / "main.py")
    client.notify("workspace/didRenameFiles", {"files": [{"oldUri": gone["uri"], "newUri": gone["uri"]}]})
    client.until(dockerfile, lambda codes: codes != fine)


def test_a_text_becomes_a_space_and_another_kind(client: Client) -> None:
    folder = client.folder / "becoming"
    folder.mkdir()
    uri = client.open(folder / "README.md", "# Notes\n")
    assert client.codes(uri) == []
    client.change(uri, "---\nsdk: gradio\nemoji: 🔥\ncolorFrom: orange\n---\n")
    client.until(uri, lambda codes: "SP008" in codes)
    client.change(uri, "---\npipeline_tag: text-generatoin\nlibrary_name: transformers\n---\n# A\n")
    client.until(uri, lambda codes: "SP008" not in codes and any(code.startswith(("MC", "FM")) for code in codes))
    client.change(uri, "# Notes\n")
    client.until(uri, lambda codes: codes == [])


def test_closing_takes_findings_back(client: Client, space: Path) -> None:
    uri = client.open(space / "README.md", CARD.replace("red", "orange"))
    assert "SP008" in client.codes(uri)
    client.close(uri)
    client.wait(lambda: any(each["uri"] == uri and each["diagnostics"] == [] for each in client.published))


def test_texts_without_a_place(client: Client) -> None:
    text = CARD.replace("red", "orange").replace("sdk: docker", "sdk: gradio\nsdk_version: 5.0.0\napp_file: app.py")
    uri = client.open("", text, uri="untitled:Untitled-1")
    assert "SP008" in client.codes(uri)
    missing = "FROM python:3.11\nCOPY app.py .\nMAINTAINER me\n"
    other = client.open("", missing, "dockerfile", uri="vscode-vfs://github/me/space/Dockerfile")
    found = client.codes(other)
    assert "DK004" not in found, "nobody knows what lies beside it"
    secret = client.open("", f"---\nsdk: docker\nemoji: a\n---\n{SECRET}\n", uri="untitled:Untitled-2")
    said = json.dumps(client.diagnostics(secret))
    assert SECRET not in said
    assert client.codes(client.open("", "# Notes\n", uri="untitled:Untitled-3")) == []
    assert client.codes(client.open("", "a: 1\n", "yaml", uri="untitled:Untitled-4")) == []


def test_twenty_spaces(client: Client) -> None:
    root = client.folder / "monorepo"
    uris = []
    for number in range(20):
        folder = root / "spaces" / f"space-{number:02}"
        folder.mkdir(parents=True)
        color = "orange" if number % 2 else "red"
        (folder / "README.md").write_text(CARD.replace("red", color), "utf-8")
        (folder / "Dockerfile").write_text(DOCKERFILE, "utf-8")
        (folder / "app.py").write_text("", "utf-8")
        uris.append(client.open(folder / "README.md"))
    for number, uri in enumerate(uris):
        assert ("SP008" in client.codes(uri)) == bool(number % 2)
    before = len(client.published)
    client.change(uris[0], CARD.replace("red", "orange"))
    assert "SP008" in client.codes(uris[0])
    since = {each["uri"] for each in client.published[before:]}
    assert since & set(uris) == {uris[0]}, "the others are other repositories"


def test_a_broken_configuration_is_told_and_the_last_one_holds(client: Client, space: Path) -> None:
    config = space / "hublint.toml"
    config.write_text('ignore = ["SP008"]\n')
    uri = client.open(space / "README.md", CARD.replace("red", "orange").replace("blue", "teal").replace("🔥", "a"))
    assert "SP008" not in client.codes(uri)
    for broken, line in (('x = 1\nignore = ["SP008"\n', None), ("\nignoer = []\n", 1), ('\nselect = ["SP9999"]\n', 1)):
        config.write_text(broken)
        before = len(client.published)
        client.save(uri_of(str(config)))
        client.wait(lambda at=before: any(each["uri"] == uri for each in client.published[at:]))  # type: ignore[misc]
        (said,) = [each for each in client.published[before:] if each["uri"] == uri_of(str(config))]
        (problem,) = said["diagnostics"]
        assert problem["severity"] == 1
        assert line is None or problem["range"]["start"]["line"] == line
        client.until(uri, lambda codes: "SP008" not in codes and bool(codes))
    config.write_text("")
    client.save(uri_of(str(config)))
    client.until(uri, lambda codes: "SP008" in codes)
    client.until(uri_of(str(config)), lambda codes: codes == [])


def test_a_configuration_that_was_never_whole(client: Client, space: Path) -> None:
    (space / "hublint.toml").write_text("[")
    uri = client.open(space / "README.md", CARD.replace("red", "orange"))
    assert "SP008" in client.codes(uri)
    (space / "hublint.toml").unlink()


def test_whatever_is_said_the_server_lives(client: Client, space: Path) -> None:
    uri = client.open(space / "README.md")
    client.diagnostics(uri)
    for text in (
        "---\n" * 3000,
        "---\na: " + "[" * 5000,
        "\0" * 100,
        "",
        "---\na: \ud83d\n---\n",
        "---\n&a [*a]\n---\n",
    ):
        client.change(uri, text)
        client.diagnostics(uri)
    client.notify(
        "textDocument/didChange",
        {"textDocument": {"uri": "untitled:x", "version": 1}, "contentChanges": [{"text": ""}]},
    )
    client.notify("textDocument/didClose", {"textDocument": {"uri": "untitled:x"}})
    client.notify("$/cancelRequest", {"id": 4711})
    client.notify("no/such", {})
    client.send({"method": "textDocument/didOpen", "params": {"textDocument": {}}})
    client.open("", "", uri="http://[")
    for odd in ("file://", "x", "file:///%00", "file:///", "file:///a/../../b/README.md"):
        client.open("", "---\nsdk: docker\n---\n", uri=odd)
        client.diagnostics(odd)
        client.close(odd)
    client.change(uri, CARD.replace("red", "orange"))
    assert "SP008" in client.codes(uri)


def test_settings_of_the_client(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(CARD.replace("red", "orange"), "utf-8")
    workspace = {**RICH["workspace"], "configuration": True, "didChangeWatchedFiles": {"dynamicRegistration": True}}
    with Client(tmp_path, {**RICH, "workspace": workspace}, {"ignore": ["SP008"]}) as client:
        client.settings = {"ignore": ["SP008"]}
        uri = client.open("README.md")
        assert "SP008" not in client.codes(uri)
        client.settings = {"ignore": ["SP9999"]}
        client.notify("workspace/didChangeConfiguration", {"settings": None})
        client.until(uri, lambda codes: "SP008" in codes)
        client.wait(lambda: [each for each in client.told if each["method"] == "window/showMessage"])
        registered = [each for each in client.told if each["method"] == "client/registerCapability"]
        assert "workspace/didChangeWatchedFiles" in json.dumps(registered)
        assert client.stop() == 0


def test_folders_that_are_added(client: Client, tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(CARD.replace("red", "orange"), "utf-8")
    added = {"added": [{"uri": tmp_path.as_uri(), "name": "other"}], "removed": []}
    client.notify("workspace/didChangeWorkspaceFolders", {"event": added})
    assert client.initialized["capabilities"]["workspace"]["workspaceFolders"]["supported"]
    uri = client.open(tmp_path / "README.md")
    assert "SP008" in client.codes(uri)
    client.close(uri)


def test_the_server_ends_with_its_client(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(CARD, "utf-8")
    with Client(tmp_path) as client:
        client.diagnostics(client.open("README.md"))
        assert client.process.stdin is not None
        client.process.stdin.close()
        assert client.process.wait(60) == 0


def test_no_credential_leaves_the_server_whole(client: Client, space: Path) -> None:
    uri = client.open(space / "README.md", CARD.replace("title: a", f"title: {SECRET}"))
    found = client.diagnostics(uri)
    assert [each for each in found if each["code"].startswith("SE")]
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 20, "character": 0}}
    params = {"textDocument": {"uri": uri}, "range": whole, "context": {"diagnostics": []}}
    params["position"] = {"line": 1, "character": 10}
    said = [
        found,
        *(client.request(f"textDocument/{each}", params) for each in ("codeAction", "documentSymbol", "hover")),
    ]
    assert SECRET not in json.dumps(said)


def test_nothing_but_the_protocol_is_on_standard_output(tmp_path: Path) -> None:
    plugin = tmp_path / "loud.py"
    plugin.write_text("print('loud')\nimport os\nos.write(1, b'loud')\n")
    home = tmp_path / "home" / "hublint"
    home.mkdir(parents=True)
    (home / "hublint.toml").write_text('plugins = ["loud"]\n')
    (tmp_path / "README.md").write_text(CARD, "utf-8")
    environment = {**os.environ, "XDG_CONFIG_HOME": str(tmp_path / "home"), "PYTHONPATH": str(tmp_path)}
    with Client(tmp_path, environment=environment) as client:
        client.diagnostics(client.open("README.md"))
        client.wait(lambda: b"loud" in client.errors)
        assert client.stop() == 0


@pytest.mark.parametrize("arguments", [(), ("--check",)])
def test_without_pygls_there_is_a_sentence(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "pygls.py").write_text("raise ModuleNotFoundError('No module named pygls', name='pygls')\n")
    done = subprocess.run(
        [sys.executable, "-m", "hublint", "server", *arguments],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'hublint[lsp]'" in done.stderr
    assert "Traceback" not in done.stderr


def test_whether_it_could_start_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["server", "--check"]) == 0
    assert capsys.readouterr() == ("", "")


def test_the_protocol_is_imported_by_the_server_alone() -> None:
    code = """
import sys
from hublint.cli.main import run
run(["check", "--quiet", sys.argv[1]])
sys.exit(bool({"pygls", "lsprotocol", "asyncio"} & sys.modules.keys()))
"""
    assert (
        subprocess.run([sys.executable, "-c", code, str(ROOT / "fixtures/demo/space")], capture_output=True).returncode
        == 0
    )
