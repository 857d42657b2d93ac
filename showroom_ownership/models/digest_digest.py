from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain


class DigestDigest(models.Model):
    """The showroom's numbers in Odoo's own digest; for managers, as those of others are for theirs."""

    _inherit = "digest.digest"

    kpi_showroom_receptions = fields.Boolean("Receptions")
    kpi_showroom_receptions_value = fields.Integer(compute="_compute_kpi_showroom_receptions_value")
    kpi_showroom_lapses = fields.Boolean("Lapses")
    kpi_showroom_lapses_value = fields.Integer(compute="_compute_kpi_showroom_lapses_value")
    kpi_showroom_rulings = fields.Boolean("Deals Ruled")
    kpi_showroom_rulings_value = fields.Integer(compute="_compute_kpi_showroom_rulings_value")
    kpi_showroom_appeals = fields.Boolean("Appeals")
    kpi_showroom_appeals_value = fields.Integer(compute="_compute_kpi_showroom_appeals_value")

    def _compute_kpi_showroom_receptions_value(self):
        """Lines of the register that stand, adopted and paper ones left out: they tell of other days."""
        domain = Domain("is_void", "=", False) & Domain("channel", "not in", ("adopted", "paper"))
        self._count_of_outlets("receptions", "showroom.reception", "recorded_at", domain=domain)

    def _compute_kpi_showroom_lapses_value(self):
        self._count_of_outlets("lapses", "showroom.notice", "issued_at", outlet="lead_id.outlet_id")

    def _compute_kpi_showroom_rulings_value(self):
        self._count_of_outlets("rulings", "showroom.ruling", "dealt_at", domain=Domain("state", "!=", "cancelled"))

    def _compute_kpi_showroom_appeals_value(self):
        self._count_of_outlets("appeals", "showroom.appeal", "requested_at")

    def _count_of_outlets(self, kpi, model, date_field, domain=Domain.TRUE, outlet="outlet_id"):
        """Count the records of a period at the outlets of each digest's company, and at those of none.

        :raise AccessError: for who is no manager; Odoo then leaves the number out of their digest.
        """
        if not self.env.user._is_showroom_manager():
            raise AccessError(self.env._("Only managers are told the showroom's numbers."))
        start, end, _companies = self._get_kpi_compute_parameters()
        domain &= Domain(date_field, ">=", start) & Domain(date_field, "<", end)
        for digest in self:
            company = digest.company_id or self.env.company
            mine = Domain(f"{outlet}.company_id", "in", [company.id, False])
            digest[f"kpi_showroom_{kpi}_value"] = self.env[model].search_count(domain & mine)

    def _compute_kpis_actions(self, company, user):
        actions = {
            "receptions": "showroom_reception_action",
            "lapses": "showroom_notice_action",
            "rulings": "showroom_ruling_action",
            "appeals": "showroom_appeal_action",
        }
        menu = self.env.ref("showroom_ownership.showroom_menu_root").id
        mine = {f"kpi_showroom_{kpi}": f"showroom_ownership.{action}?menu_id={menu}" for kpi, action in actions.items()}
        return {**super()._compute_kpis_actions(company, user), **mine}
