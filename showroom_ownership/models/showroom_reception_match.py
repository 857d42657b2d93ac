from odoo import api, models

from ..core.dossier import local_day
from . import said

# All that is asked of the card: somebody waits while a number is typed, and a lead has a hundred columns.
STANDING = (
    "user_id outlet_id card_number last_contact_at won_status filing_id filing_at owner_departed ruling_state"
    " pending_transfer_id is_contested"
).split()


class ShowroomReception(models.Model):
    """The match: what a person at the desk may know of a returning customer (2)."""

    _inherit = "showroom.reception"

    @api.model
    @said.takes(phone=said.text, outlet_id=said.record)
    def match(self, phone, outlet_id=False):
        """Whose customer a number is: owner, outlet, card number, last contact, and whether that is in question.

        :param phone: the number as it was said.
        :param outlet_id: the outlet where it was said; its country completes the number.
        :return: a dict, empty if the number cannot be dialled. `state` is ``new``, ``owned``, ``free`` (the card goes
            to whoever receives the customer) or ``conflict``; `reasons` says in codes what is in question. Each answer
            is recorded with who asked.
        """
        outlet = self._asked_at(outlet_id)
        card = self._matched(phone, outlet.id)  # as that outlet knows the customer, whichever was named
        if card is None or not outlet:
            return {}
        answer = {**self._shown(card), **card._standing()} if card else {"state": "new"}
        self.env["showroom.lookup"]._record(outlet, answer["state"], card)
        return answer

    @api.model
    def _asked_at(self, outlet_id):
        """The outlet whose managers learn of a look-up: the one named, if it is the user's, else their first.

        Empty for who works at none: there is no desk to ask at.
        """
        user, named = self.env.user, self.env["crm.team"].sudo().browse(outlet_id or ())
        own = user._outlets()
        if named in own or (user._is_showroom_manager() and named.id in named._outlet_ids()):
            return named
        return own[:1] or (self._desk_outlets()[:1] if user._is_showroom_manager() else own)

    @api.model
    def _matched(self, phone, outlet_id):
        """The customer's senior card, an empty one for a new customer, None for what is no number."""
        self.check_access("create")
        key = self.env["crm.lead"]._showroom_phone(phone and str(phone), outlet_id)
        if not key:
            return None
        company = self.env["crm.team"].sudo().browse(outlet_id or ()).company_id or self.env.company
        return self.env["crm.lead"]._cards_by_phone([key], company).get(key, self.env["crm.lead"].sudo())

    @api.model
    def _shown(self, card):
        card.fetch(STANDING)
        card.user_id.fetch(["partner_id"])
        card.user_id.partner_id.fetch(["name"])
        last = card.last_contact_at and local_day(card.last_contact_at, card.outlet_id.tz)
        shown = {"owner": card.user_id.name, "outlet": card.outlet_id.name, "number": card.card_number}
        return {**shown, "owner_id": card.user_id.id, "last_contact": last and last.isoformat()}
