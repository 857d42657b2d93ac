from odoo import models

from ..models.mail_render_privacy import check_open


class MailComposeMessage(models.TransientModel):
    """The form of a message is about records that its writer may read."""

    _name = "mail.compose.message"
    _inherit = ["showroom.composer.mixin", "mail.compose.message"]
    _about = ("model", "res_ids", "composition_mode")

    def _evaluate_res_ids(self):
        ids = super()._evaluate_res_ids()
        if ids and self.model in self.env:
            check_open(self.env[self.model].browse(ids))
        return ids

    def _check_records(self):
        self._evaluate_res_ids()
        return super()._check_records()
