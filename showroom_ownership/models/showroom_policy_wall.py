from odoo import api, models
from odoo.exceptions import UserError


class ShowroomPolicy(models.Model):
    _inherit = "showroom.policy"

    @api.model
    def _print_wall_rules(self):
        """The report on the principles of the user's outlets; without an outlet, on those of all that the user sees.

        :raise UserError: if no outlet has principles yet
        """
        outlets = self.env.user._outlets() or self.env["crm.team"].search([("outlet_kind", "!=", False)])
        policies = self.search([("id", "in", outlets.sudo().policy_id.ids)])
        if not policies:
            raise UserError(self.env._("No outlet is set up yet: a sales director does it under Configuration."))
        return self.env.ref("showroom_ownership.showroom_wall_rules_report").report_action(policies)
