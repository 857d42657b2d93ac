from odoo import api, models
from odoo.tools import SQL

from . import clock

# Open cards of people who are not in use any more, however they were archived.
LEFT = """
SELECT card.id FROM crm_lead card JOIN res_users owner ON owner.id = card.user_id
WHERE NOT owner.active AND card.won_status = 'pending' AND card.active AND card.outlet_id IS NOT NULL
      AND NOT EXISTS (%s)
ORDER BY card.outlet_id, card.id LIMIT %s FOR NO KEY UPDATE OF card SKIP LOCKED
"""


class CrmLead(models.Model):
    """Open cards of those who leave go to the outlet's pool, each with a request to a colleague (4, departure)."""

    _inherit = "crm.lead"

    _open_owner_idx = models.Index("(user_id) WHERE won_status = 'pending' AND active AND outlet_id IS NOT NULL")

    @api.model
    def _release_to_pool(self, users, outlet=None):
        """The cards of users who leave, altogether or one outlet."""
        domain = [("user_id", "in", users.ids), ("won_status", "=", "pending"), ("outlet_id", "!=", False)]
        if outlet:
            domain.append(("outlet_id", "=", outlet.id))
        self.search(domain, order="outlet_id, id")._release()

    def _release(self):
        if not self:
            return
        self._let_go(dict.fromkeys(self, self.env["res.users"]))  # first, as when owners change
        self._withdraw_transfers(self.env._("The consultant has left."))
        self._end_notices()
        self.env["showroom.transfer"]._request_by_outlet(self, "departure")
        self._change_owner(self.env["res.users"], "departure")

    @api.model
    def _cron_departures(self):
        """Find cards that archived users still own, however they were archived."""
        self.env["showroom.batch"]._run(self._claim_left, type(self)._release)

    @api.model
    def _claim_left(self, limit):
        aside = self.env["showroom.failure"]._aside(SQL("card.id"), clock.told_by(self.env))
        return self.env["showroom.batch"]._claim(self, SQL(LEFT, aside, limit))
