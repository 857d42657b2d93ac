from odoo import models

from ..models.mail_render_privacy import check_open


class SmsComposer(models.TransientModel):
    """The form of a text message is about records that its writer may read."""

    _name = "sms.composer"
    _inherit = ["showroom.composer.mixin", "sms.composer"]
    _about = ("res_model", "res_id", "res_ids")

    def _get_records(self):
        records = super()._get_records()
        if records:
            check_open(records)
        return records

    def _check_records(self):
        self._get_records()
        return super()._check_records()
