from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from .showroom_role import NAMES


class ShowroomApproval(models.Model):
    """Who may decide on a request: in their own role, or in the place of an absent colleague (4, approvals)."""

    _inherit = "showroom.approval"

    party_ids = fields.Many2many(
        "res.users", "showroom_approval_party_rel", readonly=True, copy=False, context={"active_test": False},
        help="Who cannot decide because it is about them; kept to find what waits for somebody in one query.",
    )  # fmt: skip
    can_decide = fields.Boolean(
        compute="_compute_can_decide", search="_search_can_decide", help="The user may decide on it."
    )
    waits_for_me = fields.Boolean(
        compute="_compute_waits_for_me", search="_search_waits_for_me",
        help="The user may decide, and it is their role's turn; what waits for a lower role is not.",
    )  # fmt: skip
    stands_in = fields.Boolean(
        compute="_compute_stands_in", search="_search_stands_in",
        help="It waits for a colleague in whose place the user decides.",
    )  # fmt: skip

    @api.depends_context("uid")
    def _compute_can_decide(self):
        standing = self._standing(self.env.user)
        for approval in self:
            approval.can_decide = approval.state == "pending" and not standing[approval.id][1]

    @api.depends_context("uid")
    def _compute_waits_for_me(self):
        mine = self.filtered_domain(self._waiting_for(self.env.user))
        for approval in self:
            approval.waits_for_me = approval in mine

    @api.depends_context("uid")
    def _compute_stands_in(self):
        mine = self.filtered_domain(self._stood_in_by(self.env.user))
        for approval in self:
            approval.stands_in = approval in mine

    def _search_can_decide(self, operator, value):
        return self._found(operator, value, self._decidable_by(self.env.user))

    def _search_waits_for_me(self, operator, value):
        return self._found(operator, value, self._waiting_for(self.env.user))

    def _search_stands_in(self, operator, value):
        return self._found(operator, value, self._stood_in_by(self.env.user))

    @api.model
    def _found(self, operator, value, domain):
        if operator != "in":
            return NotImplemented
        return domain if True in value else ~domain

    # As a domain: for lists and numbers

    @api.model
    def _decidable_by(self, user):
        return Domain.OR(self._decidable(user, *names) for names in self._names_of(user)) & self._not_about(user)

    @api.model
    def _waiting_for(self, user):
        """What it is the user's turn to decide, in their own role or that of a colleague whose place they take."""
        return Domain.OR(
            self._decidable(user, principal, outlets) & Domain("waits_for", "in", NAMES[principal._lowest_rank() :])
            for principal, outlets in self._names_of(user)
        ) & self._not_about(user)

    @api.model
    def _not_about(self, user):
        """Without what has become about a consultant who stands in; a manager is told when trying."""
        if user._is_showroom_manager():
            return Domain.TRUE
        concerned = self.sudo().search(self._stood_in_by(user))._concerned()
        return Domain("id", "not in", [approval for approval, people in concerned.items() if user in people])

    @api.model
    def _stood_in_by(self, user):
        return Domain.OR(self._waiting_at(*names) for names in self._names_of(user)[1:])

    @api.model
    def _names_of(self, user):
        """In whose name a user decides, and at which outlets: their own first, then those of absent colleagues."""
        own = user._seen_outlet_ids(user.sudo()._get_company_ids())
        return [(user, own), *self.env["showroom.delegation"]._in_force(user)]

    @api.model
    def _waiting_at(self, principal, outlets):
        """What is pending and within somebody's role, at some outlets."""
        rank = principal._role_rank()
        where = Domain("outlet_id", "in", list(outlets))
        pending = Domain("state", "=", "pending") if rank >= 0 else Domain.FALSE
        return pending & where & (Domain("tier", "<", 1) if rank == 0 else Domain.TRUE)

    @api.model
    def _decidable(self, user, principal, outlets):
        ids = (user | principal).ids
        given = Domain("verdict", "=", "approved") & (Domain("user_id", "in", ids) | Domain("for_id", "in", ids))
        foreign = Domain("requested_by", "not in", ids) & Domain("party_ids", "not in", ids)
        return self._waiting_at(principal, outlets) & foreign & ~Domain("step_ids", "any", given)

    # As a sentence: for whoever tries

    def _standing(self, user):
        """For each approval's id: in whose name a user may decide, or None and why not, as a sentence."""
        names, concerned, nobody = self._names_of(user), self.sudo()._concerned(), self.env["res.users"]
        return {each.id: each._stand(user, names, concerned.get(each.id, nobody)) for each in self.sudo()}

    def _concerned(self):
        """{approval's id: who cannot decide on it because it is about them}."""
        people = {}
        for kind, approvals in self.filtered("kind").grouped("kind").items():  # a form that is new has none
            requests = self.env[kind].search([("approval_id", "in", approvals.ids)])
            people |= {request.approval_id.id: concerned for request, concerned in requests._concerned().items()}
        return people

    def _stand(self, user, names, parties):
        why_not = self._why_not_here(user)
        for principal, outlets in names:
            if self.outlet_id.id in outlets:
                why_not = self._why_not(user, principal, parties)
                if not why_not:
                    return principal, None
        return None, why_not

    def _why_not(self, user, principal, parties):
        """Why a user may not decide in somebody's name, as a sentence; None if they may."""
        involved = user | principal
        if principal._role_rank() < self._rank_needed():
            return self._why_not_in_role()
        if self.requested_by & involved:
            return self.env._("Nobody decides on their own request. Ask another manager.")
        if parties & involved:
            return self.env._("You are a party to this. Ask another manager.")
        given = self.step_ids.filtered(lambda step: step.verdict == "approved")
        if (given.user_id | given.for_id) & involved:
            return self.env._("You have given your approval already; the next one is somebody else's.")
        return None

    def _why_not_here(self, user):
        if user._is_showroom_manager():
            return self.env._("This is for the managers of %s to decide.", self.outlet_id.name)
        return self.env._("Only a manager decides on this.")

    def _why_not_in_role(self):
        if self.tier:
            return self.env._("The approval that is still needed is a sales director's.")
        return self.env._("Only a manager decides on this.")

    def _check_may_decide(self):
        """Refuse the whole selection if one may not be decided, and say which and why.

        :return: by approval id, the user in whose name it is decided.
        """
        standing = self._standing(self.env.user)
        why_not = {each: standing[each.id][1] for each in self if standing[each.id][1]}
        over = self.filtered(lambda each: each.state != "pending") - self.browse().union(*why_not)
        why_not.update({each: self.env._("It has been decided already.") for each in over if each.state != "draft"})
        why_not.update({each: self.env._("The parties have not signed yet.") for each in over if each.state == "draft"})
        if why_not:
            error = UserError if all(each in over for each in why_not) else AccessError
            raise error(self._told(why_not))
        return {key: principal for key, (principal, _why) in standing.items()}

    def _told(self, why_not):
        lines = [
            self.env._("%(request)s: %(why)s", request=each.display_name, why=why) for each, why in why_not.items()
        ]
        if len(self) == 1:
            return lines[0]
        return "\n".join([self.env._("Nothing was decided. Leave these out and try again:"), *lines])

    # Parties

    def _keep_parties(self):
        """Keep who the requests are about, in one statement for all of them."""
        requests = self._requests()
        people = [(each, [Command.set(requests[each.id]._parties().ids)]) for each in self if each.id in requests]
        if people:
            self._fields["party_ids"].write_batch(people)
