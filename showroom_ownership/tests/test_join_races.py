import uuid

from odoo.exceptions import AccessError, UserError
from odoo.service.model import retrying
from odoo.tests import tagged

from .enforcement import EnforcementCase

AGES = "UPDATE crm_lead SET filing_at = filing_at - make_interval(days => %s), user_id = %s WHERE id = %s"


@tagged("post_install", "-at_install")
class TestJoinRaces(EnforcementCase):
    """Two harmless steps that together take a colleague's customer do not both come first (5, cluster)."""

    CARDS = 3

    def setUp(self):
        super().setUp()
        self.addCleanup(self.rows, "DELETE FROM showroom_card_link WHERE lead_id IN %s RETURNING id")
        self.old, self.bridge, self.wangs = self.cards  # li's oldest card, li's newest, and one of wang's in between
        with self.cursor() as cr:
            for card, days, owner in ((self.old, 3, "li"), (self.wangs, 1, "wang")):
                cr.execute(AGES, [days, self.users[owner], card])
            self.numbers = dict(self.env_of(cr)["crm.lead"].browse(self.cards).mapped(lambda c: (c.id, c.card_number)))

    def _receive(self, env, outlet, user):
        """Customers of different names: those of one name are linked by their owners."""
        phones = [f"+86 139{uuid.uuid4().int % 10**8:08d}" for _each in range(self.CARDS)]
        vals = [{"customer_name": f"Name {phone[-4:]}", "phone": phone, "outlet_id": outlet.id} for phone in phones]
        return env["showroom.reception"].with_user(user).create(vals).with_env(env).lead_id

    def rows(self, query, *params):
        with self.cursor() as cr:
            cr.execute(query, params or [tuple(self.cards)])
            return cr.fetchall()

    def link(self, card, other, user="li", meanwhile=None):
        """A request of a browser that has begun before another one is done."""
        with self.cursor() as cr:
            cr.execute("SELECT count(*) FROM crm_lead")  # what it sees is how it is now
            if meanwhile:
                meanwhile()
            lead = self.env_of(cr, self.users[user])["crm.lead"].browse(card)
            retrying(lambda: lead.action_link([self.numbers[other]], "same_customer"), lead.env)

    def links(self):
        return self.rows("SELECT lead_id, other_id FROM showroom_card_link WHERE lead_id IN %s")

    def test_of_two_links_at_the_same_moment_the_second_sees_the_first(self):
        with self.assertRaisesRegex(UserError, "Ask a manager"):
            self.link(self.old, self.bridge, meanwhile=lambda: self.link(self.bridge, self.wangs))
        self.assertEqual(self.links(), [(self.bridge, self.wangs)])

    def test_whichever_comes_first(self):
        with self.assertRaisesRegex(UserError, "Ask a manager"):
            self.link(self.bridge, self.wangs, meanwhile=lambda: self.link(self.old, self.bridge))

    def test_a_manager_s_link_counts_too(self):
        with self.assertRaisesRegex(UserError, "Ask a manager"):
            self.link(self.old, self.bridge, meanwhile=lambda: self.link(self.bridge, self.wangs, "chen"))

    def test_a_contact_that_is_given_meanwhile_counts_too(self):
        """The contact of the bridge is put on the old card while the bridge is linked."""
        with self.cursor() as cr:
            env = self.env_of(cr)
            contact = env["res.partner"].create({"name": "Shared"})
            env["crm.lead"].browse(self.bridge).partner_id = contact
            env.flush_all()
            contact = contact.id
        self.addCleanup(self.rows, "DELETE FROM res_partner WHERE id = %s RETURNING id", contact)
        self.addCleanup(self.rows, "UPDATE crm_lead SET partner_id = NULL WHERE id IN %s RETURNING id")
        with self.cursor() as cr:
            cr.execute("SELECT count(*) FROM crm_lead")
            self.link(self.bridge, self.wangs)
            lead = self.env_of(cr, self.users["li"])["crm.lead"].browse(self.old)
            with self.assertRaises(AccessError):
                retrying(lambda: lead.write({"partner_id": contact}), lead.env)
