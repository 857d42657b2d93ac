from contextlib import ExitStack, contextmanager
from unittest.mock import patch

from .common import ShowroomCase


class TestEvidenceStored(ShowroomCase):
    """Lines of evidence are inserted in a statement, as Odoo's `create` would store and remember them."""

    def setUp(self):
        super().setUp()
        self.enterContext(self.at("2026-03-02 10:00"))

    def records(self, phone):
        """One of each kind that goes with a card: by the desk and by the system."""
        card = self.card(self.li, phone=phone, name="Zhao")
        call = {"lead_id": card.id, "method": "call", "outcome": "Comes on Monday"}
        return card.filing_id, self.env["showroom.followup"].with_user(self.li).create(call).sudo()

    def values(self, record):
        own = {"id", "number", "entry_id", "lead_id", "request_key", "salt", "phone", "phone_key", "line_no"}
        stored = [name for name, field in record._fields.items() if field.store and field.column_type]
        return {name: record[name] for name in stored if name not in own}

    @contextmanager
    def extended(self, *models):
        """Somebody extends `create` of these models; what they were asked to make, by model."""
        made = {}

        def by(model):
            create = type(self.env[model]).create

            def extended(records, vals_list):
                made.setdefault(model, []).append(str(vals_list))
                return create(records, vals_list)

            extended._api_model, extended.__module__ = True, "odoo.addons.somebody"
            return patch.object(type(self.env[model]), "create", extended)

        with ExitStack() as stack:
            for model in models:
                stack.enter_context(by(model))
            yield made

    def test_the_same_is_stored_and_remembered(self):
        at_once = self.records("13700000001")
        with self.extended("showroom.reception", "showroom.followup") as made:
            by_odoo = self.records("13700000002")
        self.assertEqual(made.keys(), {"showroom.reception", "showroom.followup"})
        for ours, odoos in zip(at_once, by_odoo, strict=True):
            known = self.values(ours)
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(self.values(ours), known)
            self.assertEqual(self.values(odoos), known)
            self.assertTrue(ours.number and ours.salt)
        self.assertNotEqual(at_once[0].request_key, by_odoo[0].request_key)

    def test_whoever_extends_create_makes_what_is_kept(self):
        with self.extended("showroom.followup") as made:
            _line, call = self.records("13700000003")
        self.assertIn(call.number, made["showroom.followup"][-1])
