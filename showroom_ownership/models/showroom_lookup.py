import logging

import psycopg2
from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from odoo import api, fields, models
from odoo.tools import SQL

from . import clock

OUTCOMES = [("new", "New"), ("owned", "Owned"), ("free", "Free"), ("conflict", "Conflict")]
KEPT_DAYS = 180
BATCH = 10000

# The same card asked for again within a minute is the same look-up: the number is looked up while it is typed. A line
# of the register follows on the look-up at the desk, however long the customer talks: within a day it is the same.
# Numbers without a card are not told apart, for none is kept: each of them counts. The card, and who asked, may be gone
# with what is taken back.
TYPED, RECEIVED = "1 minute", "1 day"
_logger = logging.getLogger(__name__)


def _keep(cr, registry, statements):
    """Keep what was asked in a transaction that is over, on its own connection: while all are in use no second one is
    to be had, and who waits for one holds the first. What goes wrong here does not keep it from being given back.
    """
    try:
        if cr.readonly or cr._cnx.get_transaction_status() != TRANSACTION_STATUS_IDLE:  # as in tests
            with registry.cursor() as other:
                return [other.execute(statement) for statement in statements]
        with cr._cnx, cr._cnx.cursor() as own:
            return [own.execute(statement.code, statement.params) for statement in statements]
    except psycopg2.Error:
        _logger.warning("Look-ups of a transaction that is over were not recorded", exc_info=True)


RECORD = """
INSERT INTO showroom_lookup (user_id, outlet_id, asked_at, day, outcome, lead_id)
SELECT %(user)s, asked.outlet, %(now)s, asked.day, asked.outcome, (SELECT id FROM crm_lead WHERE id = asked.card)
  FROM unnest(%(outlets)s::int[], %(days)s::date[], %(outcomes)s::varchar[], %(cards)s::int[])
       AS asked (outlet, day, outcome, card)
  JOIN crm_team ON crm_team.id = asked.outlet
 WHERE NOT EXISTS (
    SELECT FROM showroom_lookup
     WHERE user_id = %(user)s AND asked_at > %(now)s::timestamp - %(within)s::interval
       AND lead_id = asked.card)
   AND EXISTS (SELECT FROM res_users WHERE id = %(user)s)
"""


class ShowroomLookup(models.Model):
    """Who asked at the desk whose customer a number is, and what came out.

    No number and no name is kept, so that nothing is here to be erased. Nobody writes; look-ups are removed after half
    a year.
    """

    _name = "showroom.lookup"
    _description = "Look-up"
    _inherit = ["showroom.kept.mixin"]
    _log_access = False
    _order = "asked_at desc, id desc"
    _rec_name = "asked_at"
    _allow_sudo_commands = False

    user_id = fields.Many2one("res.users", "Asked By", required=True, readonly=True, ondelete="cascade")
    outlet_id = fields.Many2one("crm.team", "Outlet", required=True, readonly=True, index=True, ondelete="cascade")
    asked_at = fields.Datetime("Asked", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True, index=True, help="The local day of the outlet.")
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True, help="What the desk was told.")
    lead_id = fields.Many2one("crm.lead", "Card", readonly=True, index="btree_not_null", ondelete="set null")

    _user_asked_idx = models.Index("(user_id, asked_at)")

    @api.model
    def _record(self, outlet, outcome, card):
        """Keep that the user asked; one statement, and no lock that anybody waits for.

        :param outlet: where it was asked.
        :param outcome: one of OUTCOMES.
        :param card: the card that was shown, empty for a new customer.
        """
        self._record_all([(outlet, outcome, card)])

    @api.model
    def _record_all(self, asked):
        """Keep that the user asked for several numbers at once, also if what asks is made to fail afterwards.

        :param asked: outlet, outcome and card of each; who works at no outlet asks nowhere.
        """
        if self.env.context.get("showroom_loading"):
            self._record_refused(asked)
        elif statement := self._statement(asked):
            self.env.cr.execute(statement)
            self._keep_apart(self.env.cr.postrollback, statement)

    @api.model
    def _record_lines(self, lines):
        """Lines of the register that have a name tell whose customer somebody is, as the desk does.

        All that are taken back are kept too, as asked for; what an import takes back, it has committed before.

        :param lines: outlet, card and name of each number.
        """
        if not lines or self.env.su or not self.env.user._is_limited():
            return
        kept = self.env["crm.lead"].union(*(card for _outlet, card, _name in lines))._kept_from_user()
        asked = [(outlet, *self._told_of(card & kept), name) for outlet, card, name in lines]
        told = {card: (outlet, outcome, card) for outlet, outcome, card, name in asked if card and name}
        if stays := self._statement([*told.values()], RECEIVED):
            self.env.cr.execute(stays)
        if undone := self._statement([each[:3] for each in asked]):
            for over in self._ends(self.env.context.get("showroom_loading")):
                self._keep_apart(over, undone)

    @api.model
    def _told_of(self, card):
        return ("free" if card._is_free() else "owned") if card else "new", card

    @api.model
    def _record_refused(self, asked):
        """The same of what was asked by something that is refused: kept when this transaction is over, however it ends.

        Odoo's import goes on after a refusal, and takes back what it did at the end.
        """
        self._keep_refused(self._statement(asked))

    @api.model
    def _keep_refused(self, statement):
        for over in self._ends(True) if statement else ():
            self._keep_apart(over, statement)

    @api.model
    def _ends(self, either):
        """How a transaction may end: with either end, or undone."""
        return [self.env.cr.postrollback, *([self.env.cr.postcommit] if either else [])]

    @api.model
    def _keep_apart(self, over, statement):
        """In a transaction of its own, one for all that is kept after this one.

        :param over: the callbacks of the end of this transaction.
        """
        cr, registry, waiting = self.env.cr, self.env.registry, over.data.setdefault(self._name, [])
        if not waiting:
            over.add(lambda: _keep(cr, registry, waiting))
        waiting.append(statement)

    @api.model
    def _statement(self, asked, within=TYPED):
        today = {outlet: outlet._today() for outlet in {each[0] for each in asked} if outlet}
        rows = [(outlet.id, today[outlet], outcome, card.id or None) for outlet, outcome, card in asked if outlet]
        if not rows:
            return None
        outlets, days, outcomes, cards = map(list, zip(*rows, strict=True))
        said = {"outlets": outlets, "days": days, "outcomes": outcomes, "cards": cards}
        return SQL(RECORD, user=self.env.uid, now=clock.now(self.env), within=within, **said)

    @api.autovacuum
    def _gc_lookups(self):
        """Remove what is older than half a year.

        :return: how many were removed, and whether more are left: Odoo calls again.
        """
        over = fields.Datetime.subtract(clock.now(self.env), days=KEPT_DAYS)
        old = self.sudo().search([("asked_at", "<", over)], limit=BATCH)
        old.unlink()
        return len(old), len(old) == BATCH
