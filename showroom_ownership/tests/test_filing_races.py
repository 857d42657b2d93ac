import uuid
from types import SimpleNamespace
from unittest.mock import patch

import psycopg2

from odoo.service.model import retrying
from odoo.tests import tagged

from .enforcement import EnforcementCase

MODELS = "odoo.addons.showroom_ownership.models"
RULINGS = "SELECT id FROM showroom_ruling WHERE outlet_id = %(outlet)s"
CLEAN = f"""
DELETE FROM showroom_conduct WHERE outlet_id = %(outlet)s;
DELETE FROM showroom_ruling_step WHERE ruling_id IN ({RULINGS});
DELETE FROM showroom_ruling_share WHERE ruling_id IN ({RULINGS});
DELETE FROM showroom_ruling_cited_rel WHERE ruling_id IN ({RULINGS});
UPDATE crm_lead SET ruling_id = NULL WHERE team_id = %(outlet)s;
DELETE FROM showroom_ruling WHERE outlet_id = %(outlet)s;
"""


@tagged("post_install", "-at_install")
class TestFilingRaces(EnforcementCase):
    """Who closes, or writes a number on a card opened by hand, while a colleague receives the same customer (5)."""

    CARDS = 1

    def setUp(self):
        super().setUp()
        self.addCleanup(self.clean_rulings)
        self.phone = f"+86 139{uuid.uuid4().int % 10**8:08d}"
        with self.cursor() as cr:
            cr.execute("SELECT stage_id FROM crm_lead WHERE id = %s", self.cards)
            vals = {
                "name": "By hand",
                "team_id": self.outlet,
                "user_id": self.users["li"],
                "stage_id": cr.fetchone()[0],
            }
            self.card = self.env_of(cr, self.users["li"])["crm.lead"].create(vals).id
            self.won = self.env_of(cr)["crm.stage"].search([("is_won", "=", True)], limit=1).id

    def clean_rulings(self):
        with self.cursor() as cr:
            cr.execute("SET session_replication_role = replica")
            cr.execute(CLEAN, {"outlet": self.outlet})

    def receive(self):
        with self.cursor() as cr:
            env = self.env_of(cr, self.users["wang"])
            vals = {"customer_name": "Same", "phone": self.phone, "outlet_id": self.outlet, "channel": "visit"}
            return env["showroom.reception"].create(vals).sudo().lead_id.id

    def write_meanwhile(self, vals):
        """A request of li's browser that has begun before wang's."""
        with self.cursor() as cr:
            cr.execute("SELECT count(*) FROM crm_lead")  # what it sees is how it is now
            theirs = self.receive()
            lead = self.env_of(cr, self.users["li"])["crm.lead"].browse(self.card)
            retrying(lambda: lead.write(vals), lead.env)
        return theirs

    def told(self, name):
        with self.cursor() as cr:
            partner = self.env_of(cr)["res.users"].browse(self.users[name]).partner_id
            inbox = [("res_partner_id", "=", partner.id)]
            return self.env_of(cr)["mail.notification"].search(inbox).mail_message_id.mapped("subject")

    def test_a_deal_does_not_pass_a_reception(self):
        theirs = self.write_meanwhile({"phone": self.phone, "stage_id": self.won})
        with self.cursor() as cr:
            env = self.env_of(cr)
            [ruling] = env["showroom.ruling"].search([("outlet_id", "=", self.outlet)])
            self.assertIn(theirs, [card["id"] for card in ruling.facts["cards"]])
            self.assertEqual(ruling.share_ids.user_id.id, self.users["wang"])

    def test_nor_does_a_number(self):
        self.write_meanwhile({"phone": self.phone})
        self.assertIn("A second card of your customer", self.told("wang"))

    def test_a_reception_does_not_pass_a_deal(self):
        """The other way round: it comes on the card, and the managers hear of the deal."""
        with self.cursor() as cr:
            lead = self.env_of(cr, self.users["li"])["crm.lead"].browse(self.card)
            lead.write({"phone": self.phone})
        with self.cursor() as cr:
            env = self.env_of(cr, self.users["wang"])
            cr.execute("SELECT count(*) FROM crm_lead")
            with self.cursor() as other:
                won = self.env_of(other, self.users["li"])["crm.lead"].browse(self.card)
                won.write({"stage_id": self.won})
            vals = {"customer_name": "Same", "phone": self.phone, "outlet_id": self.outlet, "channel": "visit"}
            made = retrying(lambda: env["showroom.reception"].create(vals), env)
            self.assertEqual(made.sudo().lead_id.id, self.card)
        self.assertIn("A deal with a customer whom nobody had received", self.told("chen"))

    # Where others register without a pause (http)

    def lose(self, number=1):
        """A request that came too late; what it is to do about it when it starts over."""
        late = SimpleNamespace()
        with self.cursor() as cr, patch(f"{MODELS}.showroom_ledger_head.request", late):
            cr.execute("SELECT count(*) FROM crm_lead")
            self.receive()
            head = self.env_of(cr)["showroom.ledger.head"]
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                head._let_nobody_pass(self.env_of(cr)["crm.lead"].browse([self.card] * number))
        return late

    def test_who_came_late_waits_for_its_turn_when_it_starts_over(self):
        late = self.lose()
        self.assertTrue(late.showroom_came_late)
        with self.cursor() as cr, patch(f"{MODELS}.ir_http.request", late):
            late.env = self.env_of(cr)
            late.env["ir.http"]._showroom_wait({"path": "crm.lead/write"})
            self.assertEqual(self.locked(cr), 16)

    def test_who_came_in_time_does_not(self):
        """The legal twin."""
        with self.cursor() as cr:
            in_time = SimpleNamespace(env=self.env_of(cr, self.users["li"]))
            with patch(f"{MODELS}.ir_http.request", in_time):
                in_time.env["ir.http"]._showroom_wait({"path": "crm.lead/write"})
            self.assertEqual(self.locked(cr), 0)

    def test_a_desk_waits_for_no_thousand_cards(self):
        self.assertFalse(vars(self.lose(51)))

    def locked(self, cr):
        cr.execute(
            """SELECT count(*) FROM pg_locks JOIN pg_class ON pg_class.oid = relation
               WHERE relname LIKE 'showroom_ledger_queue_%' AND pid = pg_backend_pid() AND granted"""
        )
        return cr.fetchone()[0]
