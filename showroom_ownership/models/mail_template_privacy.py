from odoo import api, models
from odoo.exceptions import AccessError

TEXTS = frozenset(
    "subject body_html email_from email_to email_cc reply_to author_id scheduled_date auto_delete".split()
)


class MailTemplate(models.Model):
    """Odoo makes the mails of a template as the system, with whatever the caller sends along for them.

    A template of staff is offered to themselves: in one that all are offered, answers to a colleague's mail would go
    where its author wants them.
    """

    _inherit = "mail.template"

    @api.model_create_multi
    def create(self, vals_list):
        if self.env.su or not self.env.user._is_limited():
            return super().create(vals_list)
        self._check_own(vals["user_id"] for vals in vals_list if vals.get("user_id"))
        return super().create([{**vals, "user_id": self.env.uid} for vals in vals_list])

    def write(self, vals):
        if not self.env.su and self.env.user._is_limited():
            self._check_own([*(each.user_id.id for each in self.sudo()), vals.get("user_id", self.env.uid)])
        return super().write(vals)

    def _check_own(self, users):
        """:raise AccessError: for staff, if a template would be or is offered to somebody else."""
        if any(user != self.env.uid for user in users):
            raise AccessError(self.env._("Templates that others are offered are the administrator's."))

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
