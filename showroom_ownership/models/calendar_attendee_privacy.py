from functools import partial
from uuid import uuid4

from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from . import said
from .mail_render_privacy import check_open

INVITING = object()


class CalendarAttendee(models.Model):
    """Who is invited is somebody whom the inviter may see: an attendee tells number and address as the system.

    Its token opens the meeting without a login, and answers in the attendee's name: of a meeting that is "Busy" to
    somebody, they see and change no attendee but themselves.
    """

    _inherit = "calendar.attendee"

    def _kept_from_user(self):
        events = self.sudo().event_id._kept_from_user()
        return self.filtered(lambda each: each.sudo().event_id in events)

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if not self or self.env.su or operation == "create":
            return result
        mine = self.env.user.partner_id
        kept = self._kept_from_user().filtered(lambda each: each.sudo().partner_id != mine)
        if not kept:
            return result
        forbidden = result[0] | kept if result else kept
        return forbidden, partial(self.env["ir.rule"]._make_access_error, operation, forbidden)

    @api.model
    def _search(self, domain, offset=0, limit=None, order=None, **kwargs):
        user = self.env.user
        if not self.env.su and not kwargs.get("bypass_access") and user._is_limited():
            seen = Domain("event_id", "any!", self.env["calendar.event"]._open_to(user))
            domain = Domain(domain) & (Domain("partner_id", "=", user.partner_id.id) | seen)
        return super()._search(domain, offset, limit, order, **kwargs)

    @api.model
    def _has_field_access(self, field, operation):
        """Staff have the address of their own invitation by mail, and no other: it answers in the attendee's name, and
        leads to what the meeting says when they see it no more."""
        if field.name == "access_token" and not self.env.su and self.env.user._is_limited():
            return self.env.context.get("showroom_inviting") is INVITING
        return super()._has_field_access(field, operation)

    @api.model_create_multi
    def create(self, vals_list):
        self.env["res.partner"]._named_in(*(vals.get("partner_id") for vals in vals_list))._check_may_use()
        attendees = super().create(vals_list)
        attendees._check_meeting()
        attendees.filtered(lambda each: each.state != "needsAction")._check_answers()
        return attendees

    def write(self, vals):
        self.env["res.partner"]._named_in(vals.get("partner_id"))._check_may_use()
        if vals.get("state", "needsAction") != "needsAction":
            self._check_answers()
        result = super().write(vals)
        if "event_id" in vals:
            self._check_meeting()
        return result

    def _notify_attendees(self, mail_template, notify_author=False, force_send=False):
        """Invitations, changes and reminders name all who are invited, and colleagues who take part read each of them:
        none is sent for a meeting whose customer is kept from one of them by now."""
        kept = self.event_id.filtered(lambda event: event._is_with_former_owner())
        told = self.filtered(lambda each: each.event_id not in kept)
        template = mail_template and mail_template.with_context(showroom_inviting=INVITING)
        return super(CalendarAttendee, told)._notify_attendees(template, notify_author, force_send)

    def _invite_anew(self):
        """Whoever has the address of an invitation sees the meeting without a login: it leads nowhere any more."""
        for invitation in self.sudo():
            invitation.access_token = uuid4().hex

    def _check_answers(self):
        """Colleagues answer for themselves; customers say it to who notes it down."""
        if self.env.su or not self.env.user._is_limited():
            return
        mine = self.env.user.partner_id
        if any(each.partner_id != mine and not each.partner_id.partner_share for each in self.sudo()):
            raise AccessError(self.env._("Colleagues answer their invitations themselves."))

    def _check_meeting(self):
        """Nobody invites themselves to a meeting of others: their own invitation would open it."""
        check_open(self.sudo().event_id.sudo(self.env.su))

    @said.takes(values=said.values)
    def onchange(self, values, field_names, fields_spec):
        self.env["res.partner"]._named_in(values.get("partner_id"))._check_may_use()
        return super().onchange(values, field_names, fields_spec)
