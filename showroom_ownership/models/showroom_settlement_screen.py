from odoo import api, fields, models


class ShowroomSettlement(models.Model):
    _inherit = "showroom.settlement"

    can_sign = fields.Boolean(compute="_compute_can_sign")

    @api.depends("state", "share_ids.signed_at")
    @api.depends_context("uid")
    def _compute_can_sign(self):
        for settlement in self:
            mine = settlement.sudo().share_ids.filtered(lambda share: share.user_id == self.env.user)
            settlement.can_sign = settlement.state == "draft" and bool(mine) and not mine.signed_at
