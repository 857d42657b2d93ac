from odoo import Command, api, fields, models

from ..models import said

WAYS = [
    ("proposed", "As proposed"),
    ("one", "All to one consultant"),
    ("spread", "Spread evenly among"),
]


class ShowroomApprovalWizard(models.TransientModel):
    """Approve or refuse a selection of requests, with a comment; transfers also to others than proposed (4)."""

    _name = "showroom.approval.wizard"
    _description = "Decide on Requests"

    approval_ids = fields.Many2many("showroom.approval", string="Requests", required=True)
    verdict = fields.Selection([("approve", "Approve"), ("refuse", "Refuse")], required=True, default="approve")
    way = fields.Selection(WAYS, "New Owners", required=True, default="proposed", help="Each can be changed below.")
    owner_id = fields.Many2one("res.users", "Consultant", domain="[('crm_team_ids.outlet_kind', '!=', False)]")
    consultant_ids = fields.Many2many(
        "res.users", "showroom_approval_wizard_consultant_rel", string="Consultants",
        domain="[('crm_team_ids.outlet_kind', '!=', False)]",
    )  # fmt: skip
    line_ids = fields.One2many(
        "showroom.approval.wizard.line", "wizard_id", "Transfers",
        compute="_compute_line_ids", store=True, readonly=False,
    )  # fmt: skip
    other_ids = fields.Many2many("showroom.approval", compute="_compute_other_ids", string="Other Requests")
    comment = fields.Char()

    @api.model
    def default_get(self, names):
        """From the list of requests, or from the form of one of any kind."""
        values = super().default_get(names)
        model, ids = self.env.context.get("active_model"), self.env.context.get("active_ids")
        if model and "approval_ids" in names:
            records = self.env[model].browse(ids)
            approvals = records if model == "showroom.approval" else records.approval_id
            values["approval_ids"] = [Command.set(approvals.ids)]
        return values

    @api.depends("approval_ids", "verdict")
    def _compute_other_ids(self):
        """What is listed without a choice: everything but the transfers that are approved."""
        for wizard in self:
            transfers = wizard.approval_ids.filtered(lambda each: each.kind == "showroom.transfer")
            wizard.other_ids = wizard.approval_ids - (transfers if wizard.verdict == "approve" else transfers.browse())

    @api.depends("approval_ids", "way", "owner_id", "consultant_ids")
    def _compute_line_ids(self):
        """To whom each card would go; changing one line is changing one."""
        for wizard in self:
            transfers = wizard._transfers()
            owners = wizard._owners(transfers)
            lines = [{"transfer_id": each.id, "owner_id": owners.get(each, each.to_id).id} for each in transfers]
            wizard.line_ids = [Command.clear(), *map(Command.create, lines)]

    def _transfers(self):
        return self.env["showroom.transfer"].search([("approval_id", "in", self.approval_ids._origin.ids)], order="id")

    def _owners(self, transfers):
        """The new owner by transfer, where it is not the proposed one."""
        if self.way == "one":
            return dict.fromkeys(transfers, self.owner_id._origin) if self.owner_id else {}
        return transfers._spread(self.consultant_ids._origin) if self.way == "spread" else {}

    @said.takes(one=True)
    def action_decide(self):
        """Decide on all of them, or on none: what cannot be decided is named."""
        if self.verdict == "refuse":
            self.approval_ids.action_refuse(self.comment)
        else:
            self.approval_ids._lock()._check_may_decide()
            owners = {line.transfer_id.id: line.owner_id.id for line in self.line_ids}
            self._transfers()._propose(owners)  # of the requests that were checked, and of no others
            self.approval_ids.action_approve(self.comment)
        return {"type": "ir.actions.act_window_close"}
