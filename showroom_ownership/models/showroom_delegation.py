from datetime import timedelta

from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError

from ..core.dossier import local_day
from . import clock, said
from .memory import forget

STATES = [("planned", "Planned"), ("in_force", "In Force"), ("ended", "Ended"), ("cancelled", "Cancelled")]


class ShowroomDelegation(models.Model):
    """Who decides in whose place while they are absent, from one local day to another (4, approvals).

    It gives the delegator's own role, never one that they hold for somebody else. Kept for ever, never changed.
    """

    _name = "showroom.delegation"
    _description = "Delegation during Absence"
    _inherit = ["showroom.kept.mixin"]
    _order = "date_from desc, id desc"
    _rec_name = "delegator_id"
    _allow_sudo_commands = False
    _user_fields = frozenset("delegator_id delegate_id date_from date_to note".split())

    delegator_id = fields.Many2one(
        "res.users", "Absent", required=True, index=True, ondelete="restrict",
        default=lambda self: self.env.user, domain=lambda self: self._members_of("group_manager"),
    )  # fmt: skip
    delegate_id = fields.Many2one(
        "res.users", "Decides Instead", required=True, index=True, ondelete="restrict",
        domain=lambda self: self._members_of("group_consultant"),
        help="An active colleague; decides where the absent one could, but never on what concerns one of the two.",
    )  # fmt: skip
    date_from = fields.Date("From", required=True, default=lambda self: self._today(self.env.user))
    date_to = fields.Date("To", required=True, help="The last local day, of each outlet whose requests are decided.")
    note = fields.Char()
    create_uid = fields.Many2one("res.users", "Arranged By", readonly=True)
    cancelled_at = fields.Datetime(readonly=True, copy=False)
    cancelled_by = fields.Many2one("res.users", readonly=True, copy=False, ondelete="restrict")
    state = fields.Selection(STATES, compute="_compute_state")
    can_cancel = fields.Boolean(compute="_compute_can_cancel")

    _check_dates = models.Constraint("CHECK (date_from <= date_to)", "The last day cannot be before the first.")
    _check_people = models.Constraint("CHECK (delegator_id <> delegate_id)", "Name somebody else in your place.")

    @api.model
    def _members_of(self, group):
        return [("all_group_ids", "in", self.env.ref(f"showroom_ownership.{group}").ids)]

    @api.depends("date_from", "date_to", "cancelled_at")
    def _compute_state(self):
        now = clock.now(self.env)
        for delegation in self:
            delegation.state = delegation._state_on(self._today(delegation.delegator_id, now))

    def _state_on(self, today):
        if self.cancelled_at:
            return "cancelled"
        if not self.date_from or not self.date_to or today < self.date_from:
            return "planned"
        return "in_force" if today <= self.date_to else "ended"

    @api.depends("date_to", "cancelled_at", "delegator_id")
    @api.depends_context("uid")
    def _compute_can_cancel(self):
        for each in self:
            open_ = each.id and each.state in ("planned", "in_force")
            each.can_cancel = open_ and self._may_arrange(each.delegator_id)

    @api.depends("delegator_id", "delegate_id")
    def _compute_display_name(self):
        for each in self:
            each.display_name = " → ".join(filter(None, (each.delegator_id.name, each.delegate_id.name)))

    # Arranging

    @api.model_create_multi
    def create(self, vals_list):
        if not vals_list:
            return self.browse()
        delegations = super().create([self._user_vals(vals) for vals in vals_list])
        delegations._check_delegators()
        delegations._check_delegates()
        delegations._check_days()
        forget(self.env)
        delegations.sudo()._tell_delegates()
        return delegations

    @api.model
    def _user_vals(self, vals):
        """Only what a person may say; a default in the context sets nothing else either."""
        said.refuse(self, [name for name, value in vals.items() if value and name not in self._user_fields])
        defaults = self.default_get(list(self._user_fields - vals.keys()))
        vals = said.fit(self, {**defaults, **{name: vals[name] for name in vals.keys() & self._user_fields}})
        self._check_sense(vals)
        return {**vals, "cancelled_at": False, "cancelled_by": False}

    @api.model
    def _check_sense(self, vals):
        """Say what is wrong before the database does."""
        start, end = fields.Date.to_date(vals.get("date_from")), fields.Date.to_date(vals.get("date_to"))
        if not start or not end or end < start:
            raise UserError(self.env._("Give the first and the last day; the last day cannot be before the first."))
        if vals.get("delegator_id") == vals.get("delegate_id"):
            raise UserError(self.env._("Name somebody else in your place."))

    @api.model
    def _may_arrange(self, delegator):
        """One's own, or as a higher role for somebody of one's company."""
        user, rank = self.env.user, delegator._role_rank()
        if delegator == user:
            return rank >= 0
        return user._role_rank() > rank >= 0 and bool(delegator.sudo().company_ids & user.company_ids)

    def _check_delegators(self):
        for delegator in self.delegator_id:
            if delegator._role_rank() < 0:
                raise UserError(self.env._("%s decides on nothing that could be delegated.", delegator.name))
            if not self._may_arrange(delegator):
                raise AccessError(self.env._("Name somebody in your own place. A director can do it for a manager."))

    def _check_delegates(self):
        unfit = self.sudo().delegate_id._suspended()
        for each in self.sudo():
            if not each.delegate_id._can_stand_in() or each.delegate_id in unfit:
                name = each.delegate_id.name
                raise UserError(self.env._("Choose an active colleague who sells or manages; %s does not.", name))
            if not each.delegate_id.company_ids & each.delegator_id.company_ids:
                raise UserError(self.env._("Choose a colleague of the same company."))

    def _check_days(self):
        """Not in the past, and one delegate at a time."""
        now = clock.now(self.env)
        domain = [("delegator_id", "in", self.delegator_id.ids), ("cancelled_at", "=", False)]
        others = self.sudo().search([*domain, ("date_to", ">=", min(self.mapped("date_from")))])
        for each in self:
            if each.date_from < self._today(each.delegator_id, now):
                raise UserError(self.env._("The first day cannot be in the past."))
            each._check_alone(others.filtered(lambda other, each=each: other.delegator_id == each.delegator_id) - each)

    def _check_alone(self, others):
        for other in others:
            if other.date_from <= self.date_to and self.date_from <= other.date_to:
                raise UserError(
                    self.env._("%(name)s decides for %(absent)s from %(start)s to %(end)s already: cancel that first.",
                        name=other.delegate_id.name, absent=other.delegator_id.name,
                        start=other.date_from, end=other.date_to)
                )  # fmt: skip

    @said.takes()
    def action_delegate(self):
        """The form's button: the form has been saved by the time this is called."""
        return False

    @said.takes()
    def action_cancel(self):
        """End delegations before their time, or call off planned ones; they are kept."""
        self.check_access("read")
        for each in self:
            if not self._may_arrange(each.delegator_id):
                raise AccessError(self.env._("Only who could arrange this delegation can cancel it."))
            if each.state not in ("planned", "in_force"):
                raise UserError(self.env._("This delegation is over already."))
        self.sudo().write({"cancelled_at": clock.now(self.env), "cancelled_by": self.env.uid})
        forget(self.env)
        return True

    def _tell_delegates(self):
        for each in self:
            env = each.with_context(lang=each.delegate_id.lang).env
            text = env._("You decide for %(absent)s from %(start)s to %(end)s. See the tick at the top.",
                absent=each.delegator_id.name, start=each.date_from, end=each.date_to)  # fmt: skip
            who = each.delegate_id.partner_id.ids
            env["mail.thread"].message_notify(partner_ids=who, subject=env._("You stand in for a colleague"), body=text)

    # In force

    @api.model
    def _today(self, user, now=None):
        """The local day where a user works; the outlet's own day decides when requests are decided."""
        outlets = user.sudo()._outlets() or self.env["crm.team"].sudo().search([("outlet_kind", "!=", False)], limit=1)
        return local_day(now or clock.now(self.env), outlets[:1].tz or "UTC")

    @api.model
    @tools.ormcache()
    def _delegates(self):
        """Ids of those who were ever named: asked at every look at a request, so kept in memory."""
        return frozenset(self.sudo().search(self._open()).delegate_id.ids)

    @api.model
    def _open(self):
        return [("cancelled_at", "=", False)]

    @api.model
    def _in_force(self, user):
        """In whose place a user decides today: pairs of the absent colleague and ids of outlets."""
        if user.id not in self._delegates():
            return []
        now = clock.now(self.env)
        found = self.sudo().search([*self._open(), *self._about(now), ("delegate_id", "=", user.id)])
        return [(each.delegator_id, outlets) for each in found if (outlets := each._outlets_at(now))]

    @api.model
    def _about(self, now):
        """Roughly today, in whatever zone; each outlet's day is looked at afterwards."""
        day = timedelta(days=1)
        return [("date_from", "<=", now.date() + day), ("date_to", ">=", now.date() - day)]

    def _outlets_at(self, now):
        """Where today is one of the days, of the outlets the delegator may see; none if either cannot decide."""
        people = self.delegator_id | self.delegate_id
        fit = self.delegator_id.active and self.delegator_id._role_rank() >= 0 and self.delegate_id._can_stand_in()
        if not fit or people._suspended():
            return frozenset()
        seen = self.delegator_id._seen_outlet_ids(self.delegator_id.company_ids.ids)
        outlets = self.env["crm.team"].sudo().browse(seen)
        return frozenset(each.id for each in outlets if self.date_from <= local_day(now, each.tz) <= self.date_to)

    @api.model
    def _standing_in_for(self, users, outlet):
        """Who decides at an outlet today in the place of one of these users."""
        now = clock.now(self.env)
        found = self.sudo().search([*self._open(), *self._about(now), ("delegator_id", "in", users.ids)])
        return found.filtered(lambda each: outlet.id in each._outlets_at(now)).delegate_id


class ResUsers(models.Model):
    _inherit = "res.users"

    def _can_stand_in(self):
        """An active internal user who sells or manages in the showroom."""
        return self.active and self._is_internal() and self.has_group("showroom_ownership.group_consultant")
