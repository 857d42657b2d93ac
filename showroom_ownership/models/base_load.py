from odoo import api, models

from .base_limits import AT_ONCE


class Base(models.AbstractModel):
    """An import takes back the rows that it refuses, and its test all of them: who was asked about stays known."""

    _inherit = "base"

    @api.model
    def load(self, fields, data):
        """:raise UserError: for staff with more lines or cards than a call may record: Odoo would try one by one."""
        if self._name.startswith(("crm.lead", "showroom.")):
            self._check_number(len(data), getattr(self, "_at_once", AT_ONCE))
        return super(Base, self.with_context(showroom_loading=True)).load(fields, data)
