from odoo import models

from .showroom_reception_change import ON_ARRIVAL


class ShowroomReception(models.Model):
    """What a correction makes of a line is known as if it had been said at once: to the holder, and as a look-up."""

    _inherit = "showroom.reception"

    def _correct(self, vals):
        number, card, before = self.phone_key, self.lead_id, {name: self[name] for name in ON_ARRIVAL}
        told = self.phone_key if self.customer_name else False  # without a name it told nothing
        result = super()._correct(vals)
        if self.phone_key and self.customer_name and self.phone_key != told:
            self._look_up_corrected()
        if self.phone_key != number:
            card._tell_of_number(self)
        changed = {name: value for name, value in before.items() if self[name] != value}
        if self.lead_id and (changed or self.lead_id != card):
            self.lead_id._tell_of_correction(self, changed if self.lead_id == card else {})
        return result

    def _look_up_corrected(self):
        """The line tells whose customer a number is, once it is on it; of a new customer there is nothing to tell."""
        known = self.lead_id if self.lead_id.filing_id != self else self.lead_id.browse()
        outlet = self.with_env(self.env)._asked_at(self.outlet_id.id)
        self.env["showroom.lookup"]._record(outlet, known._looked_up_as(), known)
