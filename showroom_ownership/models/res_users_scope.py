from odoo import models, tools

from .showroom_role import NAMES

DIRECTOR = NAMES.index("director")


class ResUsers(models.Model):
    """At which outlets somebody sees and decides on other people's records: asked by record rules and by methods."""

    _inherit = "res.users"

    def _manages(self, outlets):
        """Whether the user sees and decides on everything of these outlets, whatever company is switched on."""
        self.ensure_one()
        if self._is_superuser():
            return True
        mine = self._seen_outlet_ids(self.sudo()._get_company_ids()) if self._is_showroom_manager() else ()
        return bool(outlets) and set(outlets.ids).issubset(mine)

    def _seen_outlets(self):
        """Those of the companies that are switched on."""
        return self.env["crm.team"].browse(self._seen_outlet_ids(self.env.companies.ids))

    def _sees_every_outlet(self, company_ids):
        """Whether there is no outlet, of whichever company, whose records the user does not see whole."""
        return self.env["crm.team"]._outlet_ids().issubset(self._seen_outlet_ids(company_ids))

    @tools.ormcache("self.id", "tuple(company_ids)")
    def _seen_outlet_ids(self, company_ids):
        """The outlets, archived ones too, whose records the user sees whole; cleared when teams or members change.

        Who manages branches or satellites only, sees those. Who manages a showroom, or belongs to no outlet, sees
        every outlet of the companies. Sales people without a role in the showroom see what their right to all
        documents gives them in Odoo; consultants and receptionists see what concerns themselves, whatever else
        they were given.
        """
        if not self.has_group("sales_team.group_sale_salesman_all_leads"):
            return []
        rank = self._role_rank()
        if rank < 0 and self.has_group("showroom_ownership.group_receptionist"):
            return []
        mine = self._outlets()
        below = mine and "showroom" not in mine.mapped("outlet_kind")
        domain = [("outlet_kind", "!=", False), ("company_id", "in", [False, *company_ids])]
        outlets = self.env["crm.team"].sudo().with_context(active_test=False).search(domain)
        return (outlets & mine if below and rank < DIRECTOR else outlets).ids
