from odoo import fields, models


class ShowroomApprovalWizardLine(models.TransientModel):
    _name = "showroom.approval.wizard.line"
    _description = "Transfer to Approve"

    wizard_id = fields.Many2one("showroom.approval.wizard", ondelete="cascade")
    transfer_id = fields.Many2one("showroom.transfer", required=True, ondelete="cascade")
    card_number = fields.Char(related="transfer_id.lead_id.card_number", string="Card")
    from_id = fields.Many2one(related="transfer_id.from_id")
    to_id = fields.Many2one(related="transfer_id.to_id", string="Proposed")
    reason = fields.Selection(related="transfer_id.reason")
    owner_id = fields.Many2one("res.users", "New Owner", domain="[('crm_team_ids.outlet_kind', '!=', False)]")
