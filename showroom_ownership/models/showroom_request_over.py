from odoo import models

from .showroom_transfer import CONSULTANT_REASONS


class CrmLead(models.Model):
    """What people had asked about a card is over when it is closed or somebody else's; who asked hears of it (4)."""

    _inherit = "crm.lead"

    def _withdraw_transfers(self, comment):
        pending = self.sudo().pending_transfer_id
        (pending | pending._beside())._end(comment)

    def _end_requests(self):
        """These cards have a new owner: what was asked of the former one waits no more, to be approved of the next."""
        waiting = [("lead_id", "in", self.ids), ("state", "=", "pending")]
        comment = self.env._("The card changed hands.")
        by_people = [*waiting, ("reason", "in", CONSULTANT_REASONS)]
        self.env["showroom.transfer"].sudo().search(by_people)._end(comment)
        self.env["showroom.cancellation"].sudo().search(waiting)._end(comment)

    def _resume_requests(self, since, closer):
        """A deal that is taken back ends no request for a transfer: what it ended waits again, whoever asked.

        :param since: when the deal was made.
        :param closer: by whom; what somebody else withdrew themselves in that second, does not come back.
        """
        card, asked = self.sudo(), [("state", "=", "withdrawn"), ("decided_at", ">=", since)]
        asked += [("lead_id", "=", card.id), *card._asked_of_owner()]
        for ended in self.env["showroom.transfer"].sudo().search(asked, order="id"):
            if ended.decided_by == ended.requested_by != closer:
                continue
            again = {**card._transfer_vals(ended.to_id, ended.reason, ended.text), "from_id": ended.from_id.id}
            ended._file([{**again, "requested_by": ended.requested_by.id}])

    def _asked_of_owner(self):
        """Requests about the card as it is: what colleagues want of its owner, or to whom the pool is to give it."""
        if not self.user_id:
            return [("reason", "in", ("departure", *CONSULTANT_REASONS))]
        return [("reason", "in", CONSULTANT_REASONS), ("from_id", "=", self.user_id.id)]

    def _words_of_over(self):
        text = self.env._(
            "Your request about card %s is over: the card was closed, or is somebody else's. Ask again if it still"
            " stands.", self.card_number,
        )  # fmt: skip
        return self.env._("A request about card %s", self.card_number), text


class ShowroomRequestMixin(models.AbstractModel):
    _inherit = "showroom.request.mixin"

    def _end(self, comment):
        """Withdraw what waits, and tell who asked."""
        waiting = self.filtered(lambda request: request.state in ("draft", "pending"))
        waiting._withdraw(comment)
        for request in waiting:
            asking = request.requested_by.filtered("active") - self.env.user
            request.lead_id._tell_people(asking, lambda card: card._words_of_over())
