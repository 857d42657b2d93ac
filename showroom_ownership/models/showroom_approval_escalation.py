from datetime import timedelta

from markupsafe import Markup

from odoo import api, models
from odoo.fields import Domain

from ..core.dossier import day_end
from .showroom_role import NAMES, TOP

NAMED = 20  # requests that a message names; the list has them all


class ShowroomApproval(models.Model):
    """What waits too long goes to the next role as well: manager, director, general manager (4, approvals)."""

    _inherit = "showroom.approval"

    @api.model
    def _cron_escalate(self):
        """Let the next role decide on what has waited longer than the policy's days."""
        outlets = self.env["crm.team"].search([("outlet_kind", "!=", False), ("policy_id.escalation_days", ">", 0)])
        for outlet in outlets:
            if not self._each_overdue(self._overdue_domain(outlet)):
                return

    @api.model
    def _overdue_domain(self, outlet):
        """Pending since before the last local day on which the present role had the time to itself."""
        last = outlet._today() - timedelta(days=outlet.policy_id.escalation_days + 1)
        waiting = Domain("state", "=", "pending") & Domain("waits_for", "!=", NAMES[TOP])
        return waiting & Domain("outlet_id", "=", outlet.id) & Domain("waiting_since", "<", day_end(last, outlet.tz))

    @api.model
    def _each_overdue(self, domain, batch=500):
        """Take requests in batches; what fails is set aside and reported. False when the time is up."""
        after = 0
        while approvals := self.search(domain & Domain("id", ">", after), limit=batch, order="id"):
            after = approvals[-1].id
            self.env["showroom.failure"]._guard(type(self)._escalate, approvals)
            if not self.env["ir.cron"]._commit_progress(len(approvals)):
                return False
        return True

    def _escalate(self):
        waiting = self.try_lock_for_update().filtered(lambda each: each.state == "pending")
        for role, approvals in waiting.grouped(type(self)._next_role).items():
            if role:
                approvals._log("escalated", escalated_to=role)
                approvals.escalated_to = role
                approvals._tell_role(role)

    def _next_role(self):
        """The next role up that somebody holds, or None."""
        held = self.env["res.users"]._held_ranks()
        return next((NAMES[rank] for rank in range(NAMES.index(self.waits_for) + 1, TOP + 1) if rank in held), None)

    def _tell_role(self, role):
        """One message for everybody of the role, and for who stands in for them, in their language."""
        for outlet, approvals in self.grouped("outlet_id").items():
            users = self.env["res.users"]._holders(NAMES.index(role)).filtered(outlet._is_seen_by)
            users |= self.env["showroom.delegation"]._standing_in_for(users, outlet)
            for lang, readers in users.grouped("lang").items():
                approvals.with_context(lang=lang)._tell(outlet, readers)

    def _tell(self, outlet, users):
        text = self.env._("%(number)s requests of %(outlet)s have waited too long; you may decide on them now:",
            number=len(self), outlet=outlet.name)  # fmt: skip
        names = Markup("").join(Markup("<li>%s</li>") % each.display_name for each in self[:NAMED])
        link = Markup('<a href="/odoo/showroom-approvals">%s</a>') % self.env._("My Approvals")
        body = Markup("<p>%s</p><ul>%s</ul><p>%s</p>") % (text, names, link)
        subject = self.env._("Requests wait for you")
        outlet.message_notify(partner_ids=users.partner_id.ids, subject=subject, body=body)


class CrmTeam(models.Model):
    _inherit = "crm.team"

    def _is_seen_by(self, user):
        """An outlet is seen by the users of its company."""
        return not self.company_id or self.company_id in user.company_ids
