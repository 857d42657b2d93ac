from contextlib import contextmanager

import psycopg2

from odoo import api, fields, models
from odoo.http import request
from odoo.tools import SQL

from ..core import ledger
from ..core.dossier import local_day
from . import clock, ledger_guard
from .base_limits import HELD

FEW = 50  # cards or lines of which a request, when it starts over, may keep all desks waiting for a moment

# The clock is read outside the part that waits for the lock, and so after it.
TAKE = """
WITH head AS MATERIALIZED (
    SELECT id, last_seq, last_hash, last_at, day, day_lines, day_entries, sealed_to
    FROM showroom_ledger_head WHERE outlet_id = %s FOR UPDATE
)
SELECT head.*, clock_timestamp() AT TIME ZONE 'UTC' AS now FROM head
"""

# Written as they are: a lock alone is not noticed by a transaction that waited for it.
PASS = """
WITH head AS MATERIALIZED (
    SELECT id FROM showroom_ledger_head WHERE outlet_id IN (
        SELECT id FROM crm_team WHERE outlet_kind IS NOT NULL AND (company_id = ANY(%s) OR company_id IS NULL))
    ORDER BY outlet_id FOR UPDATE
)
UPDATE showroom_ledger_head SET flaw = showroom_ledger_head.flaw FROM head WHERE showroom_ledger_head.id = head.id
"""


class ShowroomLedgerHead(models.Model):
    """The end of an outlet's chain. It only advances; the database refuses anything else (`ledger_guard`)."""

    _name = "showroom.ledger.head"
    _description = "End of an Outlet's Ledger"
    _inherit = ["showroom.kept.mixin"]
    _order = "outlet_id, id"
    _allow_sudo_commands = False

    outlet_id = fields.Many2one("crm.team", required=True, ondelete="restrict")
    last_seq = fields.Integer(readonly=True, default=0)
    last_hash = fields.Char(readonly=True, default=ledger.GENESIS)
    last_at = fields.Datetime(readonly=True)
    day = fields.Date(readonly=True, help="The local day that the two counters count.")
    day_lines = fields.Integer(readonly=True, default=0, help="Lines of the register on that day.")
    day_entries = fields.Integer(readonly=True, default=0, help="Other entries on that day.")
    sealed_to = fields.Date(readonly=True, help="The last local day whose page is sealed: it takes no more lines.")
    flaw = fields.Char(readonly=True, help="What the last verification found; managers are told of it once.")
    verified_at = fields.Datetime(readonly=True)

    _outlet_unique = models.UniqueIndex("(outlet_id)", "An outlet has one ledger.")

    def init(self):
        ledger_guard.install(self.env.cr, self._table)

    @api.model
    def _open(self, outlets):
        missing = outlets - self.search([("outlet_id", "in", outlets.ids)]).outlet_id
        self.create([{"outlet_id": outlet.id} for outlet in missing])

    @api.model
    def _queue(self, *outlet_ids):
        """Wait for one's turn to append to the ledgers of outlets, at the very beginning of a request.

        PostgreSQL shows a transaction the database as it was at its first query. Whoever waits for the head of a ledger
        after that, finds it changed and has to start over, after Odoo's pause of up to two seconds; of eight desks some
        never get through. A lock that is taken before the first query shows everybody the ledger as the one before left
        it. It is given back by itself with the end of the transaction.
        """
        cr = self.env.cr
        # What was noted until now, as by which device somebody is here, and with it the first look.
        cr.commit()  # pylint: disable=invalid-commit
        cr.execute("SET LOCAL lock_timeout = '10s'")
        for number in sorted({outlet % len(ledger_guard.QUEUES) for outlet in outlet_ids}):
            queue = SQL.identifier(ledger_guard.QUEUES[number])
            cr.execute(SQL("LOCK TABLE %s IN EXCLUSIVE MODE", queue), log_exceptions=False)
        self._hold()

    @api.model
    def _hold(self):
        """Others wait from here to the end of the transaction: what else is made in it is counted (`base`).

        On the cursor itself: what Odoo keeps there ends with each savepoint.
        """
        cr = self.env.cr
        if HELD not in vars(cr):
            vars(cr)[HELD] = 0
            for over in (cr.postcommit, cr.postrollback):
                over.add(lambda: vars(cr).pop(HELD, None))

    @api.model
    def _queue_everywhere(self):
        """Of a request that came too late and starts over: where others register without a pause, it always would."""
        self._queue(*range(len(ledger_guard.QUEUES)))

    @api.model
    @contextmanager
    def _or_in_turn(self, number):
        """What others were faster at, waits for its turn when Odoo starts the request over (`ir.http`).

        :param number: of how many cards or lines; if there are many, desks are not to wait for them.
        """
        try:
            yield
        except psycopg2.errors.SerializationFailure:
            if request and number <= FEW:
                request.showroom_came_late = True
            raise

    @api.model
    def _let_nobody_pass(self, cards):
        """Whoever registers a customer at the same moment, at any outlet, starts over and sees what is done here; who
        did it since this transaction began makes it start over (5).

        For what asks whether anybody has received a customer and has no row in common with who does it now.
        """
        companies = cards.company_id or self.env.companies
        with self._or_in_turn(len(cards)):
            self.env.cr.execute(SQL(PASS, companies.ids), log_exceptions=False)
        self._hold()

    @api.model
    def _take(self, outlet, number=1):
        """Lock the end of an outlet's ledger and read it; waits for whoever is writing.

        The time is taken after the lock and never runs backwards, so that numbers and times agree. Nor do days: when
        an outlet's time zone moves west, its register stays on the day it has reached until the zone catches up.

        :param number: how many entries are to come.
        """
        self.flush_model()
        with self._or_in_turn(number):
            self.env.cr.execute(SQL(TAKE, outlet.id), log_exceptions=False)  # a conflict is no error: it is retried
        head = self.env.cr.dictfetchone()
        self._hold()
        clock.learn(self.env, head.pop("now"))
        now = clock.now(self.env)
        head["at"] = max(now, head["last_at"] or now)
        today = local_day(head["at"], outlet.tz)
        if not head["day"] or head["day"] < today:
            head.update(day=today, day_lines=0, day_entries=0)
        return head

    @api.model
    def _put(self, head):
        """The statement that moves the end of a ledger on: entries are inserted after it, in the same query."""
        self.browse(head["id"]).invalidate_recordset()
        return SQL(
            """UPDATE showroom_ledger_head SET last_seq = %(last_seq)s, last_hash = %(last_hash)s, last_at = %(at)s,
               day = %(day)s, day_lines = %(day_lines)s, day_entries = %(day_entries)s, sealed_to = %(sealed_to)s
               WHERE id = %(id)s RETURNING id AS head_id""",
            **head,
        )
