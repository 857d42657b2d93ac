from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from . import clock, said
from .showroom_role import NAMES, ROLES

KINDS = [
    ("showroom.transfer", "Transfer"),
    ("showroom.cancellation", "Cancellation"),
    ("showroom.settlement", "Settlement"),
    ("showroom.preregistration", "Pre-registration"),
    ("showroom.appeal", "Appeal"),
    ("showroom.leave", "Long Leave"),
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
    _inherit = ["showroom.kept.mixin", "showroom.append.mixin"]
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
    escalated_to = fields.Selection(
        ROLES, readonly=True, help="The role that may decide as well, because nobody had in time (4)."
    )
    waits_for = fields.Selection(
        ROLES, compute="_compute_waits_for", store=True,
        help="The role in whose list it is: that of its tier, or the one it was escalated to.",
    )  # fmt: skip
    waiting_since = fields.Datetime(
        compute="_compute_waiting_since", store=True, help="Since the request, or the last decision on it."
    )
    decided_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    decided_at = fields.Datetime(readonly=True)
    step_ids = fields.One2many("showroom.approval.step", "approval_id", "Decisions", readonly=True)

    _check_own = models.Constraint(
        "CHECK (state <> 'approved' OR decided_by IS NULL OR requested_by IS NULL OR decided_by <> requested_by)",
        "Nobody approves their own request.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create(self._fresh(vals_list))

    @api.model
    def _fresh(self, vals_list):
        """A new request waits for the first role, since it was made: said at once, it needs no second statement."""
        return [{"waits_for": NAMES[0], "waiting_since": vals.get("requested_at"), **vals} for vals in vals_list]

    @api.depends("kind", "lead_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for approval in self:
            approval.display_name = (
                f"{kinds.get(approval.kind, '')} {approval.sudo().lead_id.card_number or ''}".strip()
            )

    @api.depends_context("uid", "lang")
    def _compute_subject(self):
        by_id = self.sudo()._requests()
        for approval in self:
            request = by_id.get(approval._origin.id)
            approval.subject = request._subject() if request else False

    @api.depends("tier", "escalated_to")
    def _compute_waits_for(self):
        for approval in self:
            approval.waits_for = approval.escalated_to or NAMES[approval._rank_needed()]

    @api.depends("requested_at", "step_ids.at")
    def _compute_waiting_since(self):
        for approval in self:
            moments = [approval.requested_at, *approval.step_ids.mapped("at")]
            approval.waiting_since = max((at for at in moments if at), default=False)

    def _rank_needed(self):
        """The place in ROLES of who gives the next approval: the manager first, the director after them."""
        return min(self.tier, 1)

    def _requests(self):
        """The requests themselves, by the id of their approval."""
        found = {}
        for kind, approvals in self.filtered("kind").grouped("kind").items():  # a form that is new has none
            for request in self.env[kind].search([("approval_id", "in", approvals.ids)]):
                found[request.approval_id.id] = request
        return found

    def _business(self):
        """The request itself."""
        self.ensure_one()
        return self.env[self.kind].search([("approval_id", "=", self.id)], limit=1)

    # Decisions

    @said.takes(comment=said.text)
    def action_approve(self, comment=False):
        """Approve a selection. The last tier's approval carries it out.

        :raise UserError: if one of them may not be decided by the user, or was decided; then none is.
        """
        self.check_access("read")
        principals = self._lock()._check_may_decide()
        self.sudo()._log("approved", comment, principals)
        for tier, approvals in self.sudo().grouped("tier").items():
            approvals.tier = tier + 1
        done = self.sudo().filtered(lambda each: each.tier >= each.tiers)
        (self.sudo() - done).escalated_to = False
        done._conclude("approved")
        return True

    @said.takes(comment=said.text)
    def action_refuse(self, comment=False):
        """Refuse a selection, with a comment; all of it or nothing."""
        self.check_access("read")
        principals = self._lock()._check_may_decide()
        self.sudo()._log("refused", comment, principals)
        self.sudo()._conclude("refused")
        return True

    def _conclude(self, state):
        """Keep the verdict and carry out what it brings about, for all requests of a kind at once."""
        self._decide(state)
        for kind, approvals in self.grouped("kind").items():
            requests = self.env[kind].search([("approval_id", "in", approvals.ids)])
            try:
                if state == "approved":
                    requests._approved()
                else:
                    requests._refused()
            except UserError as error:
                raise approvals._named(error, among=self) from error

    def _named(self, error, among):
        """In a selection, an error says about which requests it is."""
        names = format_list(self.env, self.mapped("display_name"))
        told = self.env._("%(request)s: %(why)s", request=names, why=error) if len(among) > 1 else str(error)
        return type(error)(told)

    def _lock(self):
        """Two managers cannot decide at once: the second one finds it decided."""
        self.env.cr.execute("SELECT id FROM showroom_approval WHERE id IN %s FOR UPDATE", [tuple(self.ids) or (0,)])
        self.invalidate_recordset(["state", "tier"])
        return self

    def _decide(self, state):
        self.write({"state": state, "decided_by": self.env.uid, "decided_at": clock.now(self.env)})

    def _log(self, verdict, comment=False, principals=None, **more):
        """Keep what was done to each request, by whom and in whose place.

        :param principals: by approval id, the user in whose name it was decided.
        """
        line = {"verdict": verdict, "comment": comment, "user_id": self.env.uid, "at": clock.now(self.env), **more}
        self.env["showroom.approval.step"].sudo()._append_lines(
            [{**line, "approval_id": each.id, "tier": each.tier + 1, "for_id": each._for(principals)} for each in self]
        )

    def _for(self, principals):
        principal = (principals or {}).get(self.id)
        return principal.id if principal and principal != self.env.user else False

    @said.takes(one=True)
    def action_open(self):
        """Open the request itself."""
        self.ensure_one()
        business = self.sudo()._business()
        return {"type": "ir.actions.act_window", "res_model": self.kind, "res_id": business.id, "view_mode": "form"}
