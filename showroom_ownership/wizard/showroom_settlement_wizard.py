from odoo import Command, api, fields, models

from ..models import said


class ShowroomSettlementWizard(models.TransientModel):
    _name = "showroom.settlement.wizard"
    _description = "Propose Settlement"
    _inherit = ["showroom.card.wizard"]

    ruling_id = fields.Many2one("showroom.ruling", "Ruling")
    party_ids = fields.Many2many("res.users", compute="_compute_party_ids", help="Who can have a share (5).")
    line_ids = fields.One2many(
        "showroom.settlement.wizard.line", "wizard_id", "Shares",
        compute="_compute_line_ids", store=True, readonly=False,
    )  # fmt: skip
    total = fields.Float(compute="_compute_total", digits=(5, 2))

    @api.model
    def default_get(self, names):
        values = super().default_get(names)
        if self.env.context.get("active_model") == "showroom.ruling":
            values.setdefault("ruling_id", self.env.context.get("active_id"))
        return values

    @api.depends("lead_ids", "reception_id", "ruling_id")
    def _compute_customer(self):
        return super()._compute_customer()

    @api.depends("lead_ids", "reception_id", "ruling_id")
    def _compute_party_ids(self):
        for wizard in self:
            cards = wizard._cards()
            beside = any(card.sudo()._stands_beside() for card in cards)  # of a colleague's, of whom nothing is told
            wizard.party_ids = [Command.set(cards.sudo()._party_ids() if cards and not beside else [])]

    @api.depends("lead_ids", "reception_id", "ruling_id")
    def _compute_line_ids(self):
        """Start from who is concerned most: the closer and the holder, or the owner and the user, in equal shares."""
        for wizard in self:
            ruling, parties = wizard.ruling_id.sudo(), wizard.party_ids._origin
            first = ruling.closer_id | ruling.holder_id or wizard._cards().sudo().user_id[:1] | self.env.user
            people = ((first & parties) | parties)[:2]
            lines = [Command.create({"user_id": user.id, "percent": 100 / len(people)}) for user in people]
            wizard.line_ids = [Command.clear(), *lines]

    @api.depends("line_ids.percent")
    def _compute_total(self):
        for wizard in self:
            wizard.total = sum(wizard.line_ids.mapped("percent"))

    def _cards(self):
        ruling = self.ruling_id._origin
        if not ruling:
            return super()._cards()
        ruling.check_access("read")
        return ruling.sudo().lead_id.with_env(self.env)

    @said.takes(one=True)
    def action_settle(self):
        self._card().action_settle(self.line_ids._shares())
        return self._done(self.env._("The settlement waits for the signatures of the other parties."))
