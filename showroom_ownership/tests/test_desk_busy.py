from unittest.mock import patch

from odoo.tests import tagged

from .remote_case import RemoteCase


@tagged("post_install", "-at_install")
class TestDeskBusy(RemoteCase):
    """Somebody keeps the register for so long that Odoo gives up trying."""

    def register(self):
        self.sign_in(self.li)
        said = {"outlet_id": self.main.id, "customer_name": "Zhao", "phone": "13810000001", "asked": "no"}
        return self.remote("showroom.reception", "create", [said])

    def test_it_is_said_in_words(self):
        def wait(head, *_outlets):
            head.env.cr.execute("DO $$ BEGIN RAISE EXCEPTION 'too long' USING ERRCODE = '55P03'; END $$")

        head, asked = type(self.env["showroom.ledger.head"]), self.env["showroom.reception"].search_count([])
        with patch.object(head, "_queue", wait), patch("odoo.service.model.time.sleep"):
            result, error = self.register()
        self.assertFalse(result)
        self.assertEqual(error["name"], "odoo.exceptions.UserError", error["debug"])
        self.assertIn("nothing was saved", error["message"])
        self.assertEqual(self.env["showroom.reception"].search_count([]), asked)
        self.assertTrue(self.register()[0], "as soon as the register is free")
