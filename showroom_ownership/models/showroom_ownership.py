from odoo import api, fields, models

from . import clock

HISTORY_REASONS = [
    ("created", "Card opened"),
    ("filing", "Filed"),
    ("adopted", "Adopted at go-live"),
    ("assignment", "Assigned"),
    ("merge", "Cards merged"),
    ("lapsed", "Not followed up in time"),
    ("departure", "Consultant left"),
    ("customer_request", "Customer's request"),
    ("settlement", "Settlement"),
    ("ruling", "Ruling"),
    ("manager", "Manager's reassignment"),
    ("long_leave", "Long leave"),
]


class ShowroomOwnership(models.Model):
    """Who owned a card from when on, and why. Appended by the one door, never changed."""

    _name = "showroom.ownership"
    _description = "Ownership History"
    _order = "at, id"
    _allow_sudo_commands = False

    lead_id = fields.Many2one("crm.lead", "Card", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Owner", index=True, ondelete="restrict", help="Empty: the outlet's pool.")
    outlet_id = fields.Many2one("crm.team", ondelete="restrict")
    reason = fields.Selection(HISTORY_REASONS, required=True)
    at = fields.Datetime("Since", required=True)
    by_id = fields.Many2one("res.users", "Recorded By", ondelete="restrict", default=lambda self: self.env.user)
    note = fields.Char()

    @api.model
    def _keep(self, cards, owner, reason, note=False):
        at = clock.now(self.env)
        line = {"user_id": owner.id, "reason": reason, "at": at, "note": note, "by_id": self.env.uid}
        self.create([{**line, "lead_id": card.id, "outlet_id": card.outlet_id.id} for card in cards])

    @api.model
    def _last_card_by_owner(self, users):
        """The moment each user last got a card; who never got one has waited longest."""
        rows = self._read_group([("user_id", "in", users.ids)], ["user_id"], ["at:max"])
        last = {user.id: at for user, at in rows}
        beginning = fields.Datetime.to_datetime("1970-01-01 00:00:00")
        return {user.id: last.get(user.id, beginning) for user in users}
