from odoo import api, models
from odoo.exceptions import ValidationError

from .mail_render_privacy import check_open

INTERVALS = range(1, 1001)


class CalendarRecurrence(models.Model):
    """A series of private meetings is changed by whom they are open to, as each of them."""

    _inherit = "calendar.recurrence"

    def write(self, vals):
        self._check_meetings()
        return super().write(vals)

    def unlink(self):
        self._check_meetings()
        return super().unlink()

    @api.constrains("interval")
    def _check_interval(self):
        """Odoo counts back from a negative one, into months that have no such day."""
        if any(each.interval not in INTERVALS for each in self):
            raise ValidationError(
                self.env._("Repeat a meeting every 1 to %s days, weeks, months or years.", INTERVALS[-1])
            )

    def _check_meetings(self):
        check_open(self.sudo().calendar_event_ids.sudo(self.env.su))
