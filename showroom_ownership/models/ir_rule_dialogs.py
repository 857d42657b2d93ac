from odoo import models
from odoo.fields import Domain


class IrRule(models.Model):
    """A dialog holds names, numbers and files while somebody fills it in, Odoo's own as well as ours."""

    _inherit = "ir.rule"

    def _compute_domain(self, model_name, mode="read"):
        """Staff read and change the dialogs that they opened themselves."""
        domain = super()._compute_domain(model_name, mode)
        model = self.env[model_name]
        if not model._transient or self.env.su or not self.env.user._is_limited():
            return domain
        return Domain(domain) & Domain("create_uid", "=", self.env.uid)
