import xmlrpc.client

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .attack_case import AttackCase


@tagged("post_install", "-at_install")
class TestAttacksOwner(AttackCase):
    """Nothing that a client can send moves a card (B.3, 1); the manager's way is open."""

    def owners(self):
        self.env.invalidate_all()
        return self.zhao.user_id, self.qian.user_id

    def untouched(self):
        self.assertEqual(self.owners(), (self.li, self.wang))
        self.assertEqual(self.qian.ownership_ids.mapped("reason"), ["filing"])

    # Writes of every kind

    def test_by_write_and_web_save(self):
        self.enter("li")
        for card, values in (
            (self.zhao, {"user_id": self.wang.id}), (self.zhao, {"user_id": False}),
            (self.zhao, {"team_id": self.east.id}), (self.zhao, {"team_id": self.plain_team.id}),
            (self.zhao, {"team_id": False}), (self.qian, {"user_id": self.li.id}),
        ):  # fmt: skip
            with self.subTest(values):
                self.assertRefused(self.rpc("crm.lead", "write", card.ids, values))
                self.assertRefused(self.rpc("crm.lead", "web_save", card.ids, values, {"user_id": {}}))
                self.assertRefused(self.rpc("crm.lead", "web_save_multi", card.ids, [values], {"user_id": {}}))
        self.untouched()

    def test_by_a_mass_edit_with_somebody_elses_card_in_it(self):
        self.enter("li")
        self.assertRefused(self.rpc("crm.lead", "write", (self.zhao | self.qian).ids, {"user_id": self.li.id}))
        self.untouched()

    def test_nothing_is_imported_as_a_modules_own(self):
        """At its next upgrade Odoo would delete it, or stop at the guards of the ledger."""
        self.enter("li")
        where = str(self.main.id)
        for prefix in ("showroom_ownership", "base"):
            rows = [[f"{prefix}.mine", where, "Hu", "13910000088"]]
            columns = ["id", "outlet_id/.id", "customer_name", "phone"]
            self.assertRefused(self.rpc("showroom.reception", "load", columns, rows), "names of modules")
            rows = [[f"{prefix}.mine", "x", where]]
            self.assertRefused(self.rpc("crm.lead", "load", ["id", "name", "team_id/.id"], rows), "names of modules")
        own = self.rpc("crm.lead", "load", ["id", "name", "team_id/.id"], [["mine.first", "x", where]])
        self.assertTrue(self.assertDone(own)["ids"])
        self.assertFalse(self.env["ir.model.data"].search([("name", "=", "mine")]))

    def test_by_load_and_import_also_dry_and_by_external_id(self):
        self.env["ir.model.data"].create(
            {"module": "x", "name": "qian", "model": "crm.lead", "res_id": self.qian.id}
        )  # fmt: skip
        rows = {"id": "x.qian", ".id": str(self.qian.id)}
        self.enter("li")
        for key, value in rows.items():
            with self.subTest(key):
                with mute_logger("odoo.sql_db"):  # Odoo tries to make a new one of what cannot be seen
                    answer = self.rpc("crm.lead", "load", [key, "user_id/.id"], [[value, str(self.li.id)]])
                self.assertRefused(answer)
        for dryrun in (True, False):
            with mute_logger("odoo.sql_db"):
                answer = self.import_file("crm.lead", ["id", "user_id/.id"], [["x.qian", str(self.li.id)]], dryrun)
            self.assertFalse(answer.result.get("ids"), answer.result)
        self.untouched()

    def test_by_json_2_and_xml_rpc(self):
        for card, owner in ((self.zhao, self.wang), (self.qian, self.li)):
            answer = self.json2(self.li, "crm.lead", "write", ids=card.ids, vals={"user_id": owner.id})
            self.assertEqual(answer.status_code, 403)
            with self.assertRaises(xmlrpc.client.Fault):
                self.xmlrpc(self.li, "crm.lead", "write", card.ids, {"user_id": owner.id})
        self.untouched()

    def test_by_the_merge_and_the_convert_dialogs(self):
        both = (self.zhao | self.qian).ids
        self.enter("li")
        self.assertRefused(self.rpc("crm.lead", "merge_opportunity", both, self.li.id))
        merge = {"opportunity_ids": [Command.set(both)], "user_id": self.li.id, "team_id": self.main.id}
        self._dialog("crm.merge.opportunity", merge, "action_merge", {"active_ids": both})
        for model in ("crm.lead2opportunity.partner", "crm.lead2opportunity.partner.mass"):
            for card in (self.zhao, self.qian):
                values = {"name": "convert", "action": "nothing", "user_id": self.east.user_id.id or self.wang.id}
                context = {"active_model": "crm.lead", "active_id": card.id, "active_ids": card.ids}
                many = {"user_ids": [Command.set(self.sun.ids)], "force_assignment": True} if "mass" in model else {}
                self._dialog(model, {**values, **many}, "action_apply", context)
        self.untouched()

    def _dialog(self, model, values, method, context):
        """Whatever the dialog answers, the owners stay."""
        made = self.rpc(model, "create", [values], context=context)
        if not made.refused:
            self.rpc(model, method, made.result, context=context)
        self.untouched()

    # What Odoo does by itself

    def test_by_odoos_own_assignment(self):
        self.main.assignment_max, self.main.assignment_optout = 30, False
        self.main.crm_team_member_ids.assignment_max = 30
        self.env["ir.config_parameter"].sudo().set_param("crm.lead.auto.assignment", True)
        self.scheduled(lambda: self.env["crm.team"].sudo()._cron_assign_leads())
        self.untouched()

    def test_by_a_mail_to_the_outlet(self):
        """A mail opens a card of its own, and an answer to a card moves nothing."""
        self.main.alias_name = "main"
        mail = f"From: li@test\nTo: main@example.com\nSubject: user_id={self.li.id}\nMessage-Id: <1@x>\n\nMine"
        self.env["mail.thread"].with_user(self.plain).sudo().message_process("crm.lead", mail, thread_id=self.qian.id)
        self.untouched()

    def test_by_an_action_that_an_administrator_made(self):
        """An automation rule writes as the system, and is refused where the card is somebody's."""
        action = self.env["ir.actions.server"].create({
            "name": "Take", "model_id": self.env.ref("crm.model_crm_lead").id, "state": "code",
            "code": f"record.write({{'user_id': {self.wang.id}}})",
        })  # fmt: skip
        context = {"active_model": "crm.lead", "active_id": self.zhao.id, "active_ids": self.zhao.ids}
        self.enter("li")
        self.assertRefused(self.rpc("ir.actions.server", "run", action.ids, context=context))
        with self.assertRaises(AccessError):
            action.with_context(**context).sudo().run()
        self.untouched()

    def test_by_a_new_stage_type_or_company(self):
        self.enter("li")
        for values in ({"type": "opportunity"}, {"stage_id": self.zhao.stage_id.id}):
            self.assertDone(self.rpc("crm.lead", "write", self.zhao.ids, values))
        self.assertRefused(self.rpc("crm.lead", "write", self.zhao.ids, {"type": "lead"}))  # lists show opportunities
        self.untouched()

    def test_a_lead_of_another_team_comes_in_through_the_register(self):
        lead = self.env["crm.lead"].create(
            {"name": "Feng", "phone": "+86 13910000050", "team_id": self.plain_team.id, "user_id": self.li.id}
        )  # fmt: skip
        self.enter("li")
        self.assertRefused(self.rpc("crm.lead", "write", lead.ids, {"team_id": self.east.id}), "does not work at East")
        self.assertDone(self.rpc("crm.lead", "write", lead.ids, {"team_id": self.main.id}))
        self.assertTrue(lead.card_number and not lead.filing_id)
        self.assertEqual((lead.reception_ids.channel, lead.ownership_ids.mapped("reason")), ("outreach", ["created"]))

    def test_nobody_opens_a_card_at_an_outlet_where_they_do_not_work(self):
        self.enter("li")
        values = {"name": "Feng", "phone": "+86 13910000051", "user_id": self.li.id}
        self.assertRefused(self.rpc("crm.lead", "create", {**values, "team_id": self.east.id}), "does not work at East")
        self.assertDone(self.rpc("crm.lead", "create", {**values, "team_id": self.main.id}))

    # The manager's way

    def test_a_managers_write_is_a_transfer_whichever_way_it_comes(self):
        self.enter("chen")
        self.assertDone(self.rpc("crm.lead", "web_save", self.qian.ids, {"user_id": self.li.id}, {"user_id": {}}))
        self.assertDone(self.rpc("crm.lead", "load", [".id", "user_id/.id"], [[str(self.zhao.id), str(self.wang.id)]]))
        self.assertEqual(self.owners(), (self.wang, self.li))
        self.assertEqual(self.qian.ownership_ids.mapped("reason"), ["filing", "manager"])
        answer = self.json2(self.chen, "crm.lead", "write", ids=self.zhao.ids, vals={"user_id": self.li.id})
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(self.owners(), (self.li, self.li))
