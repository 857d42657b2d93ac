from odoo import fields, models

from ..models import said


class ShowroomReassignWizard(models.TransientModel):
    _name = "showroom.reassign.wizard"
    _description = "Reassign Cards"
    _inherit = ["showroom.card.wizard"]

    owner_id = fields.Many2one(
        "res.users", "New Owner", required=True, domain="[('crm_team_ids.outlet_kind', '!=', False)]"
    )
    note = fields.Char("Reason", required=True)

    @said.takes(one=True)
    def action_reassign(self):
        self._all_cards().action_reassign(self.owner_id.id, self.note)
        return self._done(self.env._("%s owns the card now.", self.owner_id.name))
