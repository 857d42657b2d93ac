from odoo import fields, models
from odoo.exceptions import UserError


class ShowroomSettlementWizardLine(models.TransientModel):
    _name = "showroom.settlement.wizard.line"
    _description = "Share to Propose"

    wizard_id = fields.Many2one("showroom.settlement.wizard", ondelete="cascade")
    decision_id = fields.Many2one("showroom.decision.wizard", ondelete="cascade")
    user_id = fields.Many2one("res.users", "Consultant", required=True)
    percent = fields.Float(digits=(5, 2), required=True)

    def _shares(self):
        """Percent by user id, as the models take shares."""
        if len(self.user_id) != len(self):
            raise UserError(self.env._("Name each person only once."))
        return {line.user_id.id: line.percent for line in self}
