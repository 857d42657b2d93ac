from odoo import models, tools


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        """Archiving a user, by whatever way, is their departure: open cards go to the pool (4)."""
        leaving = self.filtered("active") if vals.get("active") is False else self.browse()
        result = super().write(vals)
        if leaving:
            self.env["crm.lead"].sudo()._release_to_pool(leaving)
            self.env["crm.lead"].sudo()._end_contests(leaving)
        return result

    def _is_showroom_manager(self):
        return self.has_group("showroom_ownership.group_manager")

    def _is_consultant(self):
        """The user's role is consultant: who manages can sell, but is not given cards by rule."""
        return self.has_group("showroom_ownership.group_consultant") and not self._is_showroom_manager()

    def _outlets(self):
        """The outlets a user belongs to, as member or leader, in the order of their membership."""
        ids = [outlet for user in self for outlet in user._outlet_ids_of()]
        return self.env["crm.team"].sudo().browse(dict.fromkeys(ids))

    @tools.ormcache("self.id")
    def _outlet_ids_of(self):
        """Asked at every line of the register, so kept in memory; cleared when teams or memberships change."""
        members = self.env["crm.team.member"].sudo().search([("user_id", "=", self.id)])
        led = self.env["crm.team"].sudo().search([("user_id", "=", self.id), ("outlet_kind", "!=", False)])
        return tuple((members.crm_team_id.filtered("outlet_kind") | led).ids)
