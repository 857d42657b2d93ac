from collections import defaultdict

from odoo import models


class ResPartner(models.Model):
    """A token to sign up is a key to all that a portal shows of a contact, also when it is a colleague's customer."""

    _inherit = "res.partner"

    def signup_get_auth_param(self):
        """What is sent to customers is sent by the system; staff get no keys of them."""
        if not self.env.su and self.env.user._is_limited():
            return defaultdict(dict)
        return super().signup_get_auth_param()
