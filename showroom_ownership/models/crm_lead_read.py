from odoo import models


class CrmLead(models.Model):
    """Who has no role in the showroom reads leads as in stock Odoo, without the columns of cards."""

    _inherit = "crm.lead"

    def _fetch_field(self, field):
        """Odoo reads all columns of a record when it is asked for one of them."""
        together = field.prefetch is True and self.env.context.get("prefetch_fields", True)
        if not together or self._is_of_cards(field) or self.env.user._has_showroom_role():
            return super()._fetch_field(field)
        columns = (each for each in self._fields.values() if each.prefetch is True and not self._is_of_cards(each))
        return self.fetch([each.name for each in columns if self._has_field_access(each, "read")])

    def _is_of_cards(self, field):
        """Of ours, all leads are asked for the outlet, by record rules, and for what is tracked, by each write."""
        asked_of_all = field.name == "outlet_id" or getattr(field, "tracking", None)
        return field._modules[:1] == ("showroom_ownership",) and not asked_of_all
