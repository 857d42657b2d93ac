from odoo import fields, models

from ..core.facts import SAME
from .showroom_transfer_proposal import PROPOSED_BY_RULE


class CrmLead(models.Model):
    """Deals that managers have reason to look at, as they are made: they alone can take them back (4.3, 5)."""

    _inherit = "crm.lead"

    def _lapsing(self):
        """Cards that are a colleague's as soon as a manager approves it (4.3)."""
        return self.filtered(lambda card: card.pending_transfer_id.reason in PROPOSED_BY_RULE)

    def _tell_of_late_deal(self):
        """Of deals by which consultants keep, or get, cards that were about to be a colleague's (4.3, 4.4)."""
        for card in self.filtered(lambda each: each.ruling_id and each.ruling_id.closer_id == each.user_id):
            if not self.env.user._manages(card.outlet_id):
                card._tell_managers(lambda told: told._words_of_late_deal())

    def _words_of_late_deal(self):
        if not self.ruling_id.former_owner_id:
            return self._words_of_pool_deal()
        text = self.env._(
            "%(who)s closed the deal of card %(number)s, which was to go to a colleague because it was not followed up"
            " in time. If there is no such deal, take it back: the request waits again.",
            who=self.ruling_id.closer_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A deal on a card that was lapsing"), text

    def _words_of_pool_deal(self):
        text = self.env._(
            "%(who)s closed the deal of card %(number)s, which was in the pool for a colleague. If there is no such"
            " deal, take it back: the request waits again.",
            who=self.ruling_id.closer_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A deal on a card of the pool"), text

    def _tell_of_doubts(self, around):
        """:param around: what there is around these cards, as it was before they were won."""
        self.browse(around.there["taken_back"] & set(self.ids))._tell_of_deal_anew()
        if sold := self.browse(around.there["sold"]):  # read together, however many
            for card in self:
                same = {other for other, relation in around.clusters[card.id].items() if relation == SAME}
                card._tell_of_second_deal(sold.filtered(lambda each, same=same: each.id in same))

    def _tell_of_second_deal(self, others):
        """Of a deal with a customer to whom a colleague has sold lately, on another card (5)."""
        since = fields.Date.subtract(self.ruling_id.day, days=self.outlet_id.policy_id.reopen_days)
        sold = others.ruling_id.filtered(lambda each: each.day > since and each.closer_id != self.ruling_id.closer_id)
        if sold and not self.env.user._manages(self.outlet_id):
            self._tell_managers(lambda told: told._words_of_second_deal(sold[0]))

    def _words_of_second_deal(self, other):
        text = self.env._(
            "%(who)s closed a deal on card %(number)s with the customer of card %(other)s, on which %(closer)s closed"
            " one on %(day)s. If it is the same deal, take this one back.",
            who=self.ruling_id.closer_id.name, number=self.card_number, other=other.lead_id.card_number,
            closer=other.closer_id.name, day=other.day,
        )  # fmt: skip
        return self.env._("A second deal with one customer"), text

    def _tell_of_deal_anew(self):
        """Of deals that somebody else had taken back, and that are closed again (5)."""
        done = [("ruling_id.lead_id", "in", self.ids), ("state", "=", "cancelled"), ("user_id", "!=", self.env.uid)]
        steps = self.env["showroom.ruling.step"].sudo()
        for card in steps.search(done).ruling_id.lead_id if self else self:
            if not self.env.user._manages(card.outlet_id):
                card._tell_managers(lambda told: told._words_of_deal_anew())

    def _words_of_deal_anew(self):
        text = self.env._(
            "%(who)s closed the deal of card %(number)s again, which was taken back before. If it is not to be, take it"
            " back and void the line of the register on which it stands.",
            who=self.ruling_id.closer_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A deal that was taken back is closed again"), text
