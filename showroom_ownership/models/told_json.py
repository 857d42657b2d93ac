import json

from psycopg2.extras import Json

from odoo import fields

from ..core.codec import Text


class ToldJson(fields.Json):
    """A JSON value that may be given as the text it is stored as, and is not taken apart before somebody reads it."""

    def convert_to_cache(self, value, record, validate=True):
        return value if isinstance(value, Text) else super().convert_to_cache(value, record, validate)

    def convert_to_column(self, value, record, values=None, validate=True):
        if isinstance(value, Text):
            return Json(value, dumps=str)
        return super().convert_to_column(value, record, values, validate)

    def convert_to_record(self, value, record):
        return json.loads(value) if isinstance(value, Text) else super().convert_to_record(value, record)
