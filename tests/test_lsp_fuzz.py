"""Random edits, questions and cancellations: the server lives, and finds in the end what `hublint check` finds."""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path
from typing import Any

import pytest

from hublint.cli.main import run
from lsp_client import Answered, Client

SEED = int(os.environ.get("HUBLINT_TEST_SEED", "1" if os.environ.get("CI") else str(time.time_ns() % 10**6)))
ROUNDS = 3000 if os.environ.get("HUBLINT_TEST_ALL") else 150
DEMO = Path(__file__).parent.parent / "fixtures" / "demo"
PIECES = (
    *"---\n: [ ] { } # - ' \" & * ! | > % @ ` \\ \t \r\n \r 🔥 模 \ufeff \u2028 \x0c \x00 \ud83d".split(" "),
    "\n",
    "\n---\n",
    "sdk: docker\n",
    "sdk: gradio\n",
    "colorFrom: orange\n",
    "tags:\n- a\n- a\n",
    "  ",
    "FROM a\n",
    "CMD uvicorn a:b\n",
    "import os\n",
    "# hublint: ignore[SP008] x\n",
    "<!-- hublint: ignore-file -->\n",
    "a: &a [*a]\n",
)
QUESTIONS = ("completion", "hover", "codeAction", "documentSymbol", "foldingRange", "documentLink", "inlayHint")


class Fuzzer:
    def __init__(self, client: Client, folder: Path, seed: int) -> None:
        self.client = client
        self.random = random.Random(seed)
        self.texts: dict[str, str] = {}
        self.asked: list[int] = []
        for path in files_of(folder):
            text = path.read_text("utf-8")
            self.texts[client.open(path, text, "markdown" if path.suffix == ".md" else "python")] = text
        self.paths = dict(zip(self.texts, files_of(folder), strict=True))

    def step(self) -> None:
        uri = self.random.choice(list(self.texts))
        self.random.choices((self.edit, self.ask, self.cancel, self.save, self.reopen), (10, 6, 3, 1, 1))[0](uri)

    def edit(self, uri: str) -> None:
        text = self.texts[uri]
        start = self.random.randint(0, len(text))
        end = min(len(text), start + self.random.choice((0, 0, 1, 5, 40)))
        self.texts[uri] = text[:start] + self.random.choice(PIECES) * self.random.choice((1, 1, 1, 3)) + text[end:]
        self.client.change(uri, self.texts[uri])

    def ask(self, uri: str) -> None:
        position = {"line": self.random.randint(-1, 30), "character": self.random.randint(-1, 60)}
        position = {name: max(number, 0) for name, number in position.items()}
        params: dict[str, Any] = {"textDocument": {"uri": uri}, "position": position}
        params |= {"range": {"start": position, "end": {"line": 99, "character": 0}}, "context": {"diagnostics": []}}
        question = self.random.choice(QUESTIONS)
        if question == "completion":
            params.pop("context")
        self.asked.append(self.client.ask(f"textDocument/{question}", params))

    def cancel(self, uri: str) -> None:
        if self.asked:
            self.client.notify("$/cancelRequest", {"id": self.random.choice(self.asked[-3:])})

    def save(self, uri: str) -> None:
        self.paths[uri].write_bytes(encoded(self.texts[uri]))
        self.client.save(uri)

    def reopen(self, uri: str) -> None:
        self.save(uri)
        self.client.close(uri)
        self.client.open(self.paths[uri], self.texts[uri])


def files_of(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file() and each.name != "hublint.toml")


def encoded(text: str) -> bytes:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


@pytest.mark.parametrize("kind", ["space", "model", "dataset"])
def test_random_edits(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print(f"HUBLINT_TEST_SEED={SEED}")
    folder = tmp_path / "root"
    for path in (each for each in (DEMO / kind).rglob("*") if each.is_file()):
        (folder / path.relative_to(DEMO / kind)).parent.mkdir(parents=True, exist_ok=True)
        (folder / path.relative_to(DEMO / kind)).write_bytes(path.read_bytes())
    (folder / "hublint.toml").write_text(f'[repo-types]\n"." = "{kind}"\n')
    with Client(folder, options={"debounce": 5}) as client:
        fuzzer = Fuzzer(client, folder, SEED)
        for _ in range(ROUNDS):
            fuzzer.step()
        for number in fuzzer.asked:
            answered(client, number)
        for uri, text in fuzzer.texts.items():
            fuzzer.paths[uri].write_bytes(encoded(text))
            client.change(uri, text)
        client.save(next(iter(fuzzer.texts)))
        found = {uri: settled(client, uri) for uri in fuzzer.texts}
        broken = [each["params"]["message"] for each in client.told if each["method"].startswith("window/log")]
        assert not broken, broken
        assert client.stop() == 0
        assert client.errors == b""
    capsys.readouterr()
    run(["check", "--output-format", "json", str(folder)])
    wanted: dict[str, list[str]] = {uri: [] for uri in fuzzer.texts}
    for finding in json.loads(capsys.readouterr().out)["findings"]:
        for uri, path in fuzzer.paths.items():
            if os.path.exists(finding["path"]) and os.path.samefile(finding["path"], path):
                wanted[uri].append(finding["code"])
    assert found == {uri: sorted(codes) for uri, codes in wanted.items()}


def answered(client: Client, number: int) -> None:
    """A request has an answer, be it that it was cancelled."""
    try:
        client.answer(number)
    except Answered as error:
        assert error.args[0]["code"] == -32800, error


def settled(client: Client, uri: str) -> list[str]:
    """The codes of a document once its repository was checked as it is now."""
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
    params = {"textDocument": {"uri": uri}, "range": whole, "context": {"diagnostics": []}}
    client.request("textDocument/codeAction", params)
    return client.codes(uri)
