"""docs/attackers.md promises a test for each of its lines: those it names exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "showroom_ownership" / "tests"


def test_the_table_names_tests_that_exist():
    known = {name for file in TESTS.glob("test_*.py") for name in re.findall(r"def (test_\w+)", file.read_text())}
    files = {file.stem for file in TESTS.glob("test_*.py")}
    named = set(re.findall(r"\b(test_\w+[a-z])\b(?!\.\.\.)", (ROOT / "docs" / "attackers.md").read_text()))
    assert len(named) > 50
    assert not {name for name in named - files if not any(each.startswith(name.rstrip("_")) for each in known)}
