from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core import facts
from . import said


class ShowroomCommunication(models.Model):
    """A consultant spoke with the holder about the customer before closing (5.8)."""

    _name = "showroom.communication"
    _description = "Communication with the Holder"
    _inherit = ["showroom.evidence.mixin"]
    _entry_kind = "communication"
    _user_fields = frozenset(["lead_id", "with_id", "note"])
    _committed = ("note",)
    _at_once = 20  # each is told to a colleague
    _told_columns = {"by": "by_id", "with": "with_id"}

    lead_id = fields.Many2one("crm.lead", "Card", required=True, index=True, ondelete="restrict")
    by_id = fields.Many2one("res.users", "By", readonly=True, ondelete="restrict")
    with_id = fields.Many2one("res.users", "With", required=True, ondelete="restrict")
    note = fields.Char()

    @api.model
    def _user_vals(self, vals):
        vals = {**super()._user_vals(vals), "by_id": self.env.uid}
        card = self.env["crm.lead"].sudo().browse(vals.get("lead_id"))
        if not card._is_card() or not vals.get("with_id") or vals["with_id"] == self.env.uid:
            raise UserError(self.env._("Choose the card and the colleague you spoke with."))
        card._check_may_record(self.env.user)
        return {
            **vals,
            "outlet_id": card.outlet_id.id,
            "note": said.text(self.env, vals.get("note")),
        }

    @api.model
    def _record(self, vals_list):
        records = super()._record(vals_list)
        for record in records:
            record.lead_id._tell_of_communication(record)
        return records

    @api.model
    def _evidence(self, vals):
        return {"by": vals["by_id"], "with": vals["with_id"], **self._commitments(vals)}

    def _evidence_vals(self):
        return {"by_id": self.by_id.id, "with_id": self.with_id.id, "note": self.note, "salt": self.sudo().salt}

    def _fact(self, intact=True):
        who = {"by": self.by_id.id, "with_": self.with_id.id}
        return facts.Communication(id=self.id, ref=self.number, at=self.recorded_at, intact=intact, **who)
