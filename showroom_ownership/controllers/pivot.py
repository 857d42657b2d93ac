import json

from werkzeug.datastructures import FileStorage

from odoo import http
from odoo.http import request

from odoo.addons.web.controllers import pivot

from .formulas import as_text

WRITTEN = ("col_group_headers", "measure_headers", "rows")
CELLS = 200_000  # of headers; screens have some hundreds


class TableExporter(pivot.TableExporter):
    @http.route()
    def export_xlsx(self, data, **kw):
        """The table as the browser shows it, with names of groups that compute nothing."""
        table = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
        request.env["base"]._check_number(self._cells(table or {}), CELLS)
        written = {name: self._as_text(table[name]) for name in WRITTEN if name in (table or ())}
        return super().export_xlsx(json.dumps({**(table or {}), **written}), **kw)

    def _cells(self, table):
        """How many cells the headers fill: what a browser says of them, nothing else limits."""
        rows = table.get("col_group_headers") or []
        headers = [header for row in rows for header in row]
        below = max(table.get("measure_count") or 0, table.get("origin_count") or 0)
        return sum(header["width"] for header in headers) + len(rows) * len(headers) * below

    def _as_text(self, value):
        if isinstance(value, dict):
            return {name: self._as_text(item) for name, item in value.items()}
        return [self._as_text(item) for item in value] if isinstance(value, list) else as_text(value)
