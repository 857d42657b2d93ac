from odoo import fields, models
from odoo.tools import SQL

from . import said


class ShowroomLookupDay(models.Model):
    """How many numbers a person looked up on a day, and how many customers they registered: who fishes, stands out."""

    _name = "showroom.lookup.day"
    _description = "Look-ups by Person and Day"
    _auto = False
    _order = "day desc, lookups desc, id desc"
    _rec_name = "user_id"
    _depends = {
        "showroom.lookup": ["user_id", "outlet_id", "day", "outcome", "lead_id"],
        "showroom.reception": [
            "recorded_by", "page_id", "is_void", "lead_id", "channel", "consultant_id", "told_holder_id",
        ],
        "crm.lead": ["filing_id"],
        "showroom.register.page": ["outlet_id", "day"],
        "showroom.policy": ["lookup_limit"],
        "crm.team": ["policy_id"],
    }  # fmt: skip

    user_id = fields.Many2one("res.users", "Asked By", readonly=True)
    outlet_id = fields.Many2one("crm.team", "Outlet", readonly=True)
    day = fields.Date(readonly=True, help="The local day of the outlet.")
    lookups = fields.Integer("Look-ups", readonly=True, help="Numbers they looked up; each new number counts.")
    known = fields.Integer("Cards Shown", readonly=True, help="Different cards that the answers named.")
    receptions = fields.Integer("Registered", readonly=True, help="Customers whose reception they registered.")
    is_unusual = fields.Boolean(
        "Unusual", readonly=True,
        help="At least as many look-ups as the principles of the outlet call unusual, and fewer than half as many "
        "customers registered.",
    )  # fmt: skip

    @property
    def _table_query(self):
        """The receptions of each day are counted by its page, so that old ones cost nothing; not those of customers who
        were one's own already, of whom no look-up counts either."""
        return SQL(
            """SELECT asked.id, asked.user_id, asked.outlet_id, asked.day, asked.lookups, asked.known,
                      registered.number AS receptions,
                      policy.lookup_limit > 0 AND asked.lookups >= policy.lookup_limit
                          AND registered.number * 2 < asked.lookups AS is_unusual
                 FROM (SELECT MIN(id) AS id, user_id, outlet_id, day, COUNT(*) AS lookups,
                              COUNT(DISTINCT lead_id) AS known
                         FROM showroom_lookup GROUP BY user_id, outlet_id, day) asked
                 JOIN crm_team outlet ON outlet.id = asked.outlet_id
                 LEFT JOIN showroom_policy policy ON policy.id = outlet.policy_id
                 CROSS JOIN LATERAL (
                      SELECT COUNT(DISTINCT line.lead_id) AS number FROM showroom_register_page page
                        JOIN showroom_reception line ON line.page_id = page.id
                       WHERE page.outlet_id = asked.outlet_id AND page.day = asked.day
                         AND line.recorded_by = asked.user_id AND line.is_void IS NOT TRUE
                         AND line.channel <> 'outreach'
                         AND (line.consultant_id IS DISTINCT FROM line.recorded_by
                              OR line.told_holder_id <> line.recorded_by
                              OR EXISTS (SELECT FROM crm_lead filed WHERE filed.filing_id = line.id))) registered"""
        )

    @said.takes(one=True)
    def action_open_lookups(self):
        """What the person asked on that day."""
        action = self.env["ir.actions.act_window"]._for_xml_id("showroom_ownership.showroom_lookup_action")
        domain = [("user_id", "=", self.user_id.id), ("outlet_id", "=", self.outlet_id.id), ("day", "=", self.day)]
        return {**action, "domain": domain, "context": {}}
