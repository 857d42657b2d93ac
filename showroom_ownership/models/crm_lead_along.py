from odoo import models


class CrmLead(models.Model):
    """A customer who is given to a colleague is given with their older cards, which would stand ahead of it (4, 5)."""

    _inherit = "crm.lead"

    def _along(self):
        """For each card, the open cards of its customer and owner that were filed before; one query for any number."""
        cards = self.sudo()
        around = self.env["showroom.facts"]._customer_cards(cards) if cards else {}
        found = {card: around[card.id].filtered(lambda other, card=card: card._goes_with(other)) for card in cards}
        lent = cards.browse().union(*found.values())._loans_of_substitutes().lead_id  # who is on leave gets it back
        return {card: others - lent for card, others in found.items()}

    def _goes_with(self, other):
        """Whoever decides of one card manages the outlet of both."""
        owned = self.user_id and (other.user_id, other.outlet_id) == (self.user_id, self.outlet_id)
        if other == self or not owned or other.won_status != "pending":
            return False
        return bool(other.filing_id) and other._seniority() < self._seniority()

    def _go_along(self, owner):
        """As a reassignment by whoever decided of the first card."""
        cards = self.filtered(lambda card: card.user_id != owner)
        if cards:
            cards.sudo(False)._reassign(owner, self.env._("An older card of a customer who went there."))
