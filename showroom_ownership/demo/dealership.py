"""Builds the demo dealership: the stage first, then every story, day by day, with the scheduled actions at night."""

import logging
from contextlib import contextmanager
from datetime import time

from odoo import SUPERUSER_ID, api

from ..models import clock
from .frozen import set_moment, story_time
from .people import TZ
from .script import Almanac, Step, read_stories
from .stage import Stage
from .verbs_card import CardVerbs
from .verbs_deal import DealVerbs
from .verbs_register import RegisterVerbs

_logger = logging.getLogger(__name__)
FOUNDED, LIVE = -84, -57


class Dealership(Stage, RegisterVerbs, CardVerbs, DealVerbs):
    """Plays the stories with the methods that people use, as those people, each at its moment."""

    def __init__(self, env):
        super().__init__()
        self.env = api.Environment(env.cr, SUPERUSER_ID, {})
        self.cards, self.lines, self.announced, self.settled = {}, {}, {}, {}

    def build(self):
        if self.is_set():
            return _logger.info("The demo dealership, or somebody with a login of its people, is there already.")
        self.almanac = Almanac(clock.now(self.env), TZ)
        steps = read_stories(self.almanac)
        self.env.cr.flush()
        with story_time(self.env.cr), self._forgetting_failure():
            self._found()
            for step in sorted([*steps, *self._nights()], key=lambda each: each.at):
                self.play(step)
            self._finish()
        return _logger.info("The demo dealership is ready: %s steps, %s customers.", len(steps), len(self.cards))

    @contextmanager
    def _forgetting_failure(self):
        """Odoo undoes demo data that fails and goes on: then nothing of it may be left in memory."""
        try:
            yield
        except Exception:
            self.env.cr.clear()
            self.env.registry.clear_all_caches()
            raise

    def play(self, step):
        """One step, as a request of its own would do it."""
        set_moment(step.at)
        try:
            getattr(self, f"do_{step.verb}")(step)
            self._settle()
        except Exception:
            _logger.error("The demo dealership stopped at %s", step)
            raise

    def _settle(self):
        """What a commit would do: the changes of tracked fields are noted on the card, nothing stays in memory."""
        self.env.cr.flush()
        self.env.invalidate_all()

    def _found(self):
        """The company and its teams, long before they work with the module."""
        set_moment(self.almanac.at(FOUNDED, time(9)))
        self.set_the_stage()
        self._settle()

    def _nights(self):
        """The scheduled actions, at the beginning of every day."""
        return [Step(self.almanac.at(day, time()), day, "root", "night") for day in range(LIVE, 1)]

    def do_night(self, _step):
        for cron in self._crons().filtered(lambda each: each.interval_type == "minutes"):
            cron.ir_actions_server_id.run()
            self._settle()

    def _crons(self):
        mine = self.env["ir.model.data"].search([("module", "=", "showroom_ownership"), ("model", "=", "ir.cron")])
        return self.env["ir.cron"].browse(mine.mapped("res_id")).sorted("id")

    def _finish(self):
        """Now: everything scheduled has run, and the notes on the cards bear the time at which they were written."""
        set_moment(self.almanac.at(0, time(23)))
        self._crons().ir_actions_server_id.run()
        self._settle()
        self._date_messages()

    def _date_messages(self):
        """The default of a message's date is fixed when Odoo starts, out of the reach of the story's clock."""
        self.env.cr.execute("UPDATE mail_message SET date = create_date WHERE date > create_date + interval '1 hour'")
        self.env.invalidate_all()
