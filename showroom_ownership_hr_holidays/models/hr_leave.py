from odoo import models


class HrLeave(models.Model):
    _inherit = "hr.leave"

    def _takes_whole(self, day):
        """Whether the leave takes the whole of one of its days: it may begin at noon and end at noon."""
        if self.request_unit_hours:
            return False
        starts_late = day == self.request_date_from and self.request_date_from_period == "pm"
        ends_early = day == self.request_date_to and self.request_date_to_period == "am"
        return not (self.request_unit_half and (starts_late or ends_early))
