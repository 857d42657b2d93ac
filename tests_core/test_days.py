"""Local days: when a moment is which day, and when a day is over."""

from datetime import date, datetime, timedelta

import pytest
from core.dossier import day_end, local_day
from hypothesis import assume, given
from hypothesis import strategies as st
from story import NEW_YORK, SHANGHAI

# Zones with a whole, a half and a quarter hour, with clocks that change at midnight, and one that skipped a day.
ZONES = [SHANGHAI, NEW_YORK, "Asia/Kolkata", "Asia/Kathmandu", "America/Havana", "Africa/Cairo", "Asia/Beirut"]
ZONES += ["America/Sao_Paulo", "Pacific/Apia", "Pacific/Kiritimati", "Australia/Lord_Howe", "UTC"]
SKIPPED = [(date(2011, 12, 30), "Pacific/Apia")]
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("at", "tz", "expected"),
    [
        (datetime(2026, 3, 2, 15, 59, 59), SHANGHAI, "2026-03-02"),
        (datetime(2026, 3, 2, 16), SHANGHAI, "2026-03-03"),
        (datetime(2026, 3, 3, 4, 59, 59), NEW_YORK, "2026-03-02"),
        (datetime(2026, 3, 3, 5), NEW_YORK, "2026-03-03"),
        (datetime(2026, 7, 3, 3, 59, 59), NEW_YORK, "2026-07-02"),
        (datetime(2026, 7, 3, 4), NEW_YORK, "2026-07-03"),
    ],
)
def test_a_moment_is_a_day_of_the_outlet(at, tz, expected):
    assert local_day(at, tz) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "tz", "hours"),
    [
        ("2026-03-02", SHANGHAI, 24),
        ("2026-03-08", NEW_YORK, 23),
        ("2026-11-01", NEW_YORK, 25),
        ("2026-10-29", "Africa/Cairo", 25),
        ("2026-04-24", "Africa/Cairo", 23),
    ],
)
def test_a_day_may_have_23_or_25_hours(day, tz, hours):
    day = date.fromisoformat(day)
    assert day_end(day, tz) - day_end(day - timedelta(days=1), tz) == timedelta(hours=hours)


@given(st.dates(date(2005, 1, 1), date(2036, 12, 31)), st.sampled_from(ZONES))
def test_a_day_ends_with_its_last_moment(day, tz):
    assume((day, tz) not in SKIPPED)
    end = day_end(day, tz)
    assert local_day(end, tz) > day
    assert local_day(end - TICK, tz) == day


@given(st.datetimes(datetime(2005, 1, 1), datetime(2036, 12, 31)), st.sampled_from(ZONES))
def test_every_moment_lies_within_its_day(at, tz):
    day = local_day(at, tz)
    assert day_end(day - timedelta(days=1), tz) <= at < day_end(day, tz)
