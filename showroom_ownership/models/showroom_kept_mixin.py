from odoo import api, models


class ShowroomKeptMixin(models.AbstractModel):
    """What the system records takes no default from a client: neither from a context nor from the user's own defaults.

    Anybody may set defaults of their own (`ir.default`) and send `default_...` in a context; Odoo applies both also
    where the system creates a record for them.
    """

    _name = "showroom.kept.mixin"
    _description = "Recorded by the System"
    _user_fields = frozenset()

    @api.model
    def _is_kept(self, name):
        """Whether nobody but the system says what a field holds."""
        return name not in self._user_fields

    @api.model
    def default_get(self, names):
        sent = [key for key in self.env.context if key.startswith("default_") and key[8:] in names]
        sent = [key for key in sent if self._is_kept(key[8:])]
        if not sent:
            return super().default_get(names)
        context = {key: value for key, value in self.env.context.items() if key not in sent}
        kept = self.with_context(context)  # pylint: disable=context-overridden
        return super(ShowroomKeptMixin, kept).default_get(names)

    def _know(self, vals):
        """Know what was just stored of a record without asking for it; links to many as ids."""
        for name, value in vals.items():
            field = self._fields[name]
            field._update_cache(self, value if isinstance(value, tuple) else field.convert_to_cache(value, self, False))

    def onchange(self, values, field_names, fields_spec):
        """A form says nothing of what is kept: Odoo would tell, as the system, what stands behind the link it sends."""
        if isinstance(values, dict) and isinstance(field_names, (list, tuple)):
            values = {name: value for name, value in values.items() if not self._is_kept(name)}
            field_names = [name for name in field_names if not self._is_kept(name)]
        return super().onchange(values, field_names, fields_spec)


class IrDefault(models.Model):
    _inherit = "ir.default"

    @api.model
    def _get_model_defaults(self, model_name, condition=False):
        defaults = super()._get_model_defaults(model_name, condition)
        is_kept = getattr(self.env[model_name], "_is_kept", None)
        if not defaults or not is_kept:
            return defaults
        return {name: value for name, value in defaults.items() if not is_kept(name)}
