from odoo import models


class ShowroomPolicy(models.Model):
    """When lapses are pointed out automatically from now on, those that wait for a manager are pointed out too."""

    _inherit = "showroom.policy"

    def write(self, vals):
        result = super().write(vals)
        if "notice_mode" in vals:
            outlets = self.env["crm.team"].sudo().search([("policy_id", "in", self.ids), ("outlet_kind", "!=", False)])
            self.env["crm.lead"].sudo()._remind_again(outlets)
        return result
