"""Repositories on the Hub, of which a server of ours plays the part: each refusal is a line, and nothing is an end."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from audits import CLEAN, MODEL, VERSIONS, audit, codes, environment, records
from hub_server import HubServer, Served, serving
from tokens import with_tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hublint.audit.records import Record

HEADER = b'{"w":{"dtype":"F32","shape":[25000],"data_offsets":[0,100000]}}'
WEIGHTS = len(HEADER).to_bytes(8, "little") + HEADER + bytes(100_000)
FILES = {
    "README.md": MODEL.encode(),
    ".gitattributes": b"*.safetensors filter=lfs diff=lfs merge=lfs -text\n",
    "config.json": b'{"model_type": "bert", "architectures": ["BertForMaskedLM"]}',
    "model.safetensors": WEIGHTS,
}
TROUBLES = {
    "gated": r"it is gated: access has to be asked for at http://127\.0\.0\.1:\d+/bad/gated",
    "gated-files": r"it is gated: access has to be asked for at http://127\.0\.0\.1:\d+/bad/gated-files",
    "private": "there is no such model, or it is private and the token may not read it",
    "disabled": "the Hub has disabled it",
    "forbidden": "the Hub forbids it: Your token lacks the scope",
    "token": r"the Hub does not take the token \(HF_TOKEN, or that of `hf auth login`\)",
    "429-always": r"the Hub was asked too often \(429\), .*; --resume tries once more",
    "429-long": "the Hub asks to wait for 120 minutes; --resume tries once more",
    "503-always": "the Hub answers 503, and so it does when it is asked again; --resume tries once more",
    "slow": "the Hub does not answer within 1 seconds; --resume tries once more",
    "drip": "the Hub does not give all of it within 12 seconds; --resume tries once more",
    "cut": "the connection to the Hub was cut off; --resume tries once more",
    "reset": "the connection to the Hub was cut off; --resume tries once more",
    "not-json": "what the Hub answers is not the JSON that it says it gives",
    "no-files": "the Hub does not tell its commit and files",
    "huge": "it is larger than 64 MiB",
    "file-503-always": "the Hub answers 503, and so it does when it is asked again; --resume tries once more",
    "file-429-long": "the Hub asks to wait for 120 minutes; --resume tries once more",
}
PASSING = ("429-once", "500-twice", "slow-once", "cut-once")


class Audited(NamedTuple):
    """A run over all of them, and the server that was asked."""

    done: subprocess.CompletedProcess[str]
    found: dict[str, Record]
    hub: HubServer
    folder: Path


@pytest.fixture(scope="module", params=VERSIONS)
def audited(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    """All that may happen, in one run."""
    folder = tmp_path_factory.mktemp("hub")
    with serving() as hub:
        for number in range(5):
            hub.add(f"org/m{number}", Served("model", FILES))
        hub.add("org/clean", Served("model", {"README.md": CLEAN.encode()}))
        hub.add("org/app", Served("space", {"README.md": b"---\nsdk: docker\n---\n", "app.py": b"import os\n"}))
        hub.add("org/data", Served("dataset", {"README.md": b"---\nlicense: nothing\n---\n"}))
        for trouble in (*TROUBLES, *PASSING):
            hub.add(f"bad/{trouble}", Served("model", FILES, trouble))
        hub.add("bad/old-name", Served("model", FILES, "renamed-to:later/name"))
        hub.add("later/name", Served("model", FILES))
        hub.add("bad/file-gone", Served("model", {"README.md": MODEL.encode()}, sizes={"config.json": 20}))
        for number in range(3):
            hub.add(f"elsewhere/m{number}", Served("model", FILES))
        (folder / "ids").write_text("".join(f"model:bad/{each}\n" for each in (*TROUBLES, *PASSING, "old-name")))
        words = ["org/*", "ids", "model:bad/missing", "model:bad/file-gone", "model:later/name@v9", "nobody/*"]
        words += ["model:elsewhere/*", f"{hub.endpoint}/later/name/tree/v1", "hf://spaces/org/app"]
        done = audit(folder, *words, **environment(hub, folder, request.param))
        assert (folder / "audit.jsonl").exists(), done.stderr
        yield Audited(done, records(folder / "audit.jsonl"), hub, folder)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_each_refusal_is_a_line(audited: Audited, trouble: str) -> None:
    record = audited.found[f"bad/{trouble}"]
    assert record.status == "failed"
    assert re.fullmatch(TROUBLES[trouble], record.reason), record.reason
    assert (record.kind, record.source) == ("model", "hub")


@pytest.mark.parametrize("trouble", PASSING)
def test_what_passes_is_waited_for(audited: Audited, trouble: str) -> None:
    record = audited.found[f"bad/{trouble}"]
    assert (record.status, record.reason) == ("checked", "")
    assert "MC008" in codes(record)


def test_what_is_there_is_judged(audited: Audited) -> None:
    found = audited.found
    assert all("MC008" in codes(found[f"org/m{number}"]) for number in range(5))
    assert found["org/m0"].revision == audited.hub.repositories["model", "org/m0"].commit
    assert (found["org/clean"].status, codes(found["org/clean"])) == ("checked", [])
    assert (found["org/app"].kind, found["org/data"].kind) == ("space", "dataset")
    assert {"SP025"} <= set(codes(found["org/app"]))


def test_others_that_are_no_repositories(audited: Audited) -> None:
    found = audited.found
    assert found["bad/missing"].reason == "there is no such model, or it is private and the token may not read it"
    assert found["bad/file-gone"].reason == "config.json cannot be read: the Hub lists it and does not have it"
    assert "MC008" in codes(found["bad/file-gone"])
    assert found["nobody/*"].reason.startswith("the Hub shows no ")
    assert found["elsewhere/*"].reason == "the Hub's next page is on another host"


def test_a_renamed_repository_is_judged_by_its_new_name(audited: Audited) -> None:
    lines = (audited.folder / "audit.jsonl").read_text("ascii")
    assert '"status": "checked", "reason": "it was renamed: `bad/old-name` leads to it"' in lines
    assert "bad/old-name" not in audited.found
    assert '"reason": "at `v9`: it has no such revision (branch, tag or commit)"' in lines


def test_nothing_is_an_end(audited: Audited) -> None:
    assert audited.done.returncode == 2
    assert "Traceback" not in audited.done.stderr + audited.done.stdout
    assert " of them not checked as a whole: " in audited.done.stdout
    assert (audited.folder / "audit.jsonl").read_bytes().count(b'"type": "end"') == 1


def test_the_cost_is_told_first(audited: Audited) -> None:
    assert re.match(r"hublint: \d+ repositories on the Hub: \d+ API and about \d+ file requests, ", audited.done.stderr)


def test_one_listing_and_one_request_for_each_file(audited: Audited) -> None:
    commit = audited.hub.repositories["model", "org/m3"].commit
    asked = Counter(path for path in audited.hub.requests if "org/m3" in path)
    assert asked == Counter(
        [
            f"/api/models/org/m3/revision/{commit}?blobs=true",
            *(f"/org/m3/resolve/{commit}/{path}" for path in FILES),
            "/cdn/model/org/m3/model.safetensors",
        ]
    )


def test_of_data_files_only_heads_are_read(audited: Audited) -> None:
    assert {wanted for path, wanted in audited.hub.ranges if "org/m3" in path} == {"bytes=0-65535"}
    assert "RP015" not in codes(audited.found["org/m3"]), "the header describes the whole file"


def test_a_token_is_shown_to_nobody_else(audited: Audited) -> None:
    token = with_tokens("hf_[34 letters]")
    host = audited.hub.endpoint.removeprefix("http://")
    assert {where for where, value in audited.hub.tokens if token in value} == {host}
    assert {where for where, value in audited.hub.tokens if not value} == {host.replace("127.0.0.1", "localhost")}
    written = [path.read_bytes() for path in audited.folder.rglob("*") if path.is_file()]
    assert not any(token.encode() in data for data in written)
    assert token not in audited.done.stdout + audited.done.stderr


def test_it_says_who_asks(audited: Audited) -> None:
    assert any(agent.startswith("hublint/") and "hf_hub/" in agent for agent in audited.hub.agents)


def test_several_at_a_time(audited: Audited) -> None:
    assert 1 < audited.hub.most_at_once <= 8


def test_what_failed_is_tried_again(audited: Audited) -> None:
    before = [line for line in (audited.folder / "audit.jsonl").read_text().splitlines() if '"checked"' in line]
    for id in ("disabled", "503-always"):
        audited.hub.add(f"bad/{id}", Served("model", FILES))
    at = len(audited.hub.requests)
    (audited.folder / "copy.jsonl").write_bytes((audited.folder / "audit.jsonl").read_bytes())
    words = ["org/*", "ids", "model:bad/missing", "model:bad/file-gone", "model:later/name@v9", "nobody/*"]
    words += ["model:elsewhere/*", f"{audited.hub.endpoint}/later/name/tree/v1", "hf://spaces/org/app"]
    told = environment(audited.hub, audited.folder)
    done = audit(audited.folder, *words, "--resume", "--output", "copy.jsonl", **told)
    assert done.returncode == 2
    after = (audited.folder / "copy.jsonl").read_text().splitlines()
    assert [line for line in after if line in before] == before
    found = records(audited.folder / "copy.jsonl")
    assert [found[f"bad/{id}"].status for id in ("disabled", "503-always", "gated")] == ["checked", "checked", "failed"]
    assert not any("/resolve/" in path for path in audited.hub.requests[at:] if "/org/" in path)
    for id in ("disabled", "503-always"):
        audited.hub.add(f"bad/{id}", Served("model", FILES, id))
