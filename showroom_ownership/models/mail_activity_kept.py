from odoo import SUPERUSER_ID, models
from odoo.exceptions import AccessError


class MailActivity(models.Model):
    """What the system asks of somebody is theirs to do: Odoo lets whoever owns the card change and delete it."""

    _inherit = "mail.activity"

    def write(self, vals):
        self._check_asked_of_me()
        return super().write(vals)

    def unlink(self):
        self._check_asked_of_me()
        return super().unlink()

    def _check_asked_of_me(self):
        """:raise AccessError: for staff, about what the system asks of a colleague or a manager."""
        if self.env.su or not self.env.user._is_limited():
            return
        for activity in self.sudo():
            others = activity.user_id and activity.user_id != self.env.user
            if others and activity.create_uid.id == SUPERUSER_ID and activity.res_model == "crm.lead":
                raise AccessError(self.env._("This is asked of %s: it is theirs to do.", activity.user_id.name))
