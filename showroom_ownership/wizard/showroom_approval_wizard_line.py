from odoo import fields, models


class ShowroomApprovalWizardLine(models.TransientModel):
    _name = "showroom.approval.wizard.line"
    _description = "Transfer to Approve"

    wizard_id = fields.Many2one("showroom.approval.wizard", ondelete="cascade")
    transfer_id = fields.Many2one("showroom.transfer", required=True, ondelete="cascade")
    from_id = fields.Many2one(related="transfer_id.from_id", related_sudo=False)
    to_id = fields.Many2one(related="transfer_id.to_id", related_sudo=False, string="Proposed")
    reason = fields.Selection(related="transfer_id.reason", related_sudo=False)
    owner_id = fields.Many2one("res.users", "New Owner", domain="[('crm_team_ids.outlet_kind', '!=', False)]")
