"""Grounds 11 to 14, local days, and the order of principles. One table of situations for each."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from core import ruling
from met import NOON, filed, met
from story import (
    CARD,
    EAST,
    LI,
    NEW_YORK,
    SECOND,
    SPOUSE,
    SUN,
    WANG,
    ZHAO,
    asked_of,
    outcome,
    policy,
    story,
    table,
)

# 11 and 12 The holder closed; nobody holds the customer

SOLE = {
    "the holder closed": (filed(), LI, NOON, LI),
    "the holder closed overdue": (filed("H"), LI, "2026-04-20 12:00", LI),
    "the holder closed although somebody else received too": (met(), LI, NOON, LI),
    "somebody else closed": (filed(), WANG, NOON, None),
    "nobody filed": (story(), WANG, NOON, None),
    "the new owner after a transfer is the holder": (filed().transfer(WANG, "2026-03-03 10:00"), WANG, NOON, WANG),
    "the former owner after a transfer is not": (filed().transfer(WANG, "2026-03-03 10:00"), LI, NOON, None),
    "a filing made at the moment of the deal counts": (filed(at=NOON), LI, NOON, LI),
    "a filing made after the deal does not": (filed(at="2026-03-05 12:01"), LI, NOON, None),
    "the earlier of two cards makes the holder": (
        filed().linked(SECOND, customer="same").reception(WANG, "2026-03-01 10:00", card=SECOND), WANG, NOON, WANG
    ),
    "the last day of a filing that holds thirty days": (
        filed(filing_validity_days=30), LI, "2026-04-01 23:59", LI
    ),
    "the day after it": (filed(filing_validity_days=30), LI, "2026-04-02 00:00", None),
    "a filing after the deal does not count where filings expire either": (
        filed(at="2026-03-05 12:01", filing_validity_days=30), LI, NOON, None
    ),
    "a family member's filing makes no holder": (
        story().linked(SPOUSE).reception(LI, "2026-03-02 10:00", card=SPOUSE), LI, NOON, None
    ),
}  # fmt: skip


@table(SOLE)
def test_the_holder_who_closes_is_credited(row):
    said, expected = asked_of("sole_claimant", row)
    assert said == expected


NOBODY = {
    "nobody received the customer": (story(), WANG, NOON, WANG),
    "only a line that is no evidence": (story().reception(LI, "2026-03-02 10:00", has_phone=False), WANG, NOON, WANG),
    "the filing has expired": (filed(filing_validity_days=30), WANG, "2026-04-02 12:00", WANG),
    "the holder has left": (filed().departed(LI), WANG, NOON, WANG),
    "the holder left, and the card has a new owner": (
        filed().departed(LI).transfer(ZHAO, "2026-03-03 10:00", "departure"), WANG, NOON, None
    ),
    "there is a holder": (filed(), WANG, NOON, None),
}  # fmt: skip


@table(NOBODY)
def test_without_a_holder_the_closer_is_credited(row):
    said, expected = asked_of("no_valid_filing", row)
    assert said == expected


@pytest.mark.parametrize(
    ("told", "ground"),
    [
        pytest.param(story(), "no_valid_filing", id="nobody filed"),
        pytest.param(filed().departed(LI), "holder_departed", id="who filed has left"),
        pytest.param(filed(filing_validity_days=1).departed(LI), "no_valid_filing", id="it had expired"),
    ],
)
def test_that_nobody_holds_the_customer_is_final_and_a_departure_has_its_own_name(told, ground):
    made = told.deal(WANG, NOON)
    assert outcome(made) == (ground, "final", WANG)
    assert made.principle == "first_filing"
    assert made.holder is None


@pytest.mark.parametrize(
    ("owner", "departed", "ground"),
    [
        pytest.param(None, False, "no_valid_filing", id="a card nobody owns, though nobody left"),
        pytest.param(None, True, "holder_departed", id="a card in the pool"),
        pytest.param(LI, True, "holder_departed", id="the owner left the outlet but still has a login"),
        pytest.param(LI, False, "awaiting_appeal", id="the owner is here"),
    ],
)
def test_a_card_in_the_pool_has_no_holder(owner, departed, ground):
    told = courted("B")
    told.cards[CARD] = replace(told.cards[CARD], owner=owner, departed=departed)
    assert told.deal(WANG, NOON).ground == ground


def test_a_card_whose_owner_has_no_login_any_more_has_no_holder():
    told = courted("B")
    told.gone.add(LI)
    assert told.deal(WANG, NOON).ground == "holder_departed"


def test_somebody_of_whom_nothing_else_is_known_is_here():
    told = courted("B")
    assert ruling.rule(replace(told.facts(WANG, NOON), people=()), told.rules).holder == LI


def test_claims_of_who_left_end_and_a_colleagues_filing_on_another_card_counts():
    told = courted("B").linked(SECOND, customer="same").reception(ZHAO, "2026-03-03 10:00", card=SECOND)
    assert told.deal(WANG, NOON).holder == LI
    told.cards[CARD] = replace(told.cards[CARD], owner=None)
    assert told.deal(WANG, NOON).holder == ZHAO


def test_a_departure_is_not_named_when_an_earlier_principle_decides():
    made = filed().departed(LI).reception(WANG, "2026-03-05 10:00", named=WANG).deal(WANG, NOON)
    assert made.ground == "named_consultant"


# 13 and 14 Overdue or not

TWICE = ("2026-03-04 10:00", "2026-03-05 10:00")


def courted(grade="H", **overrides):
    """Li filed; Wang received the customer twice and asked."""
    told = filed(grade, **overrides)
    for at in TWICE:
        told.reception(WANG, at, asked="no")
    return told


LAPSED = {
    "the day after the due date": (courted(), WANG, "2026-03-06 00:00", WANG),
    "the due date itself": (courted(), WANG, "2026-03-05 23:59", None),
    "a follow-up on the day of the deal saves the holder": (
        courted().followup(LI, "2026-03-06 08:00"), WANG, "2026-03-06 12:00", None
    ),
    "a follow-up on the holder's behalf saves the holder": (
        courted().followup(ZHAO, "2026-03-06 08:00", on_behalf_of=LI), WANG, "2026-03-06 12:00", None
    ),
    "a reception on the holder's behalf saves the holder": (
        courted().reception(ZHAO, "2026-03-06 08:00", on_behalf_of=LI), WANG, "2026-03-06 12:00", None
    ),
    "somebody else's follow-up does not": (
        courted().followup(ZHAO, "2026-03-06 08:00"), WANG, "2026-03-06 12:00", WANG
    ),
    "a follow-up on another card does not": (
        courted().linked(SPOUSE).followup(LI, "2026-03-06 08:00", card=SPOUSE), WANG, "2026-03-06 12:00", WANG
    ),
    "a reception on another card does not": (
        courted().linked(SPOUSE).reception(LI, "2026-03-06 08:00", card=SPOUSE), WANG, "2026-03-06 12:00", WANG
    ),
    "a follow-up recorded after the deal does not": (
        courted().followup(LI, "2026-03-06 12:01", happened="2026-03-06 08:00"), WANG, "2026-03-06 12:00", WANG
    ),
    "an attempt does not": (
        courted().followup(LI, "2026-03-06 08:00", reached=False), WANG, "2026-03-06 12:00", WANG
    ),
    "a card with an order does not lapse": (
        courted().ordered(LI, "2026-03-03 10:00"), WANG, "2026-03-20 12:00", None
    ),
    "an order that was tampered with does not protect": (
        courted().ordered(LI, "2026-03-03 10:00", intact=False), WANG, "2026-03-20 12:00", WANG
    ),
    "an order after the deal does not protect": (
        courted().ordered(LI, "2026-03-21 10:00"), WANG, "2026-03-20 12:00", WANG
    ),
    "a transfer starts the new owner's rhythm": (
        courted().transfer(ZHAO, "2026-03-06 10:00"), WANG, "2026-03-09 12:00", None
    ),
    "and it ends as any other": (courted().transfer(ZHAO, "2026-03-06 10:00"), WANG, "2026-03-10 12:00", WANG),
    "what the new owner did before the transfer does not shorten the rhythm": (
        courted("P1").followup(ZHAO, "2026-03-02 11:00").transfer(ZHAO, "2026-03-06 10:00"),
        WANG, "2026-03-13 12:00", None,
    ),
    "two contacts in seven days from the transfer on": (
        courted("P1").followup(ZHAO, "2026-03-06 10:00").transfer(ZHAO, "2026-03-06 10:00")
        .followup(ZHAO, "2026-03-08 10:00"), WANG, "2026-03-14 12:00", WANG,
    ),
    "a grade that asks for nothing": (courted("P0"), WANG, "2026-06-06 12:00", None),
    "the holder closed": (courted(), LI, "2026-03-06 12:00", None),
    "nobody filed": (story(), WANG, NOON, None),
}  # fmt: skip


@table(LAPSED)
def test_an_overdue_holder_loses_for_now(row):
    said, expected = asked_of("holder_lapsed", row)
    assert said == expected


AWAITING = {
    "the due date itself": (courted(), WANG, "2026-03-05 23:59", WANG),
    "the day after the due date": (courted(), WANG, "2026-03-06 00:00", None),
    "a grade that asks for nothing": (courted("P0"), WANG, "2026-06-06 12:00", WANG),
    "the holder closed": (courted(), LI, "2026-03-05 12:00", None),
    "nobody filed": (story(), WANG, NOON, None),
}  # fmt: skip


@table(AWAITING)
def test_a_holder_on_time_may_appeal(row):
    said, expected = asked_of("awaiting_appeal", row)
    assert said == expected


@pytest.mark.parametrize(
    ("at", "ground", "principle"),
    [
        ("2026-03-05 12:00", "awaiting_appeal", "company_ruling"),
        ("2026-03-06 12:00", "holder_lapsed", "regular_followup"),
    ],
)
def test_overdue_or_not_the_closer_has_it_for_now_and_the_holder_may_appeal(at, ground, principle):
    made = courted().deal(WANG, at)
    assert outcome(made) == (ground, "provisional", WANG)
    assert (made.principle, made.appellants, made.holder) == (principle, (LI,), LI)


def test_the_appeal_ends_with_the_third_local_day_after_the_deal():
    made = courted().deal(WANG, NOON)
    assert (made.until, made.deadline) == (date(2026, 3, 8), datetime(2026, 3, 8, 16))


def test_a_dealer_may_leave_more_days_to_appeal():
    assert courted(appeal_days=5).deal(WANG, NOON).until == date(2026, 3, 10)


# Time zones and the order of principles


def test_one_visit_is_one_local_day_of_the_outlet_and_not_of_the_clock_in_greenwich():
    """In New York, seven in the evening and the next morning share a UTC day only on paper."""
    told = story(tz=NEW_YORK).reception(LI, "2026-03-02 10:00")
    told.reception(WANG, "2026-03-04 20:00", asked="yes", prior=LI)
    assert told.deal(WANG, "2026-03-04 23:59").ground == "closed_without_communication"
    assert told.deal(WANG, "2026-03-05 00:00").ground == "brief_contact"


@pytest.mark.parametrize(
    ("filed_on", "last_minute", "deadline"),
    [
        pytest.param("2026-03-06", "2026-03-09 23:59", datetime(2026, 3, 13, 4), id="spring forward"),
        pytest.param("2026-10-30", "2026-11-02 23:59", datetime(2026, 11, 6, 5), id="fall back"),
    ],
)
def test_days_of_23_and_25_hours_are_days(filed_on, last_minute, deadline):
    """An H customer of the Friday before the clocks change is on time until the end of Monday."""
    told = story(tz=NEW_YORK).graded("H").reception(LI, f"{filed_on} 23:30")
    told.reception(WANG, f"{filed_on} 23:40", asked="no").reception(WANG, f"{filed_on} 23:50", asked="no")
    made = told.deal(WANG, last_minute)
    assert (made.ground, made.deadline) == ("awaiting_appeal", deadline)


def test_the_day_after_a_change_of_clocks_is_overdue_at_midnight():
    told = story(tz=NEW_YORK).graded("H").reception(LI, "2026-03-06 23:30")
    told.reception(WANG, "2026-03-06 23:40", asked="no").reception(WANG, "2026-03-06 23:50", asked="no")
    assert told.deal(WANG, "2026-03-10 00:00").ground == "holder_lapsed"


def test_the_day_of_the_deal_is_the_deal_outlets():
    """Sun closes in New York at noon of the fifth, when the sixth has begun in Shanghai."""
    made = filed().zone(EAST, NEW_YORK).deal(SUN, "2026-03-05 12:00")
    assert (made.day, made.until) == (date(2026, 3, 5), None)


def test_the_dealers_order_of_principles_is_the_one_that_is_asked():
    told = met("2026-03-04 10:00", asked="no")
    told.rules = policy(principles=("awaiting_appeal", "brief_contact"))
    made = told.deal(WANG, NOON)
    assert made.ground == "awaiting_appeal"
    assert [each.verdict for each in made.findings[:2]] == ["decided", "outranked"]
    assert {each.verdict for each in made.findings[2:]} == {"off"}


def test_when_no_principle_decides_a_manager_has_to():
    told = filed()
    told.rules = policy(principles=("settlement", "order_customer"))
    made = told.deal(WANG, NOON)
    assert outcome(made) == ("arbitration", "arbitration", WANG)
    assert not [each for each in made.findings if each.verdict == "decided"]


def test_without_any_principle_a_manager_decides_everything():
    told = filed()
    told.rules = policy(principles=())
    assert outcome(told.deal(WANG, NOON)) == ("arbitration", "arbitration", WANG)
