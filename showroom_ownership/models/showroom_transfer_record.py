from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import format_datetime


class ShowroomTransfer(models.Model):
    """The transfer record (转卡记录), as it is printed and signed."""

    _inherit = "showroom.transfer"

    def _record_customer(self):
        """The card, for readers who may see the customer; nothing for others, who see the number alone."""
        card = self.with_context(active_test=False).lead_id.sudo(False)
        return card if card and card.has_access("read") else card.browse()

    def _asked_by_person(self):
        """Requests for lapses and departures are filed by the scheduled actions."""
        return self.requested_by and not self.requested_by.sudo()._is_superuser()

    def _local(self, moment):
        """A moment in the outlet's time."""
        return moment and format_datetime(self.env, moment, tz=self.outlet_id.sudo().tz, dt_format="yyyy-MM-dd HH:mm")


class TransferRecordOfApproval(models.AbstractModel):
    """From the list of approvals the same record is printed, of those that are transfers."""

    _name = "report.showroom_ownership.transfer_record_of_approval"
    _description = "Transfer Record"

    @api.model
    def _get_report_values(self, docids, data=None):
        transfers = self.env["showroom.transfer"].search([("approval_id", "in", docids)])
        if not transfers:
            raise UserError(self.env._("Only transfers have a transfer record. Choose one."))
        return {"doc_ids": transfers.ids, "doc_model": "showroom.transfer", "docs": transfers}
