from uuid import uuid4

from odoo import models

QUIET = {"dont_notify": True, "no_mail_to_attendees": True, "mail_notrack": True}


class CalendarEvent(models.Model):
    """The call of a meeting: who has its address comes into it, and into its chat, without a login."""

    _inherit = "calendar.event"

    def _call_anew(self):
        """Whose the customer was has the address of the call: it leads nowhere, and who calls next is alone in it."""
        for meeting in self.sudo().with_context(**QUIET).filtered("access_token"):
            token = uuid4().hex
            vals = {"access_token": token, "videocall_channel_id": False}
            if meeting.videocall_source == "discuss":
                vals["videocall_location"] = f"{meeting.get_base_url()}/{meeting.DISCUSS_ROUTE}/{token}"
            meeting.write(vals)
