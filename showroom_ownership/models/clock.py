"""The one clock that decisions read: the database's, so that no worker, user or request can move it."""

import time
from datetime import date, datetime
from weakref import WeakKeyDictionary

from odoo.tools import SQL

from ..core.dossier import local_day

# What was read within the last second, by cursor: a moment has whole seconds, and one request asks many times.
_READ = WeakKeyDictionary()


def now(env) -> datetime:
    """The present moment in UTC, whole seconds. Tests and cases freeze time by replacing this function."""
    at, moment = _READ.get(env.cr, (None, None))
    if at is None or time.monotonic() - at >= 1:
        [(moment,)] = env.execute_query(SQL("SELECT clock_timestamp() AT TIME ZONE 'UTC'"))
        learn(env, moment)
    return moment.replace(microsecond=0)


def learn(env, moment):
    """What another query has read from the database's clock just now, for instance after somebody was waited for."""
    _READ[env.cr] = (time.monotonic(), moment)


def today(env, outlet) -> date:
    """The local day of an outlet."""
    return local_day(now(env), outlet.tz)
