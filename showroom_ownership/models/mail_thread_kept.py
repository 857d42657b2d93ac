from odoo import models
from odoo.exceptions import AccessError

KEPT = ("calendar.event", "res.partner")  # who follows a card is looked at when they begin to


class MailThread(models.AbstractModel):
    """What is written about meetings and contacts goes to no staff from whom they are kept, though they follow them."""

    _inherit = "mail.thread"

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        found = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        if self._name not in KEPT or not self or not found:
            return found
        meant = set((msg_vals or {}).get("partner_ids") or message.sudo().partner_ids.ids)
        return [each for each in found if each["id"] in meant or not self._is_kept_from(each)]

    def _is_kept_from(self, recipient):
        """:param recipient: somebody to be notified, as Odoo tells of them."""
        user = self.env["res.users"].browse(recipient.get("uid") or ())
        return bool(user and self.sudo(False).with_user(user)._kept_from_user())

    def _message_get_suggested_recipients(self, *args, **kwargs):
        """None, where the last message went to somebody whom the reader may not see: the rest of the chatter opens."""
        try:
            return super()._message_get_suggested_recipients(*args, **kwargs)
        except AccessError:
            return []
