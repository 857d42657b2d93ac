from odoo import api, fields, models

from .memory import forget


class ShowroomGrade(models.Model):
    _name = "showroom.grade"
    _description = "Customer Grade"
    _order = "policy_id, sequence, id"
    _rec_names_search = ["code", "name"]

    policy_id = fields.Many2one("showroom.policy", required=True, ondelete="cascade")
    sequence = fields.Integer(default=10)
    code = fields.Char(required=True, help="The short sign on the card, for example H.")
    name = fields.Char("Expected to Buy", required=True, translate=True)
    count = fields.Integer(
        default=1, help="How many contacts are asked for in every period, up to 366; 0: none (3)."
    )  # fmt: skip
    period = fields.Integer("Days", default=7, help="Length of the period in days, 1 to 3660 (3).")

    _code_unique = models.UniqueIndex("(policy_id, code)", "A policy has each grade only once.")
    _check_rhythm = models.Constraint(
        "CHECK (count = 0 OR (count BETWEEN 1 AND 366 AND period BETWEEN 1 AND 3660))",
        "Ask for up to 366 contacts in a period of 1 to 3660 days.",
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
