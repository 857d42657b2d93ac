from odoo import models

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

    def _end_announcements(self, makers, comment):
        """:param makers: for each card whose announcements of its customer end."""
        whose = {(card.phone_sanitized, maker) for card, maker in makers.items() if card.phone_sanitized and maker}
        among = [("phone_key", "in", [phone for phone, _maker in whose]), ("state", "in", ("pending", "approved"))]
        entries = self.env["showroom.preregistration"].sudo().search(among) if whose else ()
        if ended := entries and entries.filtered(lambda each: (each.phone_key, each.consultant_id) in whose):
            ended.approval_id._log("withdrawn", comment)
            ended.approval_id._decide("withdrawn")
            ended._withdrawn()
