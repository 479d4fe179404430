"""No credential is printed whole: not by any rule, in any format, in a diff, nor where a rule fails."""

from __future__ import annotations

import itertools
import random
import string
from pathlib import Path
from typing import Any

import pytest

from hublint.cli.checking import Request, perform
from hublint.cli.outputs import FORMATS
from hublint.engine import registry
from hublint.engine.masking import Mask
from hublint.secrets.shapes import _of_private_keys, covered, shapes
from repositories import make
from test_rules import ALL_CASES
from tokens import MAKERS, MARKS, WORD, Maker, with_tokens

SECRETS = [part for value in MARKS.values() for part in value.replace("\\n", "\n").split("\n")]
FIRING = [
    pytest.param(case.values[1], id=case.id)
    for case in ALL_CASES
    if str(case.values[0]).startswith("SE") and case.values[1]["findings"]
]

# Values of which other rules quote what is written.
EVERYWHERE = {
    "README.md": "---\n"
    + "".join(
        f"{key}: {{0}}\n"
        for key in (
            "title emoji sdk colorFrom colorTo app_file license pinned python_version titel suggested_hardware "
            "language base_model pipeline_tag library_name hf_oauth startup_duration_timeout header thumbnail "
            "tags datasets"
        ).split()
    )
    + "{0}: 1\nmodels:\n- {0}\n- {0}\nhf_oauth_scopes: [{0}]\ncustom_headers:\n  {0}: {0}\n"
    "short_description: '{0} {0}'\n---\n[x]({0})\n",
    "Dockerfile": "FROM python:{0}\nENV HF_TOKEN={0}\nRUN pip install {0} && chmod 777 {0}\nEXPOSE {0}\nUSER {0}\n"
    'COPY {0} .\nCMD ["uvicorn", "{0}:app", "--host", "{0}", "--port", "{0}"]\n',
    "app.py": 'import gradio as gr\nTOKEN = "{0}"\nmodel = pipeline(model="{0}/{0}", use_auth_token="{0}")\n'
    'gr.Interface(None).launch(server_name="{0}", server_port="{0}", auth=("a", "{0}"))\n',
    "requirements.txt": "{0}\n{0}=={0}\n",
    "packages.txt": "{0}\n",
    "config.json": '{{"model_type": "{0}", "architectures": ["{0}"]}}\n',
}


def written(folder: Path, files: dict[str, Any]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def outputs(folder: Path, kind: str, capsys: pytest.CaptureFixture[str]) -> str:
    """All that is printed about a folder, in every way to print it."""
    overrides = {"select": ("ALL",), "unsafe_fixes": True, "ignore": (), "extend_select": ()}
    base = Request((str(folder),), overrides, kind, isolated=True, color="never")  # type: ignore[arg-type]
    for request in (*(base._replace(formats=(name,)) for name in FORMATS), base._replace(diff=True)):
        assert perform(request) in (0, 1)
    captured = capsys.readouterr()
    return captured.out + captured.err


@pytest.mark.parametrize("case", FIRING)
def test_fixtures_of_the_secrets_rules(
    case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = outputs(written(tmp_path, case["files"]), case["kind"], capsys)
    if not case.get("listing"):
        assert "error[SE0" in printed or "warning[SE0" in printed or "note[SE0" in printed
    assert [secret for secret in SECRETS if secret in printed] == []


@pytest.mark.parametrize("id", MAKERS)
def test_no_rule_prints_a_token(id: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    token = MAKERS[id](Maker(id))
    before = "AccountKey=" if id == "azure-storage" else "https://team." if id == "teams-webhook" else ""
    files = {path: text.format(before + token) for path, text in EVERYWHERE.items()}
    repository = make("space", files)
    assert all(repository.source(path) for path in files)
    if not Mask(repository).hides(token):
        pytest.fail("the detector does not know this token")
    kinds = ("space", "model") if id in ("hf-user", "anthropic") else ("space",)
    for kind in kinds:
        printed = outputs(written(tmp_path, files), kind, capsys)
        assert token not in printed
        longest = max((size for size in range(8, len(token)) if token[:size] in printed), default=0)
        assert longest <= 12, f"{longest} of {len(token)} characters are shown"


def test_what_other_rules_say_is_covered_without_the_secrets_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    token = MARKS["hf_[34 letters]"]
    written(tmp_path, {"README.md": f"---\nsdk: gradio\ncolorFrom: {token} # {token}\n---\n"})
    for name in FORMATS:
        perform(Request((str(tmp_path),), {"select": ("SP008",)}, isolated=True, formats=(name,)))
    printed = capsys.readouterr().out
    assert printed.count("SP008") >= len(FORMATS) and "hf_" in printed
    assert token not in printed


def test_a_failing_rule_prints_no_token(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = MARKS["hf_[34 letters]"]

    def check(*subject: Any) -> Any:
        raise ValueError(f"cannot read {token}")

    load = registry.load
    monkeypatch.setattr(registry, "load", lambda listed: load(listed)._replace(check=check))
    written(tmp_path, {"README.md": f"---\nsdk: gradio\ncolorFrom: {token}\n---\n"})
    assert perform(Request((str(tmp_path),), {"select": ("SP008",)}, isolated=True)) == 2
    printed = capsys.readouterr().err
    assert "cannot read hf_" in printed and token not in printed


def test_a_covered_line_keeps_its_columns() -> None:
    token = MARKS["hf_[34 letters]"]
    repository = make("space", {"a.txt": f"a {token} b {token[:20]}\n"})
    source = repository.source("a.txt")
    assert source is not None
    shown = Mask(repository)(source.text)
    assert len(shown) == len(source.text) and shown.startswith(f"a {token[:4]}**") and " b " in shown
    assert token[:20] not in shown and token[6:] not in shown


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("PRIVATE KEY\n-----END CERTIFICATE-----\n", []),
        ("-----BEGIN PRIVATE KEY-----\n%s\n-----END PR\x85IVATE KEY-----\n", [0]),
        ("a PRIVATE KEY, then -----END X-----\n-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n", [0]),
        ("-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n" * 2, [0, 1]),
        ("-----BEGIN PRIVATE KEY-----\n%s", [0]),
    ],
)
def test_material_of_private_keys_is_covered_and_the_search_ends(text: str, covered: list[int]) -> None:
    keys = ["".join(random.Random(number).choices(string.ascii_letters + string.digits, k=64)) for number in (1, 2)]
    whole = text % tuple(keys[: text.count("%s")])
    assert [whole[slice(*span)] for span in _of_private_keys(whole)] == [keys[number] for number in covered]


def test_the_end_of_a_token_may_begin_the_next_one() -> None:
    token = "dp." + "pt." + "16RCVguALkilIKX4mfaxGXF1eFL7UqZZo8iSZRUF5vb"
    shown = covered(f"{token}{token}.csv")
    assert token[8:-4] not in shown
    assert shown.count("*") > len(token)


def test_credentials_with_the_same_beginning_are_covered_whole() -> None:
    maker = Maker("twins")
    first = "gsk_" + maker.of(WORD, 52)
    second = first[:30] + maker.of(WORD, 26)
    text = f"{first}\n{second}\n{second[:40]}\n"
    covered = Mask(make("space", {"a.txt": text}))
    assert covered("nothing yet: no text was looked at") == "nothing yet: no text was looked at"
    repository = make("space", {"a.txt": text})
    repository.source("a.txt")
    for line in Mask(repository)(text).split():
        assert line.count("*") == len(line) - 6


def test_fixtures_hold_no_whole_token() -> None:
    from hublint.documents.source import Source
    from hublint.secrets.scan import scan

    root = Path(__file__).resolve().parent.parent
    files = itertools.chain((root / "fixtures").rglob("*"), (root / "tests").glob("*.py"), root.glob("*.md"))
    for path in (*files, *(root / "docs").rglob("*.md"), *(root / "rules").rglob("*.py")):
        if path.is_file():
            secrets = scan(Source(path.name, path.read_bytes()))
            assert not secrets.tokens and not secrets.keys, path
    assert with_tokens("hf_[redacted 34 letters]").count(".") == 3


@pytest.mark.parametrize("id", MAKERS)
def test_a_token_is_covered_in_a_long_text_as_in_a_short_one(id: str) -> None:
    maker = Maker(id)
    before, after = "plain words and no more " * 60, " and so it goes on" * 60
    for _ in range(20):
        token = MAKERS[id](maker)
        short = [text[slice(*span)] for text in (f" {token} ",) for span in shapes(text)]
        text = f"{before}{token}{after}"
        assert [text[slice(*span)] for span in shapes(text)] == short
