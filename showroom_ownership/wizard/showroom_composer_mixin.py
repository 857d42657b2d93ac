from odoo import api, models

from ..models import said


class ShowroomComposerMixin(models.AbstractModel):
    """The form of a message tells texts, recipients and numbers as the system: not of any record.

    Whoever inherits says by which values it names its records (`_about`) and finds them (`_check_records`).
    """

    _name = "showroom.composer.mixin"
    _description = "Composer That Tells Nothing Kept"
    _about = ()

    @api.model_create_multi
    def create(self, vals_list):
        composers = super().create(vals_list)
        composers._check_all_records()
        return composers

    def write(self, vals):
        result = super().write(vals)
        self._check_all_records()
        return result

    @said.takes(values=said.values)
    def onchange(self, values, field_names, fields_spec):
        about = {name: values[name] for name in self._about if values.get(name)}
        self.new(about, origin=self)._check_all_records()
        return super().onchange(values, field_names, fields_spec)

    def _check_all_records(self):
        if not self.env.su:
            for composer in self:
                composer._check_records()

    def _check_records(self):
        """:raise AccessError: for a record that is kept from the user."""
        return True
