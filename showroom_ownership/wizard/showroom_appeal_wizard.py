from odoo import fields, models

from ..models import said


class ShowroomAppealWizard(models.TransientModel):
    _name = "showroom.appeal.wizard"
    _description = "Appeal"

    ruling_id = fields.Many2one(
        "showroom.ruling", required=True, default=lambda self: self.env.context.get("active_id")
    )
    summary = fields.Char(related="ruling_id.summary", related_sudo=False)
    until = fields.Date(related="ruling_id.until", related_sudo=False)
    text = fields.Char("Why", help="What the managers should know; they see all records of the deal anyway.")

    @said.takes(one=True)
    def action_appeal(self):
        self.ruling_id.action_appeal(self.text)
        return {"type": "ir.actions.act_window_close"}
