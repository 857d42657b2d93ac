from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _absent(self, outlet, day):
        """Whoever is on approved leave for the whole of a day is given no cards; half days and hours are no absence."""
        leaves = self.env["hr.leave"].sudo().search([
            ("user_id", "in", self.ids), ("state", "=", "validate"), ("holiday_status_id.time_type", "=", "leave"),
            ("request_date_from", "<=", day), ("request_date_to", ">=", day),
        ])  # fmt: skip
        return super()._absent(outlet, day) | leaves.filtered(lambda leave: leave._takes_whole(day)).user_id
