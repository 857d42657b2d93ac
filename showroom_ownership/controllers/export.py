from odoo.addons.web.controllers import export

from .formulas import as_text, rows_as_text


class CSVExport(export.CSVExport):
    def from_data(self, fields, columns_headers, rows):
        return super().from_data(fields, columns_headers, rows_as_text(rows))


class ExcelExport(export.ExcelExport):
    def from_data(self, fields, columns_headers, rows):
        return super().from_data(fields, columns_headers, rows_as_text(rows))

    def from_group_data(self, fields, columns_headers, groups):
        self._groups_as_text(groups)
        return super().from_group_data(fields, columns_headers, groups)

    def _groups_as_text(self, group):
        """Names of groups and the rows in them, at all levels."""
        group.data = rows_as_text(group.data)
        for child in group.children.values():
            self._groups_as_text(child)
        named = [(self._name_as_text(name), child) for name, child in group.children.items()]
        group.children = type(group.children)(named)

    @staticmethod
    def _name_as_text(name):
        """A group's name: a value, or the id and the name of a record."""
        return tuple(map(as_text, name)) if isinstance(name, tuple) else as_text(name)
