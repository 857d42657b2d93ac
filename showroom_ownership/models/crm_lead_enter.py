from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .said import refuse


class CrmLead(models.Model):
    """What a consultant's lead may bring into an outlet: no deal that nobody ruled on, no colleague as closer."""

    _inherit = "crm.lead"

    def _by_consultants(self):
        """The cards that somebody handles who neither manages their outlet nor is the system."""
        if self.env.su:
            return self.browse()
        return self.sudo().filtered(lambda card: not self.env.user._manages(card.outlet_id))

    def _check_ruled(self):
        """A deal is ruled on where it is made: what was won elsewhere does not become a card after it (5)."""
        if any(card.won_status == "won" and not card.ruling_id for card in self._by_consultants()):
            raise UserError(
                self.env._("This lead was won elsewhere. Bring it to the outlet before you win it, or ask a manager.")
            )

    def _check_named_as_closer(self):
        """A new card names nobody but whoever opens it as the closer, as an existing one."""
        if any(card.closer_id and card.closer_id != self.env.user for card in self._by_consultants()):
            raise AccessError(self.env._("Ask a manager to name somebody else as the closer."))

    def _become_opportunities(self, vals_list=()):
        """Lists of cards show opportunities: a lead becomes one, and who says that it stays a lead is refused.

        :param vals_list: what was said of them, if they are new.
        """
        leads = self.browse() if self.env.su else self.sudo().filtered(lambda card: card.type == "lead")
        if not leads:
            return
        if "default_type" in self.env.context or any(vals.get("type") == "lead" for vals in vals_list):
            refuse(self, {"type"}, AccessError)
        leads.write({"type": "opportunity", "date_conversion": fields.Datetime.now()})
