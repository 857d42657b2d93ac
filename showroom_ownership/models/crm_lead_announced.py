from odoo import api, models

GIVEN_AWAY = {"lapsed", "customer_request", "manager"}


class CrmLead(models.Model):
    """An announcement is of who has the customer: it ends with the card, as an order does (5.2, 5.4, 5.6)."""

    _inherit = "crm.lead"

    def _end_filing(self):
        self.sudo()._end_announcements({card: card.user_id for card in self.sudo()}, self.env._("The card was closed."))
        return super()._end_filing()

    def _hand_over(self, former, reason):
        if reason in GIVEN_AWAY:
            makers = {card: owner for card, (owner, _team) in former.items()}
            self.sudo()._end_announcements(makers, self.env._("The card changed hands."))
        return super()._hand_over(former, reason)

    def _end_announcements_of_substitutes(self):
        """What they announced while a customer was lent to them is not theirs when the card goes back (4)."""
        since = {(card.phone_sanitized, card.user_id): card.owner_since for card in self.sudo()}
        lent = self._announced_by(since).filtered(
            lambda each: each.recorded_at >= since[each.phone_key, each.consultant_id]
        )
        if lent:
            lent._end_announced(self.env._("The card went back after the long leave."))

    def _end_announcements(self, makers, comment):
        """:param makers: for each card whose announcements of its customer end."""
        if ended := self._announced_by({(card.phone_sanitized, maker) for card, maker in makers.items()}):
            ended._end_announced(comment)

    @api.model
    def _announced_by(self, whose):
        """:param whose: numbers, each with whom its announcements are looked for of."""
        phones = [phone for phone, maker in whose if phone and maker]
        among = [("phone_key", "in", phones), ("state", "in", ("pending", "approved"))]
        entries = self.env["showroom.preregistration"].sudo()
        found = entries.search(among) if phones else entries
        return found.filtered(lambda each: (each.phone_key, each.consultant_id) in whose)

    def _tell_holder(self, line):
        """The managers hear as well, if the outlet of the line had announced the customer: a deal is theirs by it."""
        result = super()._tell_holder(line)
        card = self.sudo()
        if card.protected_until and line.outlet_id != card.outlet_id and not self.env.user._manages(card.outlet_id):
            in_force = self.env["showroom.preregistration"].sudo()._in_force([card.phone_sanitized])
            if line.outlet_id in in_force.outlet_id:
                self._tell_managers(lambda told: told._words_of_announced(line))
        return result

    def _words_of_announced(self, line):
        text = self.env._(
            "%(who)s received the customer of card %(number)s at %(outlet)s, which had announced the customer, after"
            " %(owner)s at %(place)s. A deal of today may be that outlet's by it: see whether the customer was there.",
            who=line._credited().name, outlet=line.outlet_id.name, number=self.card_number,
            owner=self.user_id.name, place=self.outlet_id.name,
        )  # fmt: skip
        return self.env._("A customer who was announced is received later"), text
