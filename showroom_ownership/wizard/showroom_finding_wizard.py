from odoo import fields, models

from ..models import said
from ..models.showroom_spot_check_line import FINDINGS


class ShowroomFindingWizard(models.TransientModel):
    _name = "showroom.finding.wizard"
    _description = "Record a Finding"

    line_id = fields.Many2one(
        "showroom.spot.check.line", "Card", required=True, default=lambda self: self.env.context.get("active_id")
    )
    owner_id = fields.Many2one(related="line_id.owner_id")
    finding = fields.Selection(FINDINGS, required=True, default=lambda self: self._of_line("finding"))
    remark = fields.Char(default=lambda self: self._of_line("remark"))

    def _of_line(self, name):
        """What was recorded before is corrected, not asked for again."""
        return self.env["showroom.spot.check.line"].browse(self.env.context.get("active_id"))[name]

    @said.takes(one=True)
    def action_record(self):
        self.line_id.action_record(self.finding, self.remark)
        return {"type": "ir.actions.act_window_close"}
