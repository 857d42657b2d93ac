import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError

from . import qr, said
from .showroom_evidence_mixin import RECORDING


class ShowroomReception(models.Model):
    """At the counter: a line is made once however often it is saved, and leaves with a receipt.

    The receipt is what a person outside holds of the ledger: until the page is sealed, it is the only thing that is.
    """

    _inherit = "showroom.reception"

    request_key = fields.Char(
        "Key of the Form", copy=False, default=lambda self: str(uuid.uuid4()),
        help="Made when the form is opened: whoever saves the same form twice gets the same line.",
    )  # fmt: skip
    receipt = fields.Char(
        compute="_compute_receipt", compute_sudo=True, help="The number and the first 12 characters of the hash."
    )
    receipt_qr = fields.Char("Receipt as QR Code", compute="_compute_receipt", compute_sudo=True)

    _request_key_unique = models.UniqueIndex("(request_key)", "This form has been saved already.")

    @api.depends("entry_id")
    def _compute_receipt(self):
        for line in self:
            line.receipt = line.entry_id.receipt
            line.receipt_qr = qr.data_uri(line.receipt) if line.receipt else False

    @api.model_create_multi
    def create(self, vals_list):
        """Lines whose form was saved before are given back as they are, whatever the form says now."""
        if self.env.context.get("showroom_recording") is RECORDING:
            return super().create(vals_list)
        keys = [said.text(self.env, vals["request_key"]) for vals in vals_list if vals.get("request_key")]
        known = self._saved_before(keys)
        if not known:
            return super().create(vals_list)
        new = iter(super().create([vals for vals in vals_list if vals.get("request_key") not in known]))
        return self.browse().concat(*(known.get(vals.get("request_key")) or next(new) for vals in vals_list))

    @api.model
    def _saved_before(self, keys):
        """The lines that were saved under these keys, by their key.

        :raise UserError: if the key is somebody else's.
        """
        lines = self.sudo().search([("request_key", "in", keys)]) if keys else self.browse()
        if any(line.recorded_by != self.env.user for line in lines):
            raise UserError(self.env._("This form was saved by somebody else. Open a new one."))
        return {line.request_key: line.with_env(self.env) for line in lines}
