from odoo import SUPERUSER_ID, models


class MailActivity(models.Model):
    """An activity keeps the name of its card for whoever may read the activity, not for who caused it."""

    _inherit = "mail.activity"

    def _compute_res_name(self):
        if self.env.user._is_limited():
            return super(MailActivity, self.with_user(SUPERUSER_ID))._compute_res_name()
        return super()._compute_res_name()
