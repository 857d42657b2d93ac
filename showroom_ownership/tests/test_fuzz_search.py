from odoo.tests import tagged

from .remote_case import RemoteCase

OPERATORS = ("=", "!=", "in", "not in", "ilike", "not ilike", "like", "=ilike", ">", "<", ">=", "=?", "any", "child_of")
VALUES = (True, False, None, "x", "", "\0", 7, -1, 2**40, 1.5, [], [1], [[1]], [None], ["x"], {}, "today", "%_%_%_%")
# Odoo's own words for a search that makes no sense, and for a value that a column cannot be compared with.
NO_SENSE = {"builtins.ValueError", "builtins.NotImplementedError", "builtins.TypeError", "builtins.OverflowError"}


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
        return error["debug"].strip() if ours or error["name"] not in NO_SENSE else ""
