from odoo import api, models
from odoo.exceptions import AccessError


class CrmLead(models.Model):
    """Whose customer a card is hangs on its number and its contact: what carries evidence keeps both (2, 5)."""

    _inherit = "crm.lead"

    def write(self, vals):
        if {"phone", "partner_id"} & vals.keys() and not self.env.su:
            cards = self.filtered("outlet_id")
            cards.filtered(lambda card: not self.env.user._manages(card.outlet_id))._check_identity(vals)
        return super().write(vals)

    def _check_identity(self, vals):
        """The owner writes the number of a customer who is in no register yet; of all others a manager does."""
        if "phone" in vals and any(card._would_be_another(vals["phone"]) for card in self):
            raise AccessError(self.env._("This number stands in the register. Ask a manager to change it on the card."))
        contact = vals.get("partner_id")
        if contact and self.filtered(lambda card: card.partner_id.id != contact)._gets_contact_of_others(contact):
            raise AccessError(self.env._("This contact is a colleague's customer. Ask a manager to put it here."))

    def _would_be_another(self, phone):
        number = self._showroom_phone(phone, self.outlet_id.id)
        return self._carries_evidence() and number != self.phone_sanitized

    def _carries_evidence(self):
        card = self.sudo()
        return bool(card.outlet_id and (card.filing_id or card.reception_ids))

    def _gets_contact_of_others(self, partner):
        """A contact makes all its cards one customer's: not at the word of who owns but one of them."""
        if not self:
            return False
        domain = [("partner_id", "=", partner), ("outlet_id", "!=", False), ("user_id", "!=", self.env.uid)]
        others = self.sudo().with_context(active_test=False).search(domain)
        return bool(others - self)

    @api.depends("partner_id.phone")
    def _compute_phone(self):
        """A card that carries evidence does not follow the number of its contact, which many may write."""
        return super(CrmLead, self.filtered(lambda card: not card._carries_evidence()))._compute_phone()
