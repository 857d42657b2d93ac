from odoo import api, models

from ..models import said
from ..models.mail_render_privacy import check_open


class MailComposeMessage(models.TransientModel):
    """The form of a message tells subject, text and recipients as the system: not of any record."""

    _inherit = "mail.compose.message"

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
        about = {name: values[name] for name in ("model", "res_ids", "composition_mode") if values.get(name)}
        self.new(about, origin=self)._check_records()
        return super().onchange(values, field_names, fields_spec)

    def _evaluate_res_ids(self):
        ids = super()._evaluate_res_ids()
        if ids and self.model in self.env:
            check_open(self.env[self.model].browse(ids))
        return ids

    def _check_records(self):
        if not self.env.su:
            for composer in self:
                composer._evaluate_res_ids()
