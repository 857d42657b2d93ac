import logging

import psycopg2.errors
from werkzeug.exceptions import BadRequest

from odoo import models
from odoo.exceptions import UserError
from odoo.http import request

from .showroom_ledger_verify import RECORDED

APPENDING = {"create", "web_save", "desk_register", "action_correct", "action_void"}
# On a card these are follow-ups, too.
CONTACTS = {
    ("crm.lead", "action_follow_up"),
    ("mail.activity", "action_done"),
    ("mail.activity", "action_feedback"),
    ("mail.activity", "action_feedback_schedule_next"),
}
TOO_LATE = (psycopg2.errors.LockNotAvailable, psycopg2.errors.SerializationFailure)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Requests that append to the ledger wait for their turn before they look at the database."""
        cls._showroom_wait(args)
        return super()._pre_dispatch(rule, args)

    @classmethod
    def _auth_method_calendar(cls):
        """The address of an invitation tells, without a login, who else is invited.

        :raise BadRequest: for all but its customers, of a meeting of somebody from whom they are kept by now.
        """
        token = request.httprequest.args.get("token", "")
        invited = request.env["calendar.attendee"].sudo().search([("access_token", "=", token)], limit=1)
        if not invited.partner_id.is_outlet_customer and invited.event_id._is_with_former_owner():
            raise BadRequest(invited.env._("The customer of this meeting is a colleague's now."))
        return super()._auth_method_calendar()

    @classmethod
    def _handle_error(cls, exception):
        """What others kept from being done in time is said in words: Odoo has tried it five times."""
        if isinstance(exception, TOO_LATE):
            exception.loglevel = logging.INFO
            text = request.env._("Others were busy with the same records, and nothing was saved. Please try again.")
            return super()._handle_error(UserError(text))
        return super()._handle_error(exception)

    @classmethod
    def _showroom_wait(cls, args):
        appends = cls._showroom_appends(args)
        if getattr(request, "showroom_came_late", False):
            request.env["showroom.ledger.head"]._queue_everywhere()
        elif appends or cls._showroom_contacts(args):
            outlets = request.env.user._outlets()
            if outlets or appends:  # who works at no outlet makes no follow-up
                request.env["showroom.ledger.head"]._queue(outlets[:1].id or 0)

    @classmethod
    def _showroom_appends(cls, args):
        """Whether a remote call is one of those that append."""
        return any(model in RECORDED and method in APPENDING for model, method in cls._showroom_told(args))

    @classmethod
    def _showroom_contacts(cls, args):
        """Whether it is one of those that append if they are about a card."""
        return bool(cls._showroom_told(args) & CONTACTS)

    @classmethod
    def _showroom_told(cls, args):
        """Model and method of a remote call, by the web client's address and by JSON-2's."""
        model, _slash, method = (args.get("path") or "").partition("/")
        return {(model, method), (args.get("__model__"), args.get("__method__"))}
