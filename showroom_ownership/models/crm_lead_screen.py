from odoo import api, fields, models
from odoo.tools import format_list

from . import said


class CrmLead(models.Model):
    """What the card's screens show beside its fields."""

    _inherit = "crm.lead"

    may_reassign = fields.Boolean(compute="_compute_may_reassign")
    pending_request = fields.Char(compute="_compute_pending_request")
    ruling_summary = fields.Char(related="ruling_id.summary", string="Ruling in Words")
    ruling_until = fields.Date(related="ruling_id.until", string="Ruling Open Until")
    linked_cards = fields.Char(
        "Linked With", compute="_compute_linked_cards", help="Cards of the family or of the same customer (5)."
    )

    @api.depends_context("uid")
    def _compute_may_reassign(self):
        self.may_reassign = self.env.user._is_showroom_manager()

    @api.depends("pending_transfer_id", "cancellation_ids")
    @api.depends_context("uid", "lang")
    def _compute_pending_request(self):
        """What waits for a manager's approval, in words."""
        for card in self:
            known = card.sudo()
            withdrawals = known.cancellation_ids.filtered(lambda each: each.state == "pending")
            asked = [*known.pending_transfer_id, *known.pending_transfer_id._beside(), *withdrawals]
            card.pending_request = "; ".join(request._subject() for request in asked) or False

    @api.depends("link_ids")
    @api.depends_context("uid", "lang")
    def _compute_linked_cards(self):
        """All with which a filed card is ruled on; of one that nobody filed, what was linked with it."""
        clusters = self.env["showroom.facts"].sudo()._clusters(self)
        by_hand = self.filtered(lambda card: not card.sudo().filing_id)
        links = self.env["showroom.card.link"].sudo()
        links = links.search(by_hand._linked_either_way()) if by_hand.ids else links
        for card in self:
            mine = {end.id for link in links if card.sudo() in link._ends() for end in link._ends()}
            around = clusters.get(card.id, {}).keys() if card.sudo().filing_id else mine
            others = self.sudo().browse(sorted(around)) - card.sudo()
            card.linked_cards = format_list(self.env, [other._screen_name() for other in others]) or False

    def _screen_name(self, known_as=False):
        """A card as people speak of it: its number, its customer and its owner; to who may not see it, its number.

        :param known_as: the customer's name as it stands in a line that the user may read.
        """
        self.ensure_one()
        card, owner = self.sudo(), self.sudo().user_id.name or self.env._("pool")
        name = known_as if self._kept_from_user() else card.name
        if not name:
            return card.card_number
        return self.env._("%(number)s %(name)s (%(owner)s)", number=card.card_number, name=name, owner=owner)

    @said.takes(one=True)
    def action_open_ruling(self):
        self.ensure_one()
        views = {"view_mode": "form", "views": [(False, "form")]}
        return {"type": "ir.actions.act_window", "res_model": "showroom.ruling", "res_id": self.ruling_id.id, **views}
