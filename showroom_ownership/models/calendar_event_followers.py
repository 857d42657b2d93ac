from odoo import models
from odoo.exceptions import AccessError


class CalendarEvent(models.Model):
    """A meeting that is kept from somebody is not followed by them."""

    _inherit = "calendar.event"

    def message_subscribe(self, partner_ids=None, subtype_ids=None):
        """:raise AccessError: for staff who would follow what they may not read."""
        if not self.env.su and self._kept_from_user():
            raise AccessError(self.env._("This meeting is a colleague's with a customer. Ask them to invite you."))
        return super().message_subscribe(partner_ids=partner_ids, subtype_ids=subtype_ids)
