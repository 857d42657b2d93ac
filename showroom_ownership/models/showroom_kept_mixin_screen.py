from odoo import api, models, tools


class ShowroomKeptMixin(models.AbstractModel):
    """Screens ask for the descriptions of all fields; those of ours change with language and role only."""

    _inherit = "showroom.kept.mixin"

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        """Ours are told from memory: a card has as many as Odoo's lead."""
        asked = self._fields.keys() & set(allfields) if allfields else self._fields.keys()
        ours = tuple(name for name in self._fields if name in asked and self._is_ours(name))
        rest = asked - set(ours)
        told = super().fields_get(rest, attributes) if rest else {}
        kept = self._described(ours, attributes and tuple(attributes)) if ours else {}
        return {**told, **{name: dict(description) for name, description in kept.items()}}

    @api.model
    def _is_ours(self, name):
        return self._fields[name]._modules[:1] == ("showroom_ownership",)

    @api.model
    @tools.ormcache(
        "self.env.lang", "self.env.su", "self.env.user._get_group_ids()", "names", "attributes", cache="stable"
    )
    def _described(self, names, attributes):
        return super().fields_get(names, attributes)
