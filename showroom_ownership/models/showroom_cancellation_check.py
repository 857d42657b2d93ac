from odoo import fields, models

METHODS = [("call", "Call"), ("visit", "Visit")]
FINDINGS = [
    ("confirmed", "The customer confirms"),
    ("interested", "The customer is still interested"),
    ("not_reached", "The customer was not reached"),
]


class ShowroomCancellationCheck(models.Model):
    """A manager spoke with the customer about a cancellation: who, how, and what was found (4). Never changed."""

    _name = "showroom.cancellation.check"
    _description = "Verification with the Customer"
    _inherit = ["showroom.kept.mixin"]
    _order = "at, id"
    _allow_sudo_commands = False

    cancellation_id = fields.Many2one(
        "showroom.cancellation", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one("res.users", "By", required=True, readonly=True, ondelete="restrict")
    at = fields.Datetime(required=True, readonly=True)
    method = fields.Selection(METHODS, required=True, readonly=True)
    finding = fields.Selection(FINDINGS, required=True, readonly=True)
    text = fields.Char("What Was Said", required=True, readonly=True)
