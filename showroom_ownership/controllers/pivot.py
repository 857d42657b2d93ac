import json

from werkzeug.datastructures import FileStorage

from odoo import http

from odoo.addons.web.controllers import pivot

from .formulas import as_text

WRITTEN = ("col_group_headers", "measure_headers", "rows")


class TableExporter(pivot.TableExporter):
    @http.route()
    def export_xlsx(self, data, **kw):
        """The table as the browser shows it, with names of groups that compute nothing."""
        table = json.load(data) if isinstance(data, FileStorage) else json.loads(data)
        written = {name: self._as_text(table[name]) for name in WRITTEN if name in (table or ())}
        return super().export_xlsx(json.dumps({**(table or {}), **written}), **kw)

    def _as_text(self, value):
        if isinstance(value, dict):
            return {name: self._as_text(item) for name, item in value.items()}
        return [self._as_text(item) for item in value] if isinstance(value, list) else as_text(value)
