from odoo import models

OF_CARDS = frozenset(["grade_id", "closer_id", "delivered_on"])


class CrmLead(models.Model):
    """What is tracked on cards alone is not asked of leads of other teams, at every write of theirs."""

    _inherit = "crm.lead"

    def _track_prepare(self, fields_iter):
        cards = self.filtered("outlet_id")
        if cards:
            super(CrmLead, cards)._track_prepare(fields_iter)
        if others := self - cards:
            super(CrmLead, others)._track_prepare([name for name in fields_iter if name not in OF_CARDS])
        return None
