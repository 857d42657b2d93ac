"""Grounds 7 to 10: how holder and closer dealt with each other. One table of situations for each."""

from datetime import date, datetime

import pytest
from core.facts import FIFTH_KIND, SEVENTH_KIND
from met import NOON, filed, met
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

# 7 On behalf of the holder

DUTY = {
    "the closer received for the holder": (met(on_behalf_of=LI), WANG, NOON, LI),
    "some days before the deal": (met("2026-03-03 10:00", on_behalf_of=LI), WANG, NOON, LI),
    "for somebody else": (met(on_behalf_of=ZHAO), WANG, NOON, None),
    "in the closer's own name": (met(), WANG, NOON, None),
    "the last visit was in the closer's own name": (
        met("2026-03-04 10:00", on_behalf_of=LI).reception(WANG, "2026-03-05 10:00"), WANG, NOON, None
    ),
    "an earlier visit was in the closer's own name": (
        met("2026-03-04 10:00").reception(WANG, "2026-03-05 10:00", on_behalf_of=LI), WANG, NOON, LI
    ),
    "at another outlet": (met(on_behalf_of=LI, outlet=EAST), WANG, NOON, None),
    "reception wrote it, the closer a line of their own after it": (
        met(on_behalf_of=LI, recorded_by=DESK).reception(WANG, "2026-03-05 11:00"), WANG, NOON, LI
    ),
    "reception wrote it, and later that the customer came back": (
        met(on_behalf_of=LI, recorded_by=DESK).reception(WANG, "2026-03-05 11:00", recorded_by=DESK), WANG, NOON, None
    ),
    "reception wrote it the day before": (
        met("2026-03-04 10:00", on_behalf_of=LI, recorded_by=DESK).reception(WANG, "2026-03-05 10:00"),
        WANG, NOON, None
    ),
    "the closer wrote it, and a line without it after": (
        met(on_behalf_of=LI).reception(WANG, "2026-03-05 11:00"), WANG, NOON, LI
    ),
    "the closer wrote it, and by phone a line without it": (
        met(on_behalf_of=LI).reception(WANG, "2026-03-05 11:00", channel="call"), WANG, NOON, LI
    ),
    "a colleague received for the holder, not the closer": (met(on_behalf_of=LI), ZHAO, NOON, None),
    "the line is no evidence": (met(on_behalf_of=LI, has_phone=False), WANG, NOON, None),
    "the holder closed": (met(on_behalf_of=LI), LI, NOON, None),
    "the holder has left": (met(on_behalf_of=LI).departed(LI), WANG, NOON, None),
    "the holder is overdue": (
        filed("H").reception(WANG, "2026-03-20 10:00", on_behalf_of=LI), WANG, "2026-03-20 12:00", LI
    ),
}  # fmt: skip


@table(DUTY)
def test_duty_on_behalf_of_the_holder_decides(row):
    said, expected = asked_of("duty_on_behalf", row)
    assert said == expected


def test_duty_of_facts_of_before_was_told_by_the_latest_line_alone():
    told = met(on_behalf_of=LI).reception(WANG, "2026-03-05 11:00")
    assert told.deal(WANG, NOON).ground == "duty_on_behalf"
    told.kind = FIFTH_KIND
    assert told.deal(WANG, NOON).ground != "duty_on_behalf"


def test_a_wish_of_the_second_in_which_the_card_was_given_away_is_of_before():
    told = story().reception(WANG, "2026-03-02 10:00", named=WANG).transfer(LI, "2026-03-02 10:00")
    assert told.deal(WANG, NOON).ground != "named_consultant"
    told.kind = SEVENTH_KIND
    assert told.deal(WANG, NOON).ground == "named_consultant"


def test_a_wish_of_a_line_that_is_completed_later_is_of_when_it_was_written():
    at = datetime(2026, 3, 4, 2)
    told = story().reception(LI, "2026-03-01 10:00")
    told.reception(WANG, "2026-03-02 10:00", named=WANG, identified_at=at).transfer(ZHAO, "2026-03-03 10:00")
    assert told.deal(WANG, NOON).ground != "named_consultant"
    told.kind = SEVENTH_KIND
    assert told.deal(WANG, NOON).ground == "named_consultant"


def test_duty_is_final_and_a_merit():
    made = met(on_behalf_of=LI, asked="yes", prior=LI).deal(WANG, NOON)
    assert outcome(made) == ("duty_on_behalf", "final", LI)
    assert made.conduct == (("merit", WANG),)


# 8 Closed in one visit without a word to the holder

LATE = "2026-03-18 10:00", "2026-03-18 12:00"  # a B customer of the second is overdue from the eighteenth on
SILENT = {
    "the customer named the holder": (met(asked="yes", prior=LI), WANG, NOON, LI),
    "the customer named the holder, who is overdue": (
        met(LATE[0], asked="yes", prior=LI), WANG, LATE[1], LI
    ),
    "nobody asked and the holder is on time": (met(), WANG, NOON, LI),
    "nobody asked on the holder's last day": (met("2026-03-17 10:00"), WANG, "2026-03-17 23:59", LI),
    "nobody asked and the holder is overdue": (met(LATE[0]), WANG, LATE[1], None),
    "the closer asked and was told no": (met(asked="no"), WANG, NOON, None),
    "nobody asked at reception, the closer says so later": (
        met(recorded_by=DESK).reception(WANG, "2026-03-05 11:00", asked="no"), WANG, NOON, LI
    ),
    "the closer asked before reception wrote it down": (
        met(asked="no").reception(WANG, "2026-03-05 11:00", recorded_by=DESK), WANG, NOON, None
    ),
    "reception took the call, the closer asked at the visit": (
        met(recorded_by=DESK, channel="call").reception(WANG, "2026-03-05 11:00", asked="no"), WANG, NOON, None
    ),
    "reception asked, and the closer knows better later": (
        met(asked="no", recorded_by=DESK).reception(WANG, "2026-03-05 11:00", asked="yes", prior=LI), WANG, NOON, LI
    ),
    "the customer named somebody else": (met(asked="yes", prior=ZHAO), WANG, NOON, None),
    "the holder's name was entered, but the answer was no": (met(asked="no", prior=LI), WANG, NOON, None),
    "the customer could name nobody": (met(asked="yes"), WANG, NOON, None),
    "asked on one of two receptions of the day": (
        met().reception(WANG, "2026-03-05 11:00", asked="no"), WANG, NOON, None
    ),
    "the holder named on one of two receptions of the day": (
        met(asked="no").reception(WANG, "2026-03-05 11:00", asked="yes", prior=LI), WANG, NOON, LI
    ),
    "the closer never received the customer": (filed(), WANG, NOON, LI),
    "the closer never received the customer and the holder is overdue": (filed(), WANG, LATE[1], None),
    "the closer spoke with the holder": (met().communicate(WANG, LI, "2026-03-05 11:00"), WANG, NOON, None),
    "the holder spoke with the closer": (met().communicate(LI, WANG, "2026-03-05 11:00"), WANG, NOON, None),
    "they spoke before the visit": (met().communicate(WANG, LI, "2026-03-04 11:00"), WANG, NOON, None),
    "they spoke at the moment of the deal": (met().communicate(WANG, LI, NOON), WANG, NOON, None),
    "they spoke after the deal": (met().communicate(WANG, LI, "2026-03-05 12:01"), WANG, NOON, LI),
    "the closer spoke with somebody else": (met().communicate(WANG, ZHAO, "2026-03-05 11:00"), WANG, NOON, LI),
    "the talk was tampered with": (met().communicate(WANG, LI, "2026-03-05 11:00", intact=False), WANG, NOON, LI),
    "the closer received the customer the day before": (met("2026-03-04 23:59"), WANG, NOON, None),
    "the closer received the customer at midnight": (met("2026-03-05 00:00"), WANG, NOON, LI),
    "yesterday's line is no evidence": (
        met("2026-03-04 10:00", void=True).reception(WANG, "2026-03-05 10:00"), WANG, NOON, LI
    ),
    "the holder closed": (filed(), LI, NOON, None),
    "nobody filed": (story().reception(WANG, "2026-03-05 10:00", void=True), ZHAO, NOON, None),
}  # fmt: skip


@table(SILENT)
def test_closing_without_a_word_decides(row):
    said, expected = asked_of("closed_without_communication", row)
    assert said == expected


def test_closing_without_a_word_is_final_and_a_conduct_entry():
    made = met(asked="yes", prior=LI).deal(WANG, NOON)
    assert outcome(made) == ("closed_without_communication", "final", LI)
    assert made.conduct == (("conduct", WANG),)
    assert made.until is None


@pytest.mark.parametrize(
    ("counts", "shown", "ground"),
    [
        (True, LI, "closed_without_communication"),
        (False, LI, "brief_contact"),
        (True, ZHAO, "brief_contact"),
        (True, None, "brief_contact"),
    ],
)
def test_the_match_on_the_screen_counts_as_told_if_the_dealer_says_so(counts, shown, ground):
    told = filed(match_counts_as_told=counts).reception(WANG, "2026-03-05 10:00", asked="no", told_by_match=shown)
    assert told.deal(WANG, NOON).ground == ground


# 9 Family


def family(mine=(), theirs=(), grade="B", spouse="B"):
    """Li holds the customer, Wang the spouse; both may have followed up."""
    told = filed(grade).linked(SPOUSE, grade=spouse).reception(WANG, "2026-03-02 11:00", card=SPOUSE)
    return told.followups(LI, *mine).followups(WANG, *theirs, card=SPOUSE)


DAYS = [f"2026-03-{day:02} 10:00" for day in range(3, 20)]
FAMILY = {
    "one more follow-up": (family(DAYS[:1], DAYS[:2]), LI, NOON, WANG),
    "the same number of follow-ups": (family(DAYS[:2], DAYS[:2]), LI, NOON, LI),
    "on time beats the number of follow-ups": (
        family(DAYS[:2], [], grade="H"), ZHAO, "2026-03-08 12:00", WANG
    ),
    "both overdue, more follow-ups": (family(DAYS[:1], DAYS[:2], "H", "H"), ZHAO, "2026-03-30 12:00", WANG),
    "the last day of the rhythm is on time": (family(DAYS[:1], [], "H", "B"), ZHAO, "2026-03-06 12:00", LI),
    "the day after it is overdue": (family(DAYS[:1], [], "H", "B"), ZHAO, "2026-03-07 12:00", WANG),
    "one of two cards overdue is overdue": (
        family(DAYS[:2], DAYS[:1], "C", "C").linked(SECOND, grade="H")
        .reception(LI, "2026-03-02 12:00", card=SECOND), ZHAO, "2026-03-06 12:00", WANG,
    ),
    "follow-ups after the deal do not count": (family([], ["2026-03-05 12:01"]), LI, NOON, LI),
    "a follow-up on the other's card counts for who made it": (
        family(DAYS[:1], DAYS[:1]).followup(LI, "2026-03-04 10:00", card=SPOUSE), ZHAO, NOON, LI
    ),
    "one owner of both cards": (
        filed().linked(SPOUSE).reception(LI, "2026-03-02 11:00", card=SPOUSE), WANG, NOON, None
    ),
    "the other owner has left": (family().departed(WANG), LI, NOON, None),
    "the spouse's card was never filed": (filed().linked(SPOUSE), LI, NOON, None),
    "the spouse's filing has expired": (
        filed(filing_validity_days=30).linked(SPOUSE).reception(WANG, "2026-02-02 10:00", card=SPOUSE), LI, NOON, None
    ),
    "two cards of the same customer are no family": (
        filed().linked(SECOND, customer="same").reception(WANG, "2026-03-02 11:00", card=SECOND), LI, NOON, None
    ),
}  # fmt: skip


@table(FAMILY)
def test_the_more_diligent_of_a_family_decides(row):
    said, expected = asked_of("more_diligent", row)
    assert said == expected


def test_the_more_diligent_is_provisional_and_the_others_may_appeal():
    made = family(DAYS[:1], DAYS[:2]).deal(LI, NOON)
    assert outcome(made) == ("more_diligent", "provisional", WANG)
    assert (made.appellants, made.until) == ((LI,), date(2026, 3, 8))


def test_equal_diligence_goes_to_arbitration_with_the_closer_for_now():
    made = family(DAYS[:1], DAYS[:1]).deal(LI, NOON)
    assert outcome(made) == ("more_diligent", "arbitration", LI)
    assert (made.appellants, made.until, made.deadline) == ((), None, None)


def test_in_a_family_of_three_only_strictly_ahead_wins():
    told = family(DAYS[:2], DAYS[:2]).linked(SECOND).reception(ZHAO, "2026-03-02 12:00", card=SECOND)
    assert told.followups(ZHAO, *DAYS[:2], card=SECOND).deal(LI, NOON).state == "arbitration"
    made = told.followup(ZHAO, "2026-03-05 09:00", card=SECOND).deal(LI, NOON)
    assert outcome(made) == ("more_diligent", "provisional", ZHAO)
    assert set(made.appellants) == {LI, WANG}


def test_an_order_keeps_an_owner_of_the_family_on_time():
    told = family(grade="H").ordered(LI, "2026-03-03 10:00").followup(LI, "2026-03-04 10:00")
    assert dict(finding(told.deal(ZHAO, "2026-03-15 12:00"), "more_diligent").shares) == {LI: 100}


# 10 Brief contact on both sides

BRIEF = {
    "each met the customer once": (met("2026-03-04 10:00", asked="no"), WANG, NOON, WANG),
    "seven days after the filing": (met("2026-03-09 10:00", asked="no"), WANG, "2026-03-09 23:59", WANG),
    "eight days after the filing": (met("2026-03-09 10:00", asked="no"), WANG, "2026-03-10 00:00", None),
    "one follow-up each": (
        met("2026-03-04 10:00").followup(LI, "2026-03-04 11:00").followup(WANG, "2026-03-04 12:00"), WANG, NOON, WANG
    ),
    "two follow-ups of the holder": (
        met("2026-03-04 10:00").followups(LI, "2026-03-04 11:00", "2026-03-04 12:00"), WANG, NOON, None
    ),
    "two follow-ups of the closer": (
        met("2026-03-04 10:00").followups(WANG, "2026-03-04 11:00", "2026-03-04 12:00"), WANG, NOON, None
    ),
    "a second follow-up that does not count": (
        met("2026-03-04 10:00").followup(WANG, "2026-03-04 11:00").followup(WANG, NOON, reached=False),
        WANG, NOON, WANG,
    ),
    "the holder met the customer twice": (met("2026-03-04 10:00").reception(LI, "2026-03-04 11:00"), WANG, NOON, None),
    "the closer met the customer twice": (
        met("2026-03-04 10:00").reception(WANG, "2026-03-05 11:00"), WANG, NOON, None
    ),
    "a second line that is no evidence": (
        met("2026-03-04 10:00").reception(WANG, "2026-03-05 11:00", has_name=False), WANG, NOON, WANG
    ),
    "the closer never met the customer": (filed(), WANG, NOON, None),
    "a new owner who never met the customer": (met().transfer(ZHAO, "2026-03-03 10:00"), WANG, NOON, None),
    "the holder closed": (met(), LI, NOON, None),
    "the holder has left": (met().departed(LI), WANG, NOON, None),
}  # fmt: skip


@table(BRIEF)
def test_brief_contact_decides(row):
    said, expected = asked_of("brief_contact", row)
    assert said == expected


def test_brief_contact_leaves_three_days_to_agree_and_no_appeal():
    made = met("2026-03-04 10:00").deal(WANG, NOON)
    assert outcome(made) == ("brief_contact", "negotiation", WANG)
    assert (made.until, made.deadline, made.appellants) == (date(2026, 3, 8), datetime(2026, 3, 8, 16), ())
