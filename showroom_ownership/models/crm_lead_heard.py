from odoo import fields, models


class CrmLead(models.Model):
    """Who is spoken of hears at once what a colleague put on record about their card (2, 5.3, 5.8)."""

    _inherit = "crm.lead"

    def _tell_of_correction(self, line):
        """The owner, of a line that was made to speak of their customer, as of a reception (2.3, 5.3)."""
        card = self.sudo().with_context(lang=self.sudo().user_id.lang)
        if not card.user_id or card.user_id == self.env.user:
            return
        text = card.env._(
            "%(who)s corrected line %(line)s at %(outlet)s: it speaks of your customer of card %(number)s now.",
            who=self.env.user.name, line=line.number, outlet=line.outlet_id.name, number=card.card_number,
        )  # fmt: skip
        subject = card.env._("Your customer is here")
        card.message_notify(partner_ids=card.user_id.partner_id.ids, subject=subject, body=text)

    def _tell_of_order(self):
        """The managers, of an order on a card that was due: with it, the card is asked for nothing more (4.5)."""
        user = self.env.user
        if user._manages(self.outlet_id):
            return
        for reader in self.env["showroom.ledger.entry"]._managers(self.outlet_id):
            card = self.sudo().with_context(lang=reader.lang)
            text = card.env._(
                "%(who)s recorded an order on card %(number)s, whose follow-up was due. If there is none, cancel it on"
                " the card.", who=user.name, number=card.card_number,
            )  # fmt: skip
            subject = card.env._("An order on a card that was due")
            card.message_notify(partner_ids=reader.partner_id.ids, subject=subject, body=text)

    def _is_unfiled_deal(self):
        """Won on a card that nobody had filed, not longer ago than a ruling can be reopened (5)."""
        card = self.sudo()
        if card.won_status != "won" or card.filing_id or not card.ruling_id:
            return False
        days = card.outlet_id.policy_id.reopen_days
        return card.outlet_id._today() < fields.Date.add(card.ruling_id.day, days=days)

    def _tell_of_unfiled_deal(self, line):
        """The managers, of who was the first to receive a customer with whom a colleague has closed already (2, 5)."""
        for reader in self.env["showroom.ledger.entry"]._managers(self.sudo().outlet_id) - self.env.user:
            card = self.sudo().with_context(lang=reader.lang)
            text = card.env._(
                "%(who)s was the first to receive the customer of card %(number)s, which %(closer)s had won already."
                " If that deal is in doubt, take it back: the card goes to who received the customer.",
                who=line._credited().name, number=card.card_number, closer=card.ruling_id.closer_id.name,
            )  # fmt: skip
            subject = card.env._("A deal with a customer whom nobody had received")
            card.message_notify(partner_ids=reader.partner_id.ids, subject=subject, body=text)

    def _tell_of_communication(self, said):
        """The colleague, of what somebody says to have discussed with them: on it a ruling may rest (5.8)."""
        card = self.sudo().with_context(lang=said.with_id.lang)
        text = card.env._(
            "%(who)s recorded that they spoke with you about the customer of card %(number)s. If that is wrong, tell a"
            " manager.", who=self.env.user.name, number=card.card_number,
        )  # fmt: skip
        subject = card.env._("A conversation with you was recorded")
        body = " ".join(filter(None, (text, said.note)))
        card.message_notify(partner_ids=said.with_id.partner_id.ids, subject=subject, body=body)
