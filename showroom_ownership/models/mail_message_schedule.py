from odoo import models


class MailMessageSchedule(models.Model):
    """What is to be sent later, Odoo sends as the system, with the names and to the addresses of that day."""

    _inherit = "mail.message.schedule"

    def _send_notifications(self, default_notify_kwargs=None):
        """Nothing of who may not write there any more: the customer, or whom they write to, is a colleague's by now."""
        stale = self.filtered(lambda each: each._is_of_stranger())
        result = super(MailMessageSchedule, self - stale)._send_notifications(default_notify_kwargs)
        stale.unlink()
        return result

    def _is_of_stranger(self):
        message = self.sudo().mail_message_id
        authors = message.author_id.with_context(active_test=False).user_ids | message.create_uid
        return any(self._is_kept_from(user, message) for user in authors if user._is_limited())

    def _is_kept_from(self, user, message):
        """Whether what this is about, or somebody whom it goes to, is kept from them."""
        about = self.env[message.model].with_user(user).browse(message.res_id) if message.model else None
        closed = about is not None and about.sudo().exists() and not about.sudo(False).has_access("read")
        return closed or bool(message.partner_ids.with_user(user)._kept_from_user())
