"""Texts that a spreadsheet would take for a formula, in what people save and send to others.

Odoo writes them as texts into CSV files, with an apostrophe before, but not all of them, and into XLSX files as living
formulas. A customer's name or a colleague's remark must not compute anything on the computer of who opens the file.
Phone numbers and lists that begin with a dash are texts in XLSX files, and stay as they are.
"""

# Of "external:" XlsxWriter makes a link to a file. Spreadsheets of some languages read wide signs as the narrow ones.
STARTS = ("=", "{=", "@", "external:", "internal:", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NOT_SEEN = " \t\r\n\u00a0\u3000\ufeff"


def as_text(value):
    """The value as a spreadsheet shows and does not compute it."""
    return f"'{value}" if isinstance(value, str) and value.lstrip(NOT_SEEN).startswith(STARTS) else value


def rows_as_text(rows):
    return [[as_text(value) for value in row] for row in rows]
