from odoo import api, fields, models
from odoo.exceptions import UserError

AT_ONCE = 1000  # lines, or whatever else is in a call: the other desks of the outlet wait meanwhile, about five seconds
HELD = "showroom_held"  # how much was made and changed since they have to wait

# What the screens of Odoo ask for is a tenth of each.
VIEWS, GROUPINGS, GROUPS, RECORDS = 50, 100, 10_000, 50_000
DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 28, "quarter": 90, "year": 365}


class Base(models.AbstractModel):
    """One call of staff asks for no more than a server answers at once, so that it keeps nobody waiting."""

    _inherit = "base"

    @api.model
    @api.readonly
    def get_views(self, views, options=None):
        """:raise UserError: for staff who ask for more views than any screen has."""
        self._check_number(len(views), VIEWS)
        return super().get_views(views, options)

    @api.model
    @api.readonly
    def formatted_read_grouping_sets(self, domain, grouping_sets, aggregates=(), *, order=None):
        """:raise UserError: for staff who ask for more tables at once than any pivot has."""
        self._check_number(len(grouping_sets), GROUPINGS)
        return super().formatted_read_grouping_sets(domain, grouping_sets, aggregates, order=order)

    @api.readonly
    def read(self, fields=None, load="_classic_read"):
        """:raise UserError: for staff who ask for more records than an answer has, be it the same ones again."""
        self._check_number(len(self._ids), RECORDS)
        return super().read(fields, load)

    def _web_read_group_fill_temporal(self, groups, groupby, aggregates, **filled):
        """:raise UserError: for staff who have years filled up with hours of which nothing is told."""
        self._check_number(_periods(groups, groupby[0], **filled), GROUPS)
        return super()._web_read_group_fill_temporal(groups, groupby, aggregates, **filled)

    def _add_missing_default_values(self, values):
        """Where all that is created comes by."""
        self._check_held()
        return super()._add_missing_default_values(values)

    def write(self, vals):
        self._check_held()
        return super().write(vals)

    def _check_held(self):
        """Who has registered something keeps others waiting until the end of the call, whatever else is in it.

        :raise UserError: for staff who create or write more than a thousand times after it.
        """
        held = vars(self.env.cr)
        if HELD in held and not self.env.su and self.env.user._is_limited():
            held[HELD] += 1
            if held[HELD] > AT_ONCE:
                raise UserError(self.env._("Record at most %s at once; import a longer list in parts.", AT_ONCE))

    @api.model
    def _check_number(self, asked, most):
        if asked > most and not self.env.su and self.env.user._is_limited():
            raise UserError(self.env._("Ask for less at once: this is more than %s.", most))


def _periods(groups, spec, fill_from=False, fill_to=False, min_groups=0):
    """How many groups there will be at most, from the first day that is told or asked for to the last."""
    days = DAYS.get(spec.partition(":")[2])
    if not days:
        return 0
    told = [group[0] for group in groups if group[0]]
    ends = [fields.Date.to_date(str(each)[:10]) for each in (fill_from, fill_to, *told) if each]
    span = (max(ends) - min(ends)).days if ends else 0
    return max(span / days, min_groups or 0)
