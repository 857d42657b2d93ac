from odoo import api, models, tools

from ..core.dossier import local_day


class CrmTeam(models.Model):
    """Outlets have days of their own, and notices as their policy says."""

    _inherit = "crm.team"

    def write(self, vals):
        result = super().write(vals)
        if "policy_id" in vals:
            self.env["crm.lead"].sudo()._remind_again(self.filtered("outlet_kind"))
        return result

    @api.model
    def _outlet_days(self, now):
        """The local day of a moment at each outlet in use, by its id."""
        return {outlet: local_day(now, zone) for outlet, zone in self._outlet_zones().items()}

    @api.model
    @tools.ormcache()
    def _outlet_zones(self):
        """The time zone of each outlet in use: asked at every run of the scheduled actions, so kept in memory."""
        outlets = self.sudo().search([("outlet_kind", "!=", False)])
        return {outlet.id: outlet.tz for outlet in outlets}
