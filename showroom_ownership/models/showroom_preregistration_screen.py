from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from . import said


class ShowroomPreregistration(models.Model):
    _inherit = "showroom.preregistration"

    can_end = fields.Boolean(compute="_compute_can_end", help="Accepted, not yet past its last day, the user's to end.")

    @api.depends("number")
    def _compute_display_name(self):
        for entry in self:
            entry.display_name = entry.number

    @api.depends("state", "valid_until")
    @api.depends_context("uid")
    def _compute_can_end(self):
        for entry in self:
            running = entry.state == "approved" and not entry._is_expired()
            entry.can_end = running and entry._may_end(self.env.user)

    @said.takes()
    def action_announce(self):
        """The form's button: the form has been saved by the time this is called."""
        return False

    @said.takes(comment=said.text)
    def action_end(self, comment=False):
        """End accepted announcements: deals to come are nobody's by them (5.4, 5.6). For managers, and who announced.

        :param comment: why; kept with the decisions.
        :raise AccessError: for others.
        """
        self.check_access("read")
        for entry in self:
            if not entry._may_end(self.env.user):
                raise AccessError(self.env._("Ask a manager of the outlet to end what was announced."))
            if entry.state != "approved":
                raise UserError(self.env._("Only an accepted pre-registration can be ended."))
        self.sudo()._end_announced(comment)
        return True

    def _may_end(self, user):
        return user == self.consultant_id or user._manages(self.outlet_id)

    def _end_announced(self, comment):
        """They count no more from now on, accepted or not; who announced hears of it, if somebody else did it."""
        self._take_back(comment)
        for entry in self.filtered(lambda each: each.consultant_id.active and each.consultant_id != self.env.user):
            entry.with_context(lang=entry.consultant_id.lang)._tell_that_it_ended()

    def _tell_that_it_ended(self):
        text = self.env._(
            "Your announcement %(number)s for %(outlet)s has ended. If the customer is still yours, announce anew.",
            number=self.number, outlet=self.outlet_id.name,
        )  # fmt: skip
        subject, people = self.env._("An announcement has ended"), self.consultant_id.partner_id.ids
        self.env["mail.thread"].message_notify(partner_ids=people, subject=subject, body=text)
