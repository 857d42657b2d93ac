from odoo import api, models

from ..models import said
from ..models.mail_render_privacy import check_open


class SmsComposer(models.TransientModel):
    """The form of a text message tells text and numbers as the system: not of any record."""

    _inherit = "sms.composer"

    @api.model_create_multi
    def create(self, vals_list):
        composers = super().create(vals_list)
        composers._check_records()
        return composers

    def write(self, vals):
        result = super().write(vals)
        self._check_records()
        return result

    @said.takes(values=said.values)
    def onchange(self, values, field_names, fields_spec):
        about = {name: values[name] for name in ("res_model", "res_id", "res_ids") if values.get(name)}
        self.new(about, origin=self)._check_records()
        return super().onchange(values, field_names, fields_spec)

    def _get_records(self):
        records = super()._get_records()
        if records:
            check_open(records)
        return records

    def _check_records(self):
        if not self.env.su:
            for composer in self:
                composer._get_records()
