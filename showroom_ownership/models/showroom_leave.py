from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_list

from . import clock, said
from .crm_lead_limits import check_days


class ShowroomLeave(models.Model):
    """A consultant is away for longer than the principles allow without arrangement (4, `long_leave`).

    The cards are arranged beforehand: who looks after each. They go on the first day and come back on the day after the
    last one, or when a manager ends the leave.
    """

    _name = "showroom.leave"
    _description = "Long Leave"
    _inherit = ["showroom.request.mixin"]
    _order = "first_day desc, id desc"

    consultant_id = fields.Many2one(
        "res.users", "Consultant", required=True, readonly=True, index=True, ondelete="restrict"
    )
    first_day = fields.Date(required=True, readonly=True, help="The local day on which the substitutes get the cards.")
    last_day = fields.Date(required=True, readonly=True, help="The cards come back on the local day after it.")
    line_ids = fields.One2many("showroom.leave.line", "leave_id", "Arranged Cards", readonly=True)
    card_count = fields.Integer("Number of Cards", compute="_compute_card_count")
    ended_at = fields.Datetime("Ended Early", readonly=True)
    ended_by = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    can_end = fields.Boolean(compute="_compute_can_end")

    _check_days_order = models.Constraint(
        "CHECK (last_day >= first_day)", "The last day of a leave cannot come before the first."
    )

    @api.depends("line_ids")
    def _compute_card_count(self):
        counts = dict(self.env["showroom.leave.line"].sudo()._read_group(
            [("leave_id", "in", self.ids)], ["leave_id"], ["__count"]
        ))  # fmt: skip
        for leave in self:
            leave.card_count = counts.get(leave, 0)

    @api.depends("state", "ended_at", "last_day")
    @api.depends_context("uid")
    def _compute_can_end(self):
        for leave in self:
            leave.can_end = leave.state == "approved" and not leave._is_over() and not leave._why_not_end(self.env.user)

    @api.depends("kind", "consultant_id")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for leave in self:
            leave.display_name = f"{leave.display_name} {leave.consultant_id.name or ''}".strip()
        return result

    def _subject(self):
        days = {"first": fields.Date.to_string(self.first_day), "last": fields.Date.to_string(self.last_day)}
        return self.env._(
            "%(name)s is away from %(first)s to %(last)s; cards for colleagues: %(number)s",
            name=self.consultant_id.name, number=self.card_count, **days,
        )  # fmt: skip

    def _parties(self):
        return self.consultant_id | self.line_ids.substitute_id

    def _note(self):
        """Why cards change hands, in the language of who approved it."""
        approver = self.decided_by
        days = {"first": fields.Date.to_string(self.first_day), "last": fields.Date.to_string(self.last_day)}
        text = self.with_context(lang=approver.lang).env._(
            "Long leave of %(name)s from %(first)s to %(last)s, approved by %(approver)s."
        )
        return text % {"name": self.consultant_id.name, "approver": approver.name or "-", **days}

    # Arranging

    @api.model
    def _arrange(self, consultant, first_day, last_day, substitutes, text=False):
        """Ask for a leave, as the consultant or a manager; a manager approves.

        :param substitutes: for each card who looks after it; cards that are missing stay with the consultant.
        :raise UserError: for a short leave, days in the past, an overlap, or substitutes who cannot have a card.
        """
        self._check_may_arrange(consultant)
        outlet = consultant.sudo()._outlets()[:1]
        self._check_length(outlet, first_day, last_day)
        self._check_overlap(consultant, first_day, last_day)
        Line = self.env["showroom.leave.line"].sudo()
        Line._check_cards(consultant, substitutes)
        self._check_present(self.env["res.users"].union(*substitutes.values()), first_day)
        vals = {"consultant_id": consultant.id, "outlet_id": outlet.id, "first_day": first_day, "last_day": last_day}
        text = said.text(self.env, text)
        leave = self._request([{**vals, "text": text}], tiers=int(outlet.policy_id.approval_tiers))
        pairs = [{"lead_id": card.id, "substitute_id": user.id} for card, user in substitutes.items()]
        Line.create([{**pair, "leave_id": leave.id} for pair in pairs]).lead_id._tell_lenders_of_leave(consultant)
        return leave.with_env(self.env)

    @api.model
    def _check_may_arrange(self, consultant):
        user = self.env.user
        if consultant != user and not user._manages(consultant._outlets()):
            raise AccessError(
                self.env._("You can arrange your own leave only. Ask a manager to arrange a colleague's.")
            )
        if not consultant.sudo()._is_here() or not consultant.sudo()._outlets():
            raise UserError(self.env._("Choose an active consultant of an outlet."))
        consultant._outlets()[:1].with_env(self.env).check_access("read")

    @api.model
    def _check_length(self, outlet, first_day, last_day):
        """Only a leave of more days than the principles say is arranged (4)."""
        check_days(self, [{"first_day": first_day, "last_day": last_day}])
        if not first_day or not last_day or last_day < first_day:
            raise UserError(self.env._("Give the first and the last day of the leave, in this order."))
        if first_day < outlet._today():
            raise UserError(self.env._("The first day of the leave cannot be in the past."))
        days, limit = (last_day - first_day).days + 1, outlet.policy_id.long_leave_days
        if days <= limit:
            raise UserError(self.env._(
                "A leave of %(days)s days needs no arrangement: the cards stay with the consultant. "
                "Only a leave of more than %(limit)s days is arranged.", days=days, limit=limit,
            ))  # fmt: skip

    @api.model
    def _check_overlap(self, consultant, first_day, last_day):
        domain = [("consultant_id", "=", consultant.id), ("state", "in", ("pending", "approved"))]
        domain += [("ended_at", "=", False), ("first_day", "<=", last_day), ("last_day", ">=", first_day)]
        other = self.sudo().search(domain, limit=1)
        if other:
            raise UserError(self.env._(
                "%(name)s has a leave from %(first)s to %(last)s already. Withdraw or end it first.",
                name=consultant.sudo().name, first=fields.Date.to_string(other.first_day),
                last=fields.Date.to_string(other.last_day),
            ))  # fmt: skip

    @api.model
    def _check_present(self, substitutes, first_day):
        away = self.sudo()._away(substitutes, first_day)
        if away:
            text = self.env._("%s is on a long leave on the first day too. Choose another substitute.")
            raise UserError(text % format_list(self.env, away.sudo().mapped("name")))

    # Decisions

    def _approved(self):
        for leave in self:
            if leave._is_over():
                raise UserError(self.env._("The last day of this leave has passed. Refuse the request."))
            leave._check_present(leave.line_ids.substitute_id, leave.first_day)
        self.line_ids._check_substitutes()
        self.env["showroom.transfer"]._propose_others(self.consultant_id)
        self.env.ref("showroom_ownership.ir_cron_showroom_leaves")._trigger()

    @said.takes()
    def action_end(self):
        """The consultant is back early: the cards that are still with the substitutes come back at once.

        :raise AccessError: for anybody but a manager who is neither the consultant nor a substitute.
        :raise UserError: for a leave that is not approved, or over.
        """
        self.check_access("read")
        for leave in self:
            why_not = leave._why_not_end(self.env.user)
            if why_not:
                raise AccessError(why_not)
            if leave.state != "approved" or leave._is_over():
                raise UserError(self.env._("Only an approved leave that is not over can be ended."))
        self.sudo().write({"ended_at": clock.now(self.env), "ended_by": self.env.uid})
        self.sudo().line_ids._skip()
        self.sudo().line_ids._bring_back()
        return True

    def _why_not_end(self, user):
        if not user._manages(self.sudo().outlet_id):
            return self.env._("Only a manager ends a leave early.")
        if user in self.sudo()._parties():
            return self.env._("You are a party to this. Ask another manager.")
        return None

    # Days

    def _is_over(self):
        self.ensure_one()
        return bool(self.ended_at) or self.last_day < self.sudo().outlet_id._today()

    @api.model
    def _away(self, users, day):
        """Those of the users who are on an approved long leave on a local day."""
        domain = [("consultant_id", "in", users.ids), ("state", "=", "approved"), ("ended_at", "=", False)]
        return self.search([*domain, ("first_day", "<=", day), ("last_day", ">=", day)]).consultant_id


class ShowroomApproval(models.Model):
    _inherit = "showroom.approval"

    leave_ids = fields.One2many("showroom.leave", "approval_id", "Long Leaves", readonly=True)
