from odoo import api, fields, models
from odoo.fields import Domain


class ShowroomReception(models.Model):
    """What the register owes the cards: a reception without a file is a lapse of duty (2.2)."""

    _inherit = "showroom.reception"

    file_due = fields.Date(
        readonly=True, index="btree_not_null",
        help="The local day by which a line without a card is to have one; empty once that was noted, or not asked.",
    )  # fmt: skip

    @api.model
    def _record(self, vals_list):
        lines = super()._record(vals_list)
        lines._ask_for_card()
        return lines

    def _ask_for_card(self):
        """Where the policy asks for cards, a line that opened and joined none waits for its name and number."""
        bare = self.filtered(lambda line: not line.lead_id and line.consultant_id and not line.attested_before)
        for outlet, lines in bare.grouped("outlet_id").items():
            if days := outlet.policy_id._days_to_complete():
                lines.write({"file_due": fields.Date.add(outlet._today(), days=days)})

    # The model of interest goes on the card

    def _arrive(self):
        result = super()._arrive()
        self._note_interest()
        return result

    def _after_change(self):
        result = super()._after_change()
        self._note_interest()
        return result

    def _note_interest(self):
        """Unless the card says something already: what the consultant wrote there is theirs."""
        named = self.filtered(lambda line: line.interest and line.lead_id and not line.lead_id.sudo().interest)
        self.env["crm.lead"]._update_cards({line.lead_id.sudo(): {"interest": line.interest} for line in named})

    # Scheduled

    @api.model
    def _cron_without_card(self):
        """Note the lapse of duty for receptions whose customer still has no card after the due date (2.2)."""
        for outlet in self.env["crm.team"].search([("outlet_kind", "!=", False)]):
            waiting = Domain("outlet_id", "=", outlet.id) & Domain("file_due", "<", outlet._today())
            lines = self.search(waiting, order="id", limit=1000)
            self.env["showroom.failure"]._guard(type(self)._note_without_card, lines)
            if not self.env["ir.cron"]._commit_progress(len(lines)):
                return

    def _note_without_card(self):
        bare = self.filtered(lambda line: not line.lead_id and not line.is_void and not line.is_erased)
        self.env["showroom.conduct"].sudo().create([line._lapse_vals() for line in bare])
        self.write({"file_due": False})

    def _lapse_vals(self):
        what = {"kind": "lapse", "reason": "no_card", "day": self.file_due, "reception_id": self.id}
        return {**what, "user_id": self.consultant_id.id, "outlet_id": self.outlet_id.id}
