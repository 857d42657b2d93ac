from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models import said


class ShowroomPolicyStartWizard(models.TransientModel):
    """Principles of one's own, begun from a preset: its order, its numbers and its grades, free to change."""

    _name = "showroom.policy.start.wizard"
    _description = "Start from a Preset"

    preset_id = fields.Many2one(
        "showroom.policy", "Start From", required=True, default=lambda self: self._default_preset_id(),
        help="Its order of principles, its parameters and its grades are copied; the preset stays as it is.",
    )  # fmt: skip
    name = fields.Char(required=True, help="What the principles are called in your house.")
    principle_ids = fields.One2many(related="preset_id.principle_ids")

    @api.model
    def _default_preset_id(self):
        return self.env["showroom.policy"].search([("preset", "!=", False)], limit=1)

    @said.takes(one=True)
    def action_start(self):
        """Make a policy of the preset's parameters and open it. Directors only, as for any policy.

        :raise UserError: if there are principles of this name already.
        """
        Policy = self.env["showroom.policy"]
        Policy.check_access("create")
        if Policy.search_count([("name", "=", self.name)], limit=1):
            raise UserError(self.env._("There are principles called %s already. Choose another name.", self.name))
        policy = self.preset_id.copy({"name": self.name})
        code = self.preset_id.default_grade_id.code
        policy.default_grade_id = policy.grade_ids.filtered(lambda grade: grade.code == code)[:1]
        views = {"view_mode": "form", "views": [(False, "form")]}
        return {"type": "ir.actions.act_window", "res_model": "showroom.policy", "res_id": policy.id, **views}
