import re
from functools import partial

from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError

from odoo.addons.base.models.res_partner import _tz_get

from ..core import facts
from ..core.dossier import local_day
from . import clock
from .memory import forget

OUTLET_KINDS = [("showroom", "Showroom"), ("branch", "Branch"), ("satellite", "Satellite")]


class CrmTeam(models.Model):
    _inherit = "crm.team"

    outlet_kind = fields.Selection(
        OUTLET_KINDS,
        string="Outlet",
        tracking=True,
        help="Makes this sales team a place that receives customers. Empty: the team keeps stock behaviour.",
    )
    outlet_code = fields.Char(
        copy=False,
        help="Up to 12 letters or digits that begin every number of the outlet's register, for example MAIN.",
    )
    tz = fields.Selection(
        _tz_get,
        string="Time Zone",
        help="Days of the register, of due dates and of deadlines are local days of this zone.",
    )
    policy_id = fields.Many2one(
        "showroom.policy",
        "Principles",
        ondelete="restrict",
        help="The written principles by which deals of this outlet are ruled.",
    )
    live_since = fields.Date(readonly=True, copy=False, help="The local day on which the team became an outlet.")

    _outlet_code_unique = models.UniqueIndex(
        "(outlet_code) WHERE outlet_code IS NOT NULL", "Another outlet has this code already. Choose another code."
    )

    @api.constrains("outlet_kind", "outlet_code", "tz", "policy_id")
    def _check_outlet(self):
        for outlet in self.filtered("outlet_kind"):
            if not outlet.tz:
                raise ValidationError(self.env._("Set the time zone of %s: its days depend on it.", outlet.name))
            if not outlet.policy_id:
                raise ValidationError(self.env._("Choose the principles for %s.", outlet.name))
            if not re.fullmatch(r"[A-Z0-9]{1,12}", outlet.outlet_code or ""):
                text = self.env._("Give %s a code of up to 12 capital letters or digits, for example MAIN.")
                raise ValidationError(text % outlet.name)

    @api.onchange("outlet_kind")
    def _onchange_outlet_kind(self):
        for team in self.filtered("outlet_kind"):
            team.update(team._outlet_defaults(team.name))

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("outlet_kind"):
                vals.update({**self._outlet_defaults(vals.get("name")), **vals})
        teams = super().create(vals_list)
        forget(self.env)
        teams.filtered("outlet_kind")._open_outlets()
        return teams

    def write(self, vals):
        if not {"outlet_kind", "outlet_code", "tz"} & vals.keys():
            result = super().write(vals)
            if {"user_id", "active", "company_id"} & vals.keys():
                forget(self.env)
            return result
        self._check_outlet_write(vals)
        opening = self.filtered(lambda team: not team.outlet_kind) if vals.get("outlet_kind") else self.browse()
        for team in opening:
            super(CrmTeam, team).write({k: v for k, v in team._outlet_defaults(team.name).items() if not team[k]})
        closing = self.filtered("outlet_kind") if "outlet_kind" in vals and not vals["outlet_kind"] else self.browse()
        result = super().write(vals)
        opening._open_outlets()
        self.env["crm.lead"].sudo()._unset_outlets(closing)
        forget(self.env)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_outlet_with_register(self):
        if self.env["showroom.ledger.entry"].sudo().search_count([("outlet_id", "in", self.ids)], limit=1):
            raise UserError(self.env._("This outlet has a register, which cannot be deleted. Archive the outlet."))

    def _check_outlet_write(self, vals):
        """A register keeps its code and its place: neither can change once there are entries."""
        fixed = {"outlet_code", "outlet_kind"} & vals.keys()
        changed = self.filtered(lambda team: any(team[name] and team[name] != vals[name] for name in fixed))
        changed = changed.filtered(lambda team: "outlet_code" in fixed or not vals["outlet_kind"])
        if changed and self.env["showroom.ledger.entry"].sudo().search_count(
            [("outlet_id", "in", changed.ids)], limit=1
        ):
            raise UserError(self.env._("This outlet has a register already: its code stays, and it stays an outlet."))

    # Business

    @api.model
    def _outlet_defaults(self, name):
        """What an outlet starts with when nothing is said: a code from its name, the company's zone, a policy."""
        code = re.sub(r"[^A-Z0-9]", "", (name or "").upper())[:12]
        policy = self.env.ref("showroom_ownership.policy_six_principles", raise_if_not_found=False)
        return {
            "outlet_code": code or False,
            "tz": self.env.company.partner_id.tz or self.env.user.tz or False,
            "policy_id": policy.id if policy else False,
        }

    def _open_outlets(self):
        """Start the register of new outlets and adopt the leads they already have (2)."""
        for outlet in self:
            outlet.sudo().live_since = local_day(clock.now(self.env), outlet.tz)
        self.env["showroom.ledger.head"].sudo()._open(self)
        forget(self.env)
        self.env["crm.lead"].sudo()._adopt_leads(self)

    @api.model
    @tools.ormcache()
    def _outlet_ids(self):
        """Ids of the teams that are outlets: asked at every write of every lead, so kept in memory."""
        self.flush_model(["outlet_kind"])
        self.env.cr.execute("SELECT id FROM crm_team WHERE outlet_kind IS NOT NULL")
        return frozenset(row[0] for row in self.env.cr.fetchall())

    def _fact(self):
        """The outlet as the pure core takes it."""
        self.ensure_one()
        return facts.Outlet(self.id, self.outlet_code, self.outlet_kind, self.tz)

    def _first_stage(self):
        """The stage in which a card of the outlet begins."""
        domain = [("is_won", "=", False), "|", ("team_ids", "=", False), ("team_ids", "in", self.ids)]
        return self.env["crm.stage"].sudo().search(domain, order="sequence, id", limit=1)

    def _day_of(self):
        """The function that gives the outlet's local day of a UTC moment."""
        self.ensure_one()
        return partial(local_day, tz=self.tz)

    def _today(self):
        self.ensure_one()
        return clock.today(self.env, self)
