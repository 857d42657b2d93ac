from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_time

from . import said


class ShowroomReception(models.Model):
    """Fetching the holder: their customer is at the desk, and nothing is registered yet."""

    _inherit = "showroom.reception"

    @api.model
    @said.takes(phone=said.text, outlet_id=said.record, consultant_id=said.record)
    def desk_notify(self, phone, outlet_id, consultant_id=False):
        """Tell the holder of a number where and with whom their customer is; once in five minutes for each customer.

        :param consultant_id: who is with the customer; a consultant at the desk always names themselves.
        :return: dict of the holder's name, the outlet's local time when they were told, and whether that was now.
        :raise UserError: if there is nobody to tell, or the user does not work at this desk.
        """
        outlet = self._desk_outlet(outlet_id)
        card = self._matched(phone, outlet.id)
        if not card or not card.user_id or card.user_id == self.env.user:
            if card is not None:  # a number, at least
                self.env["showroom.lookup"]._record_refused([(outlet, card._looked_up_as(), card)])
            raise UserError(self.env._("There is no other holder to tell. Receive the customer."))
        self.env["showroom.lookup"]._record(outlet, card._standing()["state"], card)  # it names the holder, too
        before = card._told_at_desk()
        message = before or card._tell_at_desk(outlet, self._desk_receiver(outlet, consultant_id))
        at = format_time(self.env, message.date, tz=outlet.tz, time_format="short")
        return {"holder": card.user_id.name, "at": at, "now": not before}

    @api.model
    def _desk_receiver(self, outlet, consultant_id):
        """Who may be named as being with the customer."""
        if self.env.user._is_consultant():
            return self.env.user
        return (outlet._consultants() | self.env.user).filtered(lambda user: user.id == consultant_id)
