from odoo import api, fields, models

from ..models import said
from ..models.showroom_transfer import CONSULTANT_REASONS, REASONS


class ShowroomTransferWizard(models.TransientModel):
    _name = "showroom.transfer.wizard"
    _description = "Request Transfer"
    _inherit = ["showroom.card.wizard"]

    owner_id = fields.Many2one(
        "res.users", "New Owner", required=True, domain="[('crm_team_ids.outlet_kind', '!=', False)]",
        compute="_compute_owner_id", store=True, readonly=False,
    )  # fmt: skip
    reason = fields.Selection("_reasons", required=True, default="customer_request")
    text = fields.Char("Explanation", required=True)

    @api.depends("reception_id")
    def _compute_owner_id(self):
        """Who received a colleague's customer most often asks for themselves."""
        for wizard in self:
            owner = wizard._cards().sudo().user_id if wizard.reception_id else self.env.user
            wizard.owner_id = self.env.user if owner != self.env.user else False

    @api.model
    def _reasons(self):
        """What the user may give as a reason: consultants do not judge lapses or departures."""
        asked = ["lapsed", "departure", *CONSULTANT_REASONS, "manager"]
        known = asked if self.env.user._is_showroom_manager() else CONSULTANT_REASONS
        labels = dict(self.env["showroom.transfer"]._fields["reason"]._description_selection(self.env))
        return [(reason, labels[reason]) for reason, _label in REASONS if reason in known]

    @said.takes(one=True)
    def action_request(self):
        self._all_cards().action_request_transfer(self.owner_id.id, self.reason, self.text)
        return self._done(self.env._("The transfer waits for a manager's approval."))
