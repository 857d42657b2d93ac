from odoo import fields, models

from ..models import said


class ShowroomVoidWizard(models.TransientModel):
    _name = "showroom.void.wizard"
    _description = "Void Receptions"

    reception_ids = fields.Many2many(
        "showroom.reception", string="Lines", default=lambda self: self.env.context.get("active_ids")
    )
    reason = fields.Char(required=True)

    @said.takes(one=True)
    def action_void(self):
        self.reception_ids.action_void(self.reason)
        return {"type": "ir.actions.act_window_close"}
