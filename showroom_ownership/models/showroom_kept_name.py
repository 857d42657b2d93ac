from odoo import api, models


class ShowroomKeptName(models.AbstractModel):
    """What names a customer in its own name: a guest, a message, a file, something to do.

    Odoo reads the names of links as the system, also those that a form only asks for while it is filled in.
    """

    _name = "showroom.kept.name"
    _description = "Name That Is Kept From Strangers"

    @api.depends_context("uid")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        if self.env.user._is_limited():
            told = self._origin.sudo(False)
            for record in (told - told._filtered_access("read")).sudo(self.env.su):
                record.display_name = self.env._("Not for you to see")
        return result


class CalendarAttendee(models.Model):
    _name = "calendar.attendee"
    _inherit = ["showroom.kept.name", "calendar.attendee"]


class IrAttachment(models.Model):
    _name = "ir.attachment"
    _inherit = ["showroom.kept.name", "ir.attachment"]


class MailActivity(models.Model):
    _name = "mail.activity"
    _inherit = ["showroom.kept.name", "mail.activity"]


class SmsSms(models.Model):
    _name = "sms.sms"
    _inherit = ["showroom.kept.name", "sms.sms"]


class DiscussChannel(models.Model):
    _name = "discuss.channel"
    _inherit = ["showroom.kept.name", "discuss.channel"]
