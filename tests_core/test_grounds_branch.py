"""Grounds 4 to 6: branches and satellites. One table of situations for each."""

from core.facts import BRANCH, FOURTH_KIND, SAME, SHOWROOM
from story import (
    EAST,
    HE,
    KINDS,
    LI,
    MA,
    MAIN,
    QIAN,
    SECOND,
    SHAN,
    SPOUSE,
    SUN,
    WANG,
    WEST,
    WU,
    asked_of,
    outcome,
    story,
    table,
)

NOON = "2026-03-05 12:00"


def filed(**overrides):
    """Li received the customer on the second of March."""
    return story(**overrides).reception(LI, "2026-03-02 10:00")


# 4 A branch that pre-registered the customer


def announced(at="2026-03-02 18:00", by=SUN, seen="2026-03-02 10:00", **rest):
    """The branch received and announced the customer; the showroom received them on the fifth."""
    told = story().reception(SUN, seen) if seen else story()
    return told.preregister(by, at, **rest).reception(LI, "2026-03-05 10:00")


PREREGISTERED = {
    "the branch came first": (announced(), LI, NOON, SUN),
    "the showroom closed without a reception": (
        story().reception(SUN, "2026-03-02 10:00").preregister(SUN, "2026-03-02 18:00"), LI, NOON, SUN
    ),
    "the branch came second, but on the day of the first visit": (announced(seen="2026-03-05 11:00"), LI, NOON, SUN),
    "the branch came second and the showroom's first visit was the day before": (
        story().reception(LI, "2026-03-04 23:59").reception(SUN, "2026-03-05 10:00")
        .preregister(SUN, "2026-03-05 10:30"),
        LI, NOON, None,
    ),
    "the branch came first, the showroom closed on the second visit": (
        announced().reception(LI, "2026-03-07 10:00"), LI, "2026-03-07 12:00", SUN
    ),
    "the branch never received the customer": (announced(seen=None), LI, NOON, None),
    "the branch received the customer after the deal": (announced(seen="2026-03-05 12:01"), LI, NOON, None),
    "announced at the moment of the deal": (announced(at=NOON), LI, NOON, SUN),
    "announced after the deal": (announced(at="2026-03-05 12:01"), LI, NOON, None),
    "accepted after the deal": (announced(accepted="2026-03-05 12:01"), LI, NOON, None),
    "the deal is on the last day of the announcement": (announced(valid_until="2026-03-05"), LI, NOON, SUN),
    "the announcement ended the day before": (announced(valid_until="2026-03-04"), LI, NOON, None),
    "an announcement that was tampered with": (announced(intact=False), LI, NOON, None),
    "who announced the customer has left": (announced().departed(SUN), LI, NOON, None),
    "a colleague announced the customer whom Sun received": (announced(by=QIAN), LI, NOON, QIAN),
    "the first of two announcements of a branch is credited": (
        announced().preregister(QIAN, "2026-03-03 10:00"), LI, NOON, SUN
    ),
    "a second announcement steps in when the first has ended": (
        announced(valid_until="2026-03-04").preregister(QIAN, "2026-03-03 10:00"), LI, NOON, QIAN
    ),
    "the branch that received first is asked first": (
        story().reception(WU, "2026-03-01 10:00").reception(SUN, "2026-03-02 10:00")
        .preregister(SUN, "2026-03-02 11:00").preregister(WU, "2026-03-03 10:00"), LI, NOON, WU,
    ),
    "a branch's announcement does not protect against its own deal": (announced(), SUN, NOON, None),
    "not even on the day of the first visit": (
        announced("2026-03-05 10:30", seen="2026-03-05 10:00"), QIAN, NOON, None
    ),
    "the branch received a family member only": (
        story().linked(SPOUSE).reception(SUN, "2026-03-02 10:00", card=SPOUSE).preregister(SUN, "2026-03-02 18:00"),
        LI, NOON, None,
    ),
    "a satellite is no branch": (
        story().reception(HE, "2026-03-02 10:00").preregister(HE, "2026-03-02 11:00"), LI, NOON, None
    ),
}  # fmt: skip


@table(PREREGISTERED)
def test_a_preregistration_of_a_branch_decides(row):
    said, expected = asked_of("preregistered_branch", row)
    assert said == expected


def test_a_preregistration_of_a_branch_is_final():
    assert outcome(announced().deal(LI, NOON)) == ("preregistered_branch", "final", SUN)


def test_the_last_day_of_a_preregistration_is_a_day_of_the_branch():
    """Half past midnight in Shanghai is still the day before in New York."""
    told = story().zone(EAST, "America/New_York").reception(SUN, "2026-03-02 10:00")
    told.preregister(SUN, "2026-03-03 10:00", valid_until="2026-03-04")
    assert told.deal(LI, "2026-03-05 12:59").ground == "preregistered_branch"
    assert told.deal(LI, "2026-03-05 13:00").ground == "unregistered_branch"


# 5 A branch that came first without announcing the customer


def branch_first(*calls, by=LI, **overrides):
    """The branch received the customer, then the showroom, whose closer made some calls."""
    told = story(**overrides).reception(SUN, "2026-03-02 10:00").reception(LI, "2026-03-03 10:00")
    return told.followups(by, *calls)


ONE, TWO = ("2026-03-04 10:00",), ("2026-03-04 10:00", "2026-03-04 15:00")
UNREGISTERED = {
    "the closer made no follow-up": (branch_first(), LI, NOON, SUN),
    "the closer made one follow-up": (branch_first(*ONE), LI, NOON, SUN),
    "the closer made two follow-ups": (branch_first(*TWO), LI, NOON, None),
    "a dealer that allows two": (branch_first(*TWO, branch_followup_limit=2), LI, NOON, SUN),
    "a dealer that allows none": (branch_first(*ONE, branch_followup_limit=0), LI, NOON, None),
    "follow-ups of others do not count": (branch_first(*TWO, by=WANG), LI, NOON, SUN),
    "follow-ups on the closer's behalf count": (
        branch_first().followups(WANG, *TWO, on_behalf_of=LI), LI, NOON, None
    ),
    "follow-ups before anybody had received the customer do not count": (
        story().followups(LI, "2026-03-01 10:00", "2026-03-01 15:00").reception(SUN, "2026-03-02 10:00")
        .reception(LI, "2026-03-03 10:00"), LI, NOON, SUN
    ),
    "nor on a second card that nobody filed, before the closer received the customer": (
        story().reception(SUN, "2026-03-02 10:00").linked(SECOND, customer=SAME)
        .followups(LI, "2026-03-02 11:00", "2026-03-02 15:00", card=SECOND).reception(LI, "2026-03-03 10:00"),
        LI, NOON, SUN
    ),
    "follow-ups on the branch's card by who was given it count": (
        story().reception(SUN, "2026-03-02 10:00").followups(LI, *TWO), LI, NOON, None
    ),
    "follow-ups that did not reach the customer do not count": (
        branch_first().followups(LI, *TWO, reached=False), LI, NOON, SUN
    ),
    "follow-ups on a family member's card do not count": (
        branch_first().linked(SPOUSE).followups(LI, *TWO, card=SPOUSE), LI, NOON, SUN
    ),
    "the showroom came first": (
        story().reception(LI, "2026-03-02 10:00").reception(SUN, "2026-03-02 10:01"), LI, NOON, None
    ),
    "both came at the same moment": (
        story().reception(LI, "2026-03-02 10:00").reception(SUN, "2026-03-02 10:00"), LI, NOON, None
    ),
    "the showroom received nobody": (story().reception(SUN, "2026-03-02 10:00"), LI, NOON, SUN),
    "who received first at the branch has left": (branch_first().departed(SUN), LI, NOON, None),
    "the branch received on behalf of a colleague": (
        story().reception(SUN, "2026-03-02 10:00", on_behalf_of=QIAN), LI, NOON, QIAN
    ),
    "the branch announced the customer, which is the ground before": (
        branch_first().preregister(SUN, "2026-03-04 10:00"), LI, NOON, None
    ),
    "an announcement that has ended leaves the branch unregistered": (
        branch_first().preregister(SUN, "2026-03-02 10:30", valid_until="2026-03-04"), LI, NOON, SUN
    ),
    "the branch's line is no evidence": (
        story().reception(SUN, "2026-03-02 10:00", changed_after_close=True), LI, NOON, None
    ),
    "a branch against a branch": (
        story().reception(WU, "2026-03-02 10:00").reception(SUN, "2026-03-03 10:00"), SUN, NOON, WU
    ),
    "the showroom came first to a customer of a branch that closes": (
        story().reception(LI, "2026-03-02 10:00").reception(SUN, "2026-03-03 10:00"), SUN, NOON, None
    ),
}  # fmt: skip


@table(UNREGISTERED)
def test_a_branch_that_came_first_decides(row):
    said, expected = asked_of("unregistered_branch", row)
    assert said == expected


def test_a_branch_that_came_first_is_final():
    assert outcome(branch_first(*ONE).deal(LI, NOON)) == ("unregistered_branch", "final", SUN)


# 6 A satellite


def satellite(visit="2026-03-05 10:00", **rest):
    """He of the satellite received the customer, who then came to the showroom."""
    return story().reception(HE, "2026-03-02 10:00").reception(LI, visit, **rest)


SATELLITE = {
    "its staff came along": (satellite(accompanied_by=HE), LI, NOON, HE),
    "its staff came along, and a later line of the day does not say so": (
        satellite(accompanied_by=HE).reception(LI, "2026-03-05 11:00"), LI, NOON, HE
    ),
    "another of its staff came along": (satellite(accompanied_by=MA), LI, NOON, HE),
    "staff of a third outlet came along": (satellite(accompanied_by=SUN), LI, NOON, None),
    "nobody came along": (satellite(), LI, NOON, None),
    "it announced the visit": (satellite().preregister(HE, "2026-03-05 09:59"), LI, NOON, HE),
    "it announced the customer after the visit began": (
        satellite().preregister(HE, "2026-03-05 10:01"), LI, NOON, None
    ),
    "its announcement had ended on the day of the visit": (
        satellite().preregister(HE, "2026-03-03 10:00", valid_until="2026-03-04"), LI, NOON, None
    ),
    "it announced a deal that was closed without a visit": (
        story().reception(HE, "2026-03-02 10:00").preregister(HE, "2026-03-03 10:00"), LI, NOON, HE
    ),
    "its staff came along, but it never received the customer": (
        story().reception(LI, "2026-03-05 10:00", accompanied_by=HE), LI, NOON, None
    ),
    "its staff came along the first time only": (
        satellite("2026-03-04 10:00", accompanied_by=HE).reception(LI, "2026-03-05 10:00"), LI, NOON, None
    ),
    "a telephone call after the visit changes nothing": (
        satellite("2026-03-04 10:00", accompanied_by=HE).reception(LI, "2026-03-05 10:00", channel="call"), LI, NOON, HE
    ),
    "the visit was received by a colleague of the closer": (satellite(accompanied_by=HE), WANG, NOON, HE),
    "who filed at the satellite has left": (satellite(accompanied_by=MA).departed(HE), LI, NOON, None),
    "who filed at the satellite has left, and a colleague received the customer too": (
        satellite(accompanied_by=MA).reception(MA, "2026-03-03 10:00").departed(HE), LI, NOON, MA
    ),
    "the showroom filed and the satellite closes": (
        story().reception(LI, "2026-03-02 10:00").reception(HE, "2026-03-05 10:00", accompanied_by=WANG), HE, NOON, LI
    ),
    "a branch filed and the satellite closes": (
        story().reception(SUN, "2026-03-02 10:00").reception(HE, "2026-03-05 10:00", accompanied_by=SUN), HE, NOON, SUN
    ),
    "two outlets of which none is a satellite": (
        story().reception(SUN, "2026-03-02 10:00").reception(LI, "2026-03-05 10:00", accompanied_by=SUN), LI, NOON, None
    ),
}  # fmt: skip


@table(SATELLITE)
def test_a_satellite_decides(row):
    said, expected = asked_of("satellite", row)
    assert said == expected


def test_a_satellite_is_final():
    assert outcome(satellite(accompanied_by=HE).deal(LI, NOON)) == ("satellite", "final", HE)


def test_the_outlets_of_these_stories_are_of_the_kinds_the_names_say():
    assert (KINDS[MAIN], KINDS[EAST], KINDS[WEST], KINDS[SHAN]) == (SHOWROOM, BRANCH, BRANCH, "satellite")


# Facts that were stored before


def test_earlier_facts_are_ruled_on_as_they_were():
    prepared = story().followups(LI, "2026-03-01 10:00", "2026-03-01 15:00").reception(SUN, "2026-03-02 10:00")
    prepared.reception(LI, "2026-03-03 10:00")
    brought = satellite(accompanied_by=HE).reception(LI, "2026-03-05 11:00")
    for told, ground in ((prepared, "unregistered_branch"), (brought, "satellite")):
        assert told.deal(LI, NOON).ground == ground
        told.kind = FOURTH_KIND
        assert told.deal(LI, NOON).ground != ground
