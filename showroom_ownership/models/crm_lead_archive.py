from odoo import models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """A card that is archived is lost: put aside and still open, it would never be overdue (4)."""

    _inherit = "crm.lead"

    def write(self, vals):
        restored = (
            self.filtered(lambda card: not card.active and card.outlet_id) if vals.get("active") else self.browse()
        )
        hiding = not self.env.su and not vals.get("active", True)
        if not self.env.su and {"active", "probability"} & vals.keys() and not hiding:
            self._check_not_put_aside(vals)
        result = self._put_aside(vals) if hiding else super().write(vals)
        restored._leave_to_who_filed_beside()
        return result

    def _put_aside(self, vals):
        self._check_not_hidden()
        aside = self.filtered(lambda card: card.outlet_id and card.won_status == "pending")
        rest = self - aside
        result = super(CrmLead, rest).write(dict(vals)) if rest else True
        return (super(CrmLead, aside).write({**vals, "probability": 0}) if aside else True) and result

    def _check_not_hidden(self):
        """What a ruling is about stays where all can see it."""
        user = self.env.user
        if any(card.ruling_id and not user._manages(card.outlet_id) for card in self.filtered("outlet_id")):
            raise UserError(self.env._("A card with a ruling is archived by a manager."))

    def _check_not_put_aside(self, vals):
        if not vals.get("active") and vals.get("probability") and any(c.outlet_id and not c.active for c in self):
            raise UserError(self.env._("Restore the card before you work on it."))
