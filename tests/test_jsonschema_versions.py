"""The oldest jsonschema that is allowed says what the newest says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from hublint_schemas import violations

TESTS = Path(__file__).resolve().parent
# What rules say of their cases, one after the other, by the jsonschema in the folder that is given.
FINDINGS = """
import json, sys
sys.path[:0] = sys.argv[1:]
import jsonschema
from repositories import findings
from test_rules import ALL_CASES, repository_of, selected

said = [
    [str(each) for each in findings(repository_of(case, case["files"]), *selected(code, case))]
    for code, case in (each.values for each in ALL_CASES)
]
print(json.dumps([jsonschema.__file__, said]))
"""


def findings(*folders: str) -> tuple[str, list[list[str]]]:
    command = [sys.executable, "-W", "ignore", "-c", FINDINGS, *folders, str(TESTS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900)
    assert done.returncode == 0, done.stderr
    file, said = json.loads(done.stdout)
    return file, said


@pytest.mark.skipif(not os.environ.get("HUBLINT_TEST_ALL"), reason="installs another jsonschema: `make test-all`")
def test_the_oldest_says_the_same_of_every_case(tmp_path: Path) -> None:
    declared = (TESTS.parent / "pyproject.toml").read_text("utf-8")
    oldest = re.search(r'"jsonschema>=([\d.]+)"', declared)
    assert oldest is not None
    wanted = f"jsonschema=={oldest[1]}.*"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(tmp_path), wanted]
    subprocess.run(install, check=True, timeout=600)
    file, old = findings(str(tmp_path))
    assert Path(file).is_relative_to(tmp_path)
    newest, new = findings()
    assert not Path(newest).is_relative_to(tmp_path)
    assert old == new and len(old) > 2000


def test_keys_that_have_no_order_are_judged() -> None:
    headers = {None: "a", "x": "b", 3: "c"}
    found = [each.route for each in violations("space", {"custom_headers": headers}) if each.route]
    assert found == [("custom_headers",)]
