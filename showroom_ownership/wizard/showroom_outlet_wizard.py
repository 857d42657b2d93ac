from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models import said
from ..models.crm_team import OUTLET_KINDS


class ShowroomOutletWizard(models.TransientModel):
    """Make a sales team an outlet; the leads it already has are adopted as cards (2)."""

    _name = "showroom.outlet.wizard"
    _description = "Set Up an Outlet"

    team_id = fields.Many2one("crm.team", "Sales Team", required=True, domain="[('outlet_kind', '=', False)]")
    outlet_kind = fields.Selection(OUTLET_KINDS, "Kind", required=True, default="showroom")
    outlet_code = fields.Char("Code", required=True, compute="_compute_outlet", store=True, readonly=False)
    tz = fields.Selection(
        lambda self: self.env["crm.team"]._fields["tz"]._description_selection(self.env),
        "Time Zone", required=True, compute="_compute_outlet", store=True, readonly=False,
    )  # fmt: skip
    policy_id = fields.Many2one(
        "showroom.policy", "Principles", required=True, compute="_compute_outlet", store=True, readonly=False
    )
    lead_count = fields.Integer("Open Leads to Adopt", compute="_compute_lead_count")

    @api.depends("team_id")
    def _compute_outlet(self):
        for wizard in self:
            wizard.update(self.env["crm.team"]._outlet_defaults(wizard.team_id.name))

    @api.depends("team_id")
    def _compute_lead_count(self):
        for wizard in self:
            domain = [("team_id", "=", wizard.team_id.id), ("won_status", "=", "pending")]
            wizard.lead_count = self.env["crm.lead"].search_count(domain) if wizard.team_id else 0

    @said.takes(one=True)
    def action_open_outlet(self):
        if self.team_id.outlet_kind:
            raise UserError(self.env._("%s is an outlet already.", self.team_id.name))
        vals = {name: self[name] for name in ("outlet_kind", "outlet_code", "tz")}
        self.team_id.write({**vals, "policy_id": self.policy_id.id})
        view = {"view_mode": "form", "views": [(False, "form")]}
        return {"type": "ir.actions.act_window", "res_model": "crm.team", "res_id": self.team_id.id, **view}
