from odoo import models
from odoo.http import request

from .showroom_ledger_verify import RECORDED

APPENDING = {"create", "web_save", "desk_register", "action_correct", "action_void"}


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Requests that append to the ledger wait for their turn before they look at the database."""
        if cls._showroom_appends(args):
            outlets = request.env.user._outlets()
            request.env["showroom.ledger.head"]._queue(outlets[:1].id or 0)
        return super()._pre_dispatch(rule, args)

    @classmethod
    def _showroom_appends(cls, args):
        """Whether a remote call, by the web client's address or JSON-2's, is one of those that append."""
        model, _slash, method = (args.get("path") or "").partition("/")
        told = {(model, method), (args.get("__model__"), args.get("__method__"))}
        return any(model in RECORDED and method in APPENDING for model, method in told)
