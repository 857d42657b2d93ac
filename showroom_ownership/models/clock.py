"""The one clock that decisions read: the database's, so that no worker, user or request can move it."""

import time
from datetime import date, datetime
from weakref import WeakKeyDictionary

from odoo.tools import SQL

from ..core.dossier import UTC, local_day

# What was read within the last second, by cursor: a moment has whole seconds, and one request asks many times.
_READ = WeakKeyDictionary()
# What a query asks for that tells the time on its way.
READING = SQL("(SELECT date_trunc('second', clock_timestamp() AT TIME ZONE 'UTC'))")


def now(env) -> datetime:
    """The present moment in UTC, whole seconds. Tests and cases freeze time by replacing this function."""
    moment = _lately(env)
    if moment is None:
        [(moment,)] = env.execute_query(SQL("SELECT clock_timestamp() AT TIME ZONE 'UTC'"))
        learn(env, moment)
    return moment.replace(microsecond=0)


_now = now


def _lately(env):
    at, moment = _READ.get(env.cr, (None, None))
    return moment if at is not None and time.monotonic() - at < 1 else None


def told_by(env) -> SQL:
    """The present moment for a query, which reads it from the clock if that would need a query of its own.

    What was read already is told to the query, and so is frozen time: it is `now` that was replaced.
    """
    return READING if now is _now and _lately(env) is None else SQL("%s::timestamp", now(env))


def passed(env) -> datetime:
    """The latest moment that has surely passed, without asking: when the transaction began, or what was read since.

    It is what "just now" means for what somebody says that they did before they said it.
    """
    if now is not _now:
        return now(env)
    _at, read = _READ.get(env.cr, (None, datetime.min))
    return max(env.cr.now(), read).replace(microsecond=0)


def guessed(env) -> datetime:
    """About the present moment, without asking: what is done by it has to be checked by the clock."""
    if now is _now and _lately(env) is None:
        return datetime.now(UTC).replace(tzinfo=None)
    return now(env)


def learn(env, moment):
    """What another query has read from the database's clock just now, for instance after somebody was waited for."""
    if now is _now:  # frozen time is over when it is over
        _READ[env.cr] = (time.monotonic(), moment)


def today(env, outlet) -> date:
    """The local day of an outlet."""
    return local_day(now(env), outlet.tz)
