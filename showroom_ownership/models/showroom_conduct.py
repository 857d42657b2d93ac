from odoo import api, fields, models


class ShowroomConduct(models.Model):
    """A merit, or an entry against a consultant, that a ruling makes (5.7, 5.8)."""

    _name = "showroom.conduct"
    _description = "Conduct Entry"
    _order = "id desc"
    _allow_sudo_commands = False

    ruling_id = fields.Many2one("showroom.ruling", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Consultant", required=True, index=True, ondelete="restrict")
    kind = fields.Selection([("merit", "Merit"), ("conduct", "Conduct entry")], required=True)
    day = fields.Date(related="ruling_id.day", store=True)

    @api.model
    def _keep(self, rulings):
        """Keep what the principles note about people."""
        noted = [(ruling, kind, user) for ruling in rulings for kind, user in ruling.outcome["conduct"]]
        self.sudo().create([{"ruling_id": each.id, "user_id": user, "kind": kind} for each, kind, user in noted])
