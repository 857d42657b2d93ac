from odoo import models

PAGES = ("html", "xml", "svg")  # what a browser shows as a page of the house, with forms in it


class IrBinary(models.AbstractModel):
    """A file is what it was stored as: an address makes no page of the house of a text that somebody uploaded."""

    _inherit = "ir.binary"

    def _get_stream_from(
        self, record, field_name="raw", filename=None, filename_field="name", mimetype=None, *args, **kwargs
    ):
        if mimetype and any(page in mimetype.lower() for page in PAGES):
            mimetype = None
        return super()._get_stream_from(record, field_name, filename, filename_field, mimetype, *args, **kwargs)
