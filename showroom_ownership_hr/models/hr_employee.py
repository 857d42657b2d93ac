from odoo import api, models

from odoo.addons.showroom_ownership.models import clock


class HrEmployee(models.Model):
    """An employee's departure is the consultant's, whether or not the login is archived (rulebook 4).

    Both ways of departing arrive in `write`: archiving, and the departure wizard's date, which may lie ahead.
    """

    _inherit = "hr.employee"

    def write(self, vals):
        result = super().write(vals)
        if vals.get("active") is False:
            self.sudo()._leave_showroom()
        elif vals.get("departure_date"):
            self.sudo()._departed()._leave_showroom()
        return result

    @api.model
    def _cron_leave_showroom(self):
        """Those whose departure date has come since it was written."""
        members = self.env["crm.team.member"].search([("crm_team_id.outlet_kind", "!=", False)])
        domain = [("user_id", "in", members.user_id.ids), ("departure_date", "!=", False)]
        self.with_context(active_test=False).search(domain)._departed()._leave_showroom()

    def _departed(self):
        """Those whose departure date has come, in local days of their outlet."""
        now = clock.now(self.env)
        return self.filtered(lambda employee: employee._has_departed(now))

    def _has_departed(self, now):
        outlet = self.user_id._outlets()[:1]
        return bool(outlet and self.departure_date and self.departure_date <= outlet._day_of()(now))

    def _leave_showroom(self):
        """The users leave their outlets, but for those of another company that still employs them."""
        others = self.search([("user_id", "in", self.user_id.ids), ("id", "not in", self.ids)])
        employed = others - others._departed()
        for user in self.user_id:
            companies = employed.filtered(lambda each, user=user: each.user_id == user).company_id
            left = user._outlets().filtered(lambda outlet, kept=companies: not kept or outlet.company_id not in kept)
            user._leave_outlets(left.filtered("company_id") if companies else left)
