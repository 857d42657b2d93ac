from odoo import api, fields, models


class ShowroomRuling(models.Model):
    """What the ruling's letter shows beside its fields."""

    _inherit = "showroom.ruling"

    card_name = fields.Char("Deal On", compute="_compute_letter")
    because = fields.Char(compute="_compute_letter", help="The reason of the principle that decided.")
    recommendation = fields.Char(compute="_compute_letter", help="What the principles recommend after an appeal (5).")
    can_settle = fields.Boolean(compute="_compute_letter")
    can_open_card = fields.Boolean(compute="_compute_letter")
    conduct_ids = fields.One2many("showroom.conduct", "ruling_id", "Noted", readonly=True)

    @api.depends("state", "appeal_ids", "lead_id")
    @api.depends_context("uid", "lang")
    def _compute_letter(self):
        user = self.env.user
        for ruling in self:
            card = ruling.sudo().lead_id
            ruling.card_name = f"{card.card_number} {card.name}"
            ruling.because = ruling.sudo()._because()
            ruling.recommendation = ruling.sudo()._recommendation_text()
            is_open = ruling.state not in ("final", "cancelled")
            ruling.can_settle = is_open and user.id in card._party_ids()
            ruling.can_open_card = user._is_showroom_manager() or card.user_id == user

    def _because(self):
        decided = [finding for finding in self.findings or () if finding["verdict"] == "decided"]
        return self.env["showroom.wording"]._reason(decided[0]) if decided else False

    def _recommendation_text(self):
        appeal = self.appeal_ids.filtered(lambda each: each.state == "pending")[:1]
        if not appeal.recommended_shares:
            return False
        words = self.env["showroom.wording"]
        shares = words._shares_text(appeal.recommended_shares)
        ground = words._label("ground", appeal.recommended_ground)
        return self.env._("%(shares)s. Ground: %(ground)s.", shares=shares, ground=ground)

    def action_open_card(self):
        self.ensure_one()
        views = {"view_mode": "form", "views": [(False, "form")]}
        return {"type": "ir.actions.act_window", "res_model": "crm.lead", "res_id": self.lead_id.id, **views}
