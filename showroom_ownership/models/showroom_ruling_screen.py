from odoo import api, fields, models

from . import said


class ShowroomRuling(models.Model):
    """What the ruling's letter shows beside its fields."""

    _inherit = "showroom.ruling"

    card_name = fields.Char(
        "Deal On", compute="_compute_card_name", help="The card, and the customer's name for those who know it."
    )
    letter_html = fields.Html("Letter", compute="_compute_letter_html", sanitize=False)
    recommendation = fields.Char(compute="_compute_letter", help="What the principles recommend after an appeal (5).")
    can_settle = fields.Boolean(compute="_compute_letter")
    can_open_card = fields.Boolean(compute="_compute_letter")
    conduct_ids = fields.One2many("showroom.conduct", "ruling_id", "Noted", readonly=True)

    @api.depends("lead_id")
    @api.depends_context("uid")
    def _compute_card_name(self):
        names = self._customer_names()
        for ruling in self:
            card = ruling.sudo().lead_id
            ruling.card_name = f"{card.card_number} {names.get(card.id, '')}".strip()

    def _customer_names(self):
        """The customers' names by card, as the reader knows them: from the card, or from a line they may read."""
        cards = self.sudo().lead_id.with_env(self.env)
        known = cards._filtered_access("read")
        domain = [("lead_id", "in", (cards - known).ids), ("customer_name", "!=", False)]
        lines = self.env["showroom.reception"].search(domain, order="recorded_at") if cards > known else ()
        told = {line.sudo().lead_id.id: line.customer_name for line in lines}
        return {**told, **{card.id: card.name for card in known}}

    @api.depends("findings", "state", "share_ids", "step_ids", "ground")
    @api.depends_context("uid", "lang")
    def _compute_letter_html(self):
        for ruling in self:
            ruling.letter_html = self.env["showroom.ruling.letter"]._html(ruling)

    @api.depends("state", "appeal_ids", "lead_id")
    @api.depends_context("uid", "lang")
    def _compute_letter(self):
        user = self.env.user
        for ruling in self:
            card = ruling.sudo().lead_id
            ruling.recommendation = ruling.sudo()._recommendation_text()
            is_open = ruling.state not in ("final", "cancelled")
            ruling.can_settle = is_open and user.id in card._party_ids()
            ruling.can_open_card = user._manages(card.outlet_id) or card.user_id == user

    def _recommendation_text(self):
        appeal = self.appeal_ids.filtered(lambda each: each.state == "pending")[:1]
        if not appeal.recommended_shares:
            return False
        words = self.env["showroom.wording"]
        shares = words._shares_text(appeal.recommended_shares)
        ground = words._label("ground", appeal.recommended_ground)
        return self.env._("%(shares)s. Ground: %(ground)s.", shares=shares, ground=ground)

    def _signers(self):
        """Who signs the printed ruling: as what, and by which name."""
        self.ensure_one()
        field = self.env["showroom.ruling"]._fields
        named = [(field[name]._description_string(self.env), self[name].name) for name in ("closer_id", "holder_id")]
        people = [(label, name) for label, name in named if name]
        same = self.holder_id == self.closer_id
        return [*(people[:1] if same else people), (self.env._("Manager"), "")]

    @said.takes(one=True)
    def action_open_card(self):
        self.ensure_one()
        views = {"view_mode": "form", "views": [(False, "form")]}
        return {"type": "ir.actions.act_window", "res_model": "crm.lead", "res_id": self.lead_id.id, **views}
