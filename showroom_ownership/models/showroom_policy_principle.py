from odoo import api, fields, models

from ..core.principles import PRINCIPLES

GROUNDS = [
    ("settlement", "Settlement"),
    ("order_customer", "Ordered with a consultant"),
    ("named_consultant", "Asked for by name"),
    ("preregistered_branch", "Pre-registered by a branch"),
    ("unregistered_branch", "Received by a branch first"),
    ("satellite", "Brought by a satellite"),
    ("duty_on_behalf", "On duty on behalf of the holder"),
    ("closed_without_communication", "Closed without a word to the holder"),
    ("more_diligent", "Followed up the family better"),
    ("brief_contact", "Brief contact on both sides"),
    ("sole_claimant", "Filed first and closed"),
    ("no_valid_filing", "Nobody filed"),
    ("holder_lapsed", "The holder lapsed"),
    ("awaiting_appeal", "The holder may appeal"),
]
OUTCOMES = GROUNDS + [
    ("holder_departed", "The holder has left"),
    ("no_appeal", "Nobody appealed"),
    ("appeal_tracked", "Appealed, and tracked in time"),
    ("appeal_untracked", "Appealed, but not tracked"),
    ("arbitration", "Arbitration"),
]
PRINCIPLE_NAMES = [
    ("first_filing", "First filing"),
    ("prior_communication", "Prior communication"),
    ("regular_followup", "Regular follow-up"),
    ("negotiation", "Negotiation"),
    ("preregistration", "Pre-registration"),
    ("company_ruling", "Company ruling"),
]
# The parameters that a principle's sentence speaks of.
SPOKEN = (
    "match_counts_as_told filing_validity_days branch_followup_limit brief_contact_days negotiation_days appeal_days "
    "tracking_days"
).split()


class ShowroomPolicyPrinciple(models.Model):
    _name = "showroom.policy.principle"
    _description = "Principle of a Policy"
    _order = "policy_id, sequence, id"

    policy_id = fields.Many2one("showroom.policy", required=True, ondelete="cascade")
    sequence = fields.Integer(default=10, help="The first principle that decides makes the ruling.")
    ground = fields.Selection(GROUNDS, required=True, help="What is asked (5).")
    principle = fields.Selection(PRINCIPLE_NAMES, compute="_compute_principle")
    sentence = fields.Text("It Says", compute="_compute_principle", help="The principle in the reader's language.")
    active = fields.Boolean(default=True, help="A principle that is switched off never decides.")

    _ground_unique = models.UniqueIndex("(policy_id, ground)", "A policy lists each principle only once.")

    @api.depends("ground", *(f"policy_id.{name}" for name in SPOKEN))
    @api.depends_context("lang")
    def _compute_principle(self):
        words = self.env["showroom.wording"]
        for line in self:
            known = PRINCIPLES.get(line.ground)
            line.principle = known.name if known else False
            line.sentence = words._principle_text(line.ground, line.policy_id) if known else False

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.policy_id._make_version()
        return lines

    def write(self, vals):
        before = self.policy_id
        result = super().write(vals)
        (before | self.policy_id)._make_version()
        before._check_principles()
        return result

    def unlink(self):
        policies = self.policy_id
        result = super().unlink()
        policies._make_version()
        policies._check_principles()
        return result
