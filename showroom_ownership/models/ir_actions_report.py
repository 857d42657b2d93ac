from odoo import models


class IrActionsReport(models.Model):
    _inherit = "ir.actions.report"

    def _get_rendering_context(self, report, docids, data):
        """Each record once, however often the address of a report names it."""
        return super()._get_rendering_context(report, list(dict.fromkeys(docids or ())), data)
