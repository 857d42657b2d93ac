"""Calls as a browser or a script makes them: over real HTTP, as a user with a session."""

import json

from odoo.tests.common import HttpCase
from odoo.tools import mute_logger

from .common import ShowroomCase

# What a person is told in a sentence. Anything else is the server's own fault.
REFUSALS = {f"odoo.exceptions.{name}" for name in "UserError AccessError ValidationError MissingError".split()}


class RemoteCase(ShowroomCase, HttpCase):
    """A user calls any public method with whatever JSON can say."""

    def setUp(self):
        super().setUp()
        # What is refused is noted by Odoo as well.
        self.enterContext(mute_logger("odoo.http", "odoo.sql_db", "werkzeug"))

    def sign_in(self, user):
        self.authenticate(user.login, user.login)

    def remote(self, model, method, *args, context=None, **kwargs):
        """The answer of a remote call, or the error in it.

        :return: the result and None, or None and a dict of the error: `name`, `message`, `debug`.
        """
        params = {"model": model, "method": method, "args": list(args)}
        params["kwargs"] = {**kwargs, **({"context": context} if context else {})}
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params, "id": 1})
        headers = {"Content-Type": "application/json"}
        response = self.url_open(f"/web/dataset/call_kw/{model}/{method}", data=body, headers=headers, timeout=60)
        if response.status_code != 200:  # the server could not even tell what is wrong
            return None, {"name": f"HTTP {response.status_code}", "message": "", "debug": response.text}
        answer = response.json()
        return answer.get("result"), answer.get("error") and answer["error"]["data"]

    def refused(self, *args, **kwargs):
        """What a refused call says to its user; it must be a sentence, not a fault of the server."""
        _result, error = self.remote(*args, **kwargs)
        self.assertTrue(error, "this was to be refused")
        self.assertIn(error["name"], REFUSALS, error["debug"])
        return error["message"]

    def fault(self, *args, **kwargs):
        """The server's own fault in answering, an empty text if it answered or refused with a sentence."""
        error = self.remote(*args, **kwargs)[1]
        return "" if not error or error["name"] in REFUSALS else error["debug"].strip()
