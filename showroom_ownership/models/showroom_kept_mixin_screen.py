from odoo import api, models, tools


class ShowroomKeptMixin(models.AbstractModel):
    """Screens ask for the descriptions of all fields; those of ours change with language and role only."""

    _inherit = "showroom.kept.mixin"

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Ours are told from memory: a card has as many as Odoo's lead."""
        ours = self._described()
        allfields = [name for name in allfields if isinstance(name, str)] if allfields else None
        rest = [name for name in allfields or self._fields if name not in ours]
        told = super().fields_get(rest, attributes) if rest else {}
        for name in ours.keys() & allfields if allfields else ours:
            known = ours[name]
            asked = known if attributes is None else attributes
            told[name] = {each: known[each] for each in asked if each in known}
        return told

    @api.model
    @tools.ormcache("self.env.lang", "self.env.su", "self.env.user._get_group_ids()", cache="stable")
    def _described(self):
        """All that can be told of each of our fields that the user may read."""
        ours = [name for name, field in self._fields.items() if field._modules[:1] == ("showroom_ownership",)]
        return super().fields_get(ours) if ours else {}
