from odoo import api, models
from odoo.exceptions import AccessError


class CrmLead(models.Model):
    """A contact goes on the card of whose customer it is; from then on no colleague sees it (2)."""

    _inherit = "crm.lead"

    @api.model
    def _numbers_of_contacts(self, vals_list):
        """The numbers by which contacts are known before Odoo writes those of new cards on them."""
        if self.env.su:
            return {}
        named = self.env["res.partner"]._named_in(*(vals.get("partner_id") for vals in vals_list))
        return {contact: contact.phone_sanitized for contact in named.sudo()}

    def _check_contacts_taken(self, numbers):
        """New cards may have contacts that their owner made, also if they have the number of a colleague's customer.

        :param numbers: of those contacts whose numbers may be others by now.
        """
        for contact, cards in self.filtered("partner_id").grouped("partner_id").items():
            own = contact.sudo().create_uid == self.env.user
            number = numbers.get(contact, contact.sudo().phone_sanitized)
            cards._check_contact_taken(contact, False if own else number)

    def _check_contact_taken(self, contact, number):
        """These cards get a contact that nobody but a manager puts there if it is a colleague's (5).

        :raise AccessError: for the contact of a colleague's customer, and for one that a colleague made.
        """
        if not self:
            return
        elsewhere = self._with_contact(contact.ids) - self
        if others := self._others_with_contact(elsewhere, number):
            self[:1]._asked_about(others[:1])
            raise AccessError(self.env._("This contact is a colleague's customer. Ask a manager to put it here."))
        if elsewhere or contact.sudo().create_uid == self.env.user:
            return
        if contact._is_of_a_colleague():
            raise AccessError(self.env._("A colleague made this contact. Ask a manager to put it here."))
        if taken := self.filtered(lambda card: not card.filing_id or card.phone_sanitized != number)[:1]:
            taken._tell_managers(type(taken)._words_of_taken)

    def _others_with_contact(self, elsewhere, number):
        """A contact makes all its cards one customer's: not at the word of who owns but one of them."""
        known = self._cards_by_phone([number], self.sudo().company_id[:1]).get(number, elsewhere)
        return (elsewhere | known).filtered(lambda card: card.user_id != self.env.user) - self

    def _words_of_taken(self):
        text = self.env._(
            "%(who)s put a contact that somebody else made on card %(number)s. No other consultant sees it now. If it"
            " is no customer's, take it off the card and untick Customer of an Outlet.",
            who=self.env.user.name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A contact became a customer's"), text
