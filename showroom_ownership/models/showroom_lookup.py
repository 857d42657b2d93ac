from odoo import api, fields, models
from odoo.tools import SQL

from . import clock

OUTCOMES = [("new", "New"), ("owned", "Owned"), ("free", "Free"), ("conflict", "Conflict")]
KEPT_DAYS = 180
BATCH = 10000

# The same card asked for again within a minute is the same look-up: the number is looked up while it is typed. Numbers
# without a card are not told apart, for none is kept: each of them counts.
RECORD = """
INSERT INTO showroom_lookup (user_id, outlet_id, asked_at, day, outcome, lead_id)
SELECT %(user)s, %(outlet)s, %(now)s, %(day)s, %(outcome)s, %(card)s
 WHERE NOT EXISTS (
    SELECT FROM showroom_lookup
     WHERE user_id = %(user)s AND asked_at > %(now)s::timestamp - interval '1 minute'
       AND lead_id = %(card)s)
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
        now, day = clock.now(self.env), outlet._today()
        said = {"user": self.env.uid, "outlet": outlet.id, "now": now, "day": day, "outcome": outcome}
        self.env.cr.execute(SQL(RECORD, card=card.id or None, **said))

    @api.autovacuum
    def _gc_lookups(self):
        """Remove what is older than half a year.

        :return: how many were removed, and whether more are left: Odoo calls again.
        """
        over = fields.Datetime.subtract(clock.now(self.env), days=KEPT_DAYS)
        old = self.sudo().search([("asked_at", "<", over)], limit=BATCH)
        old.unlink()
        return len(old), len(old) == BATCH
