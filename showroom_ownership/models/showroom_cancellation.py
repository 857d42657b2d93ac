from odoo import fields, models
from odoo.exceptions import UserError


class ShowroomCancellation(models.Model):
    _name = "showroom.cancellation"
    _description = "Cancellation of a Card"
    _inherit = ["showroom.request.mixin"]

    owner_id = fields.Many2one("res.users", "Owner", readonly=True, ondelete="restrict")

    def _subject(self):
        return self.env._("Withdraw the card of %(name)s: %(text)s", name=self.lead_id.name, text=self.text)

    def _parties(self):
        return self.owner_id

    def _approved(self):
        for card in self.lead_id:
            card.action_set_lost()
            card._update_card({"is_cancelled": True})


class CrmLead(models.Model):
    _inherit = "crm.lead"

    cancellation_ids = fields.One2many("showroom.cancellation", "lead_id", "Cancellations", readonly=True)

    def action_request_cancellation(self, text):
        """Ask for cards to be withdrawn; a manager approves (4)."""
        Cancellation = self.env["showroom.cancellation"]
        self._check_may_record(self.env.user)
        text = Cancellation._check_text(text)
        for card in self.sudo():
            if card.won_status != "pending" or not card.outlet_id:
                raise UserError(self.env._("Only open cards are cancelled."))
            if card.cancellation_ids.filtered(lambda each: each.state == "pending"):
                raise UserError(self.env._("A cancellation of this card is pending already."))
            vals = {"lead_id": card.id, "outlet_id": card.outlet_id.id, "owner_id": card.user_id.id, "text": text}
            Cancellation._request([vals], tiers=int(card.outlet_id.policy_id.approval_tiers))
        return True
