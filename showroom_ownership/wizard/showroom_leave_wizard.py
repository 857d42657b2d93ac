from odoo import Command, api, fields, models

from ..models import said


class ShowroomLeaveWizard(models.TransientModel):
    """Arrange a long leave: who looks after which card."""

    _name = "showroom.leave.wizard"
    _description = "Arrange a Long Leave"

    consultant_id = fields.Many2one(
        "res.users", "Consultant", required=True, default=lambda self: self.env.user._is_consultant() and self.env.user,
        domain="[('crm_team_ids.outlet_kind', '!=', False)]",
    )  # fmt: skip
    first_day = fields.Date(required=True, help="The substitutes get the cards on this local day.")
    last_day = fields.Date(required=True, help="The cards come back on the local day after it.")
    text = fields.Char("Remark")
    all_to_id = fields.Many2one("res.users", "All to", domain="[('id', 'in', colleague_ids)]")
    colleague_ids = fields.Many2many("res.users", compute="_compute_colleague_ids")
    is_manager = fields.Boolean(compute="_compute_is_manager")
    line_ids = fields.One2many(
        "showroom.leave.wizard.line", "wizard_id", "Cards to Arrange",
        compute="_compute_line_ids", store=True, readonly=False,
    )  # fmt: skip

    @api.depends_context("uid")
    def _compute_is_manager(self):
        self.is_manager = self.env.user._is_showroom_manager()

    @api.depends("consultant_id")
    def _compute_colleague_ids(self):
        for wizard in self:
            consultant = wizard.consultant_id._origin
            members = self.env["crm.team.member"].sudo().search([("crm_team_id", "in", consultant._outlets().ids)])
            wizard.colleague_ids = members.user_id - consultant

    @api.depends("consultant_id", "first_day", "all_to_id")
    def _compute_line_ids(self):
        """Every open card, with who is next by the rule (4.3), or with the one who is to have them all."""
        for wizard in self:
            lines = [Command.create(vals) for vals in wizard._proposals()]
            wizard.line_ids = [Command.clear(), *lines]

    def _proposals(self):
        consultant, one = self.consultant_id._origin, self.all_to_id._origin
        if not consultant or not self._may_see(consultant):
            return []
        domain = [("user_id", "=", consultant.id), ("won_status", "=", "pending"), ("outlet_id", "!=", False)]
        cards = self.env["crm.lead"].search(domain, order="followup_due, id")
        pairs = [(card, owner) for outlet, some in cards.grouped("outlet_id").items()
                 for card, owner in zip(some, self._substitutes(outlet.sudo(), some), strict=True)]  # fmt: skip
        return [{"lead_id": card.id, "substitute_id": (one or owner).id} for card, owner in pairs]

    def _may_see(self, consultant):
        """Whose customers they are is for the consultant and managers."""
        return consultant == self.env.user or self.env.user._manages(consultant._outlets())

    def _substitutes(self, outlet, cards):
        if self.all_to_id:
            return [self.all_to_id] * len(cards)
        return outlet._next_owners([self.consultant_id._origin] * len(cards), self.first_day or None)

    @said.takes(one=True)
    def action_arrange(self):
        """File the request; a manager approves."""
        self.ensure_one()
        substitutes = {line.lead_id: line.substitute_id for line in self.line_ids if line.substitute_id}
        days = (self.first_day, self.last_day)
        leave = self.env["showroom.leave"]._arrange(self.consultant_id, *days, substitutes, self.text)
        views = {"view_mode": "form", "views": [(False, "form")]}
        return {"type": "ir.actions.act_window", "res_model": leave._name, "res_id": leave.id, **views}
