"""Which lines of the register and which follow-ups count, and the first reason why not."""

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from core import evidence
from core.dossier import local_day
from core.facts import FollowUp, Reception
from story import CARD, LI, MAIN, NEW_YORK, SHANGHAI, SUN, WANG, policy, story, utc

AT = utc("2026-03-02 10:00")
LINE = Reception(1, "R1", MAIN, CARD, LI, AT, AT)
CALL = FollowUp(1, "F1", MAIN, CARD, LI, AT, AT)


def line_flaw(rules=None, tz=SHANGHAI, **changes):
    return evidence.reception_flaw(replace(LINE, **changes), rules or policy(), partial(local_day, tz=tz))


def call_flaw(rules=None, tz=SHANGHAI, **changes):
    return evidence.followup_flaw(replace(CALL, **changes), rules or policy(), partial(local_day, tz=tz))


LINES = {
    "a line as it should be": ({}, None),
    "a void line": ({"void": True}, "void"),
    "a line whose entry does not verify": ({"intact": False}, "not_intact"),
    "a line without a consultant": ({"consultant": None}, "no_consultant"),
    "a line taken by the desk for a consultant": ({"consultant": None, "on_behalf_of": LI}, None),
    "a line without a name": ({"has_name": False}, "no_name"),
    "a line without a phone number": ({"has_phone": False}, "no_phone"),
    "a line changed after its page was closed": ({"changed_after_close": True}, "changed_after_close"),
    "a line corrected on its day": ({"corrected": True}, None),
    "a telephone call": ({"channel": "call"}, None),
    "a lead from the website": ({"channel": "online"}, None),
    "a card opened by hand": ({"channel": "outreach"}, "outreach_is_no_filing"),
}


@pytest.mark.parametrize("row", [pytest.param(row, id=sentence) for sentence, row in LINES.items()])
def test_a_line_counts_or_says_why_not(row):
    changes, flaw = row
    assert line_flaw(**changes) == flaw


@pytest.mark.parametrize(
    ("setting", "changes", "flaw"),
    [
        ({"same_day_correction": "voids"}, {"corrected": True}, "corrected"),
        ({"same_day_correction": "voids"}, {}, None),
        ({"call_counts_as_filing": False}, {"channel": "call"}, "call_is_no_filing"),
        ({"call_counts_as_filing": False}, {"channel": "visit"}, None),
        ({"call_counts_as_filing": False}, {"channel": "online"}, None),
        ({"outreach_counts_as_filing": True}, {"channel": "outreach"}, None),
    ],
)
def test_the_dealer_decides_about_corrections_calls_and_cards_opened_by_hand(setting, changes, flaw):
    assert line_flaw(policy(**setting), **changes) == flaw


@pytest.mark.parametrize(
    ("arrived", "recorded", "flaw"),
    [
        ("2026-03-02 00:00", "2026-03-02 23:59", None),
        ("2026-03-01 23:59", "2026-03-02 00:00", "recorded_late"),
        ("2026-03-02 10:00", "2026-03-03 10:00", "recorded_late"),
        ("2026-03-03 10:00", "2026-03-02 10:00", "recorded_late"),
    ],
)
@pytest.mark.parametrize("tz", [SHANGHAI, NEW_YORK])
def test_a_line_is_recorded_on_the_local_day_of_arrival(arrived, recorded, flaw, tz):
    assert line_flaw(tz=tz, arrived_at=utc(arrived, tz), recorded_at=utc(recorded, tz)) == flaw


def test_the_repeated_hour_of_the_day_the_clocks_go_back_is_the_same_day():
    first, second = (utc("2026-11-01 01:30", NEW_YORK, fold) for fold in (0, 1))
    assert (second - first).total_seconds() == 3600
    assert line_flaw(tz=NEW_YORK, arrived_at=first, recorded_at=second) is None


@pytest.mark.parametrize(("arrived", "flaw"), [("2026-02-28 23:59", None), ("2026-03-01 00:00", "not_attested")])
def test_a_line_of_the_paper_register_counts_if_dated_before_going_live(arrived, flaw):
    assert line_flaw(attested_before=date(2026, 3, 1), arrived_at=utc(arrived), channel="paper") == flaw


def test_a_lead_that_was_created_on_the_day_of_going_live_is_adopted_all_the_same():
    assert line_flaw(attested_before=date(2026, 3, 2), channel="adopted") is None


def test_calling_a_line_adopted_does_not_excuse_recording_it_late():
    assert line_flaw(channel="adopted", arrived_at=utc("2026-03-01 10:00")) == "recorded_late"


def test_a_line_counts_from_when_it_was_recorded_unless_it_was_attested():
    line = replace(LINE, arrived_at=utc("2026-03-02 09:00"))
    assert line.moment == line.recorded_at
    assert replace(line, attested_before=date(2026, 3, 5)).moment == line.arrived_at


def test_of_several_reasons_the_first_of_the_list_is_given():
    everything = {
        "void": True,
        "intact": False,
        "consultant": None,
        "has_name": False,
        "has_phone": False,
        "arrived_at": utc("2026-03-01 10:00"),
        "changed_after_close": True,
        "corrected": True,
        "channel": "call",
    }
    cures = {"void": False, "intact": True, "consultant": LI, "has_name": True, "has_phone": True, "arrived_at": AT}
    cures |= {"changed_after_close": False, "corrected": False}
    rules = policy(same_day_correction="voids", call_counts_as_filing=False)
    given = [line_flaw(rules, **everything)]
    for name, cure in cures.items():
        everything[name] = cure
        given.append(line_flaw(rules, **everything))
    expected = [each for each in evidence.RECEPTION_REASONS if each not in ("not_attested", "outreach_is_no_filing")]
    assert given == expected


CALLS = {
    "a call as it should be": ({}, None),
    "a call whose entry does not verify": ({"intact": False}, "not_intact"),
    "a call that had not happened yet": ({"happened_at": utc("2026-03-02 10:01")}, "in_future"),
    "recorded the next day": ({"recorded_at": utc("2026-03-03 23:59")}, None),
    "recorded two days later": ({"recorded_at": utc("2026-03-04 00:00")}, "recorded_late"),
    "adopted years later": ({"recorded_at": utc("2028-03-04 00:00"), "adopted": True}, None),
    "an attempt": ({"reached": False}, "not_reached"),
    "made on behalf of a colleague": ({"on_behalf_of": WANG}, None),
    "a message": ({"method": "message"}, None),
}


@pytest.mark.parametrize("row", [pytest.param(row, id=sentence) for sentence, row in CALLS.items()])
def test_a_follow_up_counts_or_says_why_not(row):
    changes, flaw = row
    assert call_flaw(**changes) == flaw
    assert flaw is None or flaw in evidence.FOLLOWUP_REASONS


@pytest.mark.parametrize(
    ("days", "recorded", "flaw"),
    [
        (0, "2026-03-02 23:59", None),
        (0, "2026-03-03 00:00", "recorded_late"),
        (3, "2026-03-05 23:59", None),
        (3, "2026-03-06 00:00", "recorded_late"),
    ],
)
@pytest.mark.parametrize("tz", [SHANGHAI, NEW_YORK])
def test_the_dealer_decides_how_late_a_follow_up_may_be_recorded(days, recorded, flaw, tz):
    rules = policy(followup_recording_days=days)
    made = utc("2026-03-02 10:00", tz)
    assert call_flaw(rules, tz, happened_at=made, recorded_at=utc(recorded, tz)) == flaw


def test_the_dealer_may_let_attempts_count():
    assert call_flaw(policy(unanswered_counts=True), reached=False) is None


def test_who_is_credited_is_whom_it_was_made_for():
    assert replace(CALL, on_behalf_of=WANG).credited == WANG
    assert replace(LINE, on_behalf_of=WANG).credited == WANG
    assert (CALL.credited, LINE.credited) == (LI, LI)


def test_what_does_not_verify_is_named_whatever_else_is_wrong_with_it():
    told = story().reception(LI, "2026-03-02 10:00").reception(LI, "2026-03-02 11:00", intact=False, void=True)
    told.followup(LI, "2026-03-03 10:00", intact=False).communicate(WANG, LI, "2026-03-03 11:00", intact=False)
    told.ordered(LI, "2026-03-03 12:00", intact=False).preregister(SUN, "2026-03-03 13:00", intact=False)
    assert evidence.left_out(told.facts(WANG, "2026-03-05 12:00")) == ("C4", "F3", "O5", "P6", "R2")
    assert evidence.left_out(story().reception(LI, "2026-03-02 10:00").facts(WANG, "2026-03-05 12:00")) == ()
