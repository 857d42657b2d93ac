from contextlib import suppress

from odoo import models
from odoo.exceptions import AccessError


class CrmLead(models.Model):
    """To whom one writes about a card: contacts that Odoo finds or makes by an address on the way (2)."""

    _inherit = "crm.lead"

    def _partner_find_from_emails(self, records_emails, filter_found=None, no_create=False, **kwargs):
        """Nobody puts a contact with the customer's address there, to say later where the mail goes.

        What is made for a card is its contact at once: until then, all could read and change it.
        """
        cards = self.filtered("outlet_id")
        if not cards or not self.env.user._is_limited():
            return super()._partner_find_from_emails(
                records_emails, filter_found=filter_found, no_create=no_create, **kwargs
            )
        found = super()._partner_find_from_emails(
            records_emails, filter_found=self._trusting(filter_found), no_create=no_create, **kwargs
        )
        for card in cards if not no_create else ():
            card._take_made(found.get(card.id))
        return found

    def _sort_suggested_messages(self, messages):
        """Odoo suggests to answer the last message, and who wrote it, and to whom copies went: not what somebody wrote
        whose customer it is no more, or was before it was filed."""
        messages = super()._sort_suggested_messages(messages)
        strangers = self._of_strangers(messages.sudo()) if messages else ()
        return messages.filtered(lambda each: each.id not in strangers)

    def _of_strangers(self, messages):
        """The ids of those that staff wrote who do not see the card by now."""
        authors = messages.author_id.filtered(lambda author: not author.partner_share)
        strangers = {
            card: without for without, cards in self._grouped_by_strangers(authors.ids).items() for card in cards
        }
        return {each.id for each in messages if each.author_id.id in strangers.get(each.res_id, ())}

    def _trusting(self, filter_found):
        user = self.env.user

        def trusted(partner):
            if filter_found and not filter_found(partner):
                return False
            partner = partner.sudo()
            writers = (partner.create_uid | partner.write_uid) - user
            return (
                partner.is_outlet_customer
                or not partner.partner_share
                or not any(writer._is_limited() for writer in writers)
            )

        return trusted

    def _take_made(self, partners):
        """Of new contacts, the one with the card's own address; but for one that would join it with others (5)."""
        now, address = self.env.cr.now().replace(microsecond=0), self.email_normalized
        if self.partner_id or not address or not partners:
            return
        new = partners.filtered(lambda each: each.create_date.replace(microsecond=0) == now)
        if made := new.filtered(lambda each: each.email_normalized == address)[:1]:
            with suppress(AccessError), self.env.cr.savepoint():
                self.sudo(False).partner_id = made
