from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """Archiving a user, by whatever way, is their departure: open cards go to the pool (4)."""
        leaving = self.filtered("active") if vals.get("active") is False else self.browse()
        result = super().write(vals)
        if leaving:
            self.env["crm.lead"].sudo()._release_to_pool(leaving)
        return result

    def _is_showroom_manager(self):
        return self.has_group("showroom_ownership.group_manager")

    def _is_consultant(self):
        """The user's role is consultant: who manages can sell, but is not given cards by rule."""
        return self.has_group("showroom_ownership.group_consultant") and not self._is_showroom_manager()

    def _outlets(self):
        """The outlets a user belongs to, as member or leader, in the order of their membership."""
        Team = self.env["crm.team"].sudo()
        members = self.env["crm.team.member"].sudo().search([("user_id", "in", self.ids)])
        led = Team.search([("user_id", "in", self.ids), ("outlet_kind", "!=", False)])
        return members.crm_team_id.filtered("outlet_kind") | led
