from odoo import api, fields, models

from .memory import forget


class Joining(tuple):
    """Ids of users who join an outlet: a client's context is JSON, and never holds one of these."""


class CrmTeamMember(models.Model):
    _inherit = "crm.team.member"

    is_suspended = fields.Boolean("Suspended", help="Is not given cards while suspended (4.3).")

    @api.model_create_multi
    def create(self, vals_list):
        joining = Joining(vals.get("user_id") for vals in vals_list)
        members = super(CrmTeamMember, self.with_context(showroom_joining=joining)).create(vals_list)
        forget(self.env)
        return members.with_env(self.env)

    def write(self, vals):
        leaving = self.filtered("active") if vals.get("active") is False else self.browse()
        moving = self.filtered(lambda m: m.crm_team_id.id != vals.get("crm_team_id", m.crm_team_id.id))
        pairs = [(member.user_id, member.crm_team_id) for member in leaving | moving]
        joining = Joining(self.user_id.ids) if vals.get("active") else self._joining()
        result = super(CrmTeamMember, self.with_context(showroom_joining=joining)).write(vals)
        forget(self.env)
        self._depart(pairs)
        return result

    def unlink(self):
        pairs = [(member.user_id, member.crm_team_id) for member in self.filtered("active")]
        result = super().unlink()
        forget(self.env)
        self._depart(pairs)
        return result

    @api.model
    def _depart(self, pairs):
        """Who leaves an outlet leaves their open cards there to its pool; who leaves the last one, all claims (4)."""
        pairs = [(user.sudo(), outlet) for user, outlet in pairs if outlet.exists() and outlet.outlet_kind]
        for user, outlet in pairs:
            self.env["crm.lead"].sudo()._release_to_pool(user, outlet)
            self.env["showroom.transfer"].sudo()._propose_others(user, outlet)
        users = self.env["res.users"].sudo().union(*(user for user, _outlet in pairs))
        # Who joins another outlet is still here: Odoo archives the old membership first.
        joining = self._joining()
        gone = users.filtered(lambda user: user.id not in joining and not user._is_here())
        self.env["crm.lead"].sudo()._end_contests(gone)

    @api.model
    def _joining(self):
        joining = self.env.context.get("showroom_joining")
        return joining if isinstance(joining, Joining) else ()

    def _get_assignment_quota(self, force_quota=False):
        """Odoo's own assignment of leads gives none to who is suspended or absent either."""
        outlet = self.crm_team_id
        away = outlet.outlet_kind and (self.is_suspended or self.user_id._absent(outlet, outlet._today()))
        return 0 if away else super()._get_assignment_quota(force_quota=force_quota)
