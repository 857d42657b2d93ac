from odoo import models


class ResUsers(models.Model):
    """Whose eyes are limited to their own customers."""

    _inherit = "res.users"

    def _sees_only_own(self):
        """Receptionists and consultants; managers see all, and who has no role here is left to stock rules."""
        return self.has_group("showroom_ownership.group_receptionist") and not self._is_showroom_manager()
