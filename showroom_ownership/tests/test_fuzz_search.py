import builtins
import time

from lxml import etree

from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .remote_case import RemoteCase

OPERATORS = ("=", "!=", "in", "not in", "ilike", "not ilike", "like", "=ilike", ">", "<", ">=", "=?", "any", "child_of")
VALUES = (True, False, None, "x", "", "\0", 7, -1, 2**40, 1.5, [], [1], [[1]], [None], ["x"], {}, "today", "%_%_%_%")
# Odoo's own words for a search that makes no sense, and for a value that a column cannot be compared with.
NO_SENSE = (ValueError, RuntimeError, TypeError, OverflowError)


@tagged("post_install", "-at_install")
class TestFuzzSearch(RemoteCase):
    """Searches that a box or a script can send, on what the module makes searchable."""

    def setUp(self):
        super().setUp()
        self.cards = self.card() | self.card(phone="13910000002", name="Qian")
        self.sign_in(self.li)

    def _computed(self):
        """(model, field) of what is searched by a method of the module."""
        for name in sorted(self.env.registry):
            for field in self.env[name]._fields.values():
                ours = field._module and field._module.startswith("showroom_ownership")
                if ours and not field.store and field.search and not field.related:
                    yield name, field.name

    def _boxes(self):
        """(model, domain) of every line of every search box of the module, for what is typed into it."""
        views = self.env["ir.model.data"].search([("module", "=", "showroom_ownership"), ("model", "=", "ir.ui.view")])
        for view in self.env["ir.ui.view"].browse(views.mapped("res_id")).filtered(lambda view: view.type == "search"):
            arch = etree.fromstring(self.env[view.model].get_view(view.id, "search")["arch"])
            for line in arch.iter("field"):
                domain = line.get("filter_domain") or f"[('{line.get('name')}', 'ilike', self)]"
                yield view.model, domain

    def test_search_boxes(self):
        """Whatever is typed: an answer, and at once."""
        boxes = set(self._boxes())
        self.assertGreater(len(boxes), 40)
        for model, box in sorted(boxes):
            for typed in ("%_%_%_%" * 40, "x" * 10000, "'; DROP TABLE res_users; --\\"):
                domain = safe_eval(box, {"self": typed, "uid": self.gm.id, "context_today": None})
                start = time.monotonic()
                fault = self._fault(model, domain)
                self.assertFalse(fault, f"{model} {box}")
                self.assertLess(time.monotonic() - start, 5, f"{model} {box}")

    def test_nested_conditions(self):
        deep = [["reception_ids", "any", [["lead_id", "any", [["reception_ids", "any", [["phone", "ilike", "1"]]]]]]]]
        wide = ["|"] * 400 + [["card_number", "ilike", str(each)] for each in range(401)]
        for domain in (deep, wide, [["outlet_id", "child_of", [1, 2, 3]]], [["id", "in", list(range(50000))]]):
            start = time.monotonic()
            self.assertFalse(self._fault("crm.lead", domain))
            self.assertLess(time.monotonic() - start, 5)

    def test_computed_fields(self):
        """An answer, or Odoo's word that this cannot be searched: never a fault of ours or of the database."""
        searched = list(self._computed())
        self.assertGreaterEqual(len(searched), 5)
        found = {}
        for model, name in searched:
            for operator in OPERATORS:
                for value in VALUES:
                    fault = self._fault(model, [[name, operator, value]])
                    if fault:
                        found.setdefault(f"{model}: {fault[-1500:]}", (name, operator, value))
        self.assertFalse(found, "\n\n".join(f"{call}\n{fault}" for fault, call in found.items()))

    def _fault(self, model, domain):
        _result, error = self.remote(model, "search_count", domain)
        if not error or error["name"].startswith("odoo.exceptions."):
            return ""
        ours = "showroom_ownership/" in error["debug"] or error["name"].startswith("psycopg2")
        return error["debug"].strip() if ours or not self._makes_no_sense(error["name"]) else ""

    @staticmethod
    def _makes_no_sense(name):
        module, _dot, error = name.rpartition(".")
        kind = getattr(builtins, error, None) if module == "builtins" else None
        return isinstance(kind, type) and issubclass(kind, NO_SENSE) and not issubclass(kind, RecursionError)
