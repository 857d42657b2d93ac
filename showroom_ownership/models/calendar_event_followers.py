from odoo import models
from odoo.exceptions import AccessError


class CalendarEvent(models.Model):
    """What is written about a meeting goes to no staff from whom the meeting is kept, though they follow it."""

    _inherit = "calendar.event"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """:raise AccessError: for staff who would follow what they may not read."""
        if not self.env.su and self._kept_from_user():
            raise AccessError(self.env._("This meeting is a colleague's with a customer. Ask them to invite you."))
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        found = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        meant = set((msg_vals or {}).get("partner_ids") or message.sudo().partner_ids.ids)
        return [each for each in found if each["id"] in meant or not self._is_kept_from(each)]

    def _is_kept_from(self, recipient):
        """:param recipient: somebody to be notified, as Odoo tells of them."""
        user = self.env["res.users"].browse(recipient.get("uid") or ())
        return bool(user and self and self.sudo(False).with_user(user)._kept_from_user())
