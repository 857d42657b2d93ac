from .attack_case import AttackCase


class LookupCase(AttackCase):
    """li has a card of his own that nobody filed, and has asked for no number yet."""

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

    def undone(self, model, vals, **shown):
        """A form that is saved and then asks to be shown what nobody is shown: all is taken back."""
        before = self.env[model].search_count([])
        self.assertRefused(self.rpc(model, "web_save", [], vals, shown), "access")
        self.assertEqual(self.env[model].search_count([]), before)
