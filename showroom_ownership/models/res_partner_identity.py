from odoo import models


class ResPartner(models.Model):
    """The number of a contact goes to its cards that carry no evidence: by it they may join others (5, cluster)."""

    _inherit = "res.partner"

    def write(self, vals):
        if not {"phone", "country_id"} & vals.keys() or not self._on_cards():
            return super().write(vals)
        cards = self.env["crm.lead"]._with_contact(self.ids)
        cards.fetch(["outlet_id", "phone_sanitized"])  # also of those that colleagues have
        cards = cards.sudo(False)
        with cards._looking_up(also_refused=True), cards._joining():
            return super().write(vals)

    def _on_cards(self):
        """Whether cards may follow what the user writes, also where Odoo goes on as the system: as with their own
        contact, which is not marked as a customer's."""
        if self.env.su and not self.env.user._is_limited():
            return False
        return bool(self & self.env.user.partner_id or self.sudo().filtered("is_outlet_customer"))
