from odoo import api, fields, models


class ShowroomLeaveWizardLine(models.TransientModel):
    _name = "showroom.leave.wizard.line"
    _description = "Card to Arrange"

    wizard_id = fields.Many2one("showroom.leave.wizard", required=True, ondelete="cascade")
    lead_id = fields.Many2one("crm.lead", "Card", required=True, ondelete="cascade")
    followup_due = fields.Date(related="lead_id.followup_due", related_sudo=False)
    grade_id = fields.Many2one(related="lead_id.grade_id", related_sudo=False)
    substitute_id = fields.Many2one("res.users", "Substitute", help="Empty: the card stays with the consultant.")

    @api.model_create_multi
    def create(self, vals_list):
        self._check_cards(vals_list)
        return super().create(vals_list)

    def write(self, vals):
        self._check_cards([vals])
        return super().write(vals)

    @api.model
    def _check_cards(self, vals_list):
        """Nobody looks at somebody else's card through a line of theirs."""
        cards = [vals["lead_id"] for vals in vals_list if vals.get("lead_id")]
        self.env["crm.lead"].sudo(False).browse(cards).check_access("read")
