"""The worked cases of the dealer's rules, as far as the pure core decides them."""

from datetime import date
from decimal import Decimal

import pytest
from story import LI, MAIN, SUN, WANG, hundred, outcome, story


def filed(grade):
    return story().reception(LI, "2026-03-02 10:00").graded(grade, "2026-03-02 10:05")


def told_no(told, *moments):
    for at in moments:
        told.reception(WANG, at, asked="no")
    return told


def p6(grade, *visits):
    return told_no(filed(grade), *visits)


CASES = {
    "p1 the consultant who filed first and closes keeps the deal": (
        filed("A").followup(LI, "2026-03-06 15:00"), LI, "2026-03-07 11:00", ("sole_claimant", "final", LI)
    ),
    "p2 the duty consultant closes on the holder's behalf": (
        filed("A").reception(WANG, "2026-03-07 10:00", asked="yes", prior=LI, on_behalf_of=LI),
        WANG, "2026-03-07 12:00", ("duty_on_behalf", "final", LI),
    ),
    "p2 told of the holder, silent, closed on the spot": (
        filed("H").reception(WANG, "2026-03-20 10:00", asked="yes", prior=LI),
        WANG, "2026-03-20 11:00", ("closed_without_communication", "final", LI),
    ),
    "p3 a lapsed holder, and a closer who asked and was told no": (
        told_no(filed("H"), "2026-03-06 10:00"), WANG, "2026-03-06 15:00", ("brief_contact", "negotiation", WANG)
    ),
    "p3 a lapsed holder against a closer with two visits": (
        told_no(filed("H"), "2026-03-06 10:00", "2026-03-07 10:00"),
        WANG, "2026-03-07 12:00", ("holder_lapsed", "provisional", WANG),
    ),
    "p4 the parties agreed on halves": (
        filed("B").reception(WANG, "2026-03-04 10:00", asked="yes", prior=LI)
        .communicate(WANG, LI, "2026-03-04 10:30").settled("2026-03-04 11:10", {LI: 50, WANG: 50}),
        WANG, "2026-03-05 10:00", ("settlement", "final", {LI: Decimal(50), WANG: Decimal(50)}),
    ),
    "p5 a branch that received and pre-registered the customer": (
        story().reception(SUN, "2026-03-02 10:00").preregister(SUN, "2026-03-02 18:00")
        .reception(LI, "2026-03-05 10:00", outlet=MAIN, asked="no"),
        LI, "2026-03-05 12:00", ("preregistered_branch", "final", SUN),
    ),
    "p6 nobody appeals": (
        p6("B", "2026-03-04 10:00", "2026-03-06 10:00"),
        WANG, "2026-03-06 11:00", ("awaiting_appeal", "provisional", WANG),
    ),
    "p64 the customer ordered with Li": (
        told_no(filed("H").ordered(LI, "2026-03-03 10:00"), "2026-03-20 10:00"),
        WANG, "2026-03-20 12:00", ("order_customer", "final", LI),
    ),
    "p66 the customer asks for Wang by name": (
        story().reception(LI, "2026-03-02 10:00")
        .reception(WANG, "2026-03-04 10:00", asked="yes", prior=LI, named=WANG),
        WANG, "2026-03-04 12:00", ("named_consultant", "final", WANG),
    ),
    "forecast for the holder": (filed("H"), LI, "2026-03-03 10:00", ("sole_claimant", "final", LI)),
    "forecast for a colleague": (
        filed("H"), WANG, "2026-03-03 10:00", ("closed_without_communication", "final", LI)
    ),
    "forecast for a colleague when the holder is overdue": (
        filed("H"), WANG, "2026-03-10 10:00", ("holder_lapsed", "provisional", WANG)
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_worked_case_comes_out_as_the_rules_say(case):
    told, closer, at, expected = CASES[case]
    assert outcome(told.deal(closer, at)) == expected


@pytest.mark.parametrize(
    ("told", "at", "until", "advice"),
    [
        pytest.param(
            p6("A", "2026-03-09 10:00", "2026-03-11 10:00").followup(LI, "2026-03-08 16:00"),
            "2026-03-12 10:00", date(2026, 3, 15), ("appeal_tracked", hundred(LI)), id="tracked within the week",
        ),
        pytest.param(
            p6("B", "2026-03-10 10:00", "2026-03-12 10:00"),
            "2026-03-12 11:00", date(2026, 3, 15), ("appeal_untracked", hundred(WANG)), id="on the B rhythm, untracked",
        ),
    ],
)  # fmt: skip
def test_p6_an_appeal_is_recommended_by_what_the_holder_did_in_the_last_week(told, at, until, advice):
    assert told.deal(WANG, at).until == until
    recommendation = told.appeal(WANG, at)
    assert (recommendation.ground, recommendation.shares) == advice


def test_a_pool_card_goes_on_to_a_colleague_who_then_holds_it():
    told = story().reception(LI, "2026-03-02 10:00").departed(LI).transfer(WANG, "2026-03-05 09:00", "departure")
    assert outcome(told.deal(WANG, "2026-03-06 10:00")) == ("sole_claimant", "final", WANG)


def test_a_line_recorded_the_next_day_files_nothing_and_the_next_valid_one_does():
    told = story().reception(LI, "2026-03-03 09:00", arrived="2026-03-02 10:00").reception(WANG, "2026-03-03 14:00")
    assert outcome(told.deal(WANG, "2026-03-03 15:00")) == ("sole_claimant", "final", WANG)
