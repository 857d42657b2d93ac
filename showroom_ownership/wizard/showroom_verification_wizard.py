from odoo import fields, models

from ..models import said
from ..models.showroom_cancellation_check import FINDINGS, METHODS


class ShowroomVerificationWizard(models.TransientModel):
    _name = "showroom.verification.wizard"
    _description = "Verify with the Customer"

    cancellation_id = fields.Many2one(
        "showroom.cancellation", "Card", required=True, default=lambda self: self.env.context.get("active_id")
    )
    asked = fields.Char(related="cancellation_id.text", string="Reason Given", related_sudo=False)
    phone = fields.Char(related="cancellation_id.lead_id.phone", related_sudo=False)
    method = fields.Selection(METHODS, "Spoken By", required=True, default="call")
    finding = fields.Selection(FINDINGS, required=True)
    text = fields.Char("What Was Said", required=True)

    @said.takes(one=True)
    def action_verify(self):
        self.cancellation_id.action_verify(self.method, self.finding, self.text)
        return {"type": "ir.actions.act_window_close"}
