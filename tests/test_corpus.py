"""Every sample of the corpus is checked and fixed; see docs/corpus-report.md for what is found."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from corpus import KINDS, Sample, folder, samples
from hublint.documents.card import Card
from hublint.documents.edits import apply_edits
from hublint.engine.check import Settings, check, judge
from hublint.engine.config import Config
from hublint.engine.findings import Result
from hublint.engine.fixing import fix
from hublint.engine.registry import listed, metadata
from hublint.repository.repository import README, Repository
from hublint.repository.tree import MemoryTree

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.skipif(folder() is None, reason="the corpus is not here: set HUBLINT_CORPUS")

SETTINGS = Settings.of(Config())


@cache
def results() -> list[tuple[Sample, Repository, Result]]:
    return [
        (sample, repository, check(repository, SETTINGS))
        for sample in samples(*KINDS)
        for repository in [sample.repository()]
    ]


def test_no_rule_fails() -> None:
    assert [(sample.id, result.crashes) for sample, _, result in results() if result.crashes] == []


def test_healthy_spaces_have_few_warnings() -> None:
    """Spaces that the Hub accepted: not imported from a larger repository, not historical, not a template."""
    healthy = [
        result
        for sample, _, result in results()
        if sample.group == "spaces" and sample.id.count("__") == 1 and "hist" not in sample.id
    ]
    assert len(healthy) > 75
    refused = [
        (finding.code, finding.message)
        for result in healthy
        for finding in result.findings
        if finding.severity == "error" and metadata(listed()[finding.code]).effect == "refused"
    ]
    assert refused == []


@pytest.mark.parametrize("unsafe", [False, True])
def test_fixes_keep_their_promise(unsafe: bool) -> None:
    """Only edited spans change, the metadata differs only at edited routes, a second run changes nothing."""
    changed = 0
    for sample, repository, _ in results():
        fixed = fix(repository, SETTINGS, unsafe)
        if README not in fixed.files:
            continue
        changed += 1
        before, after = Card(README, repository.tree.read(README) or b""), Card(README, fixed.files[README])
        in_body = any(
            judged.finding.fix and judged.finding.span.start >= before.body.start
            for judged in judge(repository, SETTINGS)[0]
        )
        if before.metadata is not None and not in_body:
            assert after.text[after.body.start :] == before.text[before.body.start :], sample.id
        assert after.metadata is not None or before.metadata is None, sample.id
        assert (b"\r\n" in after.raw) == (b"\r\n" in before.raw), sample.id
        again = Repository(MemoryTree(fixed.files, repository.tree), repository.kind)
        assert fix(again, SETTINGS, unsafe).files == {}, sample.id
        known = {finding.code for finding in check(repository, SETTINGS).findings}
        new = {finding.code for finding in check(again, SETTINGS).findings} - known
        if before.metadata is not None:
            assert new == set(), (sample.id, new)
    assert changed > 50


def differences(before: object, after: object, path: str = "") -> Iterator[str]:
    """Routes at which two pieces of data differ; a list of another length differs as a whole."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in {**before, **after}:
            route = f"{path}.{key}" if path else str(key)
            if key in before and key in after:
                yield from differences(before[key], after[key], route)
            else:
                yield route
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{path}[{index}]")
    elif before != after or type(before) is not type(after):
        yield path


def path_of(route: str) -> list[str | int]:
    return [int(index) if index else key for key, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", route)]


def test_data_differ_only_at_edited_routes() -> None:
    tried = 0
    for sample, repository, _ in results():
        card = repository.card
        for judged in judge(repository, SETTINGS)[0]:
            finding = judged.finding
            fix = finding.fix
            if fix is None or card is None or card.metadata is None or any(edit.path != README for edit in fix.edits):
                continue
            after = Card(README, card.encode(apply_edits(card.text, fix.edits)))
            assert after.metadata is not None, (sample.id, finding.message)
            routes = {edit.route for edit in fix.edits}
            changed = set(differences(card.data, after.data))
            if changed & routes:  # a renamed key is gone from its edited route and new beside it
                renamed = {route.rpartition(".")[0] for route in routes if after.get(*path_of(route)) is None}
                changed = {route for route in changed if route in routes or route.rpartition(".")[0] not in renamed}
            for route in changed:
                if path_of(route)[0] in card.unknown:  # what could not be read before
                    continue
                assert any(
                    route == edited or route.startswith((f"{edited}.", f"{edited}[")) or edited.startswith(f"{route}[")
                    for edited in routes
                ), (sample.id, judged.rule.code, route, routes)
            tried += 1
    assert tried > 40
