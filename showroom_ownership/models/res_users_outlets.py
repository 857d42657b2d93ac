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
        """{user id: (outlets of memberships in use, outlets of those that ended)}, kept in memory for rulings.

        Forgotten when teams or memberships change.
        """
        Member = self.env["crm.team.member"].sudo().with_context(active_test=False)
        members = Member.search_fetch([("crm_team_id.outlet_kind", "!=", False)], ["user_id", "crm_team_id", "active"])
        places = defaultdict(lambda: (set(), set()))
        for member in members:
            places[member.user_id.id][0 if member.active else 1].add(member.crm_team_id.id)
        return {user: tuple(tuple(sorted(outlets)) for outlets in pair) for user, pair in places.items()}
