from odoo import models
from odoo.fields import Domain


class MailThreadPhone(models.AbstractModel):
    """Odoo looks for numbers among all records first: where it finds none, it asks no further, and is faster."""

    _inherit = "mail.thread.phone"

    def _search_phone_mobile_search(self, operator, value):
        """No time tells staff whether a number is a colleague's customer's: whatever was found, the database is asked
        what they may see of it."""
        found = super()._search_phone_mobile_search(operator, value)
        limited = not self.env.su and self.env.user._is_limited()
        return Domain(found) | Domain("id", "=", 0) if limited else found
