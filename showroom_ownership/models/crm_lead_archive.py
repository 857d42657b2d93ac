from odoo import models
from odoo.exceptions import UserError


class CrmLead(models.Model):
    """A card that is archived is lost: put aside and still open, it would never be overdue (4)."""

    _inherit = "crm.lead"

    def write(self, vals):
        aside = self.filtered(lambda card: not card.active and card.outlet_id) if vals.get("active") else self.browse()
        result = self._write_aside(vals)
        for card in aside:
            card._leave_to_who_filed_beside()._tell_of_double(card.user_id or self.env.user, card.outlet_id)
        return result

    def _write_aside(self, vals):
        if self.env.su or not {"active", "probability"} & vals.keys():
            return super().write(vals)
        if vals.get("active", True):
            self._check_not_put_aside(vals)
            return super().write(vals)
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
