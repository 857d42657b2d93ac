from odoo import api, models
from odoo.exceptions import AccessError


class IapAccount(models.Model):
    """Text messages and letters are paid by the newest account of their service, which Odoo lets anybody make."""

    _inherit = "iap.account"

    @api.model_create_multi
    def create(self, vals_list):
        """Of a service that has none, Odoo makes the first one for whoever needs it."""
        services = [vals.get("service_id") for vals in vals_list]
        self._check_of_house(self.sudo().search([("service_id", "in", services)], limit=1))
        return super().create(vals_list)

    def write(self, vals):
        self._check_of_house(self.sudo().filtered(lambda account: account.create_uid != self.env.user))
        return super().write(vals)

    @api.model
    def _check_of_house(self, accounts):
        """:raise AccessError: for staff, if there are accounts that others made."""
        if accounts and not self.env.su and self.env.user._is_limited():
            raise AccessError(self.env._("This is paid by an account that the house has. Ask an administrator."))
