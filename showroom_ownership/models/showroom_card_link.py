from itertools import combinations

from odoo import api, fields, models

KINDS = [("family", "Family"), ("same_customer", "Same customer")]


class ShowroomCardLink(models.Model):
    """Two cards of one family, or of one customer under two numbers (5, cluster)."""

    _name = "showroom.card.link"
    _description = "Link between Cards"
    _inherit = ["showroom.kept.mixin"]
    _order = "id"
    _allow_sudo_commands = False

    lead_id = fields.Many2one("crm.lead", "Card", required=True, index=True, ondelete="restrict")
    other_id = fields.Many2one("crm.lead", "Other Card", required=True, index=True, ondelete="restrict")
    kind = fields.Selection(KINDS, required=True, default="family")

    _pair_unique = models.UniqueIndex(
        "(LEAST(lead_id, other_id), GREATEST(lead_id, other_id))", "These cards are linked already."
    )
    _check_pair = models.Constraint("CHECK (lead_id <> other_id)", "A card cannot be linked with itself.")

    @api.model
    def _link(self, cards, kind):
        """Link the cards with each other; who is the same as one of several cards of a customer is the same as all.

        :return: the new links.
        """
        if kind == "same_customer":
            cards |= cards._linked_as_same()
        cards._touch()  # of links made at the same moment one sees the other
        known = self.search([("lead_id", "in", cards.ids), ("other_id", "in", cards.ids)])
        pairs = {frozenset((link.lead_id, link.other_id)) for link in known}
        new = [(card, other) for card, other in combinations(cards, 2) if frozenset((card, other)) not in pairs]
        links = self.create([{"lead_id": card.id, "other_id": other.id, "kind": kind} for card, other in new])
        cards._refresh_contested()
        return links

    def _ends(self):
        return self.lead_id | self.other_id

    def _take_apart(self):
        """End links for good: who made them does not make them again, by no card of these customers."""
        pairs, cards = [(link.lead_id, link.other_id) for link in self], self._ends()
        self._cut()
        customers = cards._customers()
        for card, other in pairs:
            still_one = other in customers[card]
            here, there = (card, other) if still_one else (customers[card], customers[other])
            here._part_from(there)

    def _cut_and_tell(self):
        if concerned := self._ends():
            self._cut()
            concerned._tell_of_link(concerned, False)

    def _cut(self):
        """End links, as if they had not been made; rulings stand on the facts that were known then."""
        cards = self._ends()
        self.unlink()
        cards._refresh_contested()
