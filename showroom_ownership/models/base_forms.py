from odoo import models

from .mail_render_privacy import check_open

# What stands behind a link to one of these is a customer's, or somebody's own.
OF_SOMEBODY = frozenset(
    "crm.lead res.partner ir.attachment mail.message mail.mail mail.scheduled.message mail.notification mail.activity"
    " mail.followers calendar.event calendar.attendee discuss.channel res.users.settings".split()
)


class Base(models.AbstractModel):
    """A form that is being filled in tells, as the system, what stands behind the links that it sends."""

    _inherit = "base"

    def onchange(self, values, field_names, fields_spec):
        """:raise AccessError: for staff, if a form of any model names what is kept from them."""
        if isinstance(values, dict) and not self.env.su and self.env.user._is_limited():
            for name, value in values.items():
                field = self._fields.get(name)
                if field and field.type == "many2one" and field.comodel_name in OF_SOMEBODY and type(value) is int:
                    check_open(self.env[field.comodel_name].browse(value))
        return super().onchange(values, field_names, fields_spec)
