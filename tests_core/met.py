"""The beginning of most stories about holder and closer: Li filed, Wang met the customer."""

from story import LI, WANG, story

NOON = "2026-03-05 12:00"


def filed(grade="B", at="2026-03-02 10:00", **overrides):
    """Li received the customer on the second of March."""
    return story(**overrides).graded(grade).reception(LI, at)


def met(at="2026-03-05 10:00", **rest):
    """Li filed, then Wang received the customer."""
    return filed().reception(WANG, at, **rest)
