from odoo import api, models

from . import said


class ShowroomApproval(models.Model):
    """The number beside My Approvals."""

    _inherit = "showroom.approval"

    @api.model_create_multi
    def create(self, vals_list):
        approvals = super().create(vals_list)
        if approvals:
            self._ring()
        return approvals

    def write(self, vals):
        result = super().write(vals)
        if self and {"state", "tier", "escalated_to"} & vals.keys():
            self._ring()
        return result

    @api.model
    def _ring(self):
        """Tell the screens of those who decide to count again, once in a transaction and after it."""
        if not self.env.cr.precommit.data.get("showroom_approvals"):
            self.env.cr.precommit.data["showroom_approvals"] = True
            self.env.ref("showroom_ownership.group_manager").sudo()._bus_send("showroom_approvals", {})
            if self.env.uid in self.env["showroom.delegation"]._delegates():
                self.env.user.partner_id._bus_send("showroom_approvals", {})

    @api.model
    @api.readonly
    @said.takes()
    def count_waiting(self):
        """How many requests wait for the user: `[{kind, name, count}]`, in one query; empty for who does not decide."""
        names = dict(self._fields["kind"]._description_selection(self.env))
        rows = self._read_group(self._waiting_for(self.env.user), ["kind"], ["__count"])
        return [{"kind": kind, "name": names[kind], "count": count} for kind, count in rows]


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    def session_info(self):
        """Who decides, in their own name or a colleague's, sees the number."""
        decides = self.env.user._role_rank() >= 0 or self.env.uid in self.env["showroom.delegation"]._delegates()
        return {**super().session_info(), "showroom_decides": decides}
