from contextlib import closing
from unittest.mock import patch

import psycopg2

from odoo import sql_db
from odoo.tests import tagged
from odoo.tools import mute_logger

from .enforcement import EnforcementCase

LOGGER = "odoo.addons.showroom_ownership.models.showroom_lookup"


@tagged("post_install", "-at_install")
class TestLookupApart(EnforcementCase):
    """What is taken back is kept on the connection that it leaves: if all are in use, nobody waits for a second one."""

    CARDS = 1

    def setUp(self):
        super().setUp()
        self.addCleanup(self.rows, "DELETE FROM showroom_lookup WHERE user_id = %s RETURNING id")

    def rows(self, query="SELECT lead_id FROM showroom_lookup WHERE user_id = %s"):
        with self.cursor() as cr:
            cr.execute(query, [self.users["wang"]])
            return [row[0] for row in cr.fetchall()]

    def ask(self, cr):
        """wang writes the number of li's customer on a card of hers, which comes to nothing."""
        card = self.env_of(cr)["crm.lead"].browse(self.cards)
        outlet = card.outlet_id.with_env(self.env_of(cr, self.users["wang"]))
        self.env_of(cr, self.users["wang"])["showroom.lookup"]._record_refused([(outlet, "owned", card)])

    def test_when_no_connection_is_left(self):
        none = patch.object(sql_db.ConnectionPool, "borrow", side_effect=sql_db.PoolError("full"))
        for end in ("rollback", "close", "commit"):
            with closing(self.cursor()) as cr:
                self.ask(cr)
                cnx = cr._cnx
                with none:
                    getattr(cr, end)()
            self.assertFalse(cnx._pool_in_use, "it was given back")
            self.assertEqual(self.rows(), self.cards)
            self.rows("DELETE FROM showroom_lookup WHERE user_id = %s RETURNING id")

    def test_who_works_nowhere_asks_nowhere(self):
        with closing(self.cursor()) as cr:
            env = self.env_of(cr, self.users["wang"])
            nowhere = [(env["crm.team"], "new", env["crm.lead"])]
            self.assertIsNone(env["showroom.lookup"]._statement(nowhere))

    @mute_logger(LOGGER)
    def test_when_it_fails(self):
        with closing(self.cursor()) as cr:
            self.ask(cr)
            cnx = cr._cnx
            cr.postrollback.data["showroom.lookup"].append(sql_db.SQL("SELECT 1 / 0"))
        self.assertFalse(cnx._pool_in_use, "it was given back")
        self.assertEqual(cnx.get_transaction_status(), psycopg2.extensions.TRANSACTION_STATUS_IDLE)
        self.assertFalse(self.rows(), "one transaction keeps all of them")
