from odoo import fields, models

from ..models import said


class ShowroomCancellationWizard(models.TransientModel):
    _name = "showroom.cancellation.wizard"
    _description = "Request Cancellation"
    _inherit = ["showroom.card.wizard"]

    text = fields.Char("Reason", required=True)

    @said.takes(one=True)
    def action_request(self):
        self._all_cards().action_request_cancellation(self.text)
        return self._done(self.env._("The cancellation waits for a manager's approval."))
