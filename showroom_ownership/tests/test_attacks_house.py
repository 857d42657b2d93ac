import json

from odoo import Command, http
from odoo.exceptions import AccessError
from odoo.tests import tagged

from .attack_case import AttackCase
from .matrix_world import Answer

WHEN = {"start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00"}


@tagged("post_install", "-at_install")
class TestAttacksHouse(AttackCase):
    """Li writes contacts of the house, and asks Odoo's forms for names; each with its legal twin."""

    def setUp(self):
        super().setUp()
        self.theirs = self.meet(self.wang, self.qian)
        self.own = self.meet(self.li, self.zhao)
        self.enter("li")

    def meet(self, user, card, **vals):
        who = [Command.link(user.partner_id.id)]
        vals = {"name": f"With {card.name}", "opportunity_id": card.id, "partner_ids": who, **WHEN, **vals}
        return self.env["calendar.event"].with_user(user).create(vals)

    # Contacts of companies and colleagues

    def test_the_company_does_not_move_abroad(self):
        company = self.env.company.partner_id
        belgium = self.env.ref("base.be").id
        before = company.country_id
        for vals in ({"country_id": belgium}, {"name": "Evil Motors"}, {"active": False}, {"phone": "1"}):
            self.assertRefused(self.rpc("res.partner", "write", company.ids, vals), "administrator")
        self.assertEqual((company.country_id, company.active), (before, True))
        own = self.env["res.partner"].create({"name": "Zhao"})
        self.assertDone(self.rpc("res.partner", "write", own.ids, {"country_id": belgium}))

    def test_nobody_changes_a_colleagues_contact(self):
        root, visitor = self.env.ref("base.partner_root"), self.env.ref("base.public_user").partner_id
        for partner in (self.wang.partner_id, root, visitor):
            self.assertRefused(self.rpc("res.partner", "write", partner.ids, {"email": "x@x.cn"}))
            self.assertRefused(self.rpc("res.partner", "write", partner.ids, {"lang": "en_US"}))
        mine = self.li.partner_id.ids
        self.assertRefused(self.rpc("res.partner", "write", mine, {"country_id": self.env.ref("base.be").id}))
        self.assertDone(self.rpc("res.partner", "write", mine, {"tz": "Asia/Shanghai"}))

    def test_nobody_takes_the_address_of_a_customer(self):
        """Whoever writes to a card with that address would be offered the consultant, as Odoo finds people by it."""
        for model, ids in (("res.users", self.li.ids), ("res.partner", self.li.partner_id.ids)):
            self.assertRefused(self.rpc(model, "write", ids, {"email": "q@x.cn"}), "goes to this address")
        self.assertDone(self.rpc("res.users", "write", self.li.ids, {"email": self.li.email, "signature": "Li"}))
        with self.assertRaises(AccessError):
            self.li.with_user(self.li).sudo().write({"email": "q@x.cn"})  # as other addons do it
        self.li.write({"email": "q@x.cn"})

    def test_a_language_that_is_none_is_refused_on_contacts_too(self):
        mine = self.li.partner_id.ids
        self.assertRefused(self.rpc("res.partner", "write", mine, {"lang": "xx"}), "not installed")
        self.assertRefused(self.rpc("res.partner", "create", {"name": "x", "lang": "xx"}), "not installed")
        self.assertDone(self.rpc("res.partner", "write", mine, {"lang": "en_US"}))

    # Meetings through other records

    def test_nobody_joins_a_colleagues_meeting_through_a_contact(self):
        link = {"meeting_ids": [Command.link(self.theirs.id)]}
        self.assertRefused(self.rpc("res.partner", "write", self.li.partner_id.ids, link), "meeting")
        self.assertRefused(self.rpc("res.partner", "create", {"name": "x", **link}))
        self.assertNotIn(self.li.partner_id, self.theirs.partner_ids)
        invited = {"partner_ids": [Command.link(self.wang.partner_id.id)]}
        self.assertDone(self.rpc("calendar.event", "write", self.own.ids, invited))

    def test_nobody_holds_a_call_in_a_chat_of_others(self):
        people = (self.wang | self.chen).partner_id.ids
        chat = self.env["discuss.channel"].with_user(self.wang)._create_group(people)
        vals = {"videocall_channel_id": chat.id, "access_token": "ftok25"}
        self.assertRefused(self.rpc("calendar.event", "create", {"name": "v", **WHEN, **vals}))
        self.assertRefused(self.rpc("calendar.event", "write", self.own.ids, vals))
        mine = self.env["discuss.channel"].with_user(self.li)._create_group((self.li | self.chen).partner_id.ids)
        vals = {"videocall_channel_id": mine.id}
        self.assertDone(self.rpc("calendar.event", "write", self.own.ids, vals))

    def test_a_series_is_moved_by_its_organiser_alone(self):
        again = {"recurrency": True, "rrule_type": "weekly", "count": 3, "tue": True, "end_type": "count"}
        moved = {"start": "2026-03-03 05:00:00", "stop": "2026-03-03 06:00:00"}
        for scope in ("all_events", "future_events"):
            theirs, own = self.meet(self.wang, self.qian, **again), self.meet(self.li, self.zhao, **again)
            vals = {"recurrence_update": scope, **moved}
            self.assertRefused(self.rpc("calendar.recurrence", "unlink", theirs.recurrence_id.ids))
            self.assertRefused(self.rpc("calendar.recurrence", "write", theirs.recurrence_id.ids, {"count": 1}))
            self.assertRefused(self.rpc("calendar.event", "write", theirs.ids, vals))
            self.assertDone(self.rpc("calendar.event", "write", own.ids, vals))
            self.assertEqual(own.start.hour, 5)
            self.assertEqual(own.showroom_said_by_id, self.li)

    def test_meetings_are_planned_in_bounds(self):
        many = [{"name": "x", "opportunity_id": self.zhao.id, **WHEN}] * 201
        self.assertRefused(self.rpc("calendar.event", "create", many), "200")
        self.assertDone(self.rpc("calendar.event", "create", many[:2]))

    # Names that a form asks for

    def test_a_form_names_nothing_of_others(self):
        text = self.env["sms.sms"].create({"number": "+8613910000002", "body": "x"})
        file = self.env["ir.attachment"].create({"name": "qian.txt", "res_model": "crm.lead", "res_id": self.qian.id})
        todo = self.qian.activity_schedule("mail.mail_activity_data_todo", summary="Qian wants", user_id=self.wang.id)
        guest = self.theirs.attendee_ids
        guest.common_name = "Qian Qiuyun"
        for record in (text, file, todo, guest):
            told = record.display_name
            for answer in self.asked(record):
                self.assertNotIn(told, str(answer), record)

    def test_a_form_names_ones_own(self):
        todo = self.zhao.activity_schedule("mail.mail_activity_data_todo", summary="Zhao wants", user_id=self.li.id)
        for record in (todo, self.own.attendee_ids, self.zhao):
            for answer in self.asked(record):
                self.assertIn(record.display_name, str(answer), record)

    def asked(self, record):
        """What forms of messages and activities, which can be about anything, say of a record."""
        kind = self.env["ir.model"]._get_id(record._name)
        about = {"model": record._name, "res_id": record.id}
        yield self.rpc("mail.message", "onchange", [], about, list(about), {"record_name": {}}).result
        about = {"res_model_id": kind, "res_model": record._name, "res_id": record.id}
        yield self.rpc("mail.activity", "onchange", [], about, list(about), {"res_name": {}}).result

    def test_a_link_names_nothing_of_others(self):
        guest = self.theirs.attendee_ids
        guest.common_name = "Qian Qiuyun"
        spec = {"current_attendee": {"fields": {"display_name": {}}}}
        answer = self.rpc("calendar.event", "onchange", [], {"current_attendee": guest.id}, [], spec)
        self.assertNotIn("Qiuyun", str(answer.result))
        file = self.env["ir.attachment"].create({"name": "qian.txt", "res_model": "crm.lead", "res_id": self.qian.id})
        vals = {"name": "x", "original_id": file.id, "res_model": "crm.lead", "res_id": self.zhao.id}
        made = self.rpc("ir.attachment", "create", vals).result
        read = self.rpc("ir.attachment", "read", [made], ["original_id"]) if made else None
        self.assertNotIn("qian.txt", str(read and read.result))

    def test_a_form_of_a_request_without_kind_opens(self):
        spec = {"approval_id": {"fields": {"display_name": {}}}}
        self.assertDone(
            self.rpc("showroom.preregistration", "onchange", [], {"lead_id": self.zhao.id}, ["lead_id"], spec)
        )

    # Keys and forms

    def test_no_form_tells_who_a_contact_is(self):
        customer = self.env["res.partner"].create({"name": "Qian Qiuyun", "email": "q@x.cn"})
        self.qian.partner_id = customer
        form = ({"partner_id": customer.id}, ["partner_id"], {"name": {}, "email": {}})
        for user in (self.li, self.wang):
            self.assertRefused(self.rpc("res.users", "onchange", user.ids, *form))
        file = self.env["ir.attachment"].create({"name": "x", "res_model": "crm.lead", "res_id": self.qian.id})
        form = ({"attachment_id": file.id}, ["attachment_id"], {"attachment_fname": {}})
        if "snailmail.letter" in self.env:
            self.assertRefused(self.rpc("snailmail.letter", "onchange", [], *form))

    def test_nobody_signs_up_as_a_colleagues_customer(self):
        self.env["ir.config_parameter"].set_param("auth_signup.invitation_scope", "b2c")
        customer = self.env["res.partner"].create({"name": "Qian Qiuyun"})
        self.qian.partner_id = customer
        self.assertFalse(self.assertDone(self.rpc("res.partner", "signup_get_auth_param", customer.ids)))
        self.assertTrue(customer.signup_get_auth_param()[customer.id], "what is sent by the system has one")

    def test_a_contact_has_one_address(self):
        """With two of them, a colleague's mail to her customer would go to both."""
        both = {"name": "x", "email": "q@x.cn, li@evil.cn"}
        self.assertRefused(self.rpc("res.partner", "create", [both]), "one e-mail address")
        [mine] = self.assertDone(self.rpc("res.partner", "create", [{"name": "x", "email": "Q <q@x.cn>"}]))
        self.assertRefused(self.rpc("res.partner", "write", [mine], {"email": both["email"]}), "one e-mail address")

    def test_the_house_pays_by_its_own_account(self):
        service = self.env["iap.service"].search([], limit=1)
        paid = self.env["iap.account"].create({"service_id": service.id})
        for answer in (
            self.rpc("iap.account", "create", [{"service_id": service.id}]),
            self.rpc("iap.account", "write", paid.ids, {"name": "x"}),
        ):
            self.assertRefused(answer)
        other = self.env["iap.service"].create(
            {"name": "x", "technical_name": "x", "unit_name": "x", "description": "x", "integer_balance": True}
        )
        self.assertDone(self.rpc("iap.account", "create", [{"service_id": other.id, "name": "x"}]))

    def test_no_contact_is_below_one_of_the_house(self):
        """On the portal's page of addresses, li would go on reading and changing it when the card is wang's."""
        for parent in (self.li.partner_id, self.wang.partner_id):
            below = {"name": "Kid", "parent_id": parent.id}
            self.assertRefused(self.rpc("res.partner", "create", [below]), "below")
            context = {"default_parent_id": parent.id}
            self.assertRefused(self.rpc("res.partner", "create", [{"name": "Kid"}], context=context), "below")
            with self.assertRaises(AccessError):  # as the portal makes it
                self.env["res.partner"].with_user(self.li).sudo().create(below)
        [mine] = self.assertDone(self.rpc("res.partner", "create", [{"name": "Kid"}]))
        self.assertRefused(self.rpc("res.partner", "write", [mine], {"parent_id": self.li.partner_id.id}), "below")
        fleet = self.env["res.partner"].create({"name": "Fleet", "is_company": True})
        self.assertDone(self.rpc("res.partner", "write", [mine], {"parent_id": fleet.id}))

    def test_a_picture_logs_nobody_out(self):
        """A text may hold a picture of any address, and browsers say what they load an address for."""
        self.enter("li")
        as_a_picture = (
            {"Sec-Fetch-Dest": "image"}, {"Accept": "image/avif,image/webp,*/*;q=0.8"}, {"Accept": "*/*"},
            {"Accept": "*/*", "Range": "bytes=0-"}, {"Accept": "video/webm,video/ogg,*/*;q=0.5"},
            {"Accept": "audio/webm,*/*;q=0.5"},
        )  # fmt: skip
        for headers in (*as_a_picture, {"Sec-Fetch-Dest": "document", "Accept": "text/html"}):
            self.url_open("/web/session/logout", headers=headers, allow_redirects=False)
            answer = self.rpc("res.users", "read", [self.li.id], ["login"])
            self.assertEqual(answer.name == "odoo.http.SessionExpiredException", headers not in as_a_picture, headers)

    def test_a_text_holds_no_block_that_takes_the_screen_with_it(self):
        """What Odoo's screen makes of a block, it makes of whatever is written in it."""
        self.enter("li")
        block = """<p>a</p><div data-embedded="file" data-embedded-props='{"fileData":null}'>x</div>"""
        for field in ("description", "lead_properties"):
            value = block if field == "description" else [{"name": "x", "type": "html", "value": block}]
            self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, {field: value}))
        said = self.rpc("crm.lead", "write", self.zhao.ids, {"description": block})
        self.assertRefused(said, "leave out films and blocks")
        self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, {"description": "<p>a</p><img src='/x.png'>"}))

    def test_nor_does_it_anything_else_in_their_name(self):
        self.enter("li")
        for path in ("/odoo?debug=1", "/web/become", "/chat/1/abc", "/mail/unfollow", "/web/set_profiling?profile=1"):
            self.assertEqual(self.url_open(path, headers={"Sec-Fetch-Dest": "image"}).status_code, 404, path)
        for headers in ({"Range": "bytes=0-"}, {"Accept": "video/webm"}):
            self.assertEqual(self.url_open("/mail/unfollow", headers=headers).status_code, 404)
        for path in (f"/web/image/res.users/{self.li.id}/avatar_128", "/logo.png", "/web/image?model=res.company&id=1"):
            self.assertEqual(self.url_open(path, headers={"Sec-Fetch-Dest": "image"}).status_code, 200, path)

    def test_a_call_of_the_web_client_asks_no_thousand_questions(self):
        self.enter("li")
        for path in ("/mail/data", "/mail/action"):
            for number, check in ((101, self.assertRefused), (2, self.assertDone)):
                params = {"fetch_params": ["systray_get_activities"] * number}
                check(Answer(self.post(path, {"jsonrpc": "2.0", "method": "call", "params": params})))

    def test_an_address_makes_no_page_of_a_text(self):
        page = b"<html><form action='http://x.example/'>Log in <input name='p'></form></html>"
        vals = {"name": "price.txt", "raw": page, "mimetype": "text/plain", "public": True}
        file = self.env["ir.attachment"].with_user(self.li).create(vals)
        self.enter("wang")
        for kind in ("text/html", "image/svg+xml", "application/xhtml+xml", "text/plain"):
            answer = self.url_open(f"/web/content/{file.id}?mimetype={kind}")
            self.assertTrue(answer.headers["Content-Type"].startswith("text/plain"), kind)

    def test_a_file_that_is_an_address_leads_to_another_house(self):
        """The preview of a file opens it: who looks at it would be logged out."""
        self.enter("li")
        here = self.base_url()
        for url in (
            "/web/session/logout",
            f"{here}/web/session/logout",
            "//x.example/",
            "http:/web/session/logout",
            "https://x.example\\@127.0.0.1/",
            "http://2130706433/",
            "javascript:alert(1)",
            "",
            " /web",
        ):
            vals = {"name": "offer.pdf", "type": "url", "url": url, "res_model": "crm.lead", "res_id": self.zhao.id}
            self.assertRefused(self.rpc("ir.attachment", "create", [vals]), "another website")
        vals["url"] = "https://maker.example/offer.pdf?car=1"
        [file] = self.assertDone(self.rpc("ir.attachment", "create", [vals]))
        self.assertRefused(self.rpc("ir.attachment", "write", [file], {"url": "/web/session/logout"}), "website")
        vals = {"name": "a.txt", "raw": "x", "res_model": "crm.lead", "res_id": self.zhao.id}
        [text] = self.assertDone(self.rpc("ir.attachment", "create", [vals]))
        changed = {"type": "url", "url": "/web/session/logout"}
        self.assertRefused(self.rpc("ir.attachment", "write", [text], changed), "website")

    def test_a_channel_is_closed_by_who_made_it(self):
        general = self.env["discuss.channel"].create({"name": "All", "channel_type": "channel"})
        group = self.env.ref("base.group_system").id
        self.enter("li")
        for values in ({"active": False}, {"group_public_id": group}, {"name": "x"}):
            self.assertRefused(self.rpc("discuss.channel", "write", general.ids, values), "who made the channel")
        own = self.assertDone(self.rpc("discuss.channel", "create", [{"name": "Mine", "channel_type": "channel"}]))
        self.assertDone(self.rpc("discuss.channel", "write", own, {"name": "Ours"}))
        self.assertDone(self.rpc("discuss.channel", "write", own, {"active": False}))

    def test_a_pivot_has_no_headers_without_end(self):
        self.enter("li")
        header = {"title": "a", "width": 100_000, "height": 2}
        table = {"title": "t", "model": "crm.lead", "measure_count": 1, "origin_count": 1, "measure_headers": []}
        table.update(col_group_headers=[[header] * 20], origin_headers=[], rows=[])
        said = {"csrf_token": http.Request.csrf_token(self), "data": json.dumps(table)}
        self.assertIn("less at once", self.url_open("/web/pivot/export_xlsx", data=said).text)
