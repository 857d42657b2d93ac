from odoo import models
from odoo.exceptions import AccessError


class BaseLanguageExport(models.TransientModel):
    """All words of all modules are half a minute's work of a server on which others wait."""

    _inherit = "base.language.export"

    def act_getfile(self):
        """:raise AccessError: for staff; translations are an administrator's."""
        if self.env.user._is_limited():
            raise AccessError(self.env._("Ask an administrator to export translations."))
        return super().act_getfile()
