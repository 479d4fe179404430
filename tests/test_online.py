"""What is answered to rules that ask the network: huggingface_hub asks a server of ours that plays the part."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hub_server import HubServer, Served, serving
from hublint.audit.hub.client import Hub, Patience
from hublint.online.answers import Answers
from hublint.online.links import Linked, linked
from hublint.online.package_index import VARIABLE, PackageIndex
from hublint.repository.online import Standing
from tokens import with_tokens

CARD = b"---\nlicense: mit\n---\n"
# How the Hub fails, and how that is told.
FAILURES = {
    "token": "the Hub does not take the token (HF_TOKEN, or that of `hf auth login`)",
    "forbidden": "the Hub forbids it: Your token lacks the scope",
    "429-always": "the Hub was asked too often (429), and again when it was waited for",
    "429-long": "the Hub asks to wait for 120 minutes",
    "503-always": "the Hub answers 503, and so it does when it is asked again",
    "slow": "the Hub does not answer within 1 seconds",
    "drip": "the Hub does not give all of it within 2 seconds",
    "cut": "the connection to the Hub was cut off",
    "reset": "the connection to the Hub was cut off",
    "not-json": "what the Hub answers is not the JSON that it says it gives",
    "huge": "it is larger than 1 MiB",
}


@pytest.fixture
def server() -> Iterator[HubServer]:
    with serving() as server:
        yield server


@pytest.fixture
def answers(server: HubServer, monkeypatch: pytest.MonkeyPatch) -> Answers:
    return asking(server, monkeypatch)


def asking(server: HubServer, monkeypatch: pytest.MonkeyPatch, most: int = 300, seconds: float = 60) -> Answers:
    """Whoever asks a server, without a token of whoever runs the tests, and soon out of patience."""
    monkeypatch.delenv("HF_TOKEN", raising=False)
    monkeypatch.setattr("huggingface_hub.constants.HF_TOKEN_PATH", f"{__file__}.absent")
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", server.endpoint)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_DOWNLOAD_TIMEOUT", 1)
    monkeypatch.setenv(VARIABLE, server.endpoint)
    hub = Hub(Patience(tries=2, windows=1, longest=5, whole=2))
    return Answers(hub, PackageIndex(), most, seconds)


def asked(server: HubServer) -> list[str]:
    return [path for path in server.requests if path != "/api/agent-harnesses"]


def test_what_the_hub_shows_of_a_repository(server: HubServer, answers: Answers) -> None:
    there = {"plain": "", "gated": "gated", "private": "seen-private", "old": "renamed-to:org/plain", "off": "disabled"}
    for name, trouble in there.items():
        server.add(f"org/{name}", Served("model", {"README.md": CARD}, trouble))
    server.add("imdb", Served("dataset", {"README.md": CARD}))
    server.owners.add("somebody")
    assert {id: answers.repository("model", f"org/{id}") for id in (*there, "absent")} == {
        "plain": Standing("there"),
        "gated": Standing("there", gated=True),
        "private": Standing("there", private=True),
        "old": Standing("there"),
        "off": Standing("there"),
        "absent": Standing("hidden"),
    }
    assert answers.repository("dataset", "org/plain") == Standing("hidden")
    assert answers.repository("dataset", "imdb") == Standing("there")
    assert answers.repository("dataset", "imbd") == Standing("absent")
    assert answers.repository("model", "somebody/absent") == Standing("hidden")
    assert answers.repository("model", "nobody/absent") == Standing("absent")
    assert asked(server)[-2:] == ["/api/users/nobody/overview", "/api/organizations/nobody/overview"]
    assert list(answers.sentences()) == [f"--online: 14 questions asked of {server.endpoint} and 127.0.0.1"]


def test_with_a_token_what_is_hidden_is_404(server: HubServer, answers: Answers) -> None:
    server.add("org/plain", Served("model", {"README.md": CARD}))
    answers._hub._headers["authorization"] = with_tokens("Bearer hf_[34 letters]")
    assert answers.repository("model", "org/absent") == Standing("hidden")


def test_a_question_is_asked_once(server: HubServer, answers: Answers) -> None:
    server.add("org/plain", Served("model", {"README.md": CARD}))
    server.packages["gradio"] = ["5.0.0"]
    for _ in range(3):
        for id in ("org/plain", "org/absent", "nobody/absent", "nobody/other"):
            answers.repository("model", id)
        answers.refusals("model", "---\nlicense: mit\n---\n", "a")
        answers.refusals("model", "---\nlicense: mit\n---\n", "b")
        answers.releases("gradio")
        answers.dead_end(f"{server.endpoint}/org/plain/blob/main/LICENSE")
    assert len(asked(server)) == len(set(asked(server)))
    assert len(server.sent) == 1


@pytest.mark.parametrize("trouble", FAILURES)
def test_what_has_no_answer_means_nothing(server: HubServer, answers: Answers, trouble: str) -> None:
    server.add("org/m", Served("model", {"README.md": CARD}, trouble))
    server.trouble = trouble
    assert answers.repository("model", "org/m") is None
    assert answers.refusals("model", "---\nlicense: mit\n---\n", "org/m") is None
    reason = FAILURES[trouble]
    assert list(answers.sentences())[1:] == [
        f"HB001, HB004 could not ask about model org/m: {reason}",
        f"HB003 could not ask about the metadata of org/m: {reason}",
    ]


def test_what_passes_is_asked_again(server: HubServer, answers: Answers) -> None:
    for trouble in ("429-once", "slow-once", "cut-once"):
        server.add(f"org/{trouble}", Served("model", {"README.md": CARD}, trouble))
        assert answers.repository("model", f"org/{trouble}") == Standing("there"), trouble


def test_a_server_that_is_not_the_hub(server: HubServer, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    """A 404 without the Hub's marks is that of a wrong HF_ENDPOINT: nothing is known of any repository."""
    monkeypatch.setattr("hub_server._Handler._refuse", lambda self, *_: self._send(404, b"Not Found"))
    assert answers.repository("model", "org/absent") is None
    assert "HB001, HB004 could not ask about model org/absent: there is no such model" in list(answers.sentences())[1]


def test_when_owners_cannot_be_asked_for_nothing_is_absent(
    server: HubServer, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hub_server._OWNER", __import__("re").compile("(never)"))
    monkeypatch.setattr("hub_server._Handler._route", routed_with(503, "/overview"))
    assert answers.repository("model", "nobody/absent") == Standing("hidden")
    assert "HB001 could not ask about owner nobody: the Hub answers 503" in list(answers.sentences())[1]


def routed_with(status: int, end: str):  # type: ignore[no-untyped-def]
    from hub_server import _Handler

    before = _Handler._route

    def route(self: _Handler, url: object) -> None:
        if url.path.endswith(end):  # type: ignore[attr-defined]
            self._refuse(status, "", "Internal Error")
        else:
            before(self, url)

    return route


def test_the_check_of_metadata(server: HubServer, answers: Answers) -> None:
    server.refused = {
        "license: x": '"license" must be one of [apache-2.0, mit]',
        "language: xx1": '"language" with value "xx1" is not valid.',
    }
    assert answers.refusals("model", "---\nlicense: mit\n---\n", "") == ()
    assert answers.refusals("space", "---\nlicense: x\nlanguage: xx1\n---\n", "") == tuple(server.refused.values())
    assert server.sent == [
        ("model", "---\nlicense: mit\n---\n"),
        ("space", "---\nlicense: x\nlanguage: xx1\n---\n"),
    ]


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b'{"error": "Bad request"}'),
        (400, b'{"errors": [], "warnings": []}'),
        (400, b'{"errors": [{"help": "x"}]}'),
        (200, b'{"errors": ["license"]}'),
        (200, b'{"errors": [{"message": "license"}]}'),
        (200, b"[]"),
        (413, b"Payload Too Large"),
    ],
)
def test_an_answer_of_another_shape_is_not_a_verdict(
    server: HubServer, answers: Answers, monkeypatch: pytest.MonkeyPatch, status: int, body: bytes
) -> None:
    monkeypatch.setattr("hub_server._Handler._verdict", lambda self, _: self._send(status, body))
    assert answers.refusals("model", "---\nlicense: mit\n---\n", "demo") is None
    assert list(answers.sentences())[1].startswith("HB003 could not ask about the metadata of demo: ")


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ("---\ntoken: hf_[34 letters]\n---\n", "it may hold a credential, so it is not sent"),
        ("---\nlink: https://me:correct-horse-9@example.org/x\n---\n", "it may hold a credential, so it is not sent"),
        ("---\nname: \udcff\n---\n", "it is not UTF-8, so it is not sent"),
        (f"---\nname: {'a b ' * 300_000}\n---\n", "it is longer than 1 MiB, so it is not sent"),
    ],
)
def test_what_is_not_sent(server: HubServer, answers: Answers, metadata: str, reason: str) -> None:
    assert answers.refusals("model", with_tokens(metadata), "demo") is None
    assert not asked(server)
    assert list(answers.sentences())[1] == f"HB003 could not ask about the metadata of demo: {reason}"


def test_where_a_license_link_leads(server: HubServer, answers: Answers) -> None:
    server.add("org/m", Served("model", {"LICENSE": b"terms", "big": bytes(20_000)}))
    server.add("org/gated", Served("dataset", {"LICENSE": b"terms"}, "gated"))
    hidden = "the Hub shows no such {}, so there is none or it is private"
    ends = {
        "datasets/org/gated": "",
        "org/m/blob/main/LICENSE": "",
        "org/m/resolve/main/big": "",
        "org/m/blob/main/LICENCE": "there is no such file",
        "org/m/blob/v9/LICENSE": "there is no such branch, tag or commit",
        "datasets/org/gated/raw/main/LICENSE": "",
        "spaces/org/absent": hidden.format("space"),
        "org/absent/blob/main/LICENSE": hidden.format("model"),
        "org/m/discussions/1": None,
        "docs/hub": None,
        "org/absent": None,
    }
    assert {path: answers.dead_end(f"{server.endpoint}/{path}") for path in ends} == ends


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/org/m/blob/main/LICENSE",
        "http://127.0.0.1/org/m/blob/main/LICENSE",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "{endpoint}@example.org/spaces/org/m",
        "http://user:pass@127.0.0.1:{port}/spaces/org/m",
        "https://huggingface.co/spaces/org/m",
        "http://[::1",
        "http://localhost:{port}/spaces/org/m",
    ],
)
def test_no_other_host_is_asked(server: HubServer, answers: Answers, link: str) -> None:
    """A linted repository names the address: none is asked for but the Hub's own."""
    assert answers.dead_end(link.format(endpoint=server.endpoint, port=server.port)) is None
    assert not asked(server)
    assert len(list(answers.sentences())) == 1


def test_links() -> None:
    assert linked("https://hf.co/org/m/blob/main/a%20b/LICENSE?x#y") == Linked("model", "org/m", "main", "a b/LICENSE")
    assert linked("https://huggingface.co/datasets/org/d/") == Linked("dataset", "org/d")
    of_a_pull_request = linked("https://huggingface.co/org/m/resolve/refs%2Fpr%2F1/LICENSE")
    assert of_a_pull_request == Linked("model", "org/m", "refs/pr/1", "LICENSE")
    for other in (
        "https://huggingface.co/gpt2",
        "https://huggingface.co/docs/hub",
        "http://huggingface.co/a/b",
        "https://huggingface.co/a/b/blob/main/../c",
    ):
        assert linked(other) is None
    assert linked("https://huggingface.co/spaces/a/b", "https://hub.example.org") is None
    resolving = Linked("space", "org/s", "v1/2", "a b").resolving("https://h")
    assert resolving == "https://h/spaces/org/s/resolve/v1%2F2/a%20b"


def test_the_package_index(server: HubServer, answers: Answers) -> None:
    server.packages["gradio"] = ["5.49.0", "5.49.1"]
    assert answers.releases("gradio") == ("5.49.0", "5.49.1")
    assert answers.releases("streamlit") is None
    assert list(answers.sentences())[1:] == ["HB005 could not ask about streamlit: 127.0.0.1 answers 404"]


@pytest.mark.parametrize(
    ("trouble", "reason"),
    [
        ("503-always", "answers 503"),
        ("not-json", "does not list versions as an index of packages does"),
        ("no-files", "does not list versions as an index of packages does"),
        ("reset", "cannot be reached"),
        ("huge", "does not give all of its list in time, or it is too long"),
    ],
)
def test_the_package_index_fails(server: HubServer, answers: Answers, trouble: str, reason: str) -> None:
    server.packages["gradio"] = ["5.0.0"]
    server.trouble = trouble
    assert answers.releases("gradio") is None
    assert list(answers.sentences())[1].startswith(f"HB005 could not ask about gradio: 127.0.0.1 {reason}")


def test_bounds(server: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    few = asking(server, monkeypatch, most=2)
    server.owners.add("org")
    assert [few.repository("model", f"org/m{number}") for number in range(6)] == [Standing("hidden"), *[None] * 5]
    assert list(few.sentences()) == [
        f"--online: 2 questions asked of {server.endpoint} and 127.0.0.1",
        "HB001, HB004 could not ask about model org/m1, model org/m2, model org/m3 and 2 more: no more than 2 "
        "questions are asked in a run",
    ]
    late = asking(server, monkeypatch, seconds=-1)
    before = len(server.requests)
    assert late.releases("gradio") is None
    assert len(server.requests) == before
    assert "no questions are asked after -1 seconds" in list(late.sentences())[1]


def test_who_does_not_answer_is_not_asked_for_ever(server: HubServer, answers: Answers) -> None:
    for number in range(9):
        server.add(f"org/m{number}", Served("model", {}, "reset" if number > 1 else ""))
    assert [answers.repository("model", f"org/m{number}") for number in (2, 3, 0, 4, 5, 6, 7, 1)] == [
        *[None] * 2,
        Standing("there"),
        *[None] * 5,
    ]
    assert len(asked(server)) == 11, "each that is reset twice"
    assert "model org/m7, model org/m1: there was no answer 3 times in a row" in list(answers.sentences())[2]


def test_the_token_goes_to_the_hub_alone(server: HubServer, answers: Answers) -> None:
    server.add("org/m", Served("model", {"LICENSE": bytes(20_000)}))
    server.packages["gradio"] = ["5.0.0"]
    answers._hub._headers["authorization"] = bearer = with_tokens("Bearer hf_[34 letters]")
    assert answers.dead_end(f"{server.endpoint}/org/m/blob/main/LICENSE") == ""
    assert answers.releases("gradio") == ("5.0.0",)
    assert answers.refusals("model", "---\nlicense: mit\n---\n", "") == ()
    here, elsewhere = f"127.0.0.1:{server.port}", f"localhost:{server.port}"
    assert server.tokens == {(here, bearer), (here, ""), (elsewhere, "")}


def test_a_window_that_is_used_up_is_not_waited_for(server: HubServer, answers: Answers) -> None:
    server.add("org/m", Served("model", {"README.md": CARD}))
    server.window["api"] = [1, 300, 0, 0]
    assert answers.repository("model", "org/m") == Standing("there")
    assert answers.repository("model", "org/other") is None
    assert "the Hub allows no more requests for" in list(answers.sentences())[1]
