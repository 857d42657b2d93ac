"""What an appeal is recommended to end with, who may be given shares, and who gets the card."""

from decimal import Decimal

import pytest
from core import ruling
from story import LI, NEW_YORK, SPOUSE, SUN, WANG, ZHAO, hundred, policy, story

DEAL = "2026-03-20 12:00"
FIRST_DAY = "2026-03-13"


def contested(tz="Asia/Shanghai", **overrides):
    """Li filed long before; Wang received the customer twice and closed on the twentieth."""
    told = story(tz=tz, **overrides).graded("C").reception(LI, "2026-03-02 10:00")
    return told.reception(WANG, "2026-03-18 10:00", asked="no").reception(WANG, "2026-03-19 10:00", asked="no")


def tracked(told, tz="Asia/Shanghai"):
    recommendation = told.appeal(WANG, DEAL)
    assert recommendation.ground in ("appeal_tracked", "appeal_untracked")
    assert recommendation.shares == hundred(LI if recommendation.ground == "appeal_tracked" else WANG)
    return recommendation.cites


TRACKED = {
    "a call on the first of the seven days": lambda told: told.followup(LI, f"{FIRST_DAY} 00:00"),
    "a call on the day of the deal": lambda told: told.followup(LI, "2026-03-20 08:00"),
    "a call at the moment of the deal": lambda told: told.followup(LI, DEAL),
    "a call on the holder's behalf": lambda told: told.followup(ZHAO, "2026-03-15 08:00", on_behalf_of=LI),
    "a reception by the holder": lambda told: told.reception(LI, f"{FIRST_DAY} 00:00"),
    "a reception on the holder's behalf": lambda told: told.reception(ZHAO, "2026-03-15 08:00", on_behalf_of=LI),
    "a call of the eve, recorded in time": lambda told: told.followup(
        LI, "2026-03-14 09:00", happened=f"{FIRST_DAY} 23:00"
    ),
}
UNTRACKED = {
    "nothing": lambda told: told,
    "a call on the day before the seven days": lambda told: told.followup(LI, "2026-03-12 23:59"),
    "a call of that day, recorded within the seven days": lambda told: told.followup(
        LI, f"{FIRST_DAY} 09:00", happened="2026-03-12 23:00"
    ),
    "a call after the deal": lambda told: told.followup(LI, "2026-03-20 12:01"),
    "a call before the deal that was recorded after it": lambda told: told.followup(
        LI, "2026-03-20 12:01", happened="2026-03-20 08:00"
    ),
    "a call by somebody else": lambda told: told.followup(ZHAO, "2026-03-15 08:00"),
    "a call the holder made for somebody else": lambda told: told.followup(LI, "2026-03-15 08:00", on_behalf_of=ZHAO),
    "an attempt": lambda told: told.followup(LI, "2026-03-15 08:00", reached=False),
    "a call that was recorded late": lambda told: told.followup(
        LI, "2026-03-17 08:00", happened="2026-03-15 08:00"
    ),
    "a call to a family member": lambda told: told.linked(SPOUSE).followup(LI, "2026-03-15 08:00", card=SPOUSE),
    "a reception that is no evidence": lambda told: told.reception(LI, "2026-03-15 08:00", void=True),
    "a reception after the deal": lambda told: told.reception(LI, "2026-03-20 12:01"),
}  # fmt: skip


@pytest.mark.parametrize("more", [pytest.param(more, id=sentence) for sentence, more in TRACKED.items()])
def test_an_appeal_of_a_holder_who_tracked_is_recommended_for_the_holder(more):
    assert tracked(more(contested()))


@pytest.mark.parametrize("more", [pytest.param(more, id=sentence) for sentence, more in UNTRACKED.items()])
def test_an_appeal_of_a_holder_who_did_not_track_is_recommended_for_the_closer(more):
    assert not tracked(more(contested()))


@pytest.mark.parametrize(("days", "expected"), [(6, False), (7, True), (8, True)])
def test_the_dealer_decides_how_far_back_tracking_counts(days, expected):
    assert bool(tracked(contested(tracking_days=days).followup(LI, f"{FIRST_DAY} 10:00"))) is expected


@pytest.mark.parametrize(("call", "expected"), [("2026-03-04 23:59", False), ("2026-03-05 00:00", True)])
def test_the_seven_days_are_local_days_also_when_the_clocks_change(call, expected):
    """The clocks of New York went forward on the eighth."""
    told = story(tz=NEW_YORK).graded("C").reception(LI, "2026-03-02 10:00").followup(LI, call)
    told.reception(WANG, "2026-03-10 10:00", asked="no").reception(WANG, "2026-03-11 10:00", asked="no")
    assert bool(told.appeal(WANG, "2026-03-12 23:30").cites) is expected


def test_in_a_family_an_appeal_goes_to_arbitration():
    told = story().reception(LI, "2026-03-02 10:00").linked(SPOUSE).reception(WANG, "2026-03-02 11:00", card=SPOUSE)
    recommendation = told.followup(WANG, "2026-03-03 10:00", card=SPOUSE).appeal(LI, "2026-03-05 12:00")
    assert (recommendation.ground, recommendation.shares) == ("arbitration", ())


def test_without_a_holder_nobody_tracked():
    """Also when lines of the register are on nobody's behalf."""
    facts = contested().departed(LI).facts(WANG, DEAL)
    assert ruling.recommend(facts, policy(), "holder_lapsed") == ruling.Recommendation(
        "appeal_untracked", hundred(WANG)
    )


# Shares

FLAWS = {
    "one alone": ({LI: 100}, None),
    "halves": ({LI: 50, WANG: 50}, None),
    "decimals": ({LI: Decimal("33.33"), WANG: Decimal("33.33"), ZHAO: Decimal("33.34")}, None),
    "floats that are short": ({LI: 33.33, WANG: 33.33, ZHAO: 33.34}, None),
    "texts with numbers": ({LI: "99.99", WANG: "0.01"}, None),
    "a hair too little": ({LI: Decimal("99.99")}, "sum"),
    "a hair too much": ({LI: Decimal("100.01")}, "sum"),
    "thirds that do not make a hundred": ({LI: "33.33", WANG: "33.33", ZHAO: "33.33"}, "sum"),
    "far too much": ({LI: "1e30", WANG: 50}, "sum"),
    "three decimals": ({LI: "33.333", WANG: "33.333", ZHAO: "33.334"}, "too_fine"),
    "three decimals in some of them": ({LI: 50, WANG: "25.005", ZHAO: "24.995"}, "too_fine"),
    "three decimals, the last a zero": ({LI: "33.330", WANG: "66.670"}, None),
    "a third of a float": ({LI: 100 / 3, WANG: 200 / 3}, "too_fine"),
    "more digits than a number can hold": ({LI: "50." + "0" * 40 + "1", WANG: "49." + "9" * 41}, "too_fine"),
    "zero": ({LI: 100, WANG: 0}, "not_positive"),
    "negative": ({LI: 101, WANG: -1}, "not_positive"),
    "minus zero": ({LI: 100, WANG: "-0"}, "not_positive"),
    "not a number": ({LI: float("nan")}, "not_a_number"),
    "a signalling not-a-number": ({LI: "sNaN", WANG: 50}, "not_a_number"),
    "infinity": ({LI: float("inf")}, "not_a_number"),
    "minus infinity": ({LI: "-Infinity", WANG: 50}, "not_a_number"),
    "text": ({LI: "half", WANG: 50}, "not_a_number"),
    "nothing": ({LI: None}, "not_a_number"),
    "yes": ({LI: True}, "not_a_number"),
    "nobody": ({}, "empty"),
}


@pytest.mark.parametrize("row", [pytest.param(row, id=sentence) for sentence, row in FLAWS.items()])
def test_shares_stand_or_say_why_not(row):
    shares, flaw = row
    assert ruling.shares_flaw(shares) == flaw


WINNERS = {
    "the largest share": ({LI: 30, WANG: 70}, LI, WANG),
    "the closer among equals": ({LI: 50, WANG: 50}, WANG, WANG),
    "the closer among equals, told the other way round": ({WANG: 50, LI: 50}, WANG, WANG),
    "the closer is not among the largest": ({LI: 45, WANG: 45, ZHAO: 10}, ZHAO, LI),
    "the closer has no share": ({WANG: 50, LI: 50}, ZHAO, LI),
    "one alone": ({LI: 100}, WANG, LI),
}


@pytest.mark.parametrize("row", [pytest.param(row, id=sentence) for sentence, row in WINNERS.items()])
def test_the_card_goes_to_the_largest_share(row):
    shares, closer, expected = row
    assert ruling.winner(tuple((who, Decimal(part)) for who, part in shares.items()), closer) == expected


def test_the_parties_received_owned_followed_up_or_closed():
    told = story().reception(LI, "2026-03-02 10:00").reception(WANG, "2026-03-03 10:00", on_behalf_of=ZHAO)
    told.followup(SUN, "2026-03-04 10:00")
    assert ruling.parties(told.facts(WANG, DEAL)) == {LI, WANG, ZHAO, SUN}
    assert ruling.parties(story().facts(WANG, DEAL)) == {WANG}
