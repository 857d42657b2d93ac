from collections import defaultdict

from odoo import models
from odoo.exceptions import AccessError


class CrmLead(models.Model):
    """Cards that a substitute looks after during a long leave: they go back as they were (4)."""

    _inherit = "crm.lead"

    def _loans(self):
        return self.env["showroom.leave.line"].sudo().search([("lead_id", "in", self.ids), ("state", "=", "lent")])

    def _loans_of_substitutes(self):
        """Only who is owner by a loan is looked for: most deals are asked nothing."""
        lent = self.filtered(lambda card: card.rhythm_start and card.rhythm_start == card.owner_since)
        return lent._loans() if lent else self.env["showroom.leave.line"]

    def _lenders(self):
        """The colleagues on leave to whom these cards go back."""
        return self._loans().leave_id.consultant_id

    def _lenders_by_card(self):
        """The same by the id of each card; one query for any number."""
        lenders = defaultdict(self.env["res.users"].sudo().browse)
        for loan in self._loans():
            lenders[loan.lead_id.id] |= loan.leave_id.consultant_id
        return lenders

    def _tell_lenders_of_leave(self, consultant):
        """Whose customers are lent to somebody who goes on a leave, too: others would look after them (4)."""
        for card_id, lenders in self._lenders_by_card().items():
            card = self.browse(card_id)
            card._tell_people(lenders - self.env.user, lambda told: told._words_of_lent_on(consultant))

    def _words_of_lent_on(self, consultant):
        text = self.env._(
            "%(who)s, to whom the customer of card %(number)s is lent during your leave, is going on a long leave, too."
            " A colleague would look after the customer.", who=consultant.sudo().name, number=self.card_number,
        )  # fmt: skip
        return self.env._("A customer who was lent"), text

    def _whose(self):
        """Whose customer the card is: of who goes on leave, however many substitutes look after it by turns."""
        return self._loans().sorted("id")[:1].leave_id.consultant_id or self.user_id

    def _check_not_lent(self):
        """:raise AccessError: for cards that would not go back as they were."""
        if self and self._loans():
            text = self.env._("A card goes back to a colleague after a long leave. Ask a manager to do it.")
            raise AccessError(text)

    def _check_not_waiting(self):
        """:raise AccessError: for cards that a colleague gets back, or may get: to lose one would end that (4)."""
        self._check_not_lent()
        if self.sudo().pending_transfer_id:
            raise AccessError(self.env._("A request about this card waits for a manager. Ask a manager to close it."))

    def _resume_loans(self):
        """What stayed with the substitute because it was sold, and is not, goes back with the next run."""
        kept = self.env["showroom.leave.line"].search([("lead_id", "in", self.ids), ("state", "=", "kept")])
        kept._on_loan().write({"state": "lent"})

    def _end_requests_of_substitutes(self):
        """What substitutes asked about cards that go back is for the owners to ask, or not."""
        asked = [("lead_id", "in", self.ids), ("state", "=", "pending")]
        asked.append(("requested_by", "in", self._loans().substitute_id.ids))
        over = self.env._("The card went back after the long leave.")
        for model in ("showroom.transfer", "showroom.cancellation"):
            self.env[model].sudo().search(asked)._end(over)
        drafts = [each if each[0] != "state" else ("state", "=", "draft") for each in asked]
        self.env["showroom.settlement"].sudo().search(drafts)._withdraw(over)
