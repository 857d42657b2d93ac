from collections import defaultdict

from odoo import api, models, tools


class ResUsers(models.Model):
    """Where many users work, asked at once: batches of transfers have as many new owners as there are consultants."""

    _inherit = "res.users"

    def _outlets_by_user(self):
        """The outlets of each user, as member or leader, in the order of their membership; two queries."""
        Member, Team = self.env["crm.team.member"].sudo(), self.env["crm.team"].sudo()
        members = Member.search([("user_id", "in", self.ids)]).grouped("user_id")
        led = Team.search([("user_id", "in", self.ids), ("outlet_kind", "!=", False)]).grouped("user_id")
        places = {user: members.get(user, Member).crm_team_id.filtered("outlet_kind") for user in self}
        return {user: outlets | led.get(user, Team) for user, outlets in places.items()}

    def _outlet_members(self):
        """Those who are in use, work at an outlet and are not suspended."""
        members = self.env["crm.team.member"].sudo().search([("user_id", "in", self.ids)])
        suspended = members.filtered("is_suspended").user_id
        working = members.filtered(lambda member: member.crm_team_id.outlet_kind).user_id
        return self & working.filtered("active") - suspended

    @api.model
    @tools.ormcache()
    def _workplaces(self):
        """{user id: (outlets of memberships in use, outlets of those that ended, outlets led)}, kept in memory.

        Each in the order of membership. Forgotten when teams or memberships change.
        """
        everybody = self.env["crm.team.member"].sudo().with_context(active_test=False)
        members = everybody.search_fetch(
            [("crm_team_id.outlet_kind", "!=", False)], ["user_id", "crm_team_id", "active"]
        )
        led = self.env["crm.team"].sudo().with_context(active_test=True)
        led = led.search([("user_id", "!=", False), ("outlet_kind", "!=", False)])
        places = defaultdict(lambda: ({}, {}, {}))
        for member in members:
            places[member.user_id.id][0 if member.active else 1][member.crm_team_id.id] = True
        for team in led:
            places[team.user_id.id][2][team.id] = True
        return {user: tuple(map(tuple, kinds)) for user, kinds in places.items()}
