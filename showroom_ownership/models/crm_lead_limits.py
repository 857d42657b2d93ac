from datetime import date, datetime

from odoo import api, fields, models
from odoo.exceptions import UserError

AGO, AHEAD = 100, 20  # years
MOST = 10**12  # of any money


class CrmLead(models.Model):
    """Days and amounts that nobody means: with one of them on a card, a manager's list by weeks ends in an error."""

    _inherit = "crm.lead"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_limits(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_limits(vals)
        return super().write(vals)

    def _check_limits(self, vals):
        """:raise UserError: for cards, and for what people of the showroom write."""
        wrong = [name for name, value in vals.items() if value and self._is_beyond(name, value)]
        if wrong and (self.env.user.has_group("showroom_ownership.group_receptionist") or self.filtered("outlet_id")):
            label = self._fields[wrong[0]]._description_string(self.env)
            raise UserError(
                self.env._(
                    "%(field)s: give a day of the next %(years)s years, or an amount that a car can cost.",
                    field=label, years=AHEAD,
                )
            )  # fmt: skip

    @api.model
    def _is_beyond(self, name, value):
        kind = self._fields[name].type if name in self._fields else None
        if kind in ("float", "monetary", "integer") and isinstance(value, (int, float)):
            return not abs(value) < MOST
        if kind in ("date", "datetime"):
            return self._is_far(value)
        return False

    @api.model
    def _is_far(self, value):
        """Whether a day is far away; what is no day Odoo refuses itself."""
        try:
            day = value if isinstance(value, (date, datetime)) else fields.Date.to_date(str(value)[:10])
        except ValueError:
            return False
        today = fields.Date.today()
        return not today.year - AGO <= day.year <= today.year + AHEAD
