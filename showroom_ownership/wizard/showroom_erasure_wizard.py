from odoo import fields, models

from ..models import said


class ShowroomErasureWizard(models.TransientModel):
    _name = "showroom.erasure.wizard"
    _description = "Erase Customers"

    lead_ids = fields.Many2many("crm.lead", string="Cards", default=lambda self: self.env.context.get("active_ids"))
    reason = fields.Char(required=True)

    @said.takes(one=True)
    def action_erase(self):
        self.lead_ids.action_erase_customer(self.reason)
        return {"type": "ir.actions.act_window_close"}
