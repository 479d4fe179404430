"""`hublint audit` over folders and dumps of cards."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from audits import CLEAN, MODEL, audit, codes, folders, records, rows
from hublint.engine.discovery import Options, find
from hublint.engine.report import Checked
from hublint.engine.survey import MANY
from hublint.reporters.json import finding_of


def test_folders(tmp_path: Path) -> None:
    folders(tmp_path / "fleet", 4)
    (tmp_path / "fleet" / "notes").mkdir()
    done = audit(tmp_path, "fleet")
    assert done.returncode == 1
    found = records(tmp_path / "audit.jsonl")
    assert sorted(found) == [f"fleet/model-{each:03}" for each in range(4)]
    record = found["fleet/model-000"]
    assert (record.kind, record.source, record.revision, record.status, record.reason) == (
        "model",
        "folder",
        "",
        "checked",
        "",
    )
    assert "MC008" in codes(record)
    assert record.files == 2
    assert "4 repositories (4 models): " in done.stdout
    assert "written to audit.jsonl" in done.stdout


def test_many_folders_are_judged_as_few_are(tmp_path: Path) -> None:
    total = MANY + 10
    for number in range(total):
        place = tmp_path / "all" / f"{number:03}"
        place.mkdir(parents=True)
        (place / "README.md").write_text(f"---\nlicense: {'mit' if number % 2 else 'Apache 2.0'}\n---\n# Text\n")
    (tmp_path / "all" / "hublint.toml").write_text('ignore = ["CT"]\n[repo-types]\n"*" = "model"\n')
    (tmp_path / "all" / "007" / "hublint.toml").write_text('repo-types = { "." = "dataset" }\nselect = ["DC"]\n')
    audit(tmp_path, "all", "--jobs", "2")
    many = records(tmp_path / "audit.jsonl")
    few = {}
    for start in range(0, total, MANY // 2):
        named = [f"all/{number:03}" for number in range(start, min(start + MANY // 2, total))]
        audit(tmp_path, *named, "--output", "few.jsonl")
        few |= records(tmp_path / "few.jsonl")
    assert many == few
    assert len(many) == total
    assert many["all/007"].kind == "dataset"
    assert "MC008" in codes(many["all/008"])


def test_a_line_has_what_check_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders(tmp_path / "fleet", 1)
    audit(tmp_path, "fleet")
    monkeypatch.chdir(tmp_path)
    project = find(["fleet"], Options()).projects[0]
    result = project.check()
    wanted = [finding_of(Checked.of(project, result)._replace(prefix=""), each) for each in result.findings]
    found = [dict(each) for each in records(tmp_path / "audit.jsonl")["fleet/model-000"].findings]
    assert [each.pop("fingerprint") for each in found] == [each.fingerprint for each in result.findings]
    assert all("license: Apache 2.0" in each.pop("frame") for each in found if each["code"] == "MC008")
    assert [{key: each[key] for key in each if key != "frame"} for each in found] == wanted


def test_the_worst_and_the_commonest_are_told(tmp_path: Path) -> None:
    folders(tmp_path / "fleet", 30)
    (tmp_path / "fleet" / "model-000" / "README.md").write_text(MODEL + "\n$$x$$ TODO [x](missing.md)\n")
    lines = audit(tmp_path, "fleet").stdout.splitlines()
    table = lines[1 : lines.index("")]
    assert len(table) == 10
    assert "model-000" in table[0]
    assert [row.split()[-2] for row in table[1:]] == [f"fleet/model-{each:03}" for each in range(2, 20, 2)]
    assert f"{15:8}  {15:12}  MC008 invalid-license" in lines
    assert lines[-2].startswith("30 repositories (30 models): ")


def test_what_cannot_be_judged_has_a_line(tmp_path: Path) -> None:
    folders(tmp_path / "fleet", 2)
    (tmp_path / "fleet" / "model-001" / "README.md").unlink()
    (tmp_path / "fleet" / "model-001" / "README.md").symlink_to("nowhere")
    (tmp_path / "fleet" / "model-001" / "model.safetensors").write_bytes(b"\0" * 100)
    (tmp_path / "plain").mkdir()
    done = audit(tmp_path, "fleet", "plain")
    assert done.returncode == 2
    found = records(tmp_path / "audit.jsonl")
    assert found["plain"].status == "failed"
    assert "no Hub repository found" in found["plain"].reason
    assert "not checked: plain: no Hub repository" in done.stdout
    broken = next(each for id, each in found.items() if "model-001" in id)
    assert broken.status == "failed"
    assert "it is a link" in broken.reason


def test_a_clean_fleet(tmp_path: Path) -> None:
    place = tmp_path / "fleet" / "one"
    place.mkdir(parents=True)
    (place / "README.md").write_text(CLEAN)
    done = audit(tmp_path, "fleet")
    assert (done.returncode, done.stdout.splitlines()[-2]) == (0, "1 repository (1 model): no findings")


def test_select_and_fail_on(tmp_path: Path) -> None:
    folders(tmp_path / "fleet", 2)
    assert audit(tmp_path, "fleet", "--select", "FM", "--output", "fm.jsonl").returncode == 0
    assert audit(tmp_path, "fleet", "--fail-on", "never", "--output", "never.jsonl").returncode == 0
    run = json.loads((tmp_path / "fm.jsonl").read_text().splitlines()[0])
    assert run["selection"] == {"select": ["FM"]}
    assert run["targets"] == ["fleet"]


def test_the_file_is_not_put_into_what_is_judged(tmp_path: Path) -> None:
    folders(tmp_path, 1)
    place = tmp_path / "model-000"
    done = audit(place, ".")
    assert done.returncode == 2
    assert "would lie in `.`, which is judged; --output says where" in done.stderr
    assert not (place / "audit.jsonl").exists()
    assert audit(place, ".", "--output", "audit.jsonl").returncode == 1


@pytest.mark.parametrize("text", ["my notes\n", '{"a": 1}\n'])
def test_another_file_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    folders(tmp_path / "fleet", 1)
    (tmp_path / "notes.md").write_text(text)
    done = audit(tmp_path, "fleet", "--output", "notes.md")
    assert (done.returncode, (tmp_path / "notes.md").read_text()) == (2, text)
    assert "left as it is" in done.stderr


def test_a_dump_of_json_lines(tmp_path: Path) -> None:
    dump = rows(
        tmp_path / "cards.jsonl",
        {"modelId": "org/a", "card": MODEL, "downloads": 3},
        {"modelId": "org/b", "card": CLEAN},
        {"modelId": "org/c", "card": None},
        {"modelId": "not an id", "card": CLEAN},
    )
    dump.write_text(dump.read_text() + "{torn\n\n[1]\n")
    done = audit(tmp_path, "cards.jsonl")
    assert done.returncode == 2
    found = records(tmp_path / "audit.jsonl")
    assert codes(found["org/a"]) == ["MC008"]
    assert (found["org/a"].kind, found["org/a"].source) == ("model", "dump")
    assert codes(found["org/b"]) == []
    assert found["org/c"].reason == "its row in the dump has no card"
    assert found["not an id"].reason == "its id is not one of the Hub (`owner/name`)"
    assert found["cards.jsonl, row 5"].reason == found["cards.jsonl, row 7"].reason == "its line is not a JSON object"


def test_the_kind_of_a_card(tmp_path: Path) -> None:
    space = "---\nsdk: docker\nemoji: x\ncolorFrom: pinkish\n---\n"
    rows(
        tmp_path / "cards.jsonl",
        {"id": "org/a", "card": space, "repo_type": None},
        {"id": "org/b", "card": "# Nothing\n", "repo_type": None},
        {"id": "org/c", "card": "# Nothing\n", "repo_type": "datasets"},
        {"id": "org/d", "card": MODEL, "repo_type": "model"},
    )
    audit(tmp_path, "cards.jsonl")
    found = records(tmp_path / "audit.jsonl")
    assert {id: each.kind for id, each in found.items()} == {
        "org/a": "space",
        "org/b": "",
        "org/c": "dataset",
        "org/d": "model",
    }
    assert "SP008" in codes(found["org/a"])
    assert "nothing tells whether it is a model" in found["org/b"].reason
    audit(tmp_path, "cards.jsonl", "--kind", "dataset", "--output", "b.jsonl")
    assert records(tmp_path / "b.jsonl")["org/b"].kind == "dataset"


def test_only_what_a_card_says_by_itself_is_found_in_a_dump(tmp_path: Path) -> None:
    """Which other files are there is not known: no Dockerfile is missed, and no link leads nowhere."""
    space = "---\nsdk: docker\ntitle: Demo\nemoji: 🚀\ncolorFrom: red\ncolorTo: red\n---\n![x](docs/missing.png)\n"
    place = tmp_path / "space"
    (place / "docs").mkdir(parents=True)
    (place / "docs" / "there.png").write_bytes(b"\x89PNG")
    (place / "README.md").write_text(space)
    assert audit(tmp_path, "space").returncode == 1
    assert {"SP025", "CT005"} <= set(codes(records(tmp_path / "audit.jsonl")["space"]))
    rows(tmp_path / "cards.jsonl", {"id": "org/a", "card": space, "kind": "space"})
    assert audit(tmp_path, "cards.jsonl").returncode == 0
    # A rule that asks for files, and says the same whatever is there:
    rows(tmp_path / "cards.jsonl", {"id": "org/a", "card": "---\nlanguage: en\n---\n# x\n", "kind": "model"})
    audit(tmp_path, "cards.jsonl")
    assert "MC007" in codes(records(tmp_path / "audit.jsonl")["org/a"])


@pytest.mark.parametrize("one_group", [True, False])
def test_a_dump_in_parquet(tmp_path: Path, one_group: bool) -> None:
    table = pa.table(
        {
            "datasetId": [f"org/{each}" for each in range(600)],
            "author": ["org"] * 600,
            "card": ["---\nlicense: mit\nsize_categories: 1K<n<10K\n---\n", "---\nlicense: [\n---\n"] * 300,
        }
    )
    parquet.write_table(table, tmp_path / "cards.parquet", row_group_size=600 if one_group else 7)
    assert audit(tmp_path, "cards.parquet", "--select", "FM003").returncode == 1
    found = records(tmp_path / "audit.jsonl")
    assert len(found) == 600
    assert {each.kind for each in found.values()} == {"dataset"}
    assert [codes(found[f"org/{each}"]) for each in range(3)] == [[], ["FM003"], []]


def test_columns_are_named(tmp_path: Path) -> None:
    rows(tmp_path / "cards.jsonl", {"slug": "org/a", "body": MODEL, "what": "model", "x": 1, "y": 2, "z": 3})
    done = audit(tmp_path, "cards.jsonl")
    assert done.returncode == 2
    assert "which column holds the id? --id-column says it; there are slug, body, what, x, y and 1 more" in done.stderr
    done = audit(tmp_path, "cards.jsonl", "--id-column", "slug", "--card-column", "text", "--resume")
    assert "no column `text`" in done.stderr
    words = ("--id-column", "slug", "--card-column", "body", "--kind-column", "what", "--resume")
    assert audit(tmp_path, "cards.jsonl", *words).returncode == 1
    assert codes(records(tmp_path / "audit.jsonl")["org/a"]) == ["MC008"]


def test_a_broken_dump_has_a_line(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 nothing")
    table = pa.table({"modelId": [f"org/{each}" for each in range(5000)], "card": [MODEL * 9] * 5000})
    parquet.write_table(table, tmp_path / "b.parquet", row_group_size=500, compression="none", use_dictionary=False)
    data = bytearray((tmp_path / "b.parquet").read_bytes())
    data[len(data) // 2 : len(data) // 2 + 2000] = b"\xff" * 2000
    (tmp_path / "b.parquet").write_bytes(bytes(data))
    assert audit(tmp_path, "a.parquet", "b.parquet", "--select", "MC008").returncode == 2
    found = records(tmp_path / "audit.jsonl")
    assert found["a.parquet"].reason.startswith("it cannot be read as Parquet to its end: ")
    assert len(found) > 1000, "what could be read was judged"


def test_a_file_of_targets(tmp_path: Path) -> None:
    folders(tmp_path / "fleet", 3)
    rows(tmp_path / "cards.jsonl", {"modelId": "org/a", "card": MODEL})
    (tmp_path / "ids.txt").write_text("# ours\nfleet/model-000\n\ncards.jsonl\n  fleet/model-002  \nno such thing\n")
    for words, given in ((("ids.txt",), None), (("-",), (tmp_path / "ids.txt").read_text())):
        assert audit(tmp_path, *words, input=given).returncode == 2
        found = records(tmp_path / "audit.jsonl")
        assert sorted(found) == ["fleet/model-000", "fleet/model-002", "no such thing", "org/a"]
        place = "ids.txt" if words == ("ids.txt",) else "standard input"
        assert found["no such thing"].reason.startswith(f"{place}, line 6: no such thing: no such file or folder")


def test_the_configuration_of_the_working_folder_holds_for_dumps(tmp_path: Path) -> None:
    rows(
        tmp_path / "cards.jsonl",
        {"modelId": "org/a", "card": MODEL},
        {"modelId": "org/old-b", "card": MODEL},
        {"modelId": "other/c", "card": MODEL},
    )
    (tmp_path / "hublint.toml").write_text(
        'exclude = ["other/*"]\n[[overrides]]\npaths = ["org/old-*"]\nignore = ["MC008"]\n'
    )
    audit(tmp_path, "cards.jsonl")
    assert {id: codes(each) for id, each in records(tmp_path / "audit.jsonl").items()} == {
        "org/a": ["MC008"],
        "org/old-b": [],
    }


def test_a_poisoned_card_is_a_line(tmp_path: Path) -> None:
    poison = ["---\n" + "a: &a [*a" * 2000 + "\n---\n", "---\n" + "[" * 60000 + "\n---\n", "\0\ud800\n", "---\n---", ""]
    rows(tmp_path / "cards.jsonl", *({"modelId": f"org/{n}", "card": each} for n, each in enumerate(poison)))
    assert audit(tmp_path, "cards.jsonl").returncode in (0, 1)
    assert len(records(tmp_path / "audit.jsonl")) == len(poison)
