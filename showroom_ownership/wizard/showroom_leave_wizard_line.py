from odoo import fields, models


class ShowroomLeaveWizardLine(models.TransientModel):
    _name = "showroom.leave.wizard.line"
    _description = "Card to Arrange"

    wizard_id = fields.Many2one("showroom.leave.wizard", required=True, ondelete="cascade")
    lead_id = fields.Many2one("crm.lead", "Card", required=True, ondelete="cascade")
    followup_due = fields.Date(related="lead_id.followup_due")
    grade_id = fields.Many2one(related="lead_id.grade_id")
    substitute_id = fields.Many2one("res.users", "Substitute", help="Empty: the card stays with the consultant.")
