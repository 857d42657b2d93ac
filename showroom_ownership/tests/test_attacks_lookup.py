from datetime import date
from unittest.mock import patch

from odoo.tests import tagged, test_cursor

from .attack_case import AttackCase

COMMIT = test_cursor.TestCursor.commit


def commit(cursor):
    """With what follows a commit, which the tests' cursors leave out."""
    follow = list(cursor.postcommit._funcs)
    COMMIT(cursor)
    for each in follow:
        each()


@tagged("post_install", "-at_install")
class TestAttacksLookup(AttackCase):
    """Whose customer a number is, asked past the desk: by a card of one's own that was filed by nobody."""

    def setUp(self):
        super().setUp()
        self.enter("li")
        self.env["showroom.lookup"].search([]).unlink()
        vals = {"name": "Somebody", "team_id": self.main.id, "user_id": self.li.id, "type": "opportunity"}
        self.own = self.env["crm.lead"].with_user(self.li).create(vals).with_env(self.env)

    def put(self, phone, **context):
        return self.assertDone(self.rpc("crm.lead", "write", self.own.ids, {"phone": phone}, context=context))

    def kept(self):
        return self.env["showroom.lookup"].search([("user_id", "=", self.li.id)], order="id")

    def test_each_number_that_is_written_is_a_look_up(self):
        """Also without tracking, and also of numbers that nobody knows."""
        for phone in ("13910000002", "13910000077", "13910000078"):
            self.put(phone, tracking_disable=True, mail_notrack=True)
        self.assertEqual(self.kept().mapped("outcome"), ["owned", "new", "new"])
        self.assertEqual(self.kept()[0].lead_id, self.qian)
        self.assertEqual(self.kept().outlet_id, self.main)
        self.put("139-1000-0078")
        self.assertEqual(len(self.kept()), 3, "the same number, written otherwise")

    def test_so_is_a_card_that_is_opened_by_hand(self):
        vals = {"name": "x", "phone": "13910000002", "team_id": self.main.id}
        self.assertDone(self.rpc("crm.lead", "create", [vals, {**vals, "phone": "13910000079"}]))
        self.assertEqual(set(self.kept().mapped("outcome")), {"owned", "new"})

    def test_so_is_a_number_that_comes_with_a_contact(self):
        vals_list = [{"name": "x", "phone": phone} for phone in ("13910000002", "13910000077")]
        known, free = self.env["res.partner"].create(vals_list)
        self.assertRefused(self.rpc("crm.lead", "write", self.own.ids, {"partner_id": known.id}), "colleague")
        self.assertEqual(self.kept().lead_id, self.qian)
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"partner_id": free.id}))
        self.assertEqual(self.kept().mapped("outcome"), ["owned", "new"])

    def test_so_is_a_number_that_is_written_on_the_contact(self):
        contact = self.assertDone(self.rpc("res.partner", "create", [{"name": "x"}]))
        self.assertDone(self.rpc("crm.lead", "write", self.own.ids, {"partner_id": contact[0]}))
        self.assertDone(self.rpc("res.partner", "write", contact, {"phone": "13910000002"}))
        self.assertEqual(self.kept().lead_id, self.qian)

    def leads(self, *phones):
        """Leads of another team, which are no cards yet."""
        team = self.env["crm.team"].create({"name": "Plain"})
        vals = {"name": "x", "team_id": team.id, "user_id": self.li.id, "type": "opportunity"}
        return self.assertDone(self.rpc("crm.lead", "create", [{**vals, "phone": phone} for phone in phones]))

    def test_so_is_a_lead_that_becomes_a_card(self):
        leads = self.leads("13910000002", "13910000077")
        self.assertFalse(self.kept())
        self.assertDone(self.rpc("crm.lead", "write", leads, {"team_id": self.main.id}))
        self.assertEqual(set(self.kept().mapped("outcome")), {"owned", "new"})

    def test_a_lead_beside_a_card_hides_no_look_up(self):
        """What is refused for the card was asked for at its outlet, whichever comes first."""
        leads = self.leads("13910000077")
        self.assertRefused(self.rpc("crm.lead", "write", [*leads, self.zhao.id], {"phone": "13910000002"}))
        self.assertEqual(self.kept().lead_id, self.qian)

    def test_so_is_one_that_is_converted(self):
        [lead] = self.leads("13910000002")
        context = {"active_model": "crm.lead", "active_id": lead, "active_ids": [lead]}
        wizard = {"lead_id": lead, "name": "convert", "action": "create", "user_id": self.li.id}
        [made] = self.assertDone(
            self.rpc("crm.lead2opportunity.partner", "create", [{**wizard, "team_id": self.main.id}], context=context)
        )
        self.assertDone(self.rpc("crm.lead2opportunity.partner", "action_apply", [made], context=context))
        self.assertEqual(self.env["crm.lead"].browse(lead).outlet_id, self.main)
        self.assertEqual(self.kept().lead_id, self.qian)

    def test_the_forecast_beside_a_colleagues_card_tells_what_the_desk_would(self):
        self.put("13910000002")
        self.env["showroom.lookup"].search([]).unlink()
        told = self.rpc("crm.lead", "get_forecast", self.own.ids).result
        self.assertEqual((told["ground"], told["state"], told["shares"]), (False, False, {}))
        self.assertIn(f"{self.qian.card_number} (Wang)", told["text"])
        self.assertEqual(self.kept().lead_id, self.qian)
        read = self.rpc("crm.lead", "read", self.own.ids, ["forecast"]).result[0]["forecast"]
        self.assertEqual(read, told["text"])
        self.assertEqual(len(self.kept()), 1, "within a minute it is the same look-up")

    def test_a_forecast_of_ones_own_customer_is_none(self):
        """The legal twin."""
        self.put("13910000077")
        self.env["showroom.lookup"].search([]).unlink()
        for card in (self.zhao, self.own):
            told = self.rpc("crm.lead", "get_forecast", card.ids).result
            self.assertEqual(told["shares"], {str(self.li.id): 100.0})
        self.assertFalse(self.kept())

    def test_a_manager_is_told_everything(self):
        self.put("13910000002")
        self.enter("chen")
        told = self.rpc("crm.lead", "get_forecast", self.own.ids, self.li.id).result
        self.assertTrue(told["ground"])

    def test_a_card_beside_it_puts_nothing_in_question(self):
        self.put("13910000002")
        self.enter("desk")
        told = self.rpc("showroom.reception", "match", "13910000002", self.main.id).result
        self.assertEqual((told["state"], told["number"]), ("owned", self.qian.card_number))

    def test_what_is_refused_beside_it_is_asked_for(self):
        self.put("13910000002")
        contact = self.env["res.partner"].create({"name": "Qian", "phone": "13910000002"})
        for at, method, said in (
            ("2026-03-02 15:10", "action_follow_up", ("call", "x", True)),
            ("2026-03-02 15:20", "write", ({"order_ids": [(0, 0, {"note": "x"})]},)),
            ("2026-03-02 15:30", "action_settle", ({self.li.id: 100},)),
            ("2026-03-02 15:40", "write", ({"partner_id": contact.id},)),
        ):
            with self.at(at), self.subTest(method):
                before = len(self.kept())
                self.assertRefused(self.rpc("crm.lead", method, self.own.ids, *said))
                self.assertEqual(self.kept()[before:].lead_id, self.qian)

    def test_the_dialog_of_settlements_names_nobody_beside_it(self):
        self.put("13910000002")
        dialog = {"lead_ids": [(6, 0, self.own.ids)]}
        spec = {
            "party_ids": {"fields": {"display_name": {}}},
            "line_ids": {"fields": {"user_id": {"fields": {"display_name": {}}}}},
        }
        told = self.rpc("showroom.settlement.wizard", "onchange", [], dialog, ["lead_ids"], {"lead_ids": {}, **spec})
        self.assertNotIn("Wang", str(told.result))

    def test_so_is_a_merge_that_is_refused(self):
        self.put("13910000002")
        with self.at("2026-03-02 15:10"):
            before = len(self.kept())
            both = (self.zhao | self.own).ids
            self.assertRefused(self.rpc("crm.lead", "merge_opportunity", both), "a colleague would lose")
            self.assertEqual(self.kept()[before:].lead_id, self.qian)

    def test_so_is_a_number_that_is_refused_on_the_contact(self):
        """Of an old card of theirs, beside which one was opened by hand."""
        contact = self.env["res.partner"].with_user(self.li).create({"name": "Zhao Min", "phone": self.zhao.phone})
        self.zhao.with_user(self.li).partner_id = contact
        self.own.with_user(self.li).write({"phone": self.zhao.phone, "partner_id": contact.id})
        self.env.flush_all()
        for phone, outcome in (("13910000002", "owned"), ("13910000077", "new")):
            before = len(self.kept())
            answer = self.rpc("res.partner", "write", contact.ids, {"phone": phone})
            self.assertEqual(answer.refused, outcome == "owned")
            self.assertEqual(self.kept()[before:].mapped("outcome"), [outcome])

    def test_a_line_that_is_no_evidence_contests_nothing(self):
        yesterday = {"phone": "13910000002", "arrived_at": "2026-03-01 02:00:00"}
        line = self.receive(self.li, name="Qian", **yesterday)
        self.assertFalse(line.is_evidence)
        self.assertFalse(self.qian.is_contested)
        self.receive(self.li, name="Qian", phone="13910000002")
        self.assertTrue(self.qian.is_contested, "the legal twin")

    def test_another_companys_desk_is_not_asked(self):
        """A number is looked up as the asker's own outlet knows it, whichever outlet is named."""
        north = self.env["res.company"].create({"name": "North", "country_id": self.env.ref("base.cn").id})
        outlet = self.env["crm.team"].create({
            "name": "North", "outlet_code": "NORTH", "outlet_kind": "showroom", "tz": "Asia/Shanghai",
            "policy_id": self.policy.id, "company_id": north.id, "user_id": False,
        })  # fmt: skip
        self.main.company_id = self.env.company
        self.qian.sudo()._update_card({"company_id": north.id})
        self.env.flush_all()
        told = self.rpc("showroom.reception", "match", "13910000002", outlet.id).result
        self.assertEqual(told["state"], "new")

    # By what is refused

    def asking(self, phone="13910000002", **vals):
        return {"name": "x", "phone": phone, "team_id": self.main.id, "stage_id": self.won.id, **vals}

    def test_a_refusal_that_tells_is_a_look_up(self):
        self.assertRefused(self.rpc("crm.lead", "create", [self.asking()]), "Save it open")
        self.assertEqual(self.kept().lead_id, self.qian)
        self.env["showroom.lookup"].search([]).unlink()
        order = {"order_ids": [[0, 0, {"note": "x"}]], "stage_id": self.main._first_stage().id}
        self.assertRefused(self.rpc("crm.lead", "create", [self.asking(**order)]))
        self.assertEqual(self.kept().lead_id, self.qian)

    def test_so_is_what_an_import_tells_of_each_row(self):
        rows = [["x", number, self.main.name, self.won.name] for number in ("13910000077", "13910000002")]
        for dryrun in (True, False):
            self.env["showroom.lookup"].search([]).unlink()
            with patch.object(test_cursor.TestCursor, "commit", commit):
                answer = self.import_file("crm.lead", ["name", "phone", "team_id", "stage_id"], rows, dryrun=dryrun)
            self.assertIn("Save it open", str(answer.result))
            self.assertIn(self.qian, self.kept().lead_id)

    # By what is made to fail afterwards

    def undone(self, model, vals, **shown):
        """A form that is saved and then asks to be shown what nobody is shown: all is taken back."""
        before = self.env[model].search_count([])
        self.assertRefused(self.rpc(model, "web_save", [], vals, shown), "access")
        self.assertEqual(self.env[model].search_count([]), before)

    def test_what_is_taken_back_by_a_card_that_cannot_be_shown_is_a_look_up(self):
        vals = {"name": "x", "team_id": self.main.id, "user_id": self.li.id}
        for phone in ("13910000002", "13910000077"):
            self.undone("crm.lead", {**vals, "phone": phone}, user_id={"fields": {"totp_secret": {}}})
        self.assertEqual(self.kept().mapped("outcome"), ["owned", "new"])
        self.assertEqual(self.kept().lead_id, self.qian)

    def line(self, phone):
        return {"customer_name": "x", "phone": phone, "outlet_id": self.main.id, "asked": "no", "channel": "visit"}

    def test_so_is_a_line_of_the_register(self):
        for phone in ("13910000002", "13910000077"):
            self.undone("showroom.reception", self.line(phone), salt={})
        self.assertEqual(self.kept().mapped("outcome"), ["owned", "new"])
        self.assertEqual((self.kept().lead_id, self.kept().outlet_id), (self.qian, self.main))

    def test_so_is_one_that_stays(self):
        """Once in a day: the number was looked up at the desk before, as it was typed."""
        lines = [self.line(phone) for phone in ("13910000002", "13910000077", "13910000001", "13910000002")]
        self.assertDone(self.rpc("showroom.reception", "create", lines))
        self.assertEqual(self.kept().lead_id, self.qian)
        self.assertEqual(self.kept().mapped("outcome"), ["owned"])
        with self.at("2026-03-02 16:00"):
            self.assertDone(self.rpc("showroom.reception", "desk_register", self.line("13910000002")))
        self.assertEqual(len(self.kept()), 1)
        with self.at("2026-03-03 16:00"):
            self.assertDone(self.rpc("showroom.reception", "desk_register", self.line("13910000002")))
        self.assertEqual(self.kept().mapped("day"), [date(2026, 3, 2), date(2026, 3, 3)])

    def test_so_is_one_on_behalf_of_somebody_of_elsewhere(self):
        """Whether they can be named tells whether they have the customer, also if something else is refused."""
        with self.at("2026-03-02 11:00"):
            theirs = self.card(self.sun, phone="13910000099", name="Mei", outlet_id=self.east.id)
        for phone in ("13910000099", "13910000002", "13910000078"):
            said = {**self.line(phone), "on_behalf_of_id": self.sun.id, "party_size": -5}
            self.assertRefused(self.rpc("showroom.reception", "create", [said]))
        self.assertEqual(set(self.kept().lead_id), {theirs, self.qian})
        self.assertEqual(len(self.kept()), 3)

    def test_a_line_without_a_name_tells_nothing(self):
        """It is no evidence, and nobody is told of it."""
        lines = [{**self.line(phone), "customer_name": False} for phone in ("13910000002", "13910000077")]
        made = self.assertDone(self.rpc("showroom.reception", "create", lines))
        [one, other] = self.assertDone(self.rpc("showroom.reception", "read", made, ["told_holder_id", "match_text"]))
        self.assertEqual((one["told_holder_id"], one["match_text"]), (other["told_holder_id"], other["match_text"]))

    def test_it_tells_when_it_gets_one(self):
        line = {**self.line("13910000002"), "customer_name": False}
        [made] = self.assertDone(self.rpc("showroom.reception", "create", [line]))
        self.assertFalse(self.kept())
        self.env["showroom.reception"].browse(made).with_user(self.li).action_correct({"customer_name": "x"})
        self.assertEqual(self.kept().lead_id, self.qian)

    def test_a_refused_announcement_of_who_has_bought_is_one(self):
        """Whatever else is wrong with it."""
        self.qian.with_user(self.wang).action_set_won()
        vals = {"outlet_id": self.main.id, "customer_name": "x", "phone": "13910000002", "valid_until": "2025-01-01"}
        self.assertRefused(self.rpc("showroom.preregistration", "create", [vals]))
        self.assertEqual(self.kept().lead_id, self.qian)

    def test_lines_of_nobody_make_no_look_up_usual(self):
        """Customers are counted, not lines."""
        self.main.policy_id.lookup_limit = 2
        for phone in ("13910000001", "13910000002", "13910000077"):
            self.assertDone(self.rpc("showroom.reception", "match", phone, self.main.id))
        day = self.env["showroom.lookup.day"].search([("user_id", "=", self.li.id)])
        self.assertTrue(day.is_unusual)
        empty = {"outlet_id": self.main.id, "channel": "visit", "asked": "no"}
        self.assertDone(self.rpc("showroom.reception", "create", [empty] * 5))
        self.env.invalidate_all()
        self.assertEqual((day.is_unusual, day.receptions), (True, 1))
        for phone in ("13910000077", "13910000078"):
            self.assertDone(self.rpc("showroom.reception", "create", [self.line(phone)]))
        self.env.invalidate_all()
        self.assertEqual((day.is_unusual, day.receptions), (False, 3))

    def test_nor_do_lines_of_customers_who_are_ones_own_already(self):
        self.main.policy_id.lookup_limit = 4
        old = [self.card(self.li, phone=f"1391000009{number}") for number in range(5)]
        with self.at("2026-03-03 10:00"):
            for phone in ("13910000002", "13910000071", "13910000072", "13910000073"):
                self.assertDone(self.rpc("showroom.reception", "match", phone, self.main.id))
            self.assertDone(self.rpc("showroom.reception", "create", [self.line(card.phone) for card in old]))
        self.env.invalidate_all()
        asked = [("user_id", "=", self.li.id), ("day", "=", "2026-03-03")]
        day = self.env["showroom.lookup.day"].search(asked)
        self.assertEqual((day.is_unusual, day.receptions), (True, 0))

    def test_who_is_taken_back_as_well_has_asked_nothing(self):
        """As in a trial of which nothing stays, not the people either."""
        with self.env.cr.savepoint() as trial:
            gone = self._user("new", "consultant", self.main)
            self.receive(gone, phone="13910000002")
            trial.rollback()
        kept = self.env.cr.postrollback.data["showroom.lookup"]
        self.assertIn(gone.id, [each for statement in kept for each in statement.params])
        self.env.cr.postrollback.run()
        self.assertFalse(self.env["showroom.lookup"].search([("user_id", "=", gone.id)]))

    def test_so_is_an_announcement(self):
        vals = {"outlet_id": self.main.id, "customer_name": "x", "phone": "13910000002"}
        self.undone("showroom.preregistration", vals, salt={})
        self.assertEqual(self.kept().lead_id, self.qian)

    def test_the_test_of_an_import_takes_back_no_look_up(self):
        """Of cards that would be opened, and of lines."""
        header = ["name", "phone", "team_id"]
        with patch.object(test_cursor.TestCursor, "commit", commit):
            answer = self.import_file("crm.lead", header, [["x", "13910000002", self.main.name]], dryrun=True)
            self.assertFalse(answer.result["messages"])
            self.assertEqual(self.kept().lead_id, self.qian)
            self.env["showroom.lookup"].search([]).unlink()
            header, rows = ["customer_name", "phone", "outlet_id"], [["x", "13910000002", self.main.name]]
            answer = self.import_file("showroom.reception", header, rows, dryrun=True)
        self.assertFalse(answer.result["messages"])
        self.assertEqual(self.kept().lead_id, self.qian)
