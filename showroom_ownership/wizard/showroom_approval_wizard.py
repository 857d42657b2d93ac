from odoo import Command, api, fields, models


class ShowroomApprovalWizard(models.TransientModel):
    """Approve or refuse a selection of requests, with a comment (4)."""

    _name = "showroom.approval.wizard"
    _description = "Decide on Requests"

    approval_ids = fields.Many2many("showroom.approval", string="Requests", required=True)
    verdict = fields.Selection([("approve", "Approve"), ("refuse", "Refuse")], required=True, default="approve")
    transfer_id = fields.Many2one("showroom.transfer", compute="_compute_transfer_id")
    owner_id = fields.Many2one(
        "res.users", "New Owner", domain="[('crm_team_ids.outlet_kind', '!=', False)]",
        compute="_compute_owner_id", store=True, readonly=False, help="The proposed one, or another consultant.",
    )  # fmt: skip
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

    @api.depends("approval_ids")
    def _compute_transfer_id(self):
        """A single transfer can go to another owner than proposed."""
        Transfer = self.env["showroom.transfer"]
        for wizard in self:
            single = wizard.approval_ids._origin if len(wizard.approval_ids) == 1 else wizard.approval_ids.browse()
            wizard.transfer_id = Transfer.search([("approval_id", "in", single.ids)]) if single else False

    @api.depends("transfer_id")
    def _compute_owner_id(self):
        for wizard in self:
            wizard.owner_id = wizard.transfer_id.to_id

    def action_decide(self):
        if self.verdict == "refuse":
            self.approval_ids.action_refuse(self.comment)
        elif self.owner_id and self.owner_id != self.transfer_id.to_id:
            self.transfer_id.action_approve_to(self.owner_id.id, self.comment)
        else:
            self.approval_ids.action_approve(self.comment)
        return {"type": "ir.actions.act_window_close"}
