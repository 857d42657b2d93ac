from datetime import date, datetime

from odoo import api, fields, models
from odoo.exceptions import UserError

AGO, AHEAD = 100, 20  # years
MOST = 10**12  # of any money


def beyond(records, name):
    label = records._fields[name]._description_string(records.env)
    return UserError(
        records.env._(
            "%(field)s: give a day of the next %(years)s years, or an amount that a car can cost.",
            field=label, years=AHEAD,
        )
    )  # fmt: skip


def check_days(records, values_list):
    """What people of the showroom plan is on a day that somebody lives to see.

    :param values_list: dicts of values by name.
    :raise UserError: names the first field whose day is far away.
    """
    if records.env.su or not records.env.user.has_group("showroom_ownership.group_receptionist"):
        return
    for values in values_list:
        for name, value in values.items():
            field = records._fields.get(name)
            if value and field and field.type in ("date", "datetime") and records.env["crm.lead"]._is_far(value):
                raise beyond(records, name)


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
            raise beyond(self, wrong[0])

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
