from odoo import fields, models

from .showroom_role import ROLES

VERDICTS = [
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
    ("signed", "Signed"),
    ("escalated", "Escalated"),
    ("changed", "Proposal Changed"),
]


class ShowroomApprovalStep(models.Model):
    """Who approved, refused or withdrew what, in whose place, when, with which words; to whom it went on (4)."""

    _name = "showroom.approval.step"
    _description = "Decision on a Request"
    _inherit = ["showroom.log.mixin"]
    _order = "id"
    _allow_sudo_commands = False

    approval_id = fields.Many2one("showroom.approval", required=True, index=True, ondelete="restrict")
    tier = fields.Integer("For Approval No.", help="Which of the approvals needed this was about.")
    user_id = fields.Many2one("res.users", "By", required=True, index=True, ondelete="restrict")
    for_id = fields.Many2one(
        "res.users", "In Place Of", index="btree_not_null", ondelete="restrict",
        help="The absent colleague in whose name it was decided (4).",
    )  # fmt: skip
    verdict = fields.Selection(VERDICTS, required=True)
    escalated_to = fields.Selection(ROLES, help="The role that may decide as well, because nobody had in time (4).")
    comment = fields.Char()
    at = fields.Datetime(required=True)
