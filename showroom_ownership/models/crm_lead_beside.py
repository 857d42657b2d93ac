from odoo import api, models


class CrmLead(models.Model):
    """A card that is about to be a colleague's is lost, or the deal made on a second one of the customer (4, 5)."""

    _inherit = "crm.lead"

    @api.model
    def _tell_of_deals_beside(self, same):
        """Managers, and who is on leave, hear of it as of a deal on the first card, which goes where it was to go.

        :param same: the ids of the cards of the same customer, by card that was won.
        """
        others = self.browse(set().union(*same.values()) - {card.id for card in same})
        others = others.filtered(lambda each: each.won_status == "pending" and each.outlet_id)
        self._tell_of_deals_beside_earlier(others.filtered(lambda each: not each.filing_id), same)
        leaving = others._leaving()
        lenders = leaving._lenders_by_card() if leaving else {}
        for card, ids in same.items() if leaving else ():
            for other in leaving.filtered(lambda each, ids=ids: each.id in ids)[:1]:
                card._tell_managers(lambda told, other=other: told._words_beside(other))
                card._tell_people(lenders[other.id], lambda told, other=other: told._words_beside(other))

    @api.model
    def _tell_of_deals_beside_earlier(self, others, same):
        """Managers, and who opened an earlier card of the customer that nobody filed: it has no part in the ruling."""
        for card in same if others else ():
            mine = others.filtered(lambda each, card=card: each.id in same[card] and each._is_opened_before(card))
            for other in mine if not card.filing_id else ():
                card._tell_managers(lambda told, other=other: told._words_beside_earlier(other))
                readers = other.user_id - self.env.user
                other._tell_people(readers, lambda told, card=card: card.with_env(told.env)._words_beside_earlier(told))

    def _words_beside_earlier(self, other):
        text = self.env._(
            "%(who)s closed the deal of card %(number)s with the customer of card %(other)s, which %(owner)s had opened"
            " before. If there is no such deal, a manager takes it back.", who=self.ruling_id.closer_id.name,
            number=self.card_number, other=other.card_number, owner=other.user_id.name,
        )  # fmt: skip
        return self.env._("A deal beside an earlier card"), text

    def _leaving(self):
        """Those that wait in the pool, after a notice, for a manager's yes, or for who is on leave."""
        requests, late, loans, _owners = self._about_to_leave()
        return requests.lead_id | late | loans.lead_id | self.filtered("owner_departed")

    def _words_beside(self, other):
        text = self.env._(
            "%(who)s closed the deal of card %(number)s with the customer of card %(other)s, which is to be a"
            " colleague's. If there is no such deal, a manager takes it back.",
            who=self.ruling_id.closer_id.name, number=self.card_number, other=other.card_number,
        )  # fmt: skip
        return self.env._("A deal beside a card that is to be a colleague's"), text

    def _end_filing(self):
        noticed = self.sudo().filtered("notice_id")
        result = super()._end_filing()
        for card in noticed.filtered(lambda each: not self.env.user._manages(each.outlet_id)):
            card._tell_managers(lambda told: told._words_of_loss())
        return result

    def _words_of_loss(self):
        text = self.env._(
            "%(who)s marked card %(number)s lost after the notice that it was not followed up in time. Whoever receives"
            " the customer next has the card.", who=self.env.user.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A card that was overdue is lost"), text

    def _is_opened_before(self, card):
        """Whether this is a colleague's open card, and an earlier one."""
        return self.won_status == "pending" and bool(self.user_id - card.user_id) and self.id < card.id
