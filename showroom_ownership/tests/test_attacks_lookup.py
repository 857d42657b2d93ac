from unittest.mock import patch

from odoo.tests import tagged, test_cursor

from .attack_lookup_case import LookupCase

COMMIT = test_cursor.TestCursor.commit


def commit(cursor):
    """With what follows a commit, which the tests' cursors leave out."""
    follow = list(cursor.postcommit._funcs)
    COMMIT(cursor)
    for each in follow:
        each()


@tagged("post_install", "-at_install")
class TestAttacksLookup(LookupCase):
    """Whose customer a number is, asked past the desk: by a card of one's own that was filed by nobody."""

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

    def test_what_is_taken_back_by_a_card_that_cannot_be_shown_is_a_look_up(self):
        vals = {"name": "x", "team_id": self.main.id, "user_id": self.li.id}
        for phone in ("13910000002", "13910000077"):
            self.undone("crm.lead", {**vals, "phone": phone}, user_id={"fields": {"totp_secret": {}}})
        self.assertEqual(self.kept().mapped("outcome"), ["owned", "new"])
        self.assertEqual(self.kept().lead_id, self.qian)

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
