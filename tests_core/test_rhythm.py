"""When the next follow-up is due, what a change of grade does, and which kind the next one must be."""

from datetime import date
from functools import partial

import pytest
from core import rhythm
from core.dossier import local_day
from story import GRADES, LONG_AGO, NEW_YORK, SHANGHAI, spell, utc


def due(contacts, *grades, tz=SHANGHAI):
    """The due date after contacts at "MM-DD" or "MM-DD HH:MM"; grades are a code, or a code and a moment."""
    spells = [spell(*each) if isinstance(each, tuple) else spell(each) for each in grades]
    moments = [at(each, tz) for each in contacts]
    return rhythm.due_date(moments, spells, partial(local_day, tz=tz))


def at(text, tz=SHANGHAI):
    return utc(f"2026-{text}" if " " in text else f"2026-{text} 10:00", tz)


def day(text):
    return date.fromisoformat(f"2026-{text}")


@pytest.mark.parametrize(
    ("grade", "expected"),
    [("H", "03-05"), ("A", "03-09"), ("B", "03-17"), ("C", "04-01"), ("P2", "03-09"), ("P3", "04-01"), ("P4", "04-01")],
)
def test_a_grade_gives_its_days_after_the_latest_contact(grade, expected):
    assert due(["03-02"], grade) == day(expected)
    assert due(["02-01", "02-20", "03-02"], grade) == day(expected)


def test_contacts_may_be_told_in_any_order():
    assert due(["03-02", "02-01", "02-20"], "A") == day("03-09")


def test_a_card_without_contacts_has_no_due_date():
    assert due([], "A") is None


def test_a_card_without_a_grade_has_no_due_date():
    assert due(["03-02"]) is None


def test_an_ordered_customer_awaiting_delivery_needs_no_follow_up():
    assert GRADES["P0"][0] == 0
    assert due(["03-02"], "P0") is None


TWO_IN_SEVEN = {
    "one contact: seven days from it": (["03-02"], "03-09"),
    "two contacts: seven days from the first": (["03-02", "03-04"], "03-09"),
    "three contacts: seven days from the second": (["03-02", "03-04", "03-06"], "03-11"),
    "two on one day count as two": (["03-02 09:00", "03-02 18:00"], "03-09"),
    "three of which two on the last day": (["03-02", "03-06 09:00", "03-06 18:00"], "03-13"),
    "after a long silence one contact is not enough": (["03-02", "03-04", "03-30"], "03-11"),
    "after a long silence two contacts are": (["03-02", "03-04", "03-30 09:00", "03-30 10:00"], "04-06"),
}


@pytest.mark.parametrize("row", [pytest.param(row, id=sentence) for sentence, row in TWO_IN_SEVEN.items()])
def test_a_grade_may_ask_for_two_contacts_in_seven_days(row):
    contacts, expected = row
    assert due(contacts, "P1") == day(expected)


CHANGES = {
    "a laxer grade gives more days": (["03-02"], ["H", ("C", at("03-03"))], "04-01"),
    "a laxer grade on the due date gives more days": (["03-02"], ["H", ("C", at("03-05 23:59"))], "04-01"),
    "a laxer grade the day after does not save an overdue card": (["03-02"], ["H", ("C", at("03-06 00:00"))], "03-05"),
    "not even a second laxer grade": (["03-02"], ["H", ("B", at("03-06")), ("C", at("03-07"))], "03-05"),
    "nor a grade that asks for nothing": (["03-02"], ["H", ("P0", at("03-06"))], "03-05"),
    "the next contact does, under the new grade": (["03-02", "03-08"], ["H", ("C", at("03-06"))], "04-07"),
    "a stricter grade brings the due date forward": (["03-02"], ["C", ("H", at("03-03"))], "03-05"),
    "but not before the day of the change": (["03-02"], ["C", ("H", at("03-20"))], "03-20"),
    "and the next day the card is overdue and stays so": (
        ["03-02"], ["C", ("H", at("03-20")), ("C", at("03-21"))], "03-20"
    ),
    "on the day of the change it can be made laxer again": (
        ["03-02"], ["C", ("H", at("03-20 09:00")), ("C", at("03-20 18:00"))], "04-01"
    ),
    "from a grade that asks for nothing, the day of the change at the earliest": (
        ["03-02"], ["P0", ("P1", at("03-20"))], "03-20"
    ),
    "the same grade again changes nothing": (["03-02"], ["B", ("B", at("03-10"))], "03-17"),
    "a grade set after the first contact, on its day": (["03-02 10:00"], [("A", at("03-02 10:05"))], "03-09"),
    "a grade set at the moment of a contact is in force for it": (["03-02"], ["B", ("H", at("03-02"))], "03-05"),
    "of two grades set at the same moment the later one stands": (
        ["03-02"], [("H", at("03-01")), ("C", at("03-01"))], "04-01"
    ),
    "a follow-up between two changes counts under the grade of its time": (
        ["03-02", "03-04"], ["B", ("H", at("03-03")), ("C", at("03-06"))], "04-03"
    ),
}  # fmt: skip


@pytest.mark.parametrize("row", [pytest.param(row, id=sentence) for sentence, row in CHANGES.items()])
def test_a_change_of_grade_neither_saves_nor_ruins_a_card(row):
    contacts, grades, expected = row
    assert due(contacts, *grades) == day(expected)


def test_the_due_date_is_a_local_day():
    """Half past seven in the evening in New York is the next day in Greenwich and in Shanghai."""
    assert due(["03-02 19:30"], "H", tz=NEW_YORK) == day("03-05")
    assert due(["03-02 00:30"], "H", tz=SHANGHAI) == day("03-05")


@pytest.mark.parametrize("friday", ["03-06 23:30", "10-30 23:30"])
def test_days_of_23_and_25_hours_count_as_one(friday):
    assert due([friday], "H", tz=NEW_YORK) == day({"03-06 23:30": "03-09", "10-30 23:30": "11-02"}[friday])


@pytest.mark.parametrize(
    ("today", "expected"), [("03-04", "on_time"), ("03-05", "due_today"), ("03-06", "overdue"), ("12-31", "overdue")]
)
def test_a_card_is_overdue_from_the_day_after_its_due_date(today, expected):
    assert rhythm.state(day("03-05"), day(today)) == expected


def test_a_card_without_a_due_date_is_in_no_state():
    assert rhythm.state(None, day("03-05")) == "none"


METHODS = {
    "nothing yet": ([], "call", "call"),
    "one call": (["call"], "call", "call"),
    "two calls": (["call", "call"], "visit", "call"),
    "three calls": (["call", "call", "call"], "visit", "visit"),
    "many calls": (["call"] * 9, "visit", "visit"),
    "a visit just made": (["call", "call", "visit"], "call", "call"),
    "a visit and a call": (["visit", "call"], "call", "call"),
    "a visit and two calls": (["call", "visit", "call", "call"], "visit", "call"),
    "a visit and three calls": (["visit", "call", "call", "call"], "visit", "visit"),
    "a message counts as a call": (["message", "email"], "visit", "call"),
}


@pytest.mark.parametrize("row", [pytest.param(row, id=sentence) for sentence, row in METHODS.items()])
def test_every_third_follow_up_in_town_and_every_fourth_out_of_town_is_a_visit(row):
    methods, in_town, out_of_town = row
    assert rhythm.next_method(methods, in_town=True) == in_town
    assert rhythm.next_method(tuple(methods), in_town=False) == out_of_town


def test_nobody_graded_anything_before_the_beginning():
    assert spell("B").at == LONG_AGO


def test_a_contact_never_moves_the_due_date_back():
    """Regraded to two contacts a week on day 10, the card is due that day; the contact made on it is on time."""
    grades = [spell("B", at("03-01 09:00")), spell("P1", at("03-10 09:00"))]
    moments = [at("03-01 10:00"), at("03-10 13:00")]
    assert rhythm.due_date(moments, grades, partial(local_day, tz=SHANGHAI)) == date(2026, 3, 10)


@pytest.mark.parametrize(
    ("today", "until", "grace", "expected"),
    [
        ("03-01", None, 1, "03-08"),  # due on the 5th, noticed on the 6th, the 7th is the grace
        ("03-05", None, 0, "03-07"),
        ("03-06", None, 1, "03-08"),
        ("03-09", None, 1, "03-11"),  # nobody noticed for three days: the notice comes today
        ("03-06", "03-07", 1, "03-08"),
        ("03-06", "03-10", 1, "03-11"),  # a notice keeps the grace that it gave
        ("03-12", "03-07", 1, "03-12"),
    ],
)
def test_the_day_on_which_a_card_is_lost(today, until, grace, expected):
    told = until and day(until)
    assert rhythm.lost_on(day("03-05"), told, day(today), grace, automatic=True) == day(expected)


def test_without_a_notice_that_a_manager_has_to_give_nothing_is_lost():
    assert rhythm.lost_on(day("03-05"), None, day("03-20"), 1, automatic=False) is None
    assert rhythm.lost_on(day("03-05"), day("03-21"), day("03-20"), 1, automatic=False) == day("03-22")


def test_a_card_without_a_due_date_is_not_lost():
    assert rhythm.lost_on(None, None, day("03-20"), 1, automatic=True) is None
