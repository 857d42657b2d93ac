from odoo import api, fields, models


class CrmTeamMember(models.Model):
    _inherit = "crm.team.member"

    is_suspended = fields.Boolean("Suspended", help="Is not given cards while suspended (4.3).")

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        self.env.registry.clear_cache()
        leaving = self.filtered("active") if vals.get("active") is False else self.browse()
        moving = (
            self.filtered(lambda m: m.crm_team_id.id != vals["crm_team_id"]) if "crm_team_id" in vals else self.browse()
        )
        pairs = [(member.user_id, member.crm_team_id) for member in leaving | moving]
        result = super().write(vals)
        self._depart(pairs)
        return result

    def unlink(self):
        self.env.registry.clear_cache()
        pairs = [(member.user_id, member.crm_team_id) for member in self.filtered("active")]
        result = super().unlink()
        self._depart(pairs)
        return result

    @api.model
    def _depart(self, pairs):
        """Who leaves an outlet leaves their open cards there to its pool (4, departure)."""
        for user, outlet in pairs:
            if outlet.exists() and outlet.outlet_kind:
                self.env["crm.lead"].sudo()._release_to_pool(user, outlet)
