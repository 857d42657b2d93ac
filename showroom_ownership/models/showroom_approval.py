from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from . import clock

KINDS = [
    ("showroom.transfer", "Transfer"),
    ("showroom.cancellation", "Cancellation"),
    ("showroom.settlement", "Settlement"),
    ("showroom.preregistration", "Pre-registration"),
    ("showroom.appeal", "Appeal"),
]
STATES = [
    ("draft", "Being signed"),
    ("pending", "Pending"),
    ("approved", "Approved"),
    ("refused", "Refused"),
    ("withdrawn", "Withdrawn"),
]


class ShowroomApproval(models.Model):
    """What waits for a manager, of whatever kind, in one place (4, approvals).

    Transfers, cancellations, settlements, pre-registrations and appeals each delegate their state to one of these.
    """

    _name = "showroom.approval"
    _description = "Approval"
    _order = "requested_at desc, id desc"
    _allow_sudo_commands = False

    kind = fields.Selection(KINDS, required=True, readonly=True)
    state = fields.Selection(STATES, required=True, readonly=True, default="pending", index=True)
    lead_id = fields.Many2one("crm.lead", "Card", readonly=True, index=True, ondelete="restrict")
    outlet_id = fields.Many2one("crm.team", "Outlet", readonly=True, index=True, ondelete="restrict")
    subject = fields.Char(compute="_compute_subject", help="What is asked for, in a sentence.")
    text = fields.Char("Reason Given", readonly=True)
    requested_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    requested_at = fields.Datetime(readonly=True)
    tiers = fields.Integer("Approvals Needed", readonly=True, default=1)
    tier = fields.Integer("Approvals Given", readonly=True)
    decided_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True)
    step_ids = fields.One2many("showroom.approval.step", "approval_id", "Decisions", readonly=True)
    can_decide = fields.Boolean(compute="_compute_can_decide", search="_search_can_decide")

    _check_own = models.Constraint(
        "CHECK (state <> 'approved' OR decided_by IS NULL OR requested_by IS NULL OR decided_by <> requested_by)",
        "Nobody approves their own request.",
    )

    @api.depends("kind", "lead_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for approval in self:
            approval.display_name = f"{kinds[approval.kind]} {approval.sudo().lead_id.card_number or ''}".strip()

    @api.depends_context("lang")
    def _compute_subject(self):
        for approval in self:
            approval.subject = approval.sudo()._business()._subject()

    @api.depends_context("uid")
    def _compute_can_decide(self):
        for approval in self:
            approval.can_decide = approval.state == "pending" and not approval._why_not(self.env.user)

    def _search_can_decide(self, operator, value):
        if operator != "in":
            return NotImplemented
        mine = self.search([("state", "=", "pending")]).filtered("can_decide")
        return [("id", "in" if True in value else "not in", mine.ids)]

    def _business(self):
        """The request itself."""
        self.ensure_one()
        return self.env[self.kind].search([("approval_id", "=", self.id)], limit=1)

    # Decisions

    def _why_not(self, user):
        """Why a user may not decide on this, as a sentence; None if they may."""
        self.ensure_one()
        group = "showroom_ownership.group_director" if self.tier else "showroom_ownership.group_manager"
        if not user.has_group(group):
            return self.env._("Only a manager decides on this.")
        if user == self.sudo().requested_by:
            return self.env._("Nobody decides on their own request. Ask another manager.")
        if user in self.sudo()._business()._parties():
            return self.env._("You are a party to this. Ask another manager.")
        if user in self.sudo().step_ids.user_id:
            return self.env._("You have given your approval already; the next one is somebody else's.")
        return None

    def _check_may_decide(self):
        for approval in self:
            why_not = approval._why_not(self.env.user)
            if why_not:
                raise AccessError(why_not)
            if approval.state != "pending":
                raise UserError(self.env._("%s has been decided already.", approval.display_name))

    def action_approve(self, comment=False):
        """Approve a selection. The last tier's approval carries it out; a request that was decided is refused."""
        self.check_access("read")
        self._lock()._check_may_decide()
        for approval in self.sudo():
            approval._log("approved", comment)
            approval.tier += 1
        for kind in set(self.mapped("kind")):
            done = self.sudo().filtered(lambda each, kind=kind: each.kind == kind and each.tier >= each.tiers)
            done._decide("approved")
            self.env[kind].sudo().search([("approval_id", "in", done.ids)])._approved()
        return True

    def action_refuse(self, comment=False):
        """Refuse a selection, with a comment."""
        self.check_access("read")
        self._lock()._check_may_decide()
        for approval in self.sudo():
            approval._log("refused", comment)
            approval._decide("refused")
            approval._business()._refused()
        return True

    def _lock(self):
        """Two managers cannot decide at once: the second one finds it decided."""
        self.env.cr.execute("SELECT id FROM showroom_approval WHERE id IN %s FOR UPDATE", [tuple(self.ids) or (0,)])
        self.invalidate_recordset(["state", "tier"])
        return self

    def _decide(self, state):
        self.write({"state": state, "decided_by": self.env.uid, "decided_at": clock.now(self.env)})

    def _log(self, verdict, comment=False):
        at = clock.now(self.env)
        line = {"verdict": verdict, "comment": comment, "user_id": self.env.uid, "at": at}
        self.env["showroom.approval.step"].sudo().create(
            [{**line, "approval_id": each.id, "tier": each.tier + 1} for each in self]
        )

    def action_open(self):
        """Open the request itself."""
        self.ensure_one()
        business = self.sudo()._business()
        return {"type": "ir.actions.act_window", "res_model": self.kind, "res_id": business.id, "view_mode": "form"}
