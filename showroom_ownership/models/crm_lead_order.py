from odoo import models


class CrmLead(models.Model):
    """An order protects its card while it stands, and as long as it binds anybody (4.5)."""

    _inherit = "crm.lead"

    def _refresh_order(self):
        """The latest order that stands, of those that no colleague's first filing took away."""
        standing = self.order_ids.filtered(lambda order: not order.cancelled_at and order._was_by_first_to_file())
        self._update_card({"order_date": standing[:1].recorded_at})

    def _orders_that_end(self):
        """With their card, orders end at the word of who took them, or of a manager: not of a colleague's (5.2)."""
        user, orders = self.env.user, self.sudo().order_ids
        return orders.filtered(lambda order: self.env.su or order.by_id == user or user._manages(order.outlet_id))
