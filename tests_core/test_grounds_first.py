"""Grounds 1 to 6: what is asked before anybody looks at the holder's diligence. One table of situations for each."""

from decimal import Decimal

from core.facts import BRANCH, SHOWROOM
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
    ZHAO,
    asked_of,
    finding,
    outcome,
    story,
    table,
)

NOON = "2026-03-05 12:00"


def filed(**overrides):
    """Li received the customer on the second of March."""
    return story(**overrides).reception(LI, "2026-03-02 10:00")


# 1 Settlement

HALVES = {LI: Decimal(50), WANG: Decimal(50)}
SETTLEMENT = {
    "an approved settlement gives its shares": (
        filed().settled("2026-03-04 10:00", {LI: 50, WANG: 50}), WANG, NOON, HALVES
    ),
    "a settlement may give everything to one": (filed().settled("2026-03-04 10:00", {ZHAO: 100}), WANG, NOON, ZHAO),
    "the later of two settlements stands": (
        filed().settled("2026-03-04 10:00", {LI: 100}).settled("2026-03-04 11:00", {LI: 50, WANG: 50}),
        WANG, NOON, HALVES,
    ),
    "one that is approved after the deal counts too": (
        filed().settled("2026-03-06 10:00", {LI: 50, WANG: 50}), WANG, NOON, HALVES
    ),
    "nobody settled": (filed(), WANG, NOON, None),
}  # fmt: skip


@table(SETTLEMENT)
def test_a_settlement_decides(row):
    said, expected = asked_of("settlement", row)
    assert said == expected


def test_a_settlement_is_final_and_outranks_an_order():
    made = filed().ordered(LI, "2026-03-03 10:00").settled("2026-03-04 10:00", {LI: 50, WANG: 50}).deal(WANG, NOON)
    assert outcome(made) == ("settlement", "final", HALVES)
    assert finding(made, "order_customer").verdict == "outranked"


# 2 The customer ordered with somebody


def ordered(by=LI, at="2026-03-03 10:00", **rest):
    return filed().ordered(by, at, **rest)


ORDER = {
    "an order before the deal is credited to who took it": (ordered(), WANG, NOON, LI),
    "an order at the moment of the deal counts": (ordered(at=NOON), WANG, NOON, LI),
    "an order after the deal does not count": (ordered(at="2026-03-05 12:01"), WANG, NOON, None),
    "an order whose entry was tampered with does not count": (ordered(intact=False), WANG, NOON, None),
    "who took it has left": (ordered().departed(LI), WANG, NOON, None),
    "the customer asked for somebody else afterwards": (
        ordered().transfer(WANG, "2026-03-04 10:00", "customer_request"), WANG, NOON, None
    ),
    "the customer asked for somebody else before ordering": (
        filed().transfer(WANG, "2026-03-03 09:00", "customer_request").ordered(LI, "2026-03-03 10:00"), WANG, NOON, LI
    ),
    "the customer asked for somebody else at the moment of ordering": (
        ordered().transfer(WANG, "2026-03-03 10:00", "customer_request"), WANG, NOON, LI
    ),
    "the customer asked for somebody else at the moment of the deal": (
        ordered().transfer(WANG, NOON, "customer_request"), WANG, NOON, None
    ),
    "a family member asked for somebody else": (
        ordered().linked(SPOUSE).transfer(WANG, "2026-03-04 10:00", "customer_request", card=SPOUSE), WANG, NOON, LI
    ),
    "a manager's transfer does not undo an order": (ordered().transfer(WANG, "2026-03-04 10:00"), WANG, NOON, LI),
    "a lapse does not undo an order": (ordered().transfer(WANG, "2026-03-04 10:00", "lapsed"), WANG, NOON, LI),
    "the customer's wish after the deal does not undo an order": (
        ordered().transfer(WANG, "2026-03-05 12:01", "customer_request"), WANG, NOON, LI
    ),
    "an order with the new consultant counts again": (
        ordered().transfer(WANG, "2026-03-04 10:00", "customer_request").ordered(WANG, "2026-03-04 11:00"),
        ZHAO, NOON, WANG,
    ),
    "a rival's second order does not undo the first": (ordered().ordered(WANG, "2026-03-05 11:59"), WANG, NOON, LI),
    "the second order stands when who took the first has left": (
        ordered().ordered(WANG, "2026-03-05 11:00").departed(LI), ZHAO, NOON, WANG
    ),
    "an order on a second card of the customer counts": (
        filed().linked(SECOND, customer="same").ordered(ZHAO, "2026-03-04 10:00", card=SECOND), WANG, NOON, ZHAO
    ),
    "an order of a family member does not count": (
        filed().linked(SPOUSE).ordered(ZHAO, "2026-03-04 10:00", card=SPOUSE), WANG, NOON, None
    ),
    "nobody ordered": (filed(), WANG, NOON, None),
}  # fmt: skip


@table(ORDER)
def test_an_order_decides(row):
    said, expected = asked_of("order_customer", row)
    assert said == expected


def test_an_order_makes_the_ruling_final_however_late_the_follow_up():
    told = filed().graded("H").ordered(LI, "2026-03-03 10:00").reception(WANG, "2026-04-20 10:00")
    made = told.deal(WANG, "2026-04-20 12:00")
    assert outcome(made) == ("order_customer", "final", LI)


# 3 Asked for by name


def named(at="2026-03-04 10:00", name=WANG, **rest):
    return filed().reception(WANG, at, named=name, **rest)


NAMED = {
    "the customer asked for the closer": (named(), WANG, NOON, WANG),
    "the customer asked for somebody else": (named(name=ZHAO), WANG, NOON, None),
    "the customer asked for nobody": (named(name=None), WANG, NOON, None),
    "the name given to somebody else does not help the closer": (named(), ZHAO, NOON, None),
    "a later reception without the name is the one that counts": (
        named().reception(WANG, "2026-03-05 10:00"), WANG, NOON, None
    ),
    "an earlier reception without the name does not matter": (
        filed().reception(WANG, "2026-03-03 10:00").reception(WANG, "2026-03-05 10:00", named=WANG), WANG, NOON, WANG
    ),
    "a reception by another consultant in between does not matter": (
        named().reception(ZHAO, "2026-03-05 10:00"), WANG, NOON, WANG
    ),
    "a reception at another outlet does not count": (named(outlet=EAST), WANG, NOON, None),
    "a reception that is no evidence does not count": (named(void=True), WANG, NOON, None),
    "a reception at the moment of the deal counts": (named(at=NOON), WANG, NOON, WANG),
    "a reception after the deal does not count": (named(at="2026-03-05 12:01"), WANG, NOON, None),
    "a family member asked for the closer": (filed().linked(SPOUSE).reception(
        WANG, "2026-03-04 10:00", named=WANG, card=SPOUSE), WANG, NOON, None
    ),
    "the closer received nobody": (filed(), WANG, NOON, None),
}  # fmt: skip


@table(NAMED)
def test_being_asked_for_by_name_decides(row):
    said, expected = asked_of("named_consultant", row)
    assert said == expected


def test_being_asked_for_by_name_is_final():
    assert outcome(named(asked="yes", prior=LI).deal(WANG, NOON)) == ("named_consultant", "final", WANG)


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
