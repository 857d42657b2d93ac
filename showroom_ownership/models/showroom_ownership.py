from odoo import api, fields, models
from odoo.tools import SQL

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
    _inherit = ["showroom.log.mixin"]
    _order = "at, id"
    _allow_sudo_commands = False

    lead_id = fields.Many2one("crm.lead", "Card", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", "Owner", ondelete="restrict", help="Empty: the outlet's pool.")
    outlet_id = fields.Many2one("crm.team", ondelete="restrict")
    reason = fields.Selection(HISTORY_REASONS, required=True)
    at = fields.Datetime("Since", required=True)
    by_id = fields.Many2one("res.users", "Recorded By", ondelete="restrict", default=lambda self: self.env.user)
    note = fields.Char()

    _last_idx = models.Index("(user_id, at DESC)")

    @api.model
    def _keep(self, owners, reason, note=False):
        """Append a line for each card.

        :param owners: dict of the new owner by card; an empty recordset is the outlet's pool.
        """
        line = {"reason": reason, "at": clock.now(self.env), "note": note, "by_id": self.env.uid}
        self._append_lines(
            [
                {**line, "lead_id": card.id, "outlet_id": card.outlet_id.id, "user_id": owner.id}
                for card, owner in owners.items()
            ]
        )

    @api.model
    def _last_card_by_owner(self, users):
        """The moment each user last got a card; who never got one has waited longest."""
        self.flush_model(["user_id", "at"])
        query = """SELECT u.id, (SELECT max(at) FROM showroom_ownership o WHERE o.user_id = u.id)
                   FROM unnest(%s::int[]) AS u (id)"""
        beginning = fields.Datetime.to_datetime("1970-01-01 00:00:00")
        return {user: at or beginning for user, at in self.env.execute_query(SQL(query, users.ids))}
