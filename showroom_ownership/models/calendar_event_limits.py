from odoo import api, models
from odoo.exceptions import UserError

from .base_values import is_no_number
from .crm_lead_limits import check_days

HOURS = 366 * 24
AT_ONCE = 200  # each keeps the card, its people and its reminders busy


class CalendarEvent(models.Model):
    """A meeting on a day that nobody means, which no calendar and no list by weeks can show."""

    _inherit = "calendar.event"

    @api.model_create_multi
    def create(self, vals_list):
        """Defaults of the client are no values yet, and a duration may end far away: the meeting is looked at, too."""
        check_days(self, vals_list)
        self._check_duration(vals_list)
        self._check_amount(vals_list)
        events = super().create(vals_list)
        check_days(self, [{"start": each.start, "stop": each.stop} for each in events])
        return events

    @api.model
    def _check_duration(self, vals_list):
        """With hours that no clock has, whoever is invited gets an error with every page that they open."""
        hours = [vals["duration"] for vals in vals_list if vals.get("duration")]
        if not self.env.su and any(is_no_number(each, HOURS) or float(each) < 0 for each in hours):
            raise UserError(self.env._("A meeting lasts up to a year."))

    @api.model
    def _check_amount(self, vals_list):
        """A team may meet every week forever, of which Odoo makes what it bounds itself; not with a customer.

        :raise UserError: for staff who plan more than anybody means.
        """
        planned = [vals for vals in vals_list if not vals.get("recurrence_id") or vals.get("opportunity_id")]
        if len(planned) > AT_ONCE and not self.env.su and self.env.user._is_limited():
            raise UserError(self.env._("Plan at most %s meetings at once, repetitions included.", AT_ONCE))

    def write(self, vals):
        check_days(self, [vals])
        self._check_duration([vals])
        result = super().write(vals)
        if "duration" in vals:
            check_days(self, [{"stop": each.stop} for each in self])
        return result
