"""The one clock that decisions read: the database's, so that no worker, user or request can move it."""

from datetime import date, datetime

from odoo.tools import SQL

from ..core.dossier import local_day


def now(env) -> datetime:
    """The present moment in UTC, whole seconds. Tests and cases freeze time by replacing this function."""
    [(moment,)] = env.execute_query(SQL("SELECT clock_timestamp() AT TIME ZONE 'UTC'"))
    return moment.replace(microsecond=0)


def today(env, outlet) -> date:
    """The local day of an outlet."""
    return local_day(now(env), outlet.tz)
