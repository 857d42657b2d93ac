from operator import methodcaller

from odoo import api, fields, models

from ..core.facts import SAME

WORDS = {"lapsed": "_words_of_late_deal", "departure": "_words_of_pool_deal"}


class CrmLead(models.Model):
    """Deals that managers have reason to look at, as they are made: they alone can take them back (4.3, 5)."""

    _inherit = "crm.lead"

    def _about_to_leave(self):
        """How these cards were about to be a colleague's: by what was asked, by a lapse, and after a long leave."""
        requests = self.pending_transfer_id
        owners = {card: card.user_id for card in self if card.user_id and not card.filing_id}
        return requests, self._late() - requests.lead_id, self._loans_of_substitutes(), owners

    def _late(self):
        """With a notice, or overdue without one, as where managers give them by hand."""
        today = {outlet: outlet._today() for outlet in self.outlet_id}
        overdue = self.filtered(lambda card: card.followup_due and card.followup_due < today[card.outlet_id])
        return self.filtered("notice_id") | overdue

    @api.model
    def _tell_of_deals_kept(self, requests, late, loans, owners):
        """Of deals with cards that were about to be a colleague's, whoever closed them (4.2 to 4.4)."""
        for request in requests:
            own = "_words_of_wanted_deal" if request.requested_by != request.from_id else "_words_of_waiting_deal"
            request.lead_id._tell_of_late_deal(WORDS.get(request.reason, own))
        for card in late:
            card._tell_of_late_deal("_words_of_overdue_deal")
        self._tell_of_lent_deals(loans)
        for card, owner in owners.items():
            if card.ruling_id.closer_id != owner:
                card._tell_of_late_deal(lambda told, owner=owner: told._words_of_taken_deal(owner))

    def _tell_of_late_deal(self, words):
        if self.ruling_id and not self.env.user._manages(self.outlet_id):
            self._tell_managers(words if callable(words) else methodcaller(words))

    @api.model
    def _tell_of_lent_deals(self, loans):
        """Managers, and who is on leave, of deals with cards that were to go back (4)."""
        for loan in loans.filtered(lambda each: each.lead_id.ruling_id.closer_id != each.leave_id.consultant_id):
            readers = self.env["showroom.ledger.entry"]._managers(loan.lead_id.outlet_id) - self.env.user
            readers |= loan.leave_id.consultant_id
            loan.lead_id._tell_people(readers, lambda told, loan=loan: told._words_of_lent_deal(loan))

    def _words_of_lent_deal(self, loan):
        text = self.env._(
            "%(who)s closed the deal of card %(number)s, which was to go back to %(owner)s after the leave. If there is"
            " no such deal, a manager takes it back.",
            who=self.ruling_id.closer_id.name, number=self.card_number, owner=loan.leave_id.consultant_id.name,
        )  # fmt: skip
        return self.env._("A deal on a card that was lent"), text

    def _words_of_wanted_deal(self):
        text = self.env._(
            "%(who)s closed the deal of card %(number)s, for which a colleague had asked. If there is no such deal,"
            " take it back: the request waits again.", who=self.ruling_id.closer_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A deal on a card that a colleague asked for"), text

    def _words_of_waiting_deal(self):
        text = self.env._(
            "%(who)s closed the deal of card %(number)s, of which a transfer to a colleague waited. If there is no such"
            " deal, a manager takes it back.", who=self.ruling_id.closer_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A deal on a card of which a transfer waited"), text

    def _words_of_late_deal(self):
        text = self.env._(
            "%(who)s closed the deal of card %(number)s, which was to go to a colleague because it was not followed up"
            " in time. If there is no such deal, take it back: the request waits again.",
            who=self.ruling_id.closer_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A deal on a card that was lapsing"), text

    def _words_of_overdue_deal(self):
        text = self.env._(
            "%(who)s closed the deal of card %(number)s, which was not followed up in time. If there is no such deal,"
            " take it back: the card is overdue again, with the notice that it had.",
            who=self.ruling_id.closer_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A deal on a card that was overdue"), text

    def _words_of_taken_deal(self, owner):
        text = self.env._(
            "%(who)s closed the deal of card %(number)s, which was %(owner)s's and which nobody had filed. If there is"
            " no such deal, take it back: the card is %(owner)s's again.",
            who=self.ruling_id.closer_id.name, number=self.card_number, owner=owner.name,
        )  # fmt: skip
        return self.env._("A deal on a colleague's card that nobody had filed"), text

    def _words_of_pool_deal(self):
        text = self.env._(
            "%(who)s closed the deal of card %(number)s, which was in the pool for a colleague. If there is no such"
            " deal, take it back: the request waits again.",
            who=self.ruling_id.closer_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A deal on a card of the pool"), text

    def _tell_of_doubts(self, around):
        """:param around: what there is around these cards, as it was before they were won."""
        same = {
            card: {other for other, relation in around.clusters[card.id].items() if relation == SAME} for card in self
        }
        self._tell_of_deals_anew(same, around.there["taken_back"])
        self._tell_of_deals_beside(same)
        if sold := self.browse(around.there["sold"]):  # read together, however many
            for card in self:
                card._tell_of_second_deal(sold.filtered(lambda each, card=card: each.id in same[card]))

    def _tell_of_second_deal(self, others):
        """Of a deal with a customer to whom a car was sold lately, on another card (5)."""
        since = fields.Date.subtract(self.ruling_id.day, days=self.outlet_id.policy_id.reopen_days)
        sold = others.ruling_id.filtered(lambda each: each.day > since)
        if sold and not self.env.user._manages(self.outlet_id):
            self._tell_managers(lambda told: told._words_of_second_deal(sold[0]))

    def _words_of_second_deal(self, other):
        text = self.env._(
            "%(who)s closed a deal on card %(number)s with the customer of card %(other)s, on which %(closer)s closed"
            " one on %(day)s. If it is one deal, take back the one that was not made.",
            who=self.ruling_id.closer_id.name, number=self.card_number, other=other.lead_id.card_number,
            closer=other.closer_id.name, day=other.day,
        )  # fmt: skip
        return self.env._("A second deal with one customer"), text

    @api.model
    def _tell_of_deals_anew(self, same, taken_back):
        """Of deals that somebody else had taken back, and that are closed again, if on another card (5).

        :param same: the ids of the cards of the same customer, by card.
        :param taken_back: the ids of those on which a deal was taken back.
        """
        done = [("ruling_id.lead_id", "in", list(taken_back)), ("state", "=", "cancelled")]
        steps = self.env["showroom.ruling.step"].sudo()
        steps = steps.search([*done, ("user_id", "!=", self.env.uid)]) if taken_back else steps
        again = set(steps.ruling_id.lead_id.ids)
        for card in self:
            if same[card] & again and not self.env.user._manages(card.outlet_id):
                card._tell_managers(lambda told: told._words_of_deal_anew())

    def _tell_of_taking_back(self, ruling):
        """Managers, of a deal that staff made and took back: as long as it stood, nobody else could close, and the card
        was asked for no contact (3, 5). What is in the pool again, they hear already."""
        if ruling and self.user_id and self.env.user._is_limited() and not self.env.user._manages(self.outlet_id):
            self._tell_managers(lambda told: told._words_of_taking_back(ruling))

    def _words_of_taking_back(self, ruling):
        text = self.env._(
            "%(who)s took back the deal of card %(number)s that was made on %(day)s. The card is open again.",
            who=self.env.user.name, number=self.card_number, day=ruling.day,
        )  # fmt: skip
        return self.env._("A deal was taken back"), text

    def _words_of_deal_anew(self):
        text = self.env._(
            "%(who)s closed the deal of card %(number)s. A deal with this customer had been taken back before. If this"
            " one is not to be, take it back and void the line of the register on which it stands.",
            who=self.ruling_id.closer_id.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A deal with a customer whose deal was taken back"), text
