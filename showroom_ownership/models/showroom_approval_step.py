from odoo import fields, models


class ShowroomApprovalStep(models.Model):
    """Who approved, refused or withdrew what, when, and with which words (4)."""

    _name = "showroom.approval.step"
    _description = "Decision on a Request"
    _order = "id"
    _allow_sudo_commands = False

    approval_id = fields.Many2one("showroom.approval", required=True, index=True, ondelete="restrict")
    tier = fields.Integer()
    user_id = fields.Many2one("res.users", "By", required=True, ondelete="restrict")
    verdict = fields.Selection(
        [("approved", "Approved"), ("refused", "Refused"), ("withdrawn", "Withdrawn"), ("signed", "Signed")],
        required=True,
    )
    comment = fields.Char()
    at = fields.Datetime(required=True)
