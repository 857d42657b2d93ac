"""Grounds 1 to 3: settled, ordered, asked for by name. One table of situations for each."""

from decimal import Decimal

from core.facts import FIRST_KIND, KIND, SECOND_KIND, SEVENTH_KIND, THIRD_KIND
from story import (
    DESK,
    EAST,
    LI,
    SECOND,
    SPOUSE,
    WANG,
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
    "one that the holder signed without a share": (
        filed().settled("2026-03-04 10:00", {WANG: 100}, (LI, WANG)), WANG, NOON, WANG
    ),
    "one that the holder did not sign": (filed().settled("2026-03-04 10:00", {WANG: 100}, (WANG,)), WANG, NOON, None),
    "of two the one that the holder signed": (
        filed().settled("2026-03-04 10:00", HALVES, (LI, WANG)).settled("2026-03-04 11:00", {WANG: 100}, (WANG,)),
        WANG, NOON, HALVES,
    ),
    "the card came to its holder after it": (
        filed().settled("2026-03-04 10:00", HALVES, (LI, WANG)).transfer(ZHAO, "2026-03-04 11:00"), WANG, NOON, HALVES
    ),
    "the card came to its holder before it": (
        filed().transfer(ZHAO, "2026-03-04 09:00").settled("2026-03-04 10:00", HALVES, (LI, WANG)), WANG, NOON, None
    ),
    "nobody holds the card": (story().settled("2026-03-04 10:00", {WANG: 100}, (WANG,)), WANG, NOON, WANG),
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


def second(told):
    """Zhao files another card of the customer."""
    return told.linked(SECOND, customer="same").reception(ZHAO, "2026-03-03 12:00", card=SECOND)


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
    "an order on an unfiled second card of the customer does not count": (
        filed().linked(SECOND, customer="same").ordered(ZHAO, "2026-03-04 10:00", card=SECOND), WANG, NOON, None
    ),
    "nor on a second card that was filed later": (
        second(filed()).ordered(ZHAO, "2026-03-04 10:00", card=SECOND), WANG, NOON, None
    ),
    "nor was it before anybody filed, on a card that nobody filed since": (
        story().linked(SECOND, customer="same").ordered(ZHAO, "2026-03-01 10:00", card=SECOND)
        .reception(LI, "2026-03-02 10:00"), WANG, NOON, None
    ),
    "an order on a card that a colleague was the first to file afterwards does not count": (
        story().ordered(ZHAO, "2026-03-01 10:00").reception(LI, "2026-03-02 10:00"), WANG, NOON, None
    ),
    "nor if who took it filed later": (
        story().ordered(ZHAO, "2026-03-01 10:00").reception(LI, "2026-03-02 10:00").reception(ZHAO, "2026-03-03 10:00"),
        WANG, NOON, None,
    ),
    "it does if who took it was the first to file, also after a transfer": (
        story().ordered(ZHAO, "2026-03-01 10:00").reception(ZHAO, "2026-03-02 10:00").reception(LI, "2026-03-03 10:00")
        .transfer(LI, "2026-03-04 10:00"), WANG, NOON, ZHAO
    ),
    "a colleague's line that is no evidence takes no order": (
        story().ordered(ZHAO, "2026-03-01 10:00").reception(LI, "2026-03-02 10:00", void=True), WANG, NOON, ZHAO
    ),
    "the holder's order counts on whichever of the customer's cards": (
        second(filed()).ordered(LI, "2026-03-04 10:00", card=SECOND), WANG, NOON, LI
    ),
    "an order on a second card counts if who filed first has left": (
        second(filed()).ordered(ZHAO, "2026-03-04 10:00", card=SECOND).departed(LI), WANG, NOON, ZHAO
    ),
    "an order on a second card counts once the first filing has expired": (
        second(filed(filing_validity_days=1)).ordered(ZHAO, "2026-03-04 10:00", card=SECOND), WANG, NOON, ZHAO
    ),
    "an order on the senior card counts also when its filing expires afterwards": (
        second(filed(filing_validity_days=2)).ordered(LI, "2026-03-04 10:00"), WANG, "2026-03-05 12:00", LI
    ),
    "an order on cards that nobody filed counts": (
        story().linked(SECOND, customer="same").ordered(ZHAO, "2026-03-04 10:00", card=SECOND), WANG, NOON, ZHAO
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


def test_facts_that_were_stored_earlier_are_ruled_on_as_they_were():
    told = second(filed()).ordered(ZHAO, "2026-03-04 10:00", card=SECOND)
    told.kind = FIRST_KIND
    assert outcome(told.deal(WANG, NOON)) == ("order_customer", "final", ZHAO)


def test_facts_of_the_second_kind_too():
    told = story().ordered(ZHAO, "2026-03-01 10:00").reception(LI, "2026-03-02 10:00")
    told.kind = SECOND_KIND
    assert outcome(told.deal(WANG, NOON)) == ("order_customer", "final", ZHAO)


def test_facts_of_the_third_kind_too():
    told = story().ordered(ZHAO, "2026-03-02 10:00").reception(LI, "2026-03-02 10:00")
    told.kind = THIRD_KIND
    assert outcome(told.deal(LI, NOON)) == ("order_customer", "final", ZHAO)
    told.kind = KIND
    assert outcome(told.deal(LI, NOON)) == ("sole_claimant", "final", LI)


def test_filings_of_one_second_stand_in_the_order_of_the_register():
    told = story().linked(SECOND, customer="same").reception(ZHAO, "2026-03-02 10:00", card=SECOND)
    told.reception(LI, "2026-03-02 10:00")
    assert told.deal(WANG, NOON).holder == ZHAO
    told.kind = SEVENTH_KIND
    assert told.deal(WANG, NOON).holder == LI


def test_an_order_that_does_not_count_protects_from_no_lapse():
    told = story().graded("H").ordered(ZHAO, "2026-03-01 10:00").reception(LI, "2026-03-02 10:00")
    told = told.reception(WANG, "2026-04-19 10:00")
    assert outcome(told.deal(WANG, "2026-04-20 12:00")) == ("holder_lapsed", "provisional", WANG)


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
    "reception wrote down who was asked for, and the closer a line without it after": (
        named("2026-03-05 10:00", recorded_by=DESK).reception(WANG, "2026-03-05 11:00"), WANG, NOON, WANG
    ),
    "reception wrote down no name, and the closer their own after": (
        named("2026-03-05 10:00", name=None, recorded_by=DESK).reception(WANG, "2026-03-05 11:00", named=WANG),
        WANG, NOON, None
    ),
    "the card was given to a colleague since": (
        story().reception(WANG, "2026-03-02 10:00", named=WANG).transfer(LI, "2026-03-03 10:00"), WANG, NOON, None
    ),
    "the card was given to a colleague before": (
        story().reception(LI, "2026-03-02 10:00").transfer(ZHAO, "2026-03-03 10:00")
        .reception(WANG, "2026-03-04 10:00", named=WANG), WANG, NOON, WANG
    ),
    "the card was given to the closer": (
        filed().reception(WANG, "2026-03-03 10:00", named=WANG).transfer(WANG, "2026-03-04 10:00"), WANG, NOON, WANG
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
