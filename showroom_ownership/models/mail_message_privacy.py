from odoo import api, models


class MailMessage(models.Model):
    """A link to a message tells no subject to who may not read the message: Odoo reads names of links as the system."""

    _inherit = "mail.message"

    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        if self.env.user._is_limited():
            kept = self._origin.sudo(False)
            for message in (kept - kept._filtered_access("read")).sudo(self.env.su):
                message.display_name = self.env._("Message")
        return result


class MailMail(models.Model):
    _inherit = "mail.mail"

    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        if self.env.user._is_limited():
            self.display_name = self.env._("Message")
        return result
