from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from . import clock, said

FINDINGS = [
    ("in_order", "In order"),
    ("incomplete", "Incomplete"),
    ("contact_unconfirmed", "Contact not confirmed"),
    ("false_record", "False record"),
]


class ShowroomSpotCheckLine(models.Model):
    """One card of a spot check and what the manager found; who owned it is kept as it was when it was drawn (6)."""

    _name = "showroom.spot.check.line"
    _description = "Card in a Spot Check"
    _inherit = ["showroom.kept.mixin"]
    _order = "check_id, id"
    _rec_name = "card_number"
    _allow_sudo_commands = False

    check_id = fields.Many2one(
        "showroom.spot.check", "Spot Check", required=True, readonly=True, index=True, ondelete="restrict"
    )
    lead_id = fields.Many2one("crm.lead", "Card", readonly=True, index="btree_not_null", ondelete="set null")
    card_number = fields.Char(required=True, readonly=True)
    owner_id = fields.Many2one("res.users", "Consultant", required=True, readonly=True, index=True, ondelete="restrict")
    finding = fields.Selection(FINDINGS, readonly=True)
    remark = fields.Char(readonly=True)
    done_at = fields.Datetime("Audited", readonly=True)
    done_by = fields.Many2one("res.users", "Audited By", readonly=True, ondelete="restrict")
    outlet_id = fields.Many2one(related="check_id.outlet_id", store=True, index=True)
    state = fields.Selection(related="check_id.state", string="Spot Check State")

    @said.takes()
    def action_in_order(self):
        """The card is in order: the finding that needs no words."""
        return self.action_record("in_order")

    @said.takes(finding=said.text, remark=said.text)
    def action_record(self, finding, remark=False):
        """Record what was found on cards; can be corrected until the check is closed. For managers.

        :param finding: `in_order`, `incomplete`, `contact_unconfirmed` or `false_record`.
        :raise AccessError: for anybody else, and on a manager's own card.
        :raise UserError: after the check was closed, or without a remark on what is not in order.
        """
        self.check_access("read")
        self._check_may_record_finding()
        remark = said.text(self.env, remark)
        if finding not in dict(FINDINGS):
            raise UserError(self.env._("Say what you found on the card."))
        if finding != "in_order" and not remark:
            raise UserError(self.env._("Say in the remark what is not in order."))
        done = {"done_at": clock.now(self.env), "done_by": self.env.uid}
        self.sudo().write({"finding": finding, "remark": remark, **done})
        return True

    def _check_may_record_finding(self):
        if not self.env.user._manages(self.outlet_id):
            raise AccessError(self.env._("Only a manager audits cards."))
        if self.env.user in self.owner_id:
            raise AccessError(self.env._("Nobody audits their own card. Ask another manager."))
        if any(check.state != "open" for check in self.check_id._lock()):
            raise UserError(self.env._("The spot check is closed: its findings stay as they are."))

    def _note_conduct(self):
        """A false record is an entry against the consultant whose card it was (6)."""
        self.env["showroom.conduct"].sudo().create([line._conduct_vals() for line in self])

    def _conduct_vals(self):
        day = self.check_id.outlet_id._day_of()(self.check_id.closed_at)
        what = {"kind": "conduct", "reason": "false_record", "day": day, "lead_id": self.lead_id.id}
        return {**what, "user_id": self.owner_id.id, "outlet_id": self.check_id.outlet_id.id}


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _spot_check_vals(self):
        return {"lead_id": self.id, "card_number": self.card_number or self.name, "owner_id": self.user_id.id}
