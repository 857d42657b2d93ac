from odoo import fields, models

from ..models import said


class ShowroomDeliveryWizard(models.TransientModel):
    _name = "showroom.delivery.wizard"
    _description = "Record the Delivery"
    _inherit = ["showroom.card.wizard"]

    day = fields.Date("Delivered", required=True, default=lambda self: self._default_day())

    def _default_day(self):
        """Today at the card's outlet."""
        card = self.env["crm.lead"].browse(self.env.context.get("active_id")).sudo()
        return card.outlet_id._today() if card.outlet_id else False

    @said.takes(one=True)
    def action_deliver(self):
        self._card().action_deliver(self.day)
        return self._done(self.env._("The card is an after-sales card now."))
