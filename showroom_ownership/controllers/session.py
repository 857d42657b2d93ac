from odoo import http
from odoo.http import request

from odoo.addons.web.controllers import session

WENT_THERE = ("document", "empty")  # as browsers say it; older ones say nothing


class Session(session.Session):
    @http.route()
    def logout(self, redirect="/odoo"):
        """Where somebody goes, not what a page loads: a picture of this address in a text would log its readers out."""
        if request.httprequest.headers.get("Sec-Fetch-Dest", "document") not in WENT_THERE:
            raise request.not_found()
        return super().logout(redirect)
