from odoo import fields, models

from .showroom_policy_principle import OUTCOMES
from .showroom_ruling import STATES


class ShowroomRulingStep(models.Model):
    """What became of a ruling, step by step: nothing is overwritten without a trace (5)."""

    _name = "showroom.ruling.step"
    _description = "Step of a Ruling"
    _inherit = ["showroom.kept.mixin"]
    _order = "id"
    _allow_sudo_commands = False

    ruling_id = fields.Many2one("showroom.ruling", required=True, index=True, ondelete="restrict")
    at = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", "By", required=True, ondelete="restrict")
    from_state = fields.Selection(STATES, string="From")
    from_ground = fields.Selection(OUTCOMES, "On the Ground")
    state = fields.Selection(STATES, string="To", required=True)
    ground = fields.Selection(OUTCOMES, "New Ground", required=True)
    shares = fields.Json(help="The shares before.")
    note = fields.Char()
