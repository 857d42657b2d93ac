from odoo import api, models, tools
from odoo.exceptions import UserError

from ..core.dossier import UTC, local_day, zone


class CrmTeam(models.Model):
    """Outlets have days of their own, and notices as their policy says."""

    _inherit = "crm.team"

    def write(self, vals):
        result = super().write(vals)
        if "policy_id" in vals:
            self.env["crm.lead"].sudo()._remind_again(self.filtered("outlet_kind"))
        return result

    def _check_set_up(self):
        """Say what an old import, or another machine's time zones, may have taken from outlets that are in use."""
        for outlet in self.filtered(lambda each: each.active and each.outlet_kind):
            if not outlet.tz or zone(outlet.tz) is UTC and outlet.tz != "UTC":
                raise UserError(
                    self.env._("Nobody knows the time zone of %s: its days go by UTC. Set it.", outlet.name)
                )
            if not outlet.policy_id:
                raise UserError(self.env._("Choose the principles for %s.", outlet.name))

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
