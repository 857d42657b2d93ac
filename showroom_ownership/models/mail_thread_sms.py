from odoo import models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_sms_with_template(self, template=False, template_xmlid=False, template_fallback="", **kwargs):
        """What Odoo sends without a template holds names that people gave, and is evaluated: names are no code."""
        plain = template_fallback.replace("{{", "{ {")
        return super()._message_sms_with_template(template, template_xmlid, plain, **kwargs)
