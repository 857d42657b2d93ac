from odoo import api, models


class CrmLead(models.Model):
    _inherit = "crm.lead"

    @api.model
    def _cron_departures(self):
        """Employees whose departure date has come leave too."""
        self.env["hr.employee"].sudo()._cron_leave_showroom()
        return super()._cron_departures()
