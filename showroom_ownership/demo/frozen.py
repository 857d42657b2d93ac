"""The clock of the stories: whatever this thread does, happens at the moment that is being told."""

import threading
from contextlib import ExitStack, contextmanager
from functools import wraps

from odoo import fields

from ..models import clock

_one_at_a_time = threading.Lock()
_told = threading.local()


def set_moment(moment):
    """Go to a moment, in UTC."""
    _told.moment = moment


@contextmanager
def story_time(cr):
    """Every clock of the module and of Odoo shows the moment of the story; other threads keep the real time.

    Commits of scheduled actions stay inside the transaction that loads the demo data.
    """
    with _one_at_a_time, ExitStack() as stack:
        stack.callback(set_moment, None)
        stack.enter_context(_replaced(clock, "now", lambda moment: moment))
        stack.enter_context(_replaced(fields.Datetime, "now", lambda moment: moment))
        stack.enter_context(_replaced(fields.Date, "today", lambda moment: moment.date()))
        stack.enter_context(_shadowed(cr, "now", lambda: _told.moment))
        stack.enter_context(_shadowed(cr, "commit", lambda: None))
        yield


@contextmanager
def _replaced(owner, name, shown):
    """A function of a module or class that shows the story's moment, where one is told to this thread."""
    kept = vars(owner)[name]
    real = getattr(owner, name)

    @wraps(real)
    def told(*args):
        moment = getattr(_told, "moment", None)
        return shown(moment) if moment else real(*args)

    setattr(owner, name, told if real is kept else staticmethod(told))
    try:
        yield
    finally:
        setattr(owner, name, kept)


@contextmanager
def _shadowed(cursor, name, function):
    setattr(cursor, name, function)
    try:
        yield
    finally:
        delattr(cursor, name)
