from odoo import api, fields, models

from .memory import forget


class ShowroomGrade(models.Model):
    _name = "showroom.grade"
    _description = "Customer Grade"
    _order = "policy_id, sequence, id"
    _rec_names_search = ["code", "name"]

    policy_id = fields.Many2one("showroom.policy", required=True, index=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, help="The short sign on the card, for example H.")
    name = fields.Char("Expected to Buy", required=True, translate=True)
    count = fields.Integer(default=1, help="How many contacts are asked for in every period; 0 asks for none (3).")
    period = fields.Integer("Days", default=7, help="Length of the period in days (3).")

    _code_unique = models.UniqueIndex("(policy_id, code)", "A policy has each grade only once.")
    _check_rhythm = models.Constraint(
        "CHECK (count = 0 OR (count > 0 AND period > 0))",
        "Say in how many days the contacts are asked for: at least one day.",
    )

    def _compute_display_name(self):
        for grade in self:
            grade.display_name = grade.code

    @api.model_create_multi
    def create(self, vals_list):
        grades = super().create(vals_list)
        forget(self.env)
        return grades

    def write(self, vals):
        result = super().write(vals)
        forget(self.env)
        return result

    def unlink(self):
        result = super().unlink()
        forget(self.env)
        return result
