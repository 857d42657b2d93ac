"""Facts and rulings are values: nothing changes them, and facts stand in the order in which they happened."""

import inspect
from dataclasses import asdict, is_dataclass, replace
from datetime import date

import pytest
from core import facts, ledger, principles, ruling
from core.facts import Outlet, Person, Policy
from story import LI, SUN, WANG, ZHAO, outcome, story

NOON = "2026-03-05 12:00"
VALUES = [
    each
    for module in (facts, ledger, principles, ruling)
    for each in vars(module).values()
    if inspect.isclass(each) and (is_dataclass(each) or issubclass(each, tuple)) and each.__module__ == module.__name__
]


@pytest.mark.parametrize("kind", VALUES)
def test_a_value_is_frozen_and_has_no_room_for_more(kind):
    assert issubclass(kind, tuple) or kind.__dataclass_params__.frozen
    assert "__slots__" in vars(kind)


def test_facts_stand_in_the_order_in_which_they_happened():
    """A line of the paper register is imported last and counts from the day it tells of."""
    told = story().reception(LI, "2026-03-03 10:00").reception(WANG, "2026-03-03 10:00")
    told.reception(ZHAO, "2026-03-04 10:00", arrived="2026-03-02 10:00", attested_before=date(2026, 3, 3))
    told.followup(LI, "2026-03-04 12:00").followup(LI, "2026-03-04 13:00", happened="2026-03-04 11:00")
    told.settled("2026-03-04 15:00", {LI: 100}).settled("2026-03-04 14:00", {WANG: 100})
    told.preregister(SUN, "2026-03-04 17:00", accepted="2026-03-04 17:00")
    told.preregister(SUN, "2026-03-04 16:00", accepted="2026-03-04 18:00")
    made = told.facts(WANG, NOON)
    assert [line.consultant for line in made.receptions] == [ZHAO, LI, WANG]
    assert [call.id for call in made.followups] == [5, 4]
    assert [entry.id for entry in made.settlements] == [7, 6]
    assert [entry.id for entry in made.preregistrations] == [9, 8]
    assert outcome(told.deal(WANG, NOON)) == ("settlement", "final", LI)


def test_what_has_no_moment_stands_in_the_order_of_its_number():
    outlets = tuple(Outlet(n, str(n), "showroom", "UTC") for n in (3, 1, 2))
    made = replace(story().facts(LI, NOON), outlets=outlets)
    assert [outlet.id for outlet in made.outlets] == [1, 2, 3]


def test_a_policy_that_says_nothing_says_what_the_rulebook_says():
    """2: corrections allowed, calls count, outreach, matches and attempts do not, one day to record. 5: the limits."""
    said = {"same_day_correction": "allowed", "call_counts_as_filing": True, "outreach_counts_as_filing": False}
    said |= {"match_counts_as_told": False, "unanswered_counts": False, "followup_recording_days": 1}
    said |= {"filing_validity_days": 0, "branch_followup_limit": 1, "brief_contact_days": 7}
    said |= {"negotiation_days": 3, "appeal_days": 3, "tracking_days": 7}
    assert asdict(Policy()) == {"version": "", "principles": (), **said}


def test_a_person_is_here_until_they_leave():
    assert Person(1) == Person(1, active=True, outlets=())
