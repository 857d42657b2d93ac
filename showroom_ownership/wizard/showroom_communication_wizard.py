from odoo import api, fields, models

from ..models import said


class ShowroomCommunicationWizard(models.TransientModel):
    _name = "showroom.communication.wizard"
    _description = "Record Communication"
    _inherit = ["showroom.card.wizard"]

    with_id = fields.Many2one(
        "res.users", "Spoke With", required=True, domain="[('share', '=', False), ('id', '!=', uid)]",
        compute="_compute_with_id", store=True, readonly=False,
    )  # fmt: skip
    note = fields.Char(help="What you agreed on, in a line.")

    @api.depends("lead_ids", "reception_id")
    def _compute_with_id(self):
        for wizard in self:
            holder = wizard._cards().sudo().user_id[:1]
            wizard.with_id = holder if holder != self.env.user else False

    @said.takes(one=True)
    def action_record(self):
        vals = {"lead_id": self._card().id, "with_id": self.with_id.id, "note": self.note}
        said = self.env["showroom.communication"].create(vals)
        return self._done(self.env._("Communication recorded as %s.", said.number))
