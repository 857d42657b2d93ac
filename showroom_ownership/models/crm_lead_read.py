from odoo import api, models
from odoo.tools import ormcache


class CrmLead(models.Model):
    """Who has no role in the showroom reads leads as in stock Odoo, without the columns of cards."""

    _inherit = "crm.lead"

    def _fetch_field(self, field):
        """Odoo reads all columns of a record when it is asked for one of them."""
        together = field.prefetch is True and self.env.context.get("prefetch_fields", True)
        if not together or self._is_of_cards(field) or self.env.user._has_showroom_role():
            return super()._fetch_field(field)
        fields = (self._fields[name] for name in self._columns_of_leads())
        return self.fetch([each.name for each in fields if self._has_field_access(each, "read")])

    @api.model
    @ormcache(cache="stable")
    def _columns_of_leads(self):
        return tuple(
            each.name for each in self._fields.values() if each.prefetch is True and not self._is_of_cards(each)
        )

    def _is_of_cards(self, field):
        """Of ours, all leads are asked for the outlet, by record rules, and for what is tracked, by each write."""
        asked_of_all = field.name == "outlet_id" or getattr(field, "tracking", None)
        return field._modules[:1] == ("showroom_ownership",) and not asked_of_all
