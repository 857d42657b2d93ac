from odoo import api, models
from odoo.exceptions import AccessError

from . import said

KEPT = frozenset(["live_since", "paper_day", "paper_attested_by"])
SETTINGS = frozenset(["outlet_kind", "outlet_code", "tz", "policy_id"])


class CrmTeam(models.Model):
    """When an outlet went live is the system's word; its days and its principles are a director's (2)."""

    _name = "crm.team"
    _inherit = ["crm.team", "showroom.kept.mixin", "showroom.read.mixin"]

    @api.model
    def _is_kept(self, name):
        return name in KEPT

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_said({name for name, value in vals.items() if value})
        return super().create(vals_list)

    def write(self, vals):
        self._check_said(vals.keys())
        return super().write(vals)

    @api.model
    def _check_said(self, names):
        if self.env.su:
            return
        said.refuse(self, KEPT & names, AccessError)
        if SETTINGS & names and not self.env.user.has_group("showroom_ownership.group_director"):
            raise AccessError(self.env._("Only a sales director sets up outlets."))
