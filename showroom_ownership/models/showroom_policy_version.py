from odoo import api, fields, models


class ShowroomPolicyVersion(models.Model):
    _name = "showroom.policy.version"
    _description = "Version of the Principles"
    _inherit = ["showroom.kept.mixin"]
    _order = "policy_id, number desc, id"

    policy_id = fields.Many2one("showroom.policy", required=True, ondelete="restrict")
    number = fields.Integer(required=True)
    since = fields.Datetime("In Force Since", required=True)
    parameters = fields.Json(help="The parameters and the order of the principles that rulings of this version used.")
    user_id = fields.Many2one("res.users", "Made By", default=lambda self: self.env.user, ondelete="restrict")

    _number_unique = models.UniqueIndex("(policy_id, number)", "This version exists already.")

    @api.depends("policy_id", "number")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.policy_id.name} v{version.number}"
