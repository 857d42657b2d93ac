from odoo import models
from odoo.exceptions import AccessError

TEXTS = frozenset(
    "subject body_html email_from email_to email_cc reply_to author_id scheduled_date auto_delete".split()
)


class MailTemplate(models.Model):
    """Odoo makes the mails of a template as the system, with whatever the caller sends along for them."""

    _inherit = "mail.template"

    def send_mail_batch(self, res_ids, force_send=False, raise_exception=False, email_values=None, *args, **kwargs):
        """:raise AccessError: for staff who send along more than texts and addresses: a record, a file, a message."""
        if email_values and not self.env.su and self.env.user._is_limited():
            self._check_texts(email_values)
        return super().send_mail_batch(res_ids, force_send, raise_exception, email_values, *args, **kwargs)

    def _check_texts(self, values):
        author = values.get("author_id") or self.env.user.partner_id.id
        texts = all(name in TEXTS and not isinstance(value, (list, tuple, dict)) for name, value in values.items())
        if not texts or author != self.env.user.partner_id.id:
            raise AccessError(self.env._("Write what you want to send in the message itself."))
