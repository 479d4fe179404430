"""Defects that hublint once had are found by benchmarks/fuzz.py within two minutes of a processor.

Slow, so only with HUBLINT_TEST_ALL; `python benchmarks/fuzz.py --put-back NAME` tells after how many inputs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "benchmarks"))

import fuzz
from fuzzing.defects import DEFECTS, put_back
from fuzzing.seeds import Seeds

_INPUTS = 3000  # 30 a second
_QUICK = ("empty-block", "ten-passes", "not-written", "stars", "bare-frame")


@pytest.mark.skipif(not os.environ.get("HUBLINT_TEST_ALL"), reason="HUBLINT_TEST_ALL: takes minutes")
@pytest.mark.parametrize("name", _QUICK)
def test_a_defect_of_the_past_is_found(name: str) -> None:
    with put_back(name) as defect:
        assert fuzz.fuzz(Seeds(), 1, count=_INPUTS, defect=defect).found


def test_a_defect_is_there_only_while_it_is_put_back() -> None:
    held = [(owner, name, getattr(owner, name)) for defect in DEFECTS.values() for owner, name, _ in defect.replaced]
    for name, defect in DEFECTS.items():
        with put_back(name):
            assert all(getattr(owner, each) is worse for owner, each, worse in defect.replaced)
    assert all(getattr(owner, name) is whole for owner, name, whole in held)
