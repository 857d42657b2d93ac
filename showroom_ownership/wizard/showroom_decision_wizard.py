from odoo import Command, api, fields, models

from ..models import said


class ShowroomDecisionWizard(models.TransientModel):
    """A manager's decision on an appeal or an arbitration (5)."""

    _name = "showroom.decision.wizard"
    _description = "Decide on a Ruling"

    ruling_id = fields.Many2one(
        "showroom.ruling", required=True, default=lambda self: self.env.context.get("active_id")
    )
    recommendation = fields.Char(related="ruling_id.recommendation", related_sudo=False)
    choice = fields.Selection(
        [("recommended", "As recommended"), ("consultant", "All to one consultant"), ("shares", "Shares")],
        "Decision", required=True, compute="_compute_choice", store=True, readonly=False,
    )  # fmt: skip
    party_ids = fields.Many2many("res.users", compute="_compute_party_ids")
    consultant_id = fields.Many2one("res.users", "Consultant", domain="[('id', 'in', party_ids)]")
    line_ids = fields.One2many(
        "showroom.settlement.wizard.line", "decision_id", "Shares",
        compute="_compute_choice", store=True, readonly=False,
    )  # fmt: skip
    total = fields.Float(compute="_compute_total", digits=(5, 2))
    reason = fields.Char(help="Kept with the ruling, for all to read who are concerned.")

    @api.depends("ruling_id")
    def _compute_choice(self):
        for wizard in self:
            wizard.choice = "recommended" if wizard.ruling_id.recommendation else "consultant"
            people = wizard.ruling_id.closer_id | wizard.ruling_id.holder_id
            wizard.line_ids = [Command.create({"user_id": user.id, "percent": 100 / len(people)}) for user in people]

    @api.depends("ruling_id")
    def _compute_party_ids(self):
        for wizard in self:
            wizard.party_ids = [Command.set(wizard.ruling_id.lead_id._party_ids() if wizard.ruling_id else [])]

    @api.depends("line_ids.percent")
    def _compute_total(self):
        for wizard in self:
            wizard.total = sum(wizard.line_ids.mapped("percent"))

    @said.takes(one=True)
    def action_decide(self):
        self.ruling_id.action_decide(self._shares(), self.reason)
        return {"type": "ir.actions.act_window_close"}

    def _shares(self):
        """Percent by user id; None for what is recommended."""
        if self.choice == "consultant":
            return {self.consultant_id.id: 100}
        return self.line_ids._shares() if self.choice == "shares" else None
