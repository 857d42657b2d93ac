from odoo import fields, models

from ..models import said


class ShowroomOrderWizard(models.TransientModel):
    _name = "showroom.order.wizard"
    _description = "Record Order"
    _inherit = ["showroom.card.wizard"]

    note = fields.Char(help="For example the model and the deposit.")

    @said.takes(one=True)
    def action_record(self):
        order = self.env["showroom.order"].create({"lead_id": self._card().id, "note": self.note})
        return self._done(self.env._("Order recorded as %s.", order.number))
