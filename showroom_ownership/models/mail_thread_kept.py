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
        return bool(user and self.with_user(user).sudo()._kept_from_user())

    # Mails and push messages carry the record's name, read in the name of who wrote

    def _notify_thread_by_email(self, message, recipients_data, *, subtitles=None, **kwargs):
        mailed = any(each["notif"] == "email" for each in recipients_data)
        if mailed and (kept := self._first_kept_from(recipients_data)):
            self, message = self.with_user(kept).sudo(), message.with_user(kept).sudo()  # noqa: PLW0642
            subtitles = [self.display_name]
        return super()._notify_thread_by_email(message, recipients_data, subtitles=subtitles, **kwargs)

    def _notify_thread_by_web_push(self, message, recipients_data, **kwargs):
        if kept := self._first_kept_from(recipients_data):
            self, message = self.with_user(kept).sudo(), message.with_user(kept).sudo()  # noqa: PLW0642
        return super()._notify_thread_by_web_push(message, recipients_data, **kwargs)

    def _first_kept_from(self, recipients_data):
        """One of the recipients from whom this is kept: the one subject that a message has is what they may read."""
        kept = {}
        if self and (self._name in KEPT or (self._name == "crm.lead" and self.sudo().outlet_id)):
            kept = next((each for each in recipients_data if self._is_kept_from(each)), kept)
        return self.env["res.users"].browse(kept.get("uid") or ())

    # Odoo answers in the name of who is away, with the record's name and what was written

    def _notify_thread_with_out_of_office(self, message, recipients_data, msg_vals=False, **kwargs):
        if self and self._name in (*KEPT, "crm.lead"):
            users = self.env["res.users"].sudo().browse(each["uid"] for each in recipients_data if each["uid"])
            away = set((users - self._not_kept_from(users)).ids)
            recipients_data = [each for each in recipients_data if each["uid"] not in away]
        return super()._notify_thread_with_out_of_office(message, recipients_data, msg_vals=msg_vals, **kwargs)

    def _notify_thread_with_out_of_office_get_additional_users(self, *args, **kwargs):
        users = super()._notify_thread_with_out_of_office_get_additional_users(*args, **kwargs)
        return self._not_kept_from(users) if self and self._name in (*KEPT, "crm.lead") else users

    def _not_kept_from(self, users):
        """Without those who are away and may not read this."""
        away = users.filtered("is_out_of_office")
        return users - away.filtered(lambda user: not self.sudo(False).with_user(user).has_access("read"))

    def _message_get_suggested_recipients(self, *args, **kwargs):
        """None, where the last message went to somebody whom the reader may not see: the rest of the chatter opens."""
        try:
            return super()._message_get_suggested_recipients(*args, **kwargs)
        except AccessError:
            return []
