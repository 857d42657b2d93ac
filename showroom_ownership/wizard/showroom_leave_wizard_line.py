from odoo import api, fields, models


class ShowroomLeaveWizardLine(models.TransientModel):
    _name = "showroom.leave.wizard.line"
    _description = "Card to Arrange"

    wizard_id = fields.Many2one("showroom.leave.wizard", required=True, ondelete="cascade")
    lead_id = fields.Many2one("crm.lead", "Card", required=True, ondelete="cascade")
    followup_due = fields.Date(related="lead_id.followup_due", related_sudo=False)
    grade_id = fields.Many2one(related="lead_id.grade_id", related_sudo=False)
    substitute_id = fields.Many2one("res.users", "Substitute", help="Empty: the card stays with the consultant.")

    @api.constrains("lead_id")
    def _check_card(self):
        """Nobody looks at somebody else's card through a line of theirs."""
        self.lead_id.sudo(False).check_access("read")
