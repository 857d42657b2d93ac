"""When the next follow-up is due, and of which kind it must be (rulebook 3)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter

from .facts import GradeSpell

SINCE = attrgetter("at")
NONE, ON_TIME, DUE_TODAY, OVERDUE = "none", "on_time", "due_today", "overdue"


def due_date(
    contacts: Iterable[datetime], grades: Iterable[GradeSpell], day_of: Callable[[datetime], date]
) -> date | None:
    """The last day on which the next contact is on time; None if none is asked for.

    Contacts and changes of grade are taken in their order: a change never makes an overdue card current, nor a
    current one overdue at once. A contact never moves the date back.
    """
    moments, days = sorted(contacts), []
    due, grade = None, None
    for spell in sorted(grades, key=SINCE):
        before = moments[len(days) : bisect_left(moments, spell.at)]  # whoever is at its moment is under the new grade
        due = _contacted(due, days, [day_of(at) for at in before], grade)
        due = _regraded(due, _asked_for(days, spell), day_of(spell.at))
        grade = spell
    return _contacted(due, days, [day_of(at) for at in moments[len(days) :]], grade)


def state(due: date | None, today: date) -> str:
    """Where `today` stands to the due date."""
    if due is None:
        return NONE
    if today > due:
        return OVERDUE
    return DUE_TODAY if today == due else ON_TIME


def lost_on(due: date | None, until: date | None, today: date, grace: int, automatic: bool) -> date | None:
    """The day on which the transfer request is filed unless a follow-up comes before (rulebook 4.2, 4.3).

    A notice gives its grace after its own day; where nobody has to issue it, it comes on the first day overdue, or
    today if that day went by without one. Never a day that has passed: what should have happened happens today.

    :param until: the last day of a notice's grace, None before a notice.
    :param grace: the local days that a notice gives.
    :param automatic: whether notices come by themselves; if not, nothing is lost before a manager issues one.
    """
    if due is None or (until is None and not automatic):
        return None
    last = until if until is not None else max(due + timedelta(days=1), today) + timedelta(days=grace)
    return max(last + timedelta(days=1), today)


def next_method(methods: Sequence[str], in_town: bool) -> str:
    """The kind the next follow-up must be: every third one a visit in town, every fourth out of town.

    :param methods: the follow-ups so far, oldest first.
    """
    calls_before_visit = 2 if in_town else 3
    latest = list(methods)[-calls_before_visit:]
    return "visit" if len(latest) == calls_before_visit and "visit" not in latest else "call"


def _contacted(old: date | None, days: list[date], new: list[date], grade: GradeSpell | None) -> date | None:
    """The due date after some contacts under a grade: the latest that any of them brings. `days` learns of them."""
    days += new
    return _later(old, _asked_for(days, grade, len(new))) if new else old


def _asked_for(days: Sequence[date], grade: GradeSpell | None, latest: int = 1) -> date | None:
    """The latest due date that one of the latest contacts brings: a period after the first of the grade's count."""
    if not days or not grade or not grade.count:
        return None
    last = max(len(days) - grade.count, 0)
    return max(days[max(last - latest + 1, 0) : last + 1]) + timedelta(days=grade.period)


def _later(old: date | None, new: date | None) -> date | None:
    return max(old, new) if old and new else new


def _regraded(old: date | None, new: date | None, day: date) -> date | None:
    if old is not None and day > old:
        return old
    return None if new is None else max(new, day)
