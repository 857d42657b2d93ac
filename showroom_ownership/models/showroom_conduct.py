from odoo import api, fields, models

REASONS = [
    ("ruling", "Ruling"),
    ("card_late", "Card not completed in time"),
    ("no_card", "Reception without a card"),
    ("false_record", "False record found by a spot check"),
]


class ShowroomConduct(models.Model):
    """A merit, an entry against a consultant, or a lapse of duty (2.2, 5.7, 5.8, 6). Made by the system alone."""

    _name = "showroom.conduct"
    _description = "Conduct Entry"
    _inherit = ["showroom.kept.mixin"]
    _order = "id desc"
    _allow_sudo_commands = False

    ruling_id = fields.Many2one("showroom.ruling", readonly=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Consultant", required=True, readonly=True, index=True, ondelete="restrict")
    kind = fields.Selection(
        [("merit", "Merit"), ("conduct", "Conduct entry"), ("lapse", "Lapse of duty")], required=True, readonly=True
    )
    reason = fields.Selection(REASONS, required=True, readonly=True, default="ruling")
    day = fields.Date(required=True, readonly=True, help="The local day of the deal, or the day that was missed.")
    outlet_id = fields.Many2one("crm.team", "Outlet", readonly=True, index=True, ondelete="restrict")
    lead_id = fields.Many2one("crm.lead", "Card", readonly=True, index="btree_not_null", ondelete="set null")
    reception_id = fields.Many2one(
        "showroom.reception", "Reception", readonly=True, index="btree_not_null", ondelete="restrict"
    )

    @api.model
    def _keep(self, rulings):
        """Keep what the principles note about people."""
        noted = [(ruling, kind, user) for ruling in rulings for kind, user in ruling.outcome["conduct"]]
        self.sudo().create([{**self._of_ruling(each), "user_id": user, "kind": kind} for each, kind, user in noted])

    @api.model
    def _of_ruling(self, ruling):
        where = {"outlet_id": ruling.outlet_id.id, "lead_id": ruling.lead_id.id}
        return {"ruling_id": ruling.id, "reason": "ruling", "day": ruling.day, **where}
