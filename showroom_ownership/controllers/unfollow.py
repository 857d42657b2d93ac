from odoo import http
from odoo.http import request

from odoo.addons.mail.controllers import mail


class MailController(mail.MailController):
    @http.route()
    def mail_action_unfollow(self, model, res_id, pid, token, **kwargs):
        """The link at the foot of a mail works for ever, and tells what it is about: not the name of a customer."""
        request.update_context(showroom_by_link=True)
        return super().mail_action_unfollow(model, res_id, pid, token, **kwargs)
