from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from .base_limits import AT_ONCE


class Base(models.AbstractModel):
    """An import takes back the rows that it refuses, and its test all of them: who was asked about stays known."""

    _inherit = "base"

    @api.model
    def load(self, fields, data):
        """:raise UserError: for staff with more lines or cards than a call may record: Odoo would try one by one."""
        if self._name.startswith(("crm.lead", "showroom.")):
            self._check_number(len(data), getattr(self, "_at_once", AT_ONCE))
        if not self.env.su and self.env.user._is_limited():
            self._check_external_ids(fields, data)
        return super(Base, self.with_context(showroom_loading=True)).load(fields, data)

    @api.model
    def _check_external_ids(self, fields, data):
        """What is called as a module's own, Odoo deletes when that is upgraded and does not know it.

        :raise UserError: for external ids of modules.
        """
        places = [place for place, path in enumerate(fields) if self._names_rows(path)]
        said = {str(row[place]) for row in data for place in places if len(row) > place and row[place]}
        modules = self.env["ir.module.module"].sudo()
        owners = modules.search([("name", "in", [each.partition(".")[0] for each in said if "." in each])])
        if owners:
            names = format_list(self.env, owners.mapped("name"))
            raise UserError(self.env._("Leave the names of modules out of external IDs: %s.", names))

    @api.model
    def _names_rows(self, path):
        """Whether a column says what rows are called, or the lines within them; others are links to what there is."""
        *within, last = str(path).split("/")
        field = self._fields.get(within[0]) if within else None
        return last == "id" and (not within or field is not None and field.type == "one2many")
