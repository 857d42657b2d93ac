from odoo import Command, api, fields, models, tools
from odoo.exceptions import ValidationError

from ..core import codec, facts
from ..core.principles import PRINCIPLES
from . import clock
from .memory import forget

CORE_FIELDS = [
    "same_day_correction",
    "call_counts_as_filing",
    "outreach_counts_as_filing",
    "match_counts_as_told",
    "unanswered_counts",
    "followup_recording_days",
    "filing_validity_days",
    "branch_followup_limit",
    "brief_contact_days",
    "negotiation_days",
    "appeal_days",
    "tracking_days",
]


class ShowroomPolicy(models.Model):
    _name = "showroom.policy"
    _description = "Dealer's Principles"
    _inherit = ["mail.thread"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True, tracking=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, ondelete="cascade")
    preset = fields.Char(readonly=True, copy=False, help="The technical name of the preset this policy comes from.")
    principle_ids = fields.One2many(
        "showroom.policy.principle", "policy_id", "Principles", context={"active_test": False}, copy=True
    )
    grade_ids = fields.One2many("showroom.grade", "policy_id", "Grades", copy=True)
    default_grade_id = fields.Many2one(
        "showroom.grade", domain="[('policy_id', '=', id)]", ondelete="restrict", copy=False,
        help="The grade of a card that was given none (3).",
    )  # fmt: skip
    same_day_correction = fields.Selection(
        [("allowed", "The corrected line counts"), ("voids", "The line is no evidence any more")],
        required=True, default="allowed", tracking=True, help="What a correction on the same day does (2.3).",
    )  # fmt: skip
    call_counts_as_filing = fields.Boolean("Calls Count as Filing", default=True, tracking=True, help="2.6")
    outreach_counts_as_filing = fields.Boolean(
        "Cards Opened by Hand Count as Filing", tracking=True, help="Whether outreach is a filing (2)."
    )
    match_counts_as_told = fields.Boolean(
        "The Match on the Screen Counts as Told", tracking=True,
        help="Whether seeing the holder's name at the desk counts as having been told of them (5.8).",
    )  # fmt: skip
    unanswered_counts = fields.Boolean(
        "Unanswered Attempts Count", tracking=True, help="Whether an attempt without reaching the customer counts (2)."
    )
    followup_recording_days = fields.Integer(
        "Days to Record a Follow-up", default=1, tracking=True, help="Local days after it happened (2)."
    )
    filing_validity_days = fields.Integer(
        "Days a Filing Holds", tracking=True, help="Days after which a filing expires; 0: never (5)."
    )
    branch_followup_limit = fields.Integer(
        "Follow-ups that Leave a Branch its Customer", default=1, tracking=True,
        help="How many follow-ups of the closer leave the deal to an unregistered branch that came first (5.5).",
    )  # fmt: skip
    brief_contact_days = fields.Integer(default=7, tracking=True, help="5.10")
    negotiation_days = fields.Integer("Days to Negotiate", default=3, tracking=True, help="5.10")
    appeal_days = fields.Integer("Days to Appeal", default=3, tracking=True, help="Local days after the deal's (5).")
    tracking_days = fields.Integer(
        default=7,
        tracking=True,
        help="Days before the deal in which a holder must have been in touch.",
    )
    reopen_days = fields.Integer(
        "Days to Reopen", default=30, tracking=True, help="How long the general manager may reopen a final ruling (5)."
    )
    notice_mode = fields.Selection(
        [("automatic", "By the scheduled action"), ("manual", "By a manager")],
        required=True, default="automatic", tracking=True, help="Who points out a lapse (4.2).",
    )  # fmt: skip
    grace_days = fields.Integer(default=1, tracking=True, help="Local days a notice gives (4.2).")
    lapse_transfer = fields.Selection(
        [("request", "A manager approves"), ("automatic", "At once")],
        required=True, default="request", tracking=True, help="How a lapsed card goes to a colleague (4.3).",
    )  # fmt: skip
    long_leave_days = fields.Integer(
        "Days of a Short Leave",
        default=15,
        tracking=True,
        help="A leave of more days than these is arranged beforehand (4).",
    )
    approval_tiers = fields.Selection(
        [("1", "Showroom manager"), ("2", "Showroom manager, then sales director")],
        required=True, default="1", tracking=True, help="Who approves transfers and cancellations (4).",
    )  # fmt: skip
    escalation_days = fields.Integer(
        "Days to Decide", default=2, tracking=True,
        help="Local days after which a request may be decided by the next role as well: manager, director, general"
        " manager. 0: never (4).",
    )  # fmt: skip
    visit_rhythm = fields.Boolean(
        "Visits in the Rhythm", tracking=True,
        help="Every third follow-up in town and every fourth out of town must be a visit (3).",
    )  # fmt: skip
    version_ids = fields.One2many("showroom.policy.version", "policy_id", "Versions", readonly=True)
    version_id = fields.Many2one(
        "showroom.policy.version", "Version in Force", readonly=True, copy=False, ondelete="restrict"
    )

    @api.constrains("principle_ids")
    def _check_principles(self):
        for policy in self:
            if not any(line.active for line in policy.principle_ids):
                raise ValidationError(
                    self.env._("Keep at least one principle in %s: without, nothing is ruled.", policy.name)
                )

    @api.constrains(
        "followup_recording_days", "filing_validity_days", "branch_followup_limit", "brief_contact_days",
        "negotiation_days", "appeal_days", "tracking_days", "reopen_days", "grace_days", "escalation_days",
        "long_leave_days",
    )  # fmt: skip
    def _check_days(self):
        names = [name for name in self._fields if name.endswith("_days")] + ["branch_followup_limit"]
        for policy in self:
            wrong = next((name for name in names if not 0 <= policy[name] <= 3660), None)
            if wrong:
                text = self.env._("%s must be between 0 and 3660.", self._fields[wrong]._description_string(self.env))
                raise ValidationError(text)

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.setdefault("principle_ids", self._all_principles())
        policies = super().create(vals_list)
        policies._make_version()
        return policies

    def write(self, vals):
        result = super().write(vals)
        forget(self.env)
        if vals.keys() - {"version_id", "message_follower_ids", "name", "sequence", "active"}:
            self._make_version()
        return result

    @api.model
    def _all_principles(self):
        return [Command.create({"ground": ground, "sequence": n}) for n, ground in enumerate(PRINCIPLES, start=1)]

    # Versions

    def _make_version(self):
        """Saving a change makes a new version, in force from then on; rulings keep theirs."""
        forget(self.env)
        for policy in self:
            stored = codec.dump(policy._core_policy(""))
            if policy.version_id.parameters == stored:
                continue
            version = self.env["showroom.policy.version"].sudo().create(policy._version_vals(stored))
            policy.write({"version_id": version.id})  # makes no version of its own

    def _version_vals(self, stored):
        number = max(self.version_ids.mapped("number"), default=0) + 1
        since = clock.now(self.env)
        return {"policy_id": self.id, "number": number, "since": since, "parameters": stored}

    @tools.ormcache("self.id", "self.env.lang")
    def _in_force(self):
        """The policy in force as the pure core takes it: asked at every line of the register, so kept in memory."""
        return self._core_policy()

    @tools.ormcache("self.id", "self.env.lang")
    def _text_in_force(self):
        """The same as it is kept with each ruling."""
        return codec.text(self._in_force())

    @tools.ormcache("self.id")
    def _version_in_force(self):
        """The id of the version in force."""
        return self.version_id.id

    def _core_policy(self, version=None):
        """The policy as the pure core takes it, from its fields."""
        self.ensure_one()
        lines = self.principle_ids.filtered("active").sorted(lambda line: (line.sequence, line.id))
        values = {name: self[name] for name in CORE_FIELDS}
        name = self.version_id.display_name if version is None else version
        return facts.Policy(version=name, principles=tuple(lines.mapped("ground")), **values)

    def _default_grade(self):
        return self.env["showroom.grade"].browse(self._default_grade_id_of())

    @tools.ormcache("self.id")
    def _default_grade_id_of(self):
        """The grade of a card that was given none (3); asked at every new card, so kept in memory."""
        grade = self.default_grade_id or self.grade_ids.filtered(lambda grade: grade.code == "B")[:1]
        return grade.id
