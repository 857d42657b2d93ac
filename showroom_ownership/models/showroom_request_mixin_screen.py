from odoo import api, fields, models


class ShowroomRequestMixin(models.AbstractModel):
    _inherit = "showroom.request.mixin"

    can_withdraw = fields.Boolean(compute="_compute_can_withdraw")

    @api.depends("state", "requested_by")
    @api.depends_context("uid")
    def _compute_can_withdraw(self):
        for request in self:
            request.can_withdraw = request.state in ("draft", "pending") and request.requested_by == self.env.user

    @api.depends("kind", "lead_id")
    def _compute_display_name(self):
        for request in self:
            request.display_name = request.approval_id._origin.display_name
