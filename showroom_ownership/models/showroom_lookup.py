from odoo import api, fields, models
from odoo.tools import SQL

from . import clock

OUTCOMES = [("new", "New"), ("owned", "Owned"), ("free", "Free"), ("conflict", "Conflict")]
KEPT_DAYS = 180
BATCH = 10000

# The same card asked for again within a minute is the same look-up: the number is looked up while it is typed. A line
# of the register follows on the look-up at the desk, however long the customer talks: within a day it is the same.
# Numbers without a card are not told apart, for none is kept: each of them counts. A card may be gone with what is
# taken back.
TYPED, RECEIVED = "1 minute", "1 day"
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
            self._keep_apart(self.env.cr.postrollback, lambda lookups: lookups.env.cr.execute(statement))

    @api.model
    def _record_lines(self, told):
        """Lines of the register tell whose customer somebody is, as the desk does.

        :param told: outlet and card of each line.
        """
        if not told or self.env.su or not self.env.user._is_limited():
            return
        outlets = {card: outlet for outlet, card in told}
        kept = self.env["crm.lead"].union(*outlets)._kept_from_user()
        asked = [(outlets[card], "free" if card._is_free() else "owned", card) for card in kept]
        if statement := self._statement(asked, RECEIVED):
            self.env.cr.execute(statement)

    @api.model
    def _record_refused(self, asked):
        """The same of what was asked by something that is refused: kept when this transaction is over, however it ends.

        Odoo's import goes on after a refusal, and takes back what it did at the end.
        """
        if statement := self._statement(asked):
            for over in (self.env.cr.postcommit, self.env.cr.postrollback):
                self._keep_apart(over, lambda lookups: lookups.env.cr.execute(statement))

    @api.model
    def _record_if_undone(self, numbers):
        """Numbers that were written on lines: each line tells who asked, but if it is taken back.

        :param numbers: the id of the outlet at which each number was written, by number.
        """
        if not self.env.su and numbers and self.env.user._is_limited():
            loading = self.env.context.get("showroom_loading")
            for over in (self.env.cr.postcommit, self.env.cr.postrollback)[not loading :]:
                self._keep_apart(over, lambda lookups: lookups._record_numbers(numbers))

    @api.model
    def _record_numbers(self, numbers):
        known = set(self.env["crm.team"].sudo().browse(set(numbers.values())).exists().ids)
        numbers = {number: outlet for number, outlet in numbers.items() if outlet in known}
        self._record_all(self.env["crm.lead"]._asked_with(numbers))

    @api.model
    def _keep_apart(self, over, keep):
        """In a transaction of its own, one for all that is kept after this one.

        :param over: the callbacks of the end of this transaction.
        :param keep: a function of this model that keeps what was asked.
        """
        waiting, registry = over.data.setdefault(self._name, []), self.env.registry

        def keep_all():
            with registry.cursor() as cr:
                for uid, each in waiting:
                    lookups = api.Environment(cr, uid, {})[self._name]
                    if lookups.env.user.exists():  # who was made in what is taken back, is gone
                        each(lookups)

        if not waiting:
            over.add(keep_all)
        waiting.append((self.env.uid, keep))

    @api.model
    def _statement(self, asked, within=TYPED):
        rows = [(outlet.id, outlet._today(), outcome, card.id or None) for outlet, outcome, card in asked if outlet]
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
