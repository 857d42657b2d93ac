from odoo import models
from odoo.exceptions import AccessError, UserError

from .showroom_transfer import CONSULTANT_REASONS


class ShowroomTransfer(models.Model):
    """A colleague's request waits beside the owner's own: nobody keeps an owner from asking by asking first (4)."""

    _inherit = "showroom.transfer"

    def _beside(self):
        """Other requests that wait for the same cards; only people ask beside each other."""
        asked = self.filtered(lambda each: each.reason in CONSULTANT_REASONS)
        if not asked:
            return self.browse()
        return self.search([("lead_id", "in", asked._cards().ids), ("state", "=", "pending")]) - self

    def _others_pending(self):
        """The id of the latest request that still waits for each card."""
        return {request.lead_id: request.id for request in self._beside().sorted("id")}

    def _check_still_received(self):
        """:raise UserError: for what a colleague asked on a reception that is no evidence any more (2, 4)."""
        wishes = self.sudo().filtered(lambda each: each.reason == "customer_request" and each.requested_by)
        for asked in wishes:
            card = asked._cards()
            if not card._may_ask(asked.requested_by):
                text = self.env._(
                    "%(who)s asked for card %(number)s on a reception that does not count any more. Refuse it.",
                    who=asked.requested_by.name, number=card.card_number,
                )  # fmt: skip
                raise UserError(text)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _check_may_ask(self, user):
        """Who owns the card, manages, or has received the customer by a line that is evidence, asks for it (2, 4)."""
        self._check_may_record(user)
        if not all(card._may_ask(user) for card in self.sudo()):
            raise AccessError(
                self.env._("Your line of this customer is no evidence. Ask the owner of the card, or a manager.")
            )

    def _may_ask(self, user):
        if user == self.user_id or user._manages(self.outlet_id):
            return True
        valid = self.reception_ids.filtered("is_evidence")
        return bool(valid.filtered(lambda line: line._credited() == user))  # not who was on duty for the owner

    def _waits_beside(self):
        """Of what waits for the card and what is asked now, one is the owner's, and the other a colleague's."""
        pending, asking = self.pending_transfer_id, self.pending_transfer_id.requested_by | self.env.user
        colleague = asking - self.user_id
        by_both = pending.reason in CONSULTANT_REASONS and len(asking) == 2 and len(colleague) == 1
        return by_both and not colleague._manages(self.outlet_id) and not pending._beside()
