from odoo.http import request

from odoo.addons.mail.controllers import webclient

QUESTIONS = 100  # the web client puts a dozen into one call


class WebclientController(webclient.WebclientController):
    @classmethod
    def _process_request_loop(cls, store, fetch_params):
        """One call asks for no more than a server answers at once, so that it keeps nobody waiting."""
        request.env["base"]._check_number(len(fetch_params), QUESTIONS)
        return super()._process_request_loop(store, fetch_params)
