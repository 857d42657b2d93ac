from odoo import api, models

from .showroom_append_mixin import is_create_extended


class ShowroomTransfer(models.Model):
    """Any number of transfers and their approvals in two statements: scheduled runs make a thousand at once."""

    _name = "showroom.transfer"
    _inherit = ["showroom.transfer", "showroom.append.mixin"]

    @api.model
    def _store(self, vals_list):
        """As `create` does with the same values; where somebody has extended that, it is called."""
        approvals = self.env["showroom.approval"]
        if not vals_list or is_create_extended(self) or is_create_extended(approvals):
            return super()._store(vals_list)
        shared = [{name: vals[name] for name in vals if self._fields[name].inherited} for vals in vals_list]
        own = [{name: vals[name] for name in vals if not self._fields[name].inherited} for vals in vals_list]
        kept = approvals._append_filled(approvals._fresh(shared))
        transfers = self._append_filled(
            [{**vals, "approval_id": approval.id} for vals, approval in zip(own, kept, strict=True)]
        )
        self._forget_lists(shared)
        kept._keep_parties()
        if any(vals["state"] == "pending" for vals in vals_list):
            approvals._ring()
        return transfers

    @api.model
    def _forget_lists(self, vals_list):
        """What was read before of those that have these transfers by a field of their approvals is out of date."""
        for name in vals_list[0]:
            for inverse in self.pool.field_inverses[self._fields[name]]:
                inverse._invalidate_cache(self.env, {vals[name] for vals in vals_list if vals[name]})


class MailTrackingValue(models.Model):
    """What the notes of a transfer say has changed: a line for each card, none of which anybody waits for."""

    _name = "mail.tracking.value"
    _inherit = ["mail.tracking.value", "showroom.append.mixin"]
