from odoo import fields, models

from ..models import clock, said
from ..models.showroom_followup import METHODS


class ShowroomFollowupWizard(models.TransientModel):
    _name = "showroom.followup.wizard"
    _description = "Record Follow-up"
    _inherit = ["showroom.card.wizard"]

    method = fields.Selection(METHODS, required=True, default="call")
    happened_at = fields.Datetime("Happened", required=True, default=lambda self: clock.now(self.env))
    reached = fields.Boolean("Customer Reached", default=True)
    on_behalf_of_id = fields.Many2one("res.users", "On Behalf Of", help="The follow-up then counts for them (2).")
    outcome = fields.Char(help="What was said, in a line.")

    @said.takes(one=True)
    def action_record(self):
        vals = {name: self[name] for name in ("method", "happened_at", "reached", "outcome")}
        vals.update(lead_id=self._card().id, on_behalf_of_id=self.on_behalf_of_id.id)
        followup = self.env["showroom.followup"].create(vals)
        return self._done(self.env._("Follow-up recorded as %s.", followup.number))
