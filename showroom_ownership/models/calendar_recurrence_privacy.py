from odoo import models

from .mail_render_privacy import check_open


class CalendarRecurrence(models.Model):
    """A series of private meetings is changed by whom they are open to, as each of them."""

    _inherit = "calendar.recurrence"

    def write(self, vals):
        self._check_meetings()
        return super().write(vals)

    def unlink(self):
        self._check_meetings()
        return super().unlink()

    def _check_meetings(self):
        check_open(self.sudo().calendar_event_ids.sudo(self.env.su))
