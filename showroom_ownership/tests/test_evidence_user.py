import json
from datetime import datetime, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ShowroomCase

KEPT = ("showroom.ledger.entry", "showroom.ledger.head", "showroom.register.page", "showroom.correction")


class TestEvidenceUser(ShowroomCase):
    """A person with a role tries what remote calls, imports, merges and archives allow (docs/attackers.md)."""

    def setUp(self):
        super().setUp()
        with self.at("2026-03-02 10:00"):
            self.line = self.receive(self.li)
            self.line.with_user(self.li).action_correct({"customer_name": "Zhao Ming"})
        self.card, self.page = self.line.lead_id, self.line.page_id

    def everybody(self):
        return self.li, self.desk, self.chen, self.dir, self.gm, self.env.ref("base.user_admin")

    def sound(self):
        self.env.flush_all()
        return self.env["showroom.ledger.entry"]._verify(self.main) is None

    def call(self, user, records, method, *args, **kwargs):
        """As a remote call arrives: public methods only, the ids first."""
        ids = [records.ids] if records else []
        return call_kw(self.env[records._name].with_user(user), method, [*ids, *args], kwargs)

    def test_nobody_writes_creates_copies_or_deletes_in_the_ledger(self):
        for user in self.everybody():
            for model in KEPT:
                record = self.env[model].search([], limit=1)
                attacks = [
                    ("write", {"create_date": "2020-01-01"}),
                    ("unlink",),
                    ("copy",),
                    ("web_save", {}, {"id": {}}),
                ]
                for method, *args in attacks:
                    with self.subTest(user=user.login, model=model, method=method), self.assertRaises(UserError):
                        self.call(user, record, method, *args)
                with self.assertRaises(UserError):
                    self.call(user, self.env[model], "create", [{}])
        self.assertTrue(self.sound())

    def test_nobody_calls_what_is_private(self):
        for method in ("_append", "_verify", "_erase", "_forget", "_judge", "_record", "_take", "_put", "_queue"):
            for model in ("showroom.reception", "showroom.ledger.entry", "showroom.ledger.head"):
                with self.assertRaises(Exception) as caught:
                    self.call(self.gm, self.env[model], method)
                self.assertIsInstance(caught.exception, (AccessError, AttributeError))

    def test_an_import_stamps_nothing(self):
        header = ["customer_name", "phone", "outlet_id/.id", "recorded_at", "number"]
        row = ["Zhao", "13910000009", str(self.main.id), "2020-01-01 00:00:00", "MAIN/2020-01-01/001"]
        with self.at("2026-03-02 11:00"):
            result = self.env["showroom.reception"].with_user(self.li).load(header, [row])
        self.assertFalse(result["ids"])
        self.assertTrue(self.sound())

    def test_an_import_registers_like_a_form(self):
        header = ["customer_name", "phone", "outlet_id/.id"]
        rows = [["Qian", "13910000009", str(self.main.id)], ["Sun", "13910000010", str(self.main.id)]]
        with self.at("2026-03-02 11:00") as moment:
            result = self.env["showroom.reception"].with_user(self.li).load(header, rows)
        lines = self.env["showroom.reception"].browse(result["ids"])
        self.assertEqual(lines.sorted("id").mapped("line_no"), [2, 3])
        self.assertEqual(set(lines.mapped("recorded_at")), {moment})
        self.assertTrue(self.sound())

    def test_an_import_does_not_overwrite_by_external_id(self):
        self.env["ir.model.data"].create(
            {"module": "x", "name": "line", "model": "showroom.reception", "res_id": self.line.id}
        )  # fmt: skip
        result = (
            self.env["showroom.reception"].with_user(self.li).load(["id", "customer_name"], [["x.line", "Somebody"]])
        )
        self.assertFalse(result["ids"])
        self.assertEqual(self.line.customer_name, "Zhao Ming")

    def test_leads_with_evidence_are_not_deleted(self):
        for user in (self.gm, self.env.ref("base.user_admin")):
            with self.assertRaises(UserError):
                self.call(user, self.card, "unlink")
        with self.assertRaises(UserError):
            self.card.sudo().unlink()

    def test_a_merge_keeps_the_evidence(self):
        with self.at("2026-03-02 11:00"):
            other = self.receive(self.wang, phone="13910000002", name="Qian").lead_id
            merged = (self.card | other).with_user(self.chen).merge_opportunity()
        self.assertEqual(len(merged.reception_ids), 2)
        self.assertTrue(self.sound())

    @mute_logger("odoo.addons.base.partner.merge")
    def test_merging_contacts_touches_no_evidence(self):
        partners = self.env["res.partner"].create([{"name": "Zhao"}, {"name": "Zhao"}])
        self.card.partner_id = partners[1]
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(partners.ids, partners[0])
        self.assertEqual(self.card.partner_id, partners[0])
        self.assertTrue(self.sound())

    def test_no_evidence_points_to_a_contact(self):
        fields = self.env["ir.model.fields"].search([("relation", "=", "res.partner"), ("store", "=", True)])
        tables = {field.model for field in fields}
        evidence = {name for name in self.env.registry if "showroom.evidence.mixin" in self.env.registry[name]._inherit}
        self.assertFalse(tables & (evidence | set(KEPT)))

    def test_archiving_hides_nothing(self):
        self.main.active = False
        self.card.active = False
        self.assertTrue(self.sound())
        with self.at("2026-03-04 10:00"):
            self.scheduled(self.env["showroom.register.page"]._cron_close_pages)
        self.assertTrue(self.page.closed_at)

    def test_a_sequence_burns_no_number(self):
        for sequence in self.env["ir.sequence"].with_user(self.li).search([]):
            sequence.next_by_id()
        with self.at("2026-03-02 12:00"):
            self.assertEqual(self.receive(self.wang, phone="13910000003", name="Sun").line_no, 2)


@tagged("post_install", "-at_install")
class TestEvidenceJson2(HttpCase):
    """The same over HTTP, with an API key (JSON-2)."""

    def setUp(self):
        super().setUp()
        policy = self.env.ref("showroom_ownership.policy_six_principles")
        vals = {
            "name": "J",
            "outlet_code": "JSON",
            "outlet_kind": "showroom",
            "tz": "Asia/Shanghai",
            "policy_id": policy.id,
        }
        self.env.company.country_id = self.env.ref("base.cn")
        self.outlet = self.env["crm.team"].create({**vals, "user_id": False})
        self.user = new_test_user(self.env, "json@test", groups="showroom_ownership.group_manager")
        self.env["crm.team.member"].create({"crm_team_id": self.outlet.id, "user_id": self.user.id})
        keys = self.env["res.users.apikeys"].with_user(self.user)
        self.key = keys._generate("rpc", "x", datetime.now() + timedelta(days=1))

    def post(self, model, method, **body):
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        return self.url_open(f"/json/2/{model}/{method}", data=json.dumps(body), headers=headers)

    def test_json_2_registers_once_and_changes_nothing(self):
        said = {"customer_name": "Zhao", "phone": "+86 13910000001", "outlet_id": self.outlet.id, "request_key": "k"}
        first = self.post("showroom.reception", "create", vals_list=[said])
        again = self.post("showroom.reception", "create", vals_list=[said])
        self.assertEqual((first.status_code, first.json()), (200, again.json()))
        line = self.env["showroom.reception"].browse(first.json())
        with mute_logger("odoo.http"):
            for model, ids in (("showroom.reception", line.ids), ("showroom.ledger.entry", line.entry_id.ids)):
                self.assertGreaterEqual(self.post(model, "write", ids=ids, vals={"number": "X"}).status_code, 400)
                self.assertGreaterEqual(self.post(model, "unlink", ids=ids).status_code, 400)
            forged = {**said, "request_key": "l", "recorded_at": "2020-01-01 00:00:00"}
            self.assertGreaterEqual(self.post("showroom.reception", "create", vals_list=[forged]).status_code, 400)
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.outlet))

    def test_lines_cannot_be_edited_through_card_page_or_outlet(self):
        """Nested commands, over HTTP: Odoo runs them as whoever began the transaction, in a test the system."""
        said = {"customer_name": "Zhao", "phone": "+86 13910000001", "outlet_id": self.outlet.id}
        line = self.env["showroom.reception"].browse(self.post("showroom.reception", "create", vals_list=[said]).json())
        card, change = line.lead_id, [[1, line.id, {"customer_name": "Somebody"}]]
        attempts = (
            ("crm.lead", card, "reception_ids", change), ("crm.lead", card, "reception_ids", [[2, line.id]]),
            ("crm.lead", card, "reception_ids", [[5]]), ("crm.lead", card, "reception_ids", [[6, 0, []]]),
            ("crm.lead", card, "reception_ids", [[0, 0, {**said, "recorded_at": "2020-01-01 00:00:00"}]]),
            ("showroom.register.page", line.page_id, "line_ids", change),
        )  # fmt: skip
        for model, record, name, commands in attempts:
            with self.subTest(commands), mute_logger("odoo.http"):
                self.assertGreaterEqual(
                    self.post(model, "write", ids=record.ids, vals={name: commands}).status_code, 400
                )
        self.env.invalidate_all()
        self.assertEqual((line.customer_name, line.lead_id, len(card.reception_ids)), ("Zhao", card, 1))
        self.assertIsNone(self.env["showroom.ledger.entry"]._verify(self.outlet))
