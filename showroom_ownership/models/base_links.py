from collections import defaultdict

from odoo import api, models

from .base_forms import OF_SOMEBODY
from .mail_render_privacy import check_open

# Cards and meetings say for themselves whom they may name, and Odoo copies guests with a meeting; ours take no links of
# a client but those that they check.
SAY_THEMSELVES = ("showroom.", "crm.lead", "calendar.event")
IN_THE_THREAD = ("mail.message", "parent_id")  # checked with the message, which Odoo links to the first of its thread


class Base(models.AbstractModel):
    """Whoever stores a link to what is kept from them would be told, as the system, what stands behind it.

    Odoo does so in places that nobody would look at: the message that is answered, the author of a mail that waits,
    the person whose voice is turned down in calls.
    """

    _inherit = "base"

    def _add_missing_default_values(self, values):
        """Where all that is created comes by, with the defaults of a call and of its user."""
        values = super()._add_missing_default_values(values)
        self._check_links(values)
        return values

    def write(self, vals):
        self._check_links(vals)
        return super().write(vals)

    @api.model
    def _check_links(self, vals):
        """:raise AccessError: for staff, if a value names a record of somebody that is kept from them."""
        if self.env.su or self._name.startswith(SAY_THEMSELVES):
            return
        named = defaultdict(set)
        for name, value in vals.items():
            field = self._fields.get(name)
            if value and field and field.relational and field.comodel_name in OF_SOMEBODY:
                if (self._name, name) != IN_THE_THREAD:
                    named[field.comodel_name].update(_linked(value))
        for model, ids in named.items() if named and self.env.user._is_limited() else ():
            known = self.env.user.partner_id.ids if model == "res.partner" else ()
            check_open(self.env[model].browse(ids.difference(known)))


def _linked(value):
    """The ids that a value links to, as clients and code write them."""
    said = [value]
    for command in value if isinstance(value, (list, tuple)) else ():
        if not isinstance(command, (list, tuple)):
            said.append(command)
        elif len(command) > 1 and command[0] in (1, 4):
            said.append(command[1])
        elif len(command) > 2 and command[0] == 6:
            said.extend(command[2] or ())
    return [each for each in said if isinstance(each, int)]
