from odoo import models


class CrmLead(models.Model):
    """A deal or an order that is taken back leaves a lapse as it was: nobody gains time by it (4.4)."""

    _inherit = "crm.lead"

    def _take_back_deal(self):
        deals = {card: card.ruling_id for card in self if card.ruling_id}
        result = super()._take_back_deal()
        for card, deal in deals.items():
            card._resume_notice(deal.dealt_at)
            card._resume_requests(deal.dealt_at, deal.closer_id)
        self.sudo()._resume_loans()
        return result

    def _go_back(self, former, since):
        """To whose the card was before the deal; if they have left, or it was nobody's, to the outlet's pool (5).

        :param since: when the card was closed by the deal that is taken back.
        """
        back = former.filtered("active")
        if back != self.user_id:
            departed = not back and (bool(former) or self._left_to_pool())
            self._change_owner(back, "ruling", note=self.env._("The deal was taken back."))
            self._update_card({"owner_departed": departed})
            self._resume_rhythm(since)
            self._tell_of_return()

    def _left_to_pool(self):
        """Whether the card was last nobody's because its owner had left."""
        lines = self.env["showroom.ownership"].sudo()
        last = lines.search([("lead_id", "=", self.id), ("user_id", "=", False)], order="id desc", limit=1)
        return last.reason == "departure"

    def _resume_notice(self, since):
        """The notice that ended with what is undone stands again, and with it the request that it had led to.

        :param since: when what is undone now was done.
        """
        card = self.sudo()
        last = self.env["showroom.notice"].sudo().search([("lead_id", "=", card.id)], limit=1)
        if not last.ended_at or last.ended_at < since or not card._waits_in_vain_since(last):
            return
        lapsed_at = last.lapsed_at
        over = lapsed_at or last.until < card.outlet_id._today()
        last._resume()
        card._schedule_overdue()
        if over and card.outlet_id.policy_id.lapse_transfer == "request":
            self.env["showroom.transfer"].sudo()._lapse_again(card, since)
            last.lapsed_at = lapsed_at or last.lapsed_at

    def _waits_in_vain_since(self, notice):
        """The card is still overdue with whom the notice was for, and nobody was in touch with the customer."""
        late = self.followup_due and self.followup_due < self.outlet_id._today() and not self.pending_transfer_id
        contacted = self.last_contact_at and self.last_contact_at > notice.issued_at
        return late and not contacted and not self.notice_id and self.user_id == notice.user_id
