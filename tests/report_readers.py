"""What each report says, read back: code, path, line and level of every finding."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable

LEVELS = ("error", "warning", "info")
Finding = tuple[str, str, int, str]


def of_lines(pattern: str) -> Callable[[str], list[Finding]]:
    words = {"note": "info", "notice": "info"}

    def read(text: str) -> list[Finding]:
        found = (each.groupdict() for each in re.finditer(pattern, text, re.MULTILINE))
        return [
            (each["code"], each["path"], int(each["line"]), words.get(each["level"], each["level"])) for each in found
        ]

    return read


def of_json(text: str) -> list[Finding]:
    return [(each["code"], each["path"], each["line"], each["severity"]) for each in json.loads(text)["findings"]]


def of_jsonl(text: str) -> list[Finding]:
    first, *rest = map(json.loads, text.splitlines())
    found = [(each["code"], each["path"], each["line"], each["severity"]) for each in rest if each["type"] == "finding"]
    assert (first["type"], first["version"], rest[-1]["type"]) == ("begin", 1, "end")
    assert rest[-1]["counts"] == {level: sum(each[3] == level for each in found) for level in LEVELS}
    return found


def of_sarif(text: str) -> list[Finding]:
    found = []
    (run,) = json.loads(text)["runs"]
    for each in run["results"]:
        place = each["locations"][0]["physicalLocation"]
        assert run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] == each["ruleId"]
        level = each["level"].replace("note", "info")
        found.append((each["ruleId"], place["artifactLocation"]["uri"], place["region"]["startLine"], level))
    return found


def of_gitlab(text: str) -> list[Finding]:
    entries = json.loads(text)
    assert len({each["fingerprint"] for each in entries}) == len(entries)
    levels = {"major": "error", "minor": "warning", "info": "info"}
    return [
        (each["check_name"], each["location"]["path"], each["location"]["lines"]["begin"], levels[each["severity"]])
        for each in entries
    ]


def of_junit(text: str) -> list[Finding]:
    root = ElementTree.fromstring(text.encode())
    found, cases = [], 0
    for suite in root:
        assert [suite.get("tests"), suite.get("failures"), suite.get("skipped")] == [
            str(len(list(suite.iter(kind)))) for kind in ("testcase", "failure", "skipped")
        ]
        for case in suite:
            cases += 1
            for told in case:
                level = told.get("type", "info")
                found.append(((case.get("name") or "")[:5], case.get("file") or "", int(case.get("line") or 0), level))
    assert root.get("tests") == str(cases)
    return found


def of_rdjson(text: str) -> list[Finding]:
    return [
        (
            each["code"]["value"],
            each["location"]["path"],
            each["location"]["range"]["start"]["line"],
            each["severity"].lower(),
        )
        for each in json.loads(text)["diagnostics"]
    ]


READERS: dict[str, Callable[[str], list[Finding]]] = {
    "concise": of_lines(r"^(?P<path>.*):(?P<line>\d+):\d+: (?P<level>\w+)\[(?P<code>\w+)\]"),
    "github": of_lines(
        r"^::(?P<level>\w+) title=hublint \((?P<code>\w+) [\w-]+\),file=(?P<path>.*),line=(?P<line>\d+),"
    ),
    "json": of_json,
    "jsonl": of_jsonl,
    "sarif": of_sarif,
    "gitlab": of_gitlab,
    "junit": of_junit,
    "rdjson": of_rdjson,
}
