from odoo import models


class CrmLead(models.Model):
    """A customer who is given to a colleague is given with all their cards (4, 5): older ones would stand ahead of the
    one that was given, and by newer ones the former owner would go on reading and closing."""

    _inherit = "crm.lead"

    def _along(self):
        """For each card, the other open cards of its customer and owner that are filed; one query for any number."""
        cards = self.sudo()
        around = self.env["showroom.facts"]._customer_cards(cards) if cards else {}
        found = {card: around[card.id].filtered(lambda other, card=card: card._goes_with(other)) for card in cards}
        lent = cards.browse().union(*found.values())._loans_of_substitutes().lead_id  # who is on leave gets it back
        return {card: others - lent for card, others in found.items()}

    def _goes_with(self, other):
        """Whoever decides of one card manages the outlet of both."""
        return other != self and bool(self.user_id) and other._is_along(self.user_id, self.outlet_id)

    def _is_along(self, owner, outlet):
        mine = (self.user_id, self.outlet_id) == (owner, outlet)
        return mine and self.won_status == "pending" and bool(self.filing_id)

    def _go_along(self, owner):
        """As a reassignment by whoever decided of the first card."""
        cards = self.filtered(lambda card: card.user_id != owner)
        if cards:
            cards.sudo(False)._reassign(owner, self.env._("Another card of a customer who went there."))
