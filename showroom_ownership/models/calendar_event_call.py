from uuid import uuid4

from odoo import api, models

QUIET = {"dont_notify": True, "no_mail_to_attendees": True, "mail_notrack": True}


class CalendarEvent(models.Model):
    """The call of a meeting: who has its address comes into it, and into its chat, without a login."""

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        """Odoo makes an address of what is said of a call, but not of a default: a script would run for who joins."""
        default = self.default_get(["videocall_location"])
        return super().create([{**default, **vals} for vals in vals_list] if default else vals_list)

    def _call_anew(self):
        """Whose the customer was has the address of the call: it leads nowhere, and who calls next is alone in it."""
        for meeting in self.sudo().with_context(**QUIET).filtered("access_token"):
            token = uuid4().hex
            vals = {"access_token": token, "videocall_channel_id": False}
            if meeting.videocall_source == "discuss":
                vals["videocall_location"] = f"{meeting.get_base_url()}/{meeting.DISCUSS_ROUTE}/{token}"
            meeting.write(vals)
