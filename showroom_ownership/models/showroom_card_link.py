from itertools import combinations

from odoo import api, fields, models
from odoo.exceptions import UserError

from . import said

KINDS = [("family", "Family"), ("same_customer", "Same customer")]
AT_ONCE = 20  # a family is smaller; each pair of cards is a link


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

    _pair_unique = models.UniqueIndex("(lead_id, other_id)", "These cards are linked already.")
    _check_pair = models.Constraint("CHECK (lead_id <> other_id)", "A card cannot be linked with itself.")

    @api.model
    def _link(self, cards, kind):
        """Link the cards with each other; who is the same as one of several cards of a customer is the same as all."""
        if kind == "same_customer":
            cards |= cards._linked_as_same()
        known = self.search([("lead_id", "in", cards.ids), ("other_id", "in", cards.ids)])
        pairs = {frozenset((link.lead_id, link.other_id)) for link in known}
        new = [(card, other) for card, other in combinations(cards, 2) if frozenset((card, other)) not in pairs]
        self.create([{"lead_id": card.id, "other_id": other.id, "kind": kind} for card, other in new])
        cards._refresh_contested()


class CrmLead(models.Model):
    _inherit = "crm.lead"

    link_ids = fields.One2many("showroom.card.link", "lead_id", "Linked Cards", readonly=True)

    @said.takes(one=True, card_numbers=said.texts, kind=said.one_of(KINDS))
    def action_link(self, card_numbers, kind="family"):
        """Link this card with others, by their card numbers. For their owners and for managers.

        :param kind: `family` or `same_customer`.
        :raise UserError: for an unknown number, for more than 20, or for cards none of which is the user's.
        """
        self.ensure_one()
        if len(card_numbers) > AT_ONCE:
            raise UserError(self.env._("Link at most %s cards at once.", AT_ONCE))
        cards = self.sudo() | self.sudo().with_context(active_test=False).search([("card_number", "in", card_numbers)])
        if len(cards) < 2 or not all(card.outlet_id for card in cards):
            raise UserError(self.env._("No card has this number. Copy it from the card or from the match at the desk."))
        user = self.env.user
        if user not in cards.user_id and not any(user._manages(outlet) for outlet in cards.outlet_id):
            raise UserError(self.env._("Link your own card with another, or ask a manager."))
        if kind == "same_customer":
            cards._check_same_customer()
        self.env["showroom.card.link"].sudo()._link(cards, kind)
        return True

    def _check_same_customer(self):
        """Nobody becomes the holder of a colleague's customer by saying that an old card of theirs is the same (5).

        Cards that were filed under the same name, and cards that give whoever links them nothing, are linked by their
        owners; all others by a manager.
        """
        user, senior = self.env.user, min(self, key=lambda card: card._seniority())
        managed = all(user._manages(outlet) for outlet in self.outlet_id)
        if managed or senior.user_id != user or self.user_id == user:
            return
        names = {self._name_key(card.filing_id.customer_name or card.contact_name or card.name) for card in self}
        if len(names) > 1:
            raise UserError(
                self.env._("These cards were filed under different names. Ask a manager to link them as one customer.")
            )

    @api.model
    def _name_key(self, name):
        return "".join((name or "").casefold().split())

    def _linked_as_same(self):
        """The cards that are linked with these as cards of the same customer."""
        domain = ["|", ("lead_id", "in", self.ids), ("other_id", "in", self.ids), ("kind", "=", "same_customer")]
        links = self.env["showroom.card.link"].search(domain)
        return (links.lead_id | links.other_id) - self
