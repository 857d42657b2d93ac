from odoo import api, models

# What Odoo writes on the way, in the name of whoever did something: nobody fills these in on a screen.
ON_THE_WAY = (
    "bus.", "discuss.", "ir.", "mail.alias", "mail.followers", "mail.link.",
    "mail.mail", "mail.message", "mail.notification", "mail.presence", "mail.push", "mail.scheduled.", "mail.tracking.",
    "res.users.", "sms.sms", "sms.tracker", "snailmail.",
)  # fmt: skip


class IrDefault(models.Model):
    """A default fills in a form that somebody opens; it says nothing of what the system records of what they did."""

    _inherit = "ir.default"

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        """None, for staff, where they would come into what others are told, as that it has been read."""
        if model_name.startswith(ON_THE_WAY) and self.env.user._is_limited():
            return {}
        return super()._get_model_defaults(model_name, condition)


class MailNotification(models.Model):
    _inherit = "mail.notification"

    @api.model_create_multi
    def create(self, vals_list):
        """What somebody is told has not been read: no default of whoever caused it says so."""
        if not self.env.user._is_limited():
            return super().create(vals_list)
        return super().create([{"is_read": False, "notification_status": "ready", **vals} for vals in vals_list])
