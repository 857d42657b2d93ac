from odoo import api, fields, models

from ..core import codec
from ..core.dossier import local_day
from ..core.facts import Facts, Policy
from ..core.ruling import recommend, rule, winner
from . import clock
from .showroom_policy_principle import OUTCOMES, PRINCIPLE_NAMES
from .told_json import ToldJson

STATES = [
    ("provisional", "Provisional"),
    ("negotiation", "Negotiation"),
    ("appealed", "Appealed"),
    ("arbitration", "Arbitration"),
    ("final", "Final"),
    ("cancelled", "Cancelled"),
]
OPEN_STATES = ("provisional", "negotiation", "appealed", "arbitration")


class ShowroomRuling(models.Model):
    """Who is credited with a deal, in shares that sum to 100, and why (5).

    The facts, the policy and all findings are kept as they were; what comes after is kept in steps.
    """

    _name = "showroom.ruling"
    _description = "Ruling"
    _inherit = ["showroom.kept.mixin"]
    _order = "dealt_at desc, id desc"
    _allow_sudo_commands = False

    lead_id = fields.Many2one("crm.lead", "Card", required=True, readonly=True, index=True, ondelete="restrict")
    outlet_id = fields.Many2one("crm.team", "Outlet", required=True, readonly=True, index=True, ondelete="restrict")
    closer_id = fields.Many2one("res.users", "Closer", required=True, readonly=True, index=True, ondelete="restrict")
    holder_id = fields.Many2one("res.users", "Holder", readonly=True, index=True, ondelete="restrict")
    dealt_at = fields.Datetime("Deal", required=True, readonly=True)
    day = fields.Date(required=True, readonly=True, help="The local day of the deal at its outlet.")
    state = fields.Selection(STATES, required=True, readonly=True, index=True)
    ground = fields.Selection(OUTCOMES, required=True, readonly=True)
    principle = fields.Selection(PRINCIPLE_NAMES, required=True, readonly=True)
    share_ids = fields.One2many("showroom.ruling.share", "ruling_id", "Credited", readonly=True)
    until = fields.Date(readonly=True, help="The last local day to appeal, or to agree (5).")
    deadline = fields.Datetime(readonly=True, help="The moment that day is over.")
    appellant_ids = fields.Many2many(
        "res.users", "showroom_ruling_appellant_rel", readonly=True, string="May Appeal", help="Who may appeal (5)."
    )
    cited_ids = fields.Many2many(
        "showroom.ledger.entry", "showroom_ruling_cited_rel", "ruling_id", "entry_id", "Evidence", readonly=True,
        help="The ledger entries that the findings name.",
    )  # fmt: skip
    appeal_ids = fields.One2many("showroom.appeal", "ruling_id", "Appeals", readonly=True)
    step_ids = fields.One2many("showroom.ruling.step", "ruling_id", "What Happened Since", readonly=True)
    policy_version_id = fields.Many2one("showroom.policy.version", readonly=True, ondelete="restrict")
    facts = ToldJson(readonly=True, help="The facts as they were known.")
    policy = ToldJson(readonly=True, help="The policy as it was.")
    findings = ToldJson(readonly=True, help="What each principle said.")
    outcome = ToldJson(readonly=True, help="The outcome by the principles, before appeals and decisions.")
    final_at = fields.Datetime(readonly=True)
    former_owner_id = fields.Many2one("res.users", readonly=True, ondelete="restrict", help="Before it became final.")
    reasons_html = fields.Html("Reasons", compute="_compute_reasons", sanitize=False)
    summary = fields.Char(compute="_compute_summary")

    _one_open_idx = models.UniqueIndex("(lead_id) WHERE state <> 'cancelled'", "This deal has a ruling already.")

    @api.depends("lead_id", "day")
    def _compute_display_name(self):
        for ruling in self:
            ruling.display_name = f"{ruling.sudo().lead_id.card_number} · {ruling.day}"

    @api.depends("findings")
    @api.depends_context("lang")
    def _compute_reasons(self):
        words = self.env["showroom.wording"]
        for ruling in self:
            ruling.reasons_html = words._findings_html(ruling.sudo())

    @api.depends("state", "share_ids", "ground", "until")
    @api.depends_context("lang")
    def _compute_summary(self):
        for ruling in self:
            ruling.summary = ruling._summary()

    def _summary(self):
        """The ruling in a sentence, in the reader's language."""
        self.ensure_one()
        return self.env["showroom.wording"]._summary(self.sudo())

    # Making

    @api.model
    def _make(self, deals, around=None):
        """Rule on deals: gather the facts, ask the core, keep all of it.

        :param deals: a list of `core.facts.Deal`, at most one for each card.
        :param around: what there is around their cards, if that was asked already.
        """
        gathered, entries = self.env["showroom.facts"]._gather_cited(deals, around)
        made = [(facts, rule(facts, self._policy_of(facts)._in_force())) for facts in gathered]
        entries = self._with_cited(entries, [ruling for _facts, ruling in made])
        vals_list = [self._prepare_ruling_vals(*each, entries) for each in made]
        self.flush_model(["state"])  # a ruling cancelled just now must make room for the new one
        rulings = self._store(vals_list)
        rulings._announce()
        return rulings

    @api.model
    def _policy_of(self, facts):
        return self.env["crm.team"].sudo().browse(facts.deal.outlet).policy_id

    @api.model
    def _with_cited(self, entries, rulings):
        """The ids of the ledger entries that were gathered, by number, and of follow-ups that rulings name."""
        cited = {ref for ruling in rulings for finding in ruling.findings for ref in finding.cites} - entries.keys()
        found = self.env["showroom.ledger.entry"].sudo().search_fetch([("number", "in", list(cited))], ["number"])
        return entries | {entry.number: entry.id for entry in found}

    @api.model
    def _prepare_ruling_vals(self, facts, made, entries):
        """What is kept of a ruling; those concerned can open the ledger entries that the findings name."""
        policy = self._policy_of(facts)
        cited = dict.fromkeys(ref for finding in made.findings for ref in finding.cites if ref in entries)
        names = ("state", "ground", "principle", "day", "until", "deadline")
        outcome = {"holder_id": made.holder, "appellant_ids": [(6, 0, made.appellants)]}
        kept = {"facts": codec.text(facts), "policy": policy._text_in_force(), "findings": codec.text(made.findings)}
        return {
            **{name: getattr(made, name) for name in names}, **outcome, **kept,
            "lead_id": facts.deal.card, "outlet_id": facts.deal.outlet, "closer_id": made.closer,
            "dealt_at": facts.deal.at, "policy_version_id": policy._version_in_force(),
            "outcome": self._outcome(made), "share_ids": self._share_commands(made.shares)[1:],
            "cited_ids": [(6, 0, [entries[ref] for ref in cited])],
            **(self._final_vals(facts) if made.state == "final" else {}),
        }  # fmt: skip

    @api.model
    def _final_vals(self, facts):
        """What is kept of a ruling that is final as it is made."""
        owner = next(card.owner for card in facts.cards if card.id == facts.deal.card)
        return {"final_at": clock.now(self.env), "former_owner_id": owner}

    @api.model
    def _outcome(self, made):
        kept = {"state": made.state, "ground": made.ground, "principle": made.principle}
        return {**kept, "shares": codec.dump(made.shares), "conduct": codec.dump(made.conduct)}

    @api.model
    def _share_commands(self, shares):
        lines = [(0, 0, {"user_id": user, "percent": float(percent)}) for user, percent in shares]
        return [(5, 0, 0), *lines]

    def _again(self):
        """The ruling that the stored facts give under the stored policy: must be the stored outcome."""
        self.ensure_one()
        return rule(self._core_facts(), self._core_policy())

    def _core_facts(self):
        return codec.load(Facts, self.facts)

    def _core_policy(self):
        return codec.load(Policy, self.policy)

    # What follows

    def _announce(self):
        """Show rulings on their cards; tell who may contest or has to decide; note what is to be noted."""
        self.env["showroom.conduct"]._keep(self)
        shown = {
            each.lead_id: {"ruling_id": each.id, "ruling_state": each.state, "followup_due": False} for each in self
        }
        self.lead_id._update_cards(shown)
        final = self.filtered(lambda ruling: ruling.state == "final")
        final._hand_to_winners()
        final._tell_who_is_concerned()
        for ruling in self.filtered(lambda each: each.state != "final"):
            ruling._tell_who_acts()

    def _move(self, state, ground, principle=None, shares=None, note=False):
        """Go on to another state; what was before is kept as a step."""
        self.ensure_one()
        step = {"ruling_id": self.id, "at": clock.now(self.env), "user_id": self.env.uid, "note": note}
        was = {
            "from_state": self.state,
            "from_ground": self.ground,
            "shares": [[s.user_id.id, s.percent] for s in self.share_ids],
        }
        self.env["showroom.ruling.step"].sudo().create({**step, **was, "state": state, "ground": ground})
        vals = {"state": state, "ground": ground, "principle": principle or "company_ruling"}
        if shares is not None:
            vals["share_ids"] = self._share_commands(shares)
        self.sudo().write(vals)
        self.lead_id.sudo()._update_card({"ruling_state": state if state != "cancelled" else False})
        if state == "final":
            self.sudo()._settle_owners()

    def _settle_owners(self):
        """A final ruling gives the card to whoever has the largest share, the closer among equals (5)."""
        now = clock.now(self.env)
        for former, rulings in self.grouped(lambda ruling: ruling.lead_id.user_id).items():
            rulings.write({"final_at": now, "former_owner_id": former.id})
        self._close_activities()
        self._hand_to_winners()
        self._tell_who_is_concerned()

    def _hand_to_winners(self):
        for (owner, settled), rulings in self.grouped(
            lambda ruling: (ruling._winner(), ruling.ground == "settlement")
        ).items():
            rulings.lead_id._change_owner(owner, "settlement" if settled else "ruling")

    def _winner(self):
        shares = tuple((share.user_id.id, share.percent) for share in self.share_ids)
        return self.env["res.users"].browse(winner(shares, self.closer_id.id))

    def _close_activities(self):
        kind = self.env.ref("showroom_ownership.mail_activity_type_ruling")
        domain = [
            ("res_model", "=", "crm.lead"),
            ("res_id", "in", self.lead_id.ids),
            ("activity_type_id", "=", kind.id),
        ]
        self.env["mail.activity"].sudo().search(domain).unlink()

    def _cancel(self):
        """The deal was taken back: the ruling stays to be read, without effect; the card goes back, and what it noted
        about people is no entry any more (5)."""
        self.sudo().conduct_ids.unlink()
        for ruling in self:
            owner, was_final = ruling.former_owner_id, ruling.state == "final"
            ruling.appeal_ids._withdraw(self.env._("The deal was taken back."))
            ruling._move("cancelled", ruling.ground, ruling.principle)
            ruling._close_activities()
            ruling.lead_id._update_card({"ruling_id": False, "ruling_state": False})
            if was_final:
                ruling.lead_id._go_back(owner, ruling.dealt_at)
            ruling._tell_that_it_ended()

    def _recommendation(self):
        return recommend(self._core_facts(), self._core_policy(), self.outcome["ground"])

    # Scheduled

    @api.model
    def _cron_windows(self):
        """End appeal windows and negotiations whose last local day is over (5)."""
        domain = [("state", "in", ("provisional", "negotiation")), ("deadline", "<=", clock.now(self.env))]
        for ruling in self.search(domain, order="deadline, id"):
            self.env["showroom.failure"]._guard(type(self)._end_window, ruling)
            if not self.env["ir.cron"]._commit_progress(1):
                return

    def _end_window(self):
        """Unless somebody was first: an appeal, a settlement or a deal taken back since the run began."""
        self.ensure_one()
        locked = self.try_lock_for_update(allow_referencing=True)
        if not locked or self.state not in ("provisional", "negotiation") or self.deadline > clock.now(self.env):
            return
        if self.state == "negotiation":
            self._move("arbitration", self.ground, self.principle, note=self.env._("Nobody agreed in time."))
            self._tell_who_acts()
        else:
            self._move("final", "no_appeal", note=self.env._("Nobody appealed in time."))

    def _is_reopenable(self, now):
        return self.state == "final" and self.sudo()._may_still_reopen(now)

    def _may_still_reopen(self, now):
        return local_day(now, self.outlet_id.tz) < self._reopen_limit()

    def _reopen_limit(self):
        day = local_day(self.final_at, self.outlet_id.tz)
        return fields.Date.add(day, days=self.outlet_id.policy_id.reopen_days)
