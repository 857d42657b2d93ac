from odoo import SUPERUSER_ID, api, models
from odoo.exceptions import AccessError, ValidationError

AHEAD = 366 * 24 * 60  # minutes: Odoo counts the days back from the meeting, for everybody who looks
WORDS = {"mail_template_id": "calendar.attendee", "sms_template_id": "calendar.event"}


class CalendarAlarm(models.Model):
    """Reminders are written by the system, to all who chose them, about meetings that their maker may not see.

    Odoo lets everybody change every reminder, and fills the template in for whatever record has the number of a guest.
    """

    _inherit = "calendar.alarm"

    @api.model_create_multi
    def create(self, vals_list):
        alarms = super().create(vals_list)
        alarms._check_words()
        return alarms

    def write(self, vals):
        self._check_own()
        result = super().write(vals)
        self._check_words()
        return result

    def unlink(self):
        self._check_own()
        return super().unlink()

    def _check_own(self):
        """:raise AccessError: for staff, about a reminder that others made and use."""
        if not self.env.su and self.env.user._is_limited() and self.create_uid - self.env.user:
            raise AccessError(self.env._("This reminder is shared. Make one of your own."))

    def _check_words(self):
        """:raise AccessError: for staff who choose words that no administrator wrote for reminders."""
        if self.env.su or not self.env.user._is_limited():
            return
        for name in WORDS.keys() & self._fields.keys():
            if any(template.model != WORDS[name] or not _is_of_house(template) for template in self.sudo()[name]):
                raise AccessError(self.env._("An administrator chooses the words of reminders."))

    @api.constrains("duration", "interval", "duration_minutes")
    def _check_duration(self):
        if any(not 0 <= alarm.duration_minutes <= AHEAD for alarm in self):
            raise ValidationError(self.env._("Remind at most a year before a meeting."))


def _is_of_house(template):
    """Installed, or written by an administrator."""
    return template.create_uid.id == SUPERUSER_ID or template.create_uid.has_group("base.group_system")
