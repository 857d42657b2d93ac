import xmlrpc.client

from odoo.tests import tagged

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksDestroying(AttackCase):
    """Evidence outlives cards, people and outlets (B.3, 12)."""

    def test_nothing_that_evidence_hangs_on_is_deleted(self):
        for role in ("li", "chen", "dir", "gm", "admin"):
            self.enter(role)
            for record in (self.zhao, self.main, self.main.crm_team_member_ids[:1].user_id, self.policy):
                with self.subTest(role=role, model=record._name):
                    self.assertRefused(self.rpc(record._name, "unlink", record.ids))
        self.assertTrue(self.zhao.filing_id and self.sound())

    def test_a_general_manager_does_not_uninstall_the_module(self):
        module = self.env["ir.module.module"].search([("name", "=", "showroom_ownership")])
        self.enter("gm")
        for method in ("button_uninstall", "button_immediate_uninstall", "module_uninstall"):
            self.assertRefused(self.rpc("ir.module.module", method, module.ids))
        self.assertRefused(self.rpc("ir.module.module", "write", module.ids, {"state": "uninstalled"}))
        self.assertEqual(module.state, "installed")

    def test_a_merge_by_remote_call_loses_nothing(self):
        both, lines = self.zhao | self.qian, (self.zhao | self.qian).reception_ids
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "merge_opportunity", both.ids, self.wang.id))
        self.assertEqual(lines.lead_id.user_id, self.li)
        self.assertTrue(self.sound())


@tagged("post_install", "-at_install")
class TestAttacksInOthersNames(AttackCase):
    """What colleagues do in one's name, and what is only chatter, is no evidence (B.3, 5, 10)."""

    def contacts(self, card):
        self.env.invalidate_all()
        return [(each.consultant_id, each.method) for each in card.followup_ids.sorted("id")]

    def _hold(self):
        self.scheduled(self.env["calendar.event"]._cron_held_meetings)

    def test_a_meeting_made_in_a_colleagues_name_is_not_theirs(self):
        self.receive(self.wang)  # who may record on li's card now
        meeting = {"name": "Test drive", "opportunity_id": self.zhao.id, "user_id": self.wang.id}
        meeting.update(start="2026-03-02 05:00:00", stop="2026-03-02 06:00:00")
        self.enter("li")
        self.assertDone(self.rpc("calendar.event", "create", meeting))
        self._hold()
        self.assertEqual(self.contacts(self.zhao), [])
        self.assertDone(self.rpc("calendar.event", "create", {**meeting, "user_id": self.li.id}))
        self._hold()
        self.assertEqual(self.contacts(self.zhao), [(self.li, "visit")])

    def test_a_colleagues_meeting_that_somebody_moves_is_not_theirs(self):
        self.enter("wang")
        times = {"start": "2026-03-09 05:00:00", "stop": "2026-03-09 06:00:00"}
        values = {"name": "Test drive", "opportunity_id": self.qian.id, "user_id": self.wang.id}
        event = self.assertDone(self.rpc("calendar.event", "create", {**values, **times}))
        self.enter("li")
        moved = {"start": "2026-03-02 05:00:00", "stop": "2026-03-02 06:00:00"}
        self.rpc("calendar.event", "write", [event], moved)
        self.assertRefused(self.rpc("calendar.event", "write", [event], {"showroom_said_by_id": self.wang.id}))
        self._hold()
        self.assertEqual(self.contacts(self.qian), [])
        self.enter("wang")
        self.assertDone(self.rpc("calendar.event", "write", [event], moved))
        self._hold()
        self.assertEqual(self.contacts(self.qian), [(self.wang, "visit")])

    def test_a_meeting_on_a_second_card_is_none_and_breaks_nothing(self):
        self.enter("li")
        vals = {"name": "Second", "phone": self.qian.phone, "team_id": self.main.id}
        [second] = self.assertDone(self.rpc("crm.lead", "create", [vals]))
        times = {"start": "2026-03-02 05:00:00", "stop": "2026-03-02 06:00:00"}
        self.assertDone(self.rpc("calendar.event", "create", {"name": "x", "opportunity_id": second, **times}))
        looked_up = self.env["showroom.lookup"].search_count([])
        self._hold()
        self.assertFalse(self.env["showroom.followup"].search([("lead_id", "in", (second, self.qian.id))]))
        self.assertFalse(self.env["showroom.failure"].search([]))
        self.assertEqual(self.env["showroom.lookup"].search_count([]), looked_up, "nobody asked")

    def test_a_series_of_meetings_is_no_years_follow_up(self):
        often = {"recurrency": True, "rrule_type_ui": "weekly", "mon": True, "end_type": "count", "count": 20}
        times = {"start": "2026-03-02 05:00:00", "stop": "2026-03-02 06:00:00"}
        self.enter("li")
        self.assertDone(
            self.rpc("calendar.event", "create", {"name": "x", "opportunity_id": self.zhao.id, **times, **often})
        )
        self.assertEqual(len(self.zhao.calendar_event_ids), 20)
        for day in ("2026-03-02 15:00", "2026-03-09 15:00"):
            with self.at(day):
                self._hold()
        self.assertEqual(self.contacts(self.zhao), [])

    def test_an_activity_is_a_contact_of_who_completes_it(self):
        self.enter("li")
        model = self.env["ir.model"]._get_id("crm.lead")
        kind = self.env.ref("mail.mail_activity_data_call").id
        planned = {"res_model_id": model, "res_id": self.zhao.id, "activity_type_id": kind, "user_id": self.wang.id}
        [activity] = self.assertDone(self.rpc("mail.activity", "create", [planned]))
        self.assertDone(self.rpc("mail.activity", "action_feedback", [activity], feedback="Done"))
        self.assertEqual(self.contacts(self.zhao), [(self.li, "call")])

    def test_a_message_with_a_forged_author_and_date_is_chatter(self):
        due, author = self.zhao.followup_due, self.wang.partner_id.id
        self.enter("li")
        message = {"model": "crm.lead", "res_id": self.zhao.id, "body": "I called", "author_id": author}
        self.rpc("mail.message", "create", [{**message, "date": "2026-03-01 02:00:00", "message_type": "comment"}])
        self.rpc("crm.lead", "message_post", self.zhao.ids, body="I called", author_id=author)
        self.assertEqual((self.contacts(self.zhao), self.zhao.followup_due), ([], due))
        self.assertTrue(self.sound())

    def test_a_dialog_about_somebody_elses_card_records_nothing(self):
        self.enter("li")
        for model, method in (("showroom.followup.wizard", "action_record"), ("showroom.order.wizard", "action_record"),
                              ("showroom.delivery.wizard", "action_deliver")):  # fmt: skip
            context = {"active_model": "crm.lead", "active_ids": self.qian.ids, "active_id": self.qian.id}
            made = self.rpc(model, "create", [{}], context=context)
            if not made.refused:
                self.assertRefused(self.rpc(model, method, made.result, context=context))
        self.assertFalse(self.contacts(self.qian) or self.qian.order_ids or self.qian.delivered_on)


@tagged("post_install", "-at_install")
class TestAttacksFromOutside(AttackCase):
    """Portal users, who left, addresses of reports and files (B.3, 13, 14, 20)."""

    def test_the_session_and_the_key_of_who_left_are_dead(self):
        self.enter("li")
        self.assertDone(self.rpc("crm.lead", "search_read", [], ["id"]))
        self.assertEqual(self.json2(self.li, "crm.lead", "search", domain=[]).status_code, 200)
        self.env["res.users"].browse(self.li.id).active = False
        self.assertTrue(self.rpc("crm.lead", "search_read", [], ["id"]).error)
        self.assertTrue(self.rpc("showroom.reception", "desk_open").error)
        answer = self.json2(self.li, "crm.lead", "search", domain=[])
        self.assertEqual(answer.status_code, 401)
        with self.assertRaises(xmlrpc.client.Fault):
            self.xmlrpc(self.li, "crm.lead", "search", [])

    def test_portal_and_public_users_reach_nothing(self):
        line = self.zhao.reception_ids
        for role in ("portal", None):
            self.enter(role)
            for model, method, *args in (
                ("showroom.reception", "desk_open"), ("showroom.reception", "match", "13810000001", self.main.id),
                ("showroom.reception", "desk_page", self.main.id), ("showroom.reception", "read", line.ids, ["phone"]),
                ("crm.lead", "get_forecast", self.zhao.ids), ("crm.lead", "read", self.zhao.ids, ["phone"]),
                ("showroom.policy", "what_would_change", self.policy.ids), ("crm.lead", "message_post", self.zhao.ids),
            ):  # fmt: skip
                with self.subTest(role=role, method=method):
                    self.assertTrue(self.rpc(model, method, *args).error)
        self.assertNotEqual(self.json2(self.portal, "crm.lead", "search", domain=[]).status_code, 200)

    def _documents(self):
        with self.at("2026-03-12 10:00"):
            self.receive(self.wang).with_user(self.wang).action_confirm_deal()
        self.qian.with_user(self.wang).action_request_transfer(self.li.id, "customer_request", "Asked")
        page = self.zhao.reception_ids[:1].page_id
        self.env.flush_all()
        return {"ruling_document": self.zhao.ruling_id, "register_page_document": page,
                "transfer_record_document": self.qian.transfer_ids}  # fmt: skip

    def test_a_report_on_other_peoples_records_is_refused(self):
        documents = self._documents()
        for role in ("sun", "branch", "portal"):
            self.enter(role)
            for name, record in documents.items():
                with self.subTest(role=role, name=name):
                    answer = self.url_open(f"/report/html/showroom_ownership.{name}/{record.id}")
                    self.assertGreaterEqual(answer.status_code, 400)
                    self.assertNotIn(record.display_name, answer.text)
        self.enter("chen")
        for name, record in documents.items():
            answer = self.url_open(f"/report/html/showroom_ownership.{name}/{record.id}")
            self.assertEqual(answer.status_code, 200, name)

    def test_a_file_on_other_peoples_records_is_refused(self):
        line = self.zhao.reception_ids
        files = self.env["ir.attachment"].create([
            {"name": "seal.txt", "raw": b"secret", "res_model": each._name, "res_id": each.id}
            for each in (line, line.page_id, self.zhao)
        ])  # fmt: skip
        for role, seen in (("sun", False), ("portal", False), ("branch", False), ("chen", True)):
            self.enter(role)
            for file in files:
                for address in (f"/web/content/{file.id}", f"/web/content?model=ir.attachment&id={file.id}&field=raw"):
                    with self.subTest(role=role, model=file.res_model, address=address):
                        answer = self.url_open(address)
                        self.assertEqual("secret" in answer.text, seen)
            self.assertEqual("secret" in self.url_open(f"/web/image/{files[0].id}").text, seen)

    def test_no_file_is_hung_on_evidence(self):
        self.enter("li")
        line = self.zhao.reception_ids
        for record in (line, line.entry_id, line.page_id):
            file = {"name": "proof.txt", "raw": "", "res_model": record._name, "res_id": record.id}
            self.assertRefused(self.rpc("ir.attachment", "create", [file]))
