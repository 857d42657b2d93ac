import csv
import io
import json

from openpyxl import load_workbook

from odoo import http
from odoo.tests import tagged

from .remote_case import RemoteCase

FORMULA = '=cmd|"/C calc"!A0'
WIDE = tuple("\uff1d\uff0b\uff0d\uff20")
SAID = (
    FORMULA,
    "@SUM(1+1)",
    "{=1+1}",
    " =1+1",
    "+86 said twice",
    "- wants it in red",
    "1 = 1",
    "\uff1d1+1",
    "\uff20SUM(1)",
    "\u3000\uff0b1",
    "external:shared.xlsx",
)


@tagged("post_install", "-at_install")
class TestFormulas(RemoteCase):
    """What people say computes nothing in a file that a colleague opens in a spreadsheet."""

    def setUp(self):
        super().setUp()
        for at, said in enumerate(SAID):
            card = self.card(phone=f"+86 139 1000 00{at:02d}", name=said, interest=said)
            card.with_user(self.li).write({"contact_name": said, "interest": said})
        group = self.env.ref("base.group_allow_export")
        self.gm.write({"group_ids": [(4, group.id)]})
        self.sign_in(self.gm)

    def _export(self, kind, model, names, **more):
        fields = [{"name": name, "label": name, "type": "char"} for name in names]
        asked = {"model": model, "fields": fields, "ids": False, "domain": [], "import_compat": False, **more}
        values = {"data": json.dumps(asked), "csrf_token": http.Request.csrf_token(self)}
        answer = self.url_open(f"/web/export/{kind}", data=values, timeout=60)
        self.assertEqual(answer.status_code, 200, answer.text[:500])
        return answer.content

    def _cells(self, content):
        sheet = load_workbook(io.BytesIO(content)).active
        return [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value]

    def assertNoFormula(self, cells):
        self.assertTrue(cells)
        for cell in cells:
            self.assertNotEqual(cell.data_type, "f", cell.value)
            self.assertFalse(cell.hyperlink, cell.value)
            self.assertNotIn(str(cell.value).strip()[:1], (*WIDE, "=", "@", "{"), cell.value)

    def test_csv(self):
        for model, names in (("showroom.reception", ["customer_name", "phone"]), ("crm.lead", ["contact_name"])):
            rows = list(csv.reader(io.StringIO(self._export("csv", model, names).decode("utf-8-sig"))))[1:]
            said = {row[0] for row in rows}
            self.assertIn(f"'{FORMULA}", said)
            self.assertIn("1 = 1", said)
            self.assertFalse([text for text in said if text.strip()[:1] in WIDE + ("=", "@", "+", "-")])

    def test_xlsx(self):
        for model, name in (("showroom.reception", "customer_name"), ("crm.lead", "contact_name")):
            cells = self._cells(self._export("xlsx", model, [name, "phone"]))
            self.assertNoFormula(cells)
            texts = {cell.value for cell in cells}
            self.assertIn("+86 said twice", texts, "what is no formula stays as it is")
            self.assertTrue(
                len([text for text in texts if str(text).startswith("+86")]) > len(SAID), "so do phone numbers"
            )
            self.assertIn(f"'{FORMULA}", texts)

    def test_grouped_xlsx(self):
        content = self._export("xlsx", "crm.lead", ["contact_name", "phone"], groupby=["interest"])
        cells = self._cells(content)
        self.assertNoFormula(cells)
        self.assertTrue([cell for cell in cells if str(cell.value).startswith(f"'{FORMULA}")])

    def test_a_pivot(self):
        header = {"title": FORMULA, "width": 1, "height": 1}
        row = {"title": FORMULA, "indent": 0, "values": [{"value": 7}, {"value": FORMULA}]}
        table = {"title": "Cards", "model": "crm.lead", "measure_count": 1, "col_group_headers": [[header]]}
        table.update(measure_headers=[{"title": FORMULA, "is_bold": False}], rows=[row])
        values = {"data": json.dumps(table), "csrf_token": http.Request.csrf_token(self)}
        answer = self.url_open("/web/pivot/export_xlsx", data=values)
        self.assertEqual(answer.status_code, 200)
        cells = [cell for cell in self._cells(answer.content) if cell.value != 7]
        self.assertNoFormula(cells)
        self.assertEqual(len(cells), 3)
