from odoo import api, models
from odoo.exceptions import UserError

from .base_limits import RECORDS  # also those within others, as often as they are told
from .mail_render_privacy import check_open

# What stands behind a link to one of these is a customer's, or somebody's own.
OF_SOMEBODY = frozenset(
    "crm.lead res.partner ir.attachment mail.message mail.mail mail.scheduled.message mail.notification mail.activity"
    " mail.followers calendar.event calendar.attendee discuss.channel res.users.settings".split()
)
DEEPEST = 4  # the screens of Odoo ask for three levels; with each more, an answer grows by as many as there are


class Base(models.AbstractModel):
    """A form that is being filled in tells, as the system, what stands behind the links that it sends."""

    _inherit = "base"

    def onchange(self, values, field_names, fields_spec):
        """:raise AccessError: for staff, if a form of any model names what is kept from them."""
        if not self.env.su and self.env.user._is_limited():
            links = [name for name, field in self._fields.items() if self._may_tell(field)]
            self._check_named(links, values if isinstance(values, dict) else {})
            if not self and not self._name.startswith("showroom."):  # ours take no defaults for what they keep
                self._check_named(links, self.default_get(links))
        return super().onchange(values, field_names, fields_spec)

    @api.model
    def _may_tell(self, field):
        return field.type == "many2one" and field.comodel_name in OF_SOMEBODY

    def _check_named(self, links, values):
        for name in links:
            if type(values.get(name)) is int:
                check_open(self.env[self._fields[name].comodel_name].browse(values[name]))

    def web_read(self, specification):
        """:raise UserError: for staff who ask for records within records, deeper than any screen shows them."""
        if not self.env.su and _is_deeper(specification, DEEPEST) and self.env.user._is_limited():
            raise UserError(self.env._("Ask for less at once: records within records go %s levels deep.", DEEPEST))
        told = super().web_read(specification)
        if not self.env.su and _is_deeper(specification, 2) and self.env.user._is_limited():
            self._check_number(_records_in(told, {}), RECORDS)
        return told


def _is_deeper(specification, levels):
    """Whether fields of fields are asked for more than so many levels deep."""
    if not levels:
        return True
    nested = specification.values() if isinstance(specification, dict) else ()
    asked = (each["fields"] for each in nested if isinstance(each, dict) and each.get("fields"))
    return any(_is_deeper(each, levels - 1) for each in asked)


def _records_in(rows, known):
    """How many records an answer tells, with those within them: written out, each of these as often as it is named."""
    return sum(_records_of(row, known) for row in rows)


def _records_of(row, known):
    if id(row) not in known:
        within = (value if isinstance(value, list) else [value] for value in row.values())
        known[id(row)] = 1 + sum(
            _records_in([each for each in some if isinstance(each, dict)], known) for some in within
        )
    return known[id(row)]
