from odoo import api, models
from odoo.fields import Domain

from . import clock


class CrmLead(models.Model):
    """The end of protections by pre-registration."""

    _inherit = "crm.lead"

    _protected_idx = models.Index("(protected_until) WHERE protected_until IS NOT NULL")

    @api.model
    def _claim_unprotected(self, limit):
        """Lock cards whose last protected day has passed at their outlet; one query for all outlets."""
        days = self.env["crm.team"]._outlet_days(clock.now(self.env))
        outlets = {day: [outlet for outlet, today in days.items() if today == day] for day in days.values()}
        over = Domain.OR(
            Domain("outlet_id", "in", ids) & Domain("protected_until", "<", day) for day, ids in outlets.items()
        )
        return self.search(over, limit=limit, order="id").try_lock_for_update(allow_referencing=True)
