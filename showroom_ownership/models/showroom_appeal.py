from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

from ..core import codec
from ..core.ruling import parties
from . import clock, said
from .showroom_policy_principle import OUTCOMES


class ShowroomAppeal(models.Model):
    """The holder contests a provisional ruling; a manager who is no party decides (5, appeal window)."""

    _name = "showroom.appeal"
    _description = "Appeal"
    _inherit = ["showroom.request.mixin"]

    ruling_id = fields.Many2one("showroom.ruling", required=True, readonly=True, index=True, ondelete="restrict")
    appellant_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="restrict")
    recommended_ground = fields.Selection(OUTCOMES, readonly=True)
    recommended_shares = fields.Json(readonly=True)
    evidence = fields.Json(readonly=True, help="The numbers of the ledger entries the recommendation relies on.")

    def _subject(self):
        who = self.env["res.users"].browse([user for user, _percent in self.recommended_shares or ()])
        names = format_list(self.env, who.mapped("name")) or self.env._("nobody; a manager has to find shares")
        return self.env._("%(who)s appeals; recommended for %(names)s", who=self.appellant_id.name, names=names)

    def _parties(self):
        return self.env["res.users"].browse(self.ruling_id._party_ids())

    def _approved(self):
        """Confirming is following the recommendation."""
        for appeal in self:
            if not appeal.recommended_shares:
                raise UserError(self.env._("Nothing is recommended here: open the ruling and decide on the shares."))
            shares = tuple((user, Decimal(percent)) for user, percent in appeal.recommended_shares)
            appeal.ruling_id._move("final", appeal.recommended_ground, shares=shares)

    @said.takes()
    def action_withdraw(self):
        """Who appealed thinks better of it: the ruling waits again as it did, to its last day."""
        result = super().action_withdraw()
        self.sudo().ruling_id._wait_again()
        return result

    def _refused(self):
        raise UserError(self.env._("To decide otherwise than recommended, open the ruling and give your reason."))


class ShowroomRuling(models.Model):
    """Appeals, decisions and reopening (5)."""

    _inherit = "showroom.ruling"

    can_appeal = fields.Boolean(compute="_compute_may")
    can_decide = fields.Boolean(compute="_compute_may")
    can_reopen = fields.Boolean(compute="_compute_may")

    @api.depends("state", "deadline", "appellant_ids")
    @api.depends_context("uid")
    def _compute_may(self):
        user, now = self.env.user, fields.Datetime.now()
        general_manager = user.has_group("showroom_ownership.group_general_manager")
        for ruling in self:
            in_time = ruling.deadline and now < ruling.deadline
            ruling.can_appeal = ruling.state == "provisional" and user in ruling.appellant_ids and in_time
            to_decide = ruling.state in ("appealed", "arbitration") and user._manages(ruling.sudo().outlet_id)
            ruling.can_decide = to_decide and user.id not in ruling._party_ids()
            may_reopen = general_manager and user._manages(ruling.sudo().outlet_id)
            ruling.can_reopen = may_reopen and user.id not in ruling._party_ids() and ruling._is_reopenable(now)

    def _party_ids(self):
        people = parties(self._core_facts())
        return people | set(self.share_ids.user_id.ids) | set(self.appellant_ids.ids)

    def _concerns_others(self, user):
        """Whether somebody beside a user is a party.

        Nobody else is, of a final ruling that credits the user alone for what was their own card: it goes back to whose
        it was before, so that who got it by the ruling would lend it to themselves. Who closed, of whom something was
        noted, who appealed and who decided has a part in it.
        """
        others = self.former_owner_id | self.closer_id | self.conduct_ids.user_id | self.step_ids.user_id
        others -= user | self.env.ref("base.user_root")
        mine = self.state == "final" and self.share_ids.user_id == user and not others and not self.appeal_ids
        return bool(self) and not mine and bool(self._party_ids() - {user.id})

    @said.takes(one=True, text=said.text)
    def action_appeal(self, text=False):
        """Contest a provisional ruling in time.

        :raise UserError: after the last local day, or if the ruling cannot be appealed.
        :raise AccessError: for anybody but the holder (in a family: an owner who lost).
        """
        self.ensure_one()
        ruling = self.sudo()
        if self.env.user not in ruling.appellant_ids:
            raise AccessError(self.env._("Only who holds the card can appeal this ruling."))
        if ruling.state != "provisional":
            raise UserError(self.env._("Only a provisional ruling can be appealed."))
        if clock.now(self.env) >= ruling.deadline:
            raise UserError(self.env._("The time to appeal ended with %s.", ruling.until))
        return ruling._appeal(said.text(self.env, text))

    def _appeal(self, text):
        advice = self._recommendation()
        vals = {"lead_id": self.lead_id.id, "outlet_id": self.outlet_id.id, "text": text, "ruling_id": self.id}
        vals.update(appellant_id=self.env.uid, recommended_ground=advice.ground)
        vals.update(recommended_shares=codec.dump(advice.shares), evidence=list(advice.cites))
        self.env["showroom.appeal"]._request([vals])
        self._move("appealed", advice.ground, note=text)
        self._close_activities()
        self._tell_who_acts()
        return True

    def _wait_again(self):
        for ruling in self.filtered(lambda each: each.state == "appealed"):
            ground = ruling.step_ids.filtered(lambda step: step.state == "appealed").sorted("id")[-1:].from_ground
            principle = ruling.outcome["principle"] if ground == ruling.outcome["ground"] else None
            ruling._close_activities()
            ruling._move("provisional", ground, principle)
            ruling._tell_who_acts()

    @said.takes(one=True, shares=said.by_id_or_none, reason=said.text)
    def action_decide(self, shares=None, reason=False):
        """Decide an appeal or an arbitration: follow the recommendation, or otherwise with a reason.

        :param shares: percent by user id, or None to confirm the recommendation.
        """
        self.ensure_one()
        self._check_may_decide()
        appeal = self.sudo().appeal_ids.filtered(lambda each: each.state == "pending")[:1]
        if shares is None:
            if not appeal:
                raise UserError(self.env._("Nothing is recommended here: decide on the shares."))
            return appeal.approval_id.with_env(self.env).action_approve(reason)
        return self.sudo()._decide_otherwise(appeal, shares, reason)

    def _check_may_decide(self):
        if not self.env.user._manages(self.sudo().outlet_id):
            raise AccessError(self.env._("Only a manager decides on a ruling."))
        if self.sudo().state not in ("appealed", "arbitration"):
            raise UserError(
                self.env._("There is nothing to decide: the ruling is neither appealed nor in arbitration.")
            )
        if self.env.uid in self.sudo()._party_ids():
            raise AccessError(self.env._("You are a party to this deal. Ask another manager to decide."))

    def _decide_otherwise(self, appeal, shares, reason):
        reason = self.env["showroom.request.mixin"]._check_text(reason)
        self.lead_id._check_shares(shares)
        shares = {user: Decimal(str(percent)) for user, percent in shares.items()}
        appeal.approval_id._log("refused", reason)
        appeal.approval_id._decide("refused")
        self._move("final", "arbitration", shares=tuple(shares.items()), note=reason)
        return True

    @said.takes(one=True, reason=said.text)
    def action_reopen(self, reason):
        """The general manager alone reopens a final ruling, with a reason, for a limited time."""
        self.ensure_one()
        if not self.env.user.has_group("showroom_ownership.group_general_manager"):
            raise AccessError(self.env._("Only the general manager reopens a final ruling."))
        ruling = self.sudo()
        if not self.env.user._manages(ruling.outlet_id):
            raise AccessError(self.env._("This is for the managers of %s to decide.", ruling.outlet_id.name))
        if self.env.uid in ruling._party_ids():
            raise AccessError(self.env._("You are a party to this deal. Ask another manager to decide."))
        reason = self.env["showroom.request.mixin"]._check_text(reason)
        if ruling.state != "final":
            raise UserError(self.env._("Only a final ruling can be reopened."))
        if clock.today(self.env, ruling.outlet_id) >= ruling._reopen_limit():
            last = fields.Date.subtract(ruling._reopen_limit(), days=1)
            raise UserError(self.env._("A ruling can be reopened until %s.", last))
        ruling._move("arbitration", ruling.ground, ruling.principle, note=reason)
        return True
