from odoo import models
from odoo.http import request

SHOWN_IN_A_PAGE = ("image", "audio", "video", "track")  # how browsers say what an address is loaded for
MEDIA = ("image/", "audio/", "video/")
ENDS_A_SESSION = ("/web/session/", "/web/become")  # and writes nothing
# What writes nothing gives pictures, and these.
GIVES_PICTURES = ("/mail/avatar/", "/html_editor/", "/web_editor/", "/scoped_app_icon")


class IrHttp(models.AbstractModel):
    """Whoever reads a text loads the pictures in it, in their own name: by that nothing is done but to show them."""

    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        if cls._showroom_is_picture() and not cls._showroom_gives_pictures(rule):
            raise request.not_found()
        return super()._pre_dispatch(rule, args)

    @classmethod
    def _showroom_is_picture(cls):
        """Without encryption browsers say only what they would accept, and of films that they want a part; who goes
        to a page to end a session accepts a page."""
        headers = request.httprequest.headers
        loaded_for, accepted = headers.get("Sec-Fetch-Dest"), headers.get("Accept", "")
        if loaded_for:
            return loaded_for in SHOWN_IN_A_PAGE
        ends = request.httprequest.method == "GET" and request.httprequest.path.startswith(ENDS_A_SESSION)
        return accepted.startswith(MEDIA) or "Range" in headers or (ends and "text/html" not in accepted)

    @classmethod
    def _showroom_gives_pictures(cls, rule):
        path = request.httprequest.path
        writes_nothing = rule.endpoint.routing.get("readonly") is True and not path.startswith(ENDS_A_SESSION)
        return writes_nothing or path.startswith(GIVES_PICTURES)
