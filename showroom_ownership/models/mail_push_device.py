import json

from odoo import api, models
from odoo.exceptions import ValidationError


class MailPushDevice(models.Model):
    """Odoo calls the address of each device while somebody waits: whoever is told, a desk among them."""

    _inherit = "mail.push.device"

    @api.model
    def register_devices(self, **said):
        """:raise ValidationError: for an address that is no push service's: those of browsers are all encrypted."""
        for name in ("endpoint", "previousEndpoint"):
            if said.get(name) and not str(said[name]).startswith("https://"):
                raise ValidationError(
                    self.env._("A browser registers itself for notifications; do it in its settings.")
                )
        return super().register_devices(**said)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _web_push_send_notification(self, devices, private_key, public_key, payload_by_lang=None, payload=None):
        """Sent by the scheduled action, as Odoo does for many devices: an address that never answers stops no desk."""
        told = {device: payload_by_lang[device.partner_id.lang] if payload_by_lang else payload for device in devices}
        vals_list = [{"mail_push_device_id": device.id, "payload": json.dumps(told[device])} for device in devices]
        self.env["mail.push"].sudo().create(vals_list)
        self.env.ref("mail.ir_cron_web_push_notification")._trigger()
