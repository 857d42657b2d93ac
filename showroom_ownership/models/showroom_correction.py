from odoo import fields, models


class ShowroomCorrection(models.Model):
    """What a line said before it was corrected. Kept for ever beside what it says now (2.3)."""

    _name = "showroom.correction"
    _description = "Correction of a Register Line"
    _inherit = ["showroom.kept.mixin"]
    _order = "id"
    _allow_sudo_commands = False

    reception_id = fields.Many2one("showroom.reception", required=True, index=True, ondelete="restrict")
    entry_id = fields.Many2one("showroom.ledger.entry", "Ledger Entry", required=True, index=True, ondelete="restrict")
    at = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", "Corrected By", required=True, ondelete="restrict")
    before = fields.Char(help="The earlier text.")
    after = fields.Char(help="The corrected text.")
