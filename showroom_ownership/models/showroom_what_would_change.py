from datetime import timedelta

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..core import codec, facts
from ..core.facts import Facts
from ..core.principles import PRINCIPLES
from ..core.ruling import recommend, rule
from . import clock, said
from .showroom_policy import CORE_FIELDS

BATCH = 500
DAYS = 90


class ShowroomPolicy(models.Model):
    """What would change: the rulings of the last days ruled on again, under a policy that is not saved yet.

    The stored facts are asked, not the database, and nothing is stored.
    """

    _inherit = "showroom.policy"

    @api.model
    @said.takes(policy_id=said.record, values=said.values, after=said.number)
    def what_would_change(self, policy_id, values, after=0):
        """Rule again on a batch of rulings and tell those that would come out differently.

        :param policy_id: the policy that is being changed; false for a new one.
        :param values: its parameters as they are on the screen, and `principles`, the grounds in force in their order.
        :param after: where the last batch ended; 0 begins.
        :return: `total` rulings in all, `last` for the next batch (false at the end), `asked` in this one, `changes`.
        :raise AccessError: for anybody but sales directors.
        :raise UserError: for parameters that no policy could have.
        """
        if not self.env.user.has_group("showroom_ownership.group_director"):
            raise AccessError(self.env._("Only a sales director changes the principles."))
        domain = self._rulings_domain(self.browse(policy_id or ()))
        Ruling = self.env["showroom.ruling"]
        names = ["facts", "outcome", "state", "ground", "day", "lead_id"]
        rulings = Ruling.search_fetch([*domain, ("id", ">", after)], names, order="id", limit=BATCH)
        changes = self._changes(rulings, self._policy_of(values))
        last = rulings[-1:].id if len(rulings) == BATCH else False
        total = Ruling.search_count(domain) if not after else False
        return {"total": total, "days": DAYS, "last": last, "asked": len(rulings), "changes": changes}

    @api.model
    def _rulings_domain(self, policy):
        """The rulings of the outlets that the policy governs; of all of them, if it governs none yet."""
        outlets = self.env["crm.team"].search([("outlet_kind", "!=", False)])
        governed = outlets.filtered(lambda outlet: outlet.policy_id == policy) if policy else outlets
        since = clock.now(self.env).date() - timedelta(days=DAYS)
        return [("outlet_id", "in", (governed or outlets).ids), ("state", "!=", "cancelled"), ("day", ">=", since)]

    @api.model
    def _policy_of(self, values):
        """The policy on the screen as the pure core takes it."""
        grounds = tuple(values.get("principles") or ())
        if not grounds or len(set(grounds)) < len(grounds) or not set(grounds) <= PRINCIPLES.keys():
            raise UserError(self.env._("Keep at least one principle in force, each only once."))
        checked = {name: self._checked(name, values[name]) for name in CORE_FIELDS if name in values}
        return facts.Policy(version="", principles=grounds, **checked)

    @api.model
    def _checked(self, name, value):
        """A parameter of the right kind, refused with a sentence where it could not be saved either."""
        field = self._fields[name]
        if field.type == "boolean":
            return bool(value)
        valid = dict(field.selection) if field.type == "selection" else range(3661)
        if value not in valid:
            label = field._description_string(self.env)
            raise UserError(self.env._("%s must be between 0 and 3660, or one of the choices.", label))
        return value

    # Comparing

    @api.model
    def _changes(self, rulings, policy):
        appeals = self.env["showroom.appeal"].sudo().search_fetch([("ruling_id", "in", rulings.ids)])
        advice = {appeal.ruling_id.id: appeal.recommended_ground for appeal in appeals}
        compared = [(ruling, self._otherwise(ruling, policy, advice.get(ruling.id))) for ruling in rulings]
        changed = [(ruling, outcome) for ruling, outcome in compared if outcome]
        self._remember_names(changed)
        return [self._change(ruling, outcome) for ruling, outcome in changed]

    @api.model
    def _otherwise(self, ruling, policy, advised):
        """The outcome under the policy, if it is another one than it was; None if it is the same.

        :param advised: the ground recommended when the ruling was appealed, if it was.
        """
        known = codec.load(Facts, ruling.facts)
        made = rule(known, policy)
        if self._key(made.state, made.ground, made.shares) != self._stored_key(ruling.outcome):
            return made.state, made.ground, made.shares
        advice = recommend(known, policy, made.ground) if advised and made.state == "provisional" else None
        return ("appealed", advice.ground, advice.shares) if advice and advice.ground != advised else None

    @api.model
    def _key(self, state, ground, shares):
        return state, ground, {user: float(percent) for user, percent in shares}

    @api.model
    def _stored_key(self, outcome):
        return self._key(outcome["state"], outcome["ground"], outcome["shares"])

    # Telling

    @api.model
    def _remember_names(self, changed):
        """One query for all names that will be told."""
        people = {user for _ruling, (_state, _ground, shares) in changed for user, _percent in shares}
        self.env["res.users"].sudo().browse(people).mapped("name")
        self.env["showroom.ruling"].union(*(ruling for ruling, _outcome in changed)).mapped("card_name")

    @api.model
    def _change(self, ruling, outcome):
        """A ruling that would come out differently, in words."""
        words = self.env["showroom.wording"]
        state, ground, shares = outcome
        now = [(share.user_id.id, share.percent) for share in ruling.share_ids]
        return {
            "id": ruling.id, "deal": ruling.card_name, "day": words._day(ruling.day),
            "now": words._shares_text(now), "ground_now": words._label("ground", ruling.ground),
            "then": words._shares_text(shares) or self.env._("A manager finds the shares"),
            "ground_then": words._label("ground", ground), "state_then": words._label("state", state),
            "other_credit": dict(now) != {user: float(percent) for user, percent in shares},
        }  # fmt: skip
