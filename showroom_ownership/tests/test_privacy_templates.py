from datetime import datetime

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attack_case import AttackCase
from .privacy_case import NAME, PHONE, PrivacyCase

EVERYTHING = "crm.lead res.partner calendar.event calendar.attendee".split()


class TestPrivacyTemplates(PrivacyCase):
    """Every template of the registry, filled in every way that is open to people, with a stranger's records."""

    def setUp(self):
        super().setUp()
        self.records = {
            "crm.lead": self.mine, "res.partner": self.customer, "calendar.event": self.meeting,
            "calendar.attendee": self.meeting.attendee_ids,
        }  # fmt: skip
        self.tried = 0
        for model in EVERYTHING:
            self._template("mail.template", model, "body_html", "<p><t t-out='object.display_name'/></p>")
            self._template("sms.template", model, "body", "{{ object.display_name }}")

    def _template(self, kind, model, field, text):
        """A template that tells what the records of a model are called."""
        vals = {"name": "x", "model_id": self.env["ir.model"]._get_id(model), field: text}
        if kind == "mail.template":
            vals["subject"] = "{{ object.display_name }}"
        return self.env[kind].create(vals)

    def _templates(self, kind):
        for template in self.env[kind].search([]):
            for record in self.records.get(template.model, ()):
                yield template, record

    def _try(self, user, model, method, *args, **kwargs):
        """What a call answers; what it made is read, too."""
        self.tried += 1
        with self.env.cr.savepoint(flush=False) as savepoint:
            try:
                told = [self.rpc(user, model, method, *args, **kwargs)]
                if method == "create":
                    told.append(self.rpc(user, model, "read", told[0]))
                    told.append(self.rpc(user, model, "web_read", told[0], self._spec(model)))
            except (UserError, ValueError, TypeError, AssertionError) as error:  # Odoo's own, of half a form
                told = error.args
            self.env.transaction.clear()  # what the refused call left to be written
            savepoint.rollback()
        return told

    def _spec(self, model):
        kinds = {name: field.type for name, field in self.env[model]._fields.items()}
        named = {"fields": {"display_name": {}}}
        return {name: named if "2" in kind else {} for name, kind in kinds.items() if kind != "properties"}

    def _ways(self, template, record):
        """Forms that fill a template: model, values, context."""
        about = {"active_model": record._name, "active_id": record.id, "active_ids": record.ids}
        if template._name == "sms.template":
            yield "sms.template.preview", {"sms_template_id": template.id, "resource_ref": self._ref(record)}, {}
            vals = {"res_model": record._name, "template_id": template.id}
            for mode in ("comment", "mass"):
                yield "sms.composer", {**vals, "composition_mode": mode, "res_id": record.id}, {}
                yield "sms.composer", {**vals, "composition_mode": mode, "res_ids": str(record.ids)}, about
            return
        yield "mail.template.preview", {"mail_template_id": template.id, "resource_ref": self._ref(record)}, {}
        vals = {"model": record._name, "template_id": template.id}
        for mode in ("comment", "mass_mail"):
            yield "mail.compose.message", {**vals, "composition_mode": mode, "res_ids": str(record.ids)}, {}
            yield "mail.compose.message", {**vals, "composition_mode": mode}, about
        plain = {"model": record._name, "res_ids": str(record.ids), "composition_mode": "comment"}
        yield "mail.compose.message", plain, {}

    def _ref(self, record):
        return f"{record._name},{record.id}"

    @mute_logger("odoo.addons.mail.models.mail_render_mixin", "odoo.sql_db")
    def test_no_form_tells_a_stranger(self):
        for kind in ("mail.template", "sms.template"):
            for template, record in self._templates(kind):
                for model, vals, context in self._ways(template, record):
                    for told in (
                        self._try(self.wang, model, "create", vals, context=context),
                        self._try(
                            self.wang, model, "onchange", [], vals, list(vals), self._spec(model), context=context
                        ),
                        self._try(self.wang, model, "web_save", [], vals, self._spec(model), context=context),
                    ):
                        self.assertFalse(self.tells(told), (template.name, record, model, vals, context))
        self.assertGreater(self.tried, 100)

    @mute_logger("odoo.addons.mail.models.mail_render_mixin", "odoo.sql_db")
    def test_no_mail_is_sent_by_a_stranger(self):
        """What is sent is read in the mail itself."""
        for template, record in self._templates("mail.template"):
            for method, ids in (("send_mail", record.id), ("send_mail_batch", record.ids)):
                known = self.env["mail.mail"].search([])
                told = self._try_and_keep(
                    "mail.template", method, template.ids, ids, email_values={"email_to": "w@x.cn"}
                )
                sent = self.env["mail.mail"].search([]) - known
                bodies = [*sent.mapped("body_html"), *sent.mapped("subject"), *sent.recipient_ids.mapped("name")]
                self.assertFalse(self.tells((told, bodies)), (template.name, method))

    def _try_and_keep(self, *args, **kwargs):
        try:
            return self.rpc(self.wang, *args, **kwargs)
        except (UserError, ValueError, TypeError) as error:
            return error.args

    @mute_logger("odoo.addons.mail.models.mail_render_mixin", "odoo.sql_db", "odoo.addons.base.models.ir_rule")
    def test_no_method_of_a_meeting_tells_a_stranger(self):
        """Each public method of a meeting, as the client calls it, and what the client shows of it."""
        Event = type(self.env["calendar.event"])
        template = self.env["mail.template"].search([("model", "=", "calendar.event")], limit=1)
        calls = {"activity_send_mail": [template.id], "message_post_with_source": [], "message_mail_with_source": []}
        for name in ("find_partner_customer", "action_open_composer", "action_sendmail", "copy", "copy_data",
                     "message_get_followers", "export_data", "action_send_sms", "read", "action_open_calendar_event",
                     *calls):  # fmt: skip
            if hasattr(Event, name):
                args = [["name", "partner_ids"]] if name == "export_data" else calls.get(name, [])
                told = self._try(self.wang, "calendar.event", name, self.meeting.ids, *args)
                self.assertFalse(self.tells(told), name)

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.sql_db")
    def test_what_is_hung_on_it_tells_a_stranger_nothing(self):
        """Activities, messages for later, followers, attachments of a stranger's records, made by oneself."""
        for model, records in self.records.items():
            for kind, vals in self._hung_on(model, records[0].id):
                for method, args in (("create", (vals,)), ("onchange", ([], vals, list(vals), self._spec(kind)))):
                    told = self._try(self.wang, kind, method, *args)
                    self.assertFalse(self.tells(told), (kind, model, method))

    def _hung_on(self, model, record):
        by_model = {"res_model": model, "res_id": record}
        by_id = {"res_model_id": self.env["ir.model"]._get_id(model), "res_id": record}
        message = {"model": model, "res_id": record, "body": "x"}
        yield "mail.activity", {**by_id, "summary": "x"}
        yield "mail.activity.schedule", {"res_model": model, "res_ids": str([record])}
        yield (
            "mail.scheduled.message",
            {**message, "author_id": self.wang.partner_id.id, "scheduled_date": datetime(2026, 4, 1)},
        )
        yield "mail.message", {**message, "message_type": "comment"}
        yield "mail.followers", {**by_model, "partner_id": self.wang.partner_id.id}
        yield "mail.followers.edit", {"res_model": model, "res_ids": str([record])}
        yield "ir.attachment", {**by_model, "name": "x"}
        yield "calendar.event", {**by_id, "name": "x", "start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00"}

    def test_who_may_read_it_uses_it(self):
        """The legal twin: the owner of the card, and a manager."""
        template = self.env["mail.template"].search([("model", "=", "calendar.event")], limit=1)
        for user in (self.li, self.chen):
            for model, vals, context in self._ways(template, self.meeting):
                made = self.rpc(user, model, "create", vals, context=context)
                told = self.rpc(user, model, "read", [made])
                if not context and vals.get("composition_mode") != "mass_mail":
                    self.assertTrue(self.tells(told), (user.name, model, vals))


@tagged("post_install", "-at_install")
class TestAttacksTemplates(AttackCase):
    """The same from a browser's console."""

    def setUp(self):
        super().setUp()
        when = {"start": "2026-03-03 02:00:00", "stop": "2026-03-03 03:00:00", "location": f"{NAME}'s house {PHONE}"}
        vals = {"name": f"Test drive {NAME}", "opportunity_id": self.qian.id, "description": PHONE, **when}
        self.meeting = self.env["calendar.event"].with_user(self.wang).create(vals)
        self.template = self.env.ref("calendar.calendar_template_meeting_update")

    def told(self, user):
        self.enter(user)
        ref = {"mail_template_id": self.template.id, "resource_ref": f"calendar.event,{self.meeting.id}"}
        composed = {"model": "calendar.event", "res_ids": str(self.meeting.ids), "template_id": self.template.id}
        told = []
        for model, vals, body in (
            ("mail.template.preview", ref, "body_html"), ("mail.compose.message", composed, "body")
        ):  # fmt: skip
            answer = self.rpc(model, "create", [vals])
            rows = self.rpc(model, "read", answer.result or [], ["subject", body])
            told += [answer.message, rows.message, rows.result]
        return str(told)

    def test_a_private_meeting_is_not_previewed(self):
        self.assertNotIn(NAME, self.told("li"))
        self.assertNotIn(PHONE, self.told("li"))
        self.assertIn(NAME, self.told("wang"))
        self.assertIn(NAME, self.told("chen"))

    def test_no_route_of_the_chatter_tells_of_it(self):
        self.enter("li")
        about = {"thread_model": "calendar.event", "thread_id": self.meeting.id}
        asked = ["display_name", "attachments", "followers", "suggestedRecipients", "scheduledMessages", "activities"]
        calls = {
            "/mail/data": {"fetch_params": [["mail.thread", {**about, "request_list": asked}]]},
            "/mail/thread/messages": about,
            "/mail/thread/recipients": {**about, "message_id": False},
            "/mail/thread/recipients/get_suggested_recipients": about,
            "/mail/message/post": {**about, "post_data": {"body": "x"}},
        }
        for path, params in calls.items():
            answer = self.post(path, {"jsonrpc": "2.0", "method": "call", "id": 1, "params": params})
            self.assertNotIn(NAME, str(answer), path)

    def test_what_is_masked_stays_masked_within_a_call(self):
        """Odoo masks what it fetches; what was fetched as the system before would not be."""
        self.enter("li")
        names = ["display_name", "privacy", "opportunity_id", "location", "description", "name"]
        for order in (names, names[::-1]):
            rows = self.rpc("calendar.event", "web_read", self.meeting.ids, {name: {} for name in order}).result
            self.assertNotIn(NAME, str(rows))
            self.assertFalse(rows[0]["opportunity_id"])
