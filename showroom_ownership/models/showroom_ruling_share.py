from odoo import fields, models


class ShowroomRulingShare(models.Model):
    _name = "showroom.ruling.share"
    _description = "Share of a Deal"
    _inherit = ["showroom.kept.mixin"]
    _order = "percent desc, id"

    ruling_id = fields.Many2one("showroom.ruling", required=True, index=True, ondelete="cascade")
    user_id = fields.Many2one("res.users", "Consultant", required=True, index=True, ondelete="restrict")
    percent = fields.Float(digits=(5, 2), required=True, help="Shares of a ruling sum to 100.")

    _check_percent = models.Constraint("CHECK (percent > 0 AND percent <= 100)", "A share is above 0 and at most 100.")
