from odoo import api, models

from .crm_lead_limits import check_days


class MailActivity(models.Model):
    """A deadline that nobody means: with one, a colleague's and a manager's list by weeks ends in an error."""

    _inherit = "mail.activity"

    @api.model_create_multi
    def create(self, vals_list):
        """What a client sends as a default is no value yet: the activity itself is looked at, too."""
        check_days(self, vals_list)
        activities = super().create(vals_list)
        check_days(self, [{"date_deadline": each.date_deadline} for each in activities])
        return activities

    def write(self, vals):
        check_days(self, [vals])
        return super().write(vals)
