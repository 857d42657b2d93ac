from odoo import models

SPEAKS = ("lead_id", "asked", "named_id", "prior_id", "on_behalf_of_id", "accompanied_by_id")


class ShowroomReception(models.Model):
    """What a correction makes of a line is known as if it had been said at once: to the holder, and as a look-up."""

    _inherit = "showroom.reception"

    def _correct(self, vals):
        number, before = self.phone_key, [self[name] for name in SPEAKS]
        result = super()._correct(vals)
        if self.phone_key and self.phone_key != number:
            self._look_up_corrected()
        if self.lead_id and before != [self[name] for name in SPEAKS]:
            self.lead_id._tell_of_correction(self)
        return result

    def _look_up_corrected(self):
        """The line tells whose customer a number is, once it is on it; of a new customer there is nothing to tell."""
        known = self.lead_id if self.lead_id.filing_id != self else self.lead_id.browse()
        outlet = self.with_env(self.env)._asked_at(self.outlet_id.id)
        self.env["showroom.lookup"]._record(outlet, known._looked_up_as(), known)
