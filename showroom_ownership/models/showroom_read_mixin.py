from odoo import api, models
from odoo.tools import ormcache


class ShowroomReadMixin(models.AbstractModel):
    """Who has no role in the showroom reads Odoo's records as in stock, without the columns of outlets and cards."""

    _name = "showroom.read.mixin"
    _description = "Read as in Stock Odoo"

    def _fetch_field(self, field):
        """Odoo reads all columns of a record when it is asked for one of them."""
        together = field.prefetch is True and self.env.context.get("prefetch_fields", True)
        columns = self._columns_of_stock() if together and not self._is_of_outlets(field) else ()
        return self.fetch(columns) if columns else super()._fetch_field(field)

    @api.model
    @ormcache("self.env.su", "self.env.user._get_group_ids()", cache="stable")
    def _columns_of_stock(self):
        """Those that Odoo would read, which differ by role; none for who has a role here, and is read all."""
        if self.env.user._has_showroom_role():
            return ()
        together = (each for each in self._fields.values() if each.prefetch is True and not self._is_of_outlets(each))
        return tuple(each.name for each in together if self._has_field_access(each, "read"))

    def _is_of_outlets(self, field):
        """Of ours, all leads are asked for the outlet, by record rules, and for what is tracked, by each write."""
        asked_of_all = field.name == "outlet_id" or getattr(field, "tracking", None)
        return field._modules[:1] == ("showroom_ownership",) and not asked_of_all
