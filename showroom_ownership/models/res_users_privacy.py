from odoo import models


class ResUsers(models.Model):
    """Whose eyes are limited to some of the cards, and to which."""

    _inherit = "res.users"

    def _is_limited(self):
        """Staff of the showroom who do not see every card: consultants, reception, managers of some outlets.

        Who has no role here, as accounting, is left to stock rules. Answered from memory.
        """
        if self._is_superuser() or not self.has_group("showroom_ownership.group_receptionist"):
            return False
        return not self.env["crm.team"]._outlet_ids().issubset(self._outlets_in_sight())

    def _is_passer_by(self):
        """Whoever comes without a login by the address of a chat, or by a link in a mail: nobody knows who it is."""
        by_link = self.env.context.get("guest") or self.env.context.get("showroom_by_link")
        return bool(by_link) and self._is_public()

    def _outlets_in_sight(self):
        """Ids of the outlets of which the user sees every card, whatever company is switched on."""
        return self._seen_outlet_ids(self.sudo()._get_company_ids())
