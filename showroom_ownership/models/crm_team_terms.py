from collections import defaultdict
from datetime import date
from typing import NamedTuple

from odoo import api, fields, models, tools

from ..core.dossier import local_day
from .memory import forget


class Terms(NamedTuple):
    """What decides when an outlet's cards are lost: its local day, and the policy's notice (4.2)."""

    today: date
    automatic: bool
    grace: int


class CrmTeam(models.Model):
    """The local day of every outlet and the terms of its notices, without a query: asked for every card on a screen."""

    _inherit = "crm.team"

    @api.model_create_multi
    def create(self, vals_list):
        teams = super().create(vals_list)
        forget(self.env)
        return teams

    def write(self, vals):
        result = super().write(vals)
        if {"policy_id", "tz", "outlet_kind"} & vals.keys():
            forget(self.env)
        return result

    @api.model
    @tools.ormcache()
    def _lapse_rules(self):
        """{outlet id: (time zone, whether notices are automatic, their days of grace)}, kept in memory.

        Forgotten when outlets or policies are written.
        """
        outlets = self.sudo().with_context(active_test=False).search([("outlet_kind", "!=", False)])
        return {
            outlet.id: (outlet.tz, outlet.policy_id.notice_mode == "automatic", outlet.policy_id.grace_days)
            for outlet in outlets
        }

    @api.model
    def _outlet_terms(self):
        """{outlet id: Terms} as of now."""
        now = fields.Datetime.now()
        rules = self._lapse_rules()
        days = {tz: local_day(now, tz) for tz in {rule[0] for rule in rules.values()}}
        return {outlet: Terms(days[tz], automatic, grace) for outlet, (tz, automatic, grace) in rules.items()}

    @api.model
    def _outlets_by_terms(self):
        """{Terms: outlet ids}: outlets that share them are asked for in one condition."""
        groups = defaultdict(list)
        for outlet, terms in self._outlet_terms().items():
            groups[terms].append(outlet)
        return groups
