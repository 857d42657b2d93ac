from odoo import fields, models


class ShowroomGradeChange(models.Model):
    """The grade a card had from when on, with the rhythm the grade asked for then (3)."""

    _name = "showroom.grade.change"
    _description = "Grade of a Card"
    _inherit = ["showroom.log.mixin"]
    _order = "at, id"
    _allow_sudo_commands = False

    lead_id = fields.Many2one("crm.lead", required=True, index=True, ondelete="restrict")
    grade_id = fields.Many2one("showroom.grade", ondelete="set null")
    code = fields.Char(required=True)
    count = fields.Integer(required=True)
    period = fields.Integer(required=True)
    at = fields.Datetime(required=True)
    is_merged = fields.Boolean(
        readonly=True, help="Of a card that was merged into this one: history, which sets no rhythm."
    )
    by_id = fields.Many2one("res.users", ondelete="restrict")
