import json
from datetime import datetime, timedelta

from odoo.tools import mute_logger

from .matrix_world import MatrixCase


class AttackCase(MatrixCase):
    """Two customers of MAIN: Zhao is li's, Qian is wang's. Now somebody with a browser console wants more."""

    def setUp(self):
        super().setUp()
        with self.at("2026-03-02 10:00"):
            self.zhao = self.card(self.li)
            self.qian = self.card(self.wang, phone="13910000002", name="Qian")
        self.enterContext(self.at("2026-03-02 15:00"))
        loud = "http addons.rpc.controllers.xmlrpc addons.base.models.ir_actions addons.base.models.ir_module sql_db"
        self.enterContext(mute_logger(*(f"odoo.{name}" for name in loud.split())))  # refusals are warnings there
        self.won = self.env["crm.stage"].search([("is_won", "=", True)], limit=1)

    # Ways in

    def json2(self, user, model, method, **body):
        """JSON-2 with an API key of the user's own."""
        self.env.flush_all()
        keys = self.env["res.users.apikeys"].with_user(user)
        key = keys._generate("rpc", "attack", datetime.now() + timedelta(days=1))
        self.env.cr.execute("UPDATE res_users_apikeys SET expiration_date = NULL")  # for the database, it is today
        headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
        return self.url_open(f"/json/2/{model}/{method}", data=json.dumps(body), headers=headers)

    def xmlrpc(self, user, model, method, *args, **kwargs):
        """XML-RPC with the user's password."""
        self.env.flush_all()
        password = "a password of eight letters and more"
        user.sudo().password = password
        self.env.flush_all()
        return self.xmlrpc_object.execute_kw(self.env.cr.dbname, user.id, password, model, method, args, kwargs)

    def import_file(self, model, header, rows, dryrun=False):
        """What the import screen sends, as whoever has entered."""
        text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in [header, *rows])
        [wizard] = self.rpc("base_import.import", "create", [{"res_model": model, "file_type": "text/csv"}]).result
        self.env["base_import.import"].browse(wizard).sudo().file = text.encode()
        self.env.flush_all()
        options = {"quoting": '"', "separator": ",", "has_headers": True, "encoding": "utf-8"}
        return self.rpc("base_import.import", "execute_import", [wizard], header, header, options, dryrun=dryrun)

    # What became of it

    def assertRefused(self, answer, why=None):
        """By an error that is meant for people, whichever way it came."""
        self.env.invalidate_all()
        self.assertTrue(answer.refused, answer.result)
        if answer.error:
            self.assertRegex(answer.name, r"\.(AccessError|AccessDenied|UserError|ValidationError|MissingError)$")
        if why:
            self.assertRegex(answer.message, why)

    def assertDone(self, answer):
        self.env.invalidate_all()
        self.assertFalse(answer.refused, answer.message or answer.result)
        return answer.result

    def told(self, user):
        """What somebody was told of so far, the newest first."""
        inbox = [("res_partner_id", "=", user.partner_id.id)]
        return self.env["mail.notification"].search(inbox, order="id desc").mail_message_id

    def sound(self):
        self.env.flush_all()
        return self.env["showroom.ledger.entry"]._verify(self.main) is None
