"""`hublint audit --propose` where the Hub refuses, says nothing, or is odd: each is a line, none is an end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from markdown_it import MarkdownIt

from audits import MODEL, VERSIONS, audit, codes, environment, records
from hub_discussions import REFUSALS, discussion
from hub_server import HubServer, Served, serving
from hublint.audit import proposals
from hublint.audit.proposals import proposal_of
from hublint.engine.check import Settings
from hublint.engine.config import Config
from hublint.engine.project import Project
from hublint.links import DOCS, HOME
from hublint.repository.repository import Repository
from hublint.repository.tree import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = {"README.md": MODEL.encode()}
MOVED = "judged anew, what is there can be proposed"
# What a trouble of the server makes hublint say, and how many pull requests there are in the end.
TROUBLES = {
    "pr-401": (r"the Hub does not take the token \(HF_TOKEN, or that of `hf auth login`\)", 0),
    "pr-403": ("the Hub forbids it: Your token lacks the scope discussion.write; it takes a token with the role .*", 0),
    "pr-404": ("there is no such model, or it is private and the token may not read it", 0),
    "pr-409": (rf"`main` moved on .* \(409: The reference was updated in the meantime\); {MOVED}", 0),
    "pr-412": (rf"`main` moved on .* \(412: A commit has happened since. Please refresh and try again\); {MOVED}", 0),
    "pr-429": (r"the Hub takes no more pull requests of .* \(429: You have opened too many pull requests\)", 0),
    "pr-503": ("the Hub answers 503, and shows no pull request of ours", 0),
    "pr-cut": ("the connection to the Hub was cut off", 0),
    "pr-slow": ("the Hub does not answer within 6 seconds", 0),
    "discussions-disabled": ("the Hub forbids it: Discussions are disabled for this repo", 0),
    "discussions-endless": ("it has too many pull requests to see whether one of them is ours", 0),
    "discussions-odd": ("what the Hub answers is not the list of pull requests that it says it gives", 0),
    "pr-lost": ("", 1),
    "pr-not-json": ("", 1),
    "pr-elsewhere": ("", 1),
}


@pytest.fixture
def hub() -> Iterator[HubServer]:
    with serving() as server:
        server.add("org/a", Served("model", FILES))
        yield server


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_each_refusal_is_a_line(tmp_path: Path, hub: HubServer, trouble: str, version: str) -> None:
    sentence, number = TROUBLES[trouble]
    hub.add("org/a", Served("model", FILES, trouble))
    done = audit(tmp_path, "model:org/a", "--propose", "--yes", **environment(hub, tmp_path, version))
    record = records(tmp_path / "audit.jsonl")["org/a"]
    assert (record.status, codes(record)[:1]) == ("checked", ["MC008"])
    assert "Traceback" not in done.stderr
    assert len(hub.commits) == len(hub.discussions.get(("model", "org/a"), [])) == number
    assert sum("/commit/" in path for path in hub.written) <= 1, "it is not tried again"
    if number:  # it was opened, whatever came back, and is found
        assert (done.returncode, record.proposed) == (1, f"{hub.endpoint}/org/a/discussions/1")
    else:
        assert re.fullmatch(sentence, record.undone), record.undone
        assert f": {record.undone}\n" in done.stderr
        assert (done.returncode, record.proposed) == (2, "")


def test_the_refusals_are_all_tried() -> None:
    assert REFUSALS.keys() <= TROUBLES.keys()


def test_a_refusal_is_no_end(tmp_path: Path, hub: HubServer) -> None:
    for number, trouble in enumerate(("pr-403", "pr-412", "discussions-disabled")):
        hub.add(f"org/{number}", Served("model", FILES, trouble))
    done = audit(tmp_path, "org/*", "--propose", "2", "--yes", "--jobs", "1", **environment(hub, tmp_path))
    assert [commit.id for commit in hub.commits] == ["org/a"]
    assert done.returncode == 2
    assert done.stderr.count(": no pull request was opened: ") == 3 - done.stdout.count("more repositor")


@pytest.mark.parametrize("trouble", ["pr-401", "pr-429"])
def test_what_is_about_the_account_is_asked_once(tmp_path: Path, hub: HubServer, trouble: str) -> None:
    for name in "bcd":
        hub.add(f"org/{name}", Served("model", FILES, trouble))
    hub.add("org/a", Served("model", FILES, trouble))
    done = audit(tmp_path, "org/*", "--propose", "9", "--yes", **environment(hub, tmp_path))
    assert sum("/commit/" in path for path in hub.written) == 1
    assert done.stderr.count("no pull request is opened any more: ") == 1
    assert "0 pull requests opened\n3 more repositories have safe fixes\n" in done.stdout


def test_five_refusals_are_enough(tmp_path: Path, hub: HubServer) -> None:
    hub.repositories.clear()
    for number in range(8):
        hub.add(f"org/{number}", Served("model", FILES, "pr-403"))
    audit(tmp_path, "org/*", "--propose", "9", "--yes", **environment(hub, tmp_path))
    assert sum("/commit/" in path for path in hub.written) == 5


def test_without_a_token_it_is_said_once(tmp_path: Path, hub: HubServer) -> None:
    hub.add("org/b", Served("model", FILES))
    told = {**environment(hub, tmp_path), "HF_TOKEN": ""}
    done = audit(tmp_path, "org/*", "--propose", "--yes", **told)
    assert done.returncode == 2
    sentence = "no pull request is opened any more: there is no token (HF_TOKEN, or `hf auth login`)\n"
    assert done.stderr.count(sentence) == 1
    assert not hub.written
    assert not any("whoami" in path for path in hub.requests)
    assert all("MC008" in codes(record) for record in records(tmp_path / "audit.jsonl").values())


def test_a_token_that_is_not_taken(tmp_path: Path, hub: HubServer) -> None:
    hub.account = ""
    done = audit(tmp_path, "model:org/a", "--propose", "--yes", **environment(hub, tmp_path))
    assert done.returncode == 2
    assert "no pull request is opened any more: the Hub does not take the token (HF_TOKEN, or that of " in done.stderr
    assert not hub.written


def test_without_a_network_nothing_is_begun(tmp_path: Path, hub: HubServer) -> None:
    told = environment(hub, tmp_path)
    done = audit(tmp_path, "model:org/a", "--propose", HF_HUB_OFFLINE="1", **told)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "hublint: --propose opens pull requests on the Hub, and HF_HUB_OFFLINE is set\n"
    assert not (tmp_path / "audit.jsonl").exists()


def test_what_the_hub_does_not_take_is_its_word(tmp_path: Path, hub: HubServer) -> None:
    text = MODEL.replace("---\n#", "tags:\n- refused-by-the-hub\n---\n#", 1)
    hub.add("org/a", Served("model", {"README.md": text.encode()}))
    hub.refused["refused-by-the-hub"] = '"license" must be a string'
    done = audit(tmp_path, "model:org/a", "--propose", "--yes", **environment(hub, tmp_path))
    sentence = 'the Hub does not take it: Invalid metadata in README.md. - "license" must be a string'
    assert (done.returncode, records(tmp_path / "audit.jsonl")["org/a"].undone) == (2, sentence)
    assert not any("/commit/" in path for path in hub.written)


def test_what_cannot_be_judged_is_not_fixed(tmp_path: Path, hub: HubServer) -> None:
    hub.add("org/a", Served("model", {**FILES, "config.json": b"{}"}, "gated-files"))
    done = audit(tmp_path, "model:org/a", "--propose", "--yes", **environment(hub, tmp_path))
    record = records(tmp_path / "audit.jsonl")["org/a"]
    assert (record.status, record.undone, done.returncode) == ("failed", "", 2)
    assert not hub.written


@pytest.mark.parametrize(
    "more",
    [
        {".gitignore": b"*.md\n"},
        {".gitattributes": b"*.md filter=lfs diff=lfs merge=lfs -text\n"},
        {"README.md": MODEL.encode() + b"caf\xe9\n"},
        {"README.md": MODEL.encode("utf-16")},
    ],
)
def test_only_text_that_git_holds_is_proposed(tmp_path: Path, hub: HubServer, more: dict[str, bytes]) -> None:
    hub.add("org/a", Served("model", {**FILES, **more}))
    audit(tmp_path, "model:org/a", "--propose", "--yes", "--select", "MC008", **environment(hub, tmp_path))
    record = records(tmp_path / "audit.jsonl")["org/a"]
    assert hub.commits == []
    assert not codes(record) or record.undone.startswith("its safe fixes are in files that Git LFS holds, .gitignore ")


def test_an_open_one_that_is_the_other_s_business(tmp_path: Path, hub: HubServer) -> None:
    """A page of the list may be empty, and the one that counts on a later page."""
    hub.discussions["model", "org/a"] = [*(discussion(each, title="Other") for each in range(9, 4, -1)), discussion(2)]
    audit(tmp_path, "model:org/a", "--propose", "--yes", **environment(hub, tmp_path))
    assert hub.commits == []
    assert records(tmp_path / "audit.jsonl")["org/a"].undone.endswith("/org/a/discussions/2")


HOSTILE = (
    "[x](https://evil.example)",
    "<script>alert(1)</script>",
    "@everyone",
    "#1",
    "![i](https://evil.example/i.png)",
    "https://evil.example",
    "``` & `@me` <b>",
    "*bold* _it_ ~~no~~ | a |",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_stands_in_a_repository_is_not_markdown(hostile: str) -> None:
    text = (
        f"---\nlicense: {hostile!r}\nlicence: {hostile!r}\nlanguage: no\ntags: [{hostile!r}, {hostile!r}]\n---\n# A\n"
    )
    repository = Repository(MemoryTree({"README.md": text.encode()}), "model", "", "", "org/a")
    made = proposal_of(Project("", repository, Settings.of(Config())), "org/a", "0" * 40)
    assert not isinstance(made, str)
    assert "* [FM013](" in made.description
    assert "* [FM006](" in made.description
    tokens = MarkdownIt().enable(["table", "strikethrough"]).parse(made.description)
    inline = [each for token in tokens for each in token.children or ()]
    assert {token.type for token in inline} <= {"text", "link_open", "link_close", "code_inline"}
    assert {token.type.partition("_")[0] for token in tokens} == {"paragraph", "inline", "bullet", "list", "fence"}
    addresses = [str(token.attrs["href"]) for token in inline if token.type == "link_open"]
    assert all(address == HOME or address.startswith(f"{DOCS}/rules/") for address in addresses)
    assert not re.search(r"@\w", made.description), "nobody is mentioned, in code neither"
    words = re.sub(r"(`+).+?\1", "", made.description)
    assert not re.search(r"(?<!&)#\w|://(?!github\.com/hublint)", words)


def test_too_much_is_no_pull_request(monkeypatch: pytest.MonkeyPatch) -> None:
    repository = Repository(MemoryTree(FILES), "model", "", "", "org/a")
    project = Project("", repository, Settings.of(Config()))
    made = proposal_of(project, "org/a", "0" * 40)
    assert not isinstance(made, str)
    monkeypatch.setattr(proposals, "_MOST_BYTES", len(made.files["README.md"]) - 1)
    made = proposal_of(project, "org/a", "0" * 40)
    assert made == "its safe fixes are in 1 file, too many or too large for a pull request that one reads"
