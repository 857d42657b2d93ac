from odoo import fields, models

from ..models import said


class ShowroomReopenWizard(models.TransientModel):
    _name = "showroom.reopen.wizard"
    _description = "Reopen a Final Ruling"

    ruling_id = fields.Many2one(
        "showroom.ruling", required=True, default=lambda self: self.env.context.get("active_id")
    )
    reason = fields.Char(required=True)

    @said.takes(one=True)
    def action_reopen(self):
        self.ruling_id.action_reopen(self.reason)
        return {"type": "ir.actions.act_window_close"}
