import json

from lxml import etree, html

from odoo.tests import tagged

from .full_house import FullHouse
from .remote_case import RemoteCase

SAID = """<img src=x onerror="window.owned=1">"'{{1337*1337}}<script>window.owned=1</script>""" + (
    """<t t-out="1337*1337"/>${1337*1337}<b>bold</b>"""
)

# Open one screen after the other and wait until each is there.
SCREENS = """
(async () => {
    const action = odoo.__WOWL_DEBUG__.root.env.services.action;
    const wait = async (there) => {
        for (let tries = 0; tries < 100 && !there(); tries++) {
            await new Promise((done) => setTimeout(done, 50));
        }
        if (!there()) {
            throw new Error("never seen: " + there);
        }
    };
    let seen = 0;
    for (const screen of %s) {
        await action.doAction(screen, { clearBreadcrumbs: true });
        await wait(() => document.querySelector(".o_action_manager :is(.o_view_controller, .o_desk_columns)"));
        await new Promise((done) => setTimeout(done, 150));
        seen += document.body.innerText.includes("onerror") || [...document.querySelectorAll("input")].some(
            (input) => input.value.includes("onerror")
        );
        if (window.owned || document.querySelector("img[src='x']")) {
            throw new Error("what was said became part of " + JSON.stringify(screen));
        }
    }
    console.log(seen > 10 ? "test successful" : "too little was seen: " + seen);
})();
"""
READY = "odoo.__WOWL_DEBUG__ && odoo.__WOWL_DEBUG__.root && odoo.isReady === true"


@tagged("post_install", "-at_install")
class TestInjection(FullHouse, RemoteCase):
    """Whatever people say is shown as they said it, and never becomes part of a page, a mail or a paper."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.before = {name: cls._last(name) for name in ("mail.message", "mail.mail", "mail.activity")}

    @classmethod
    def _last(cls, model):
        return cls.env[model].sudo().search([], order="id desc", limit=1).id or 0

    def setUp(self):
        super().setUp()
        self.stage(SAID)

    # What must hold

    def assertHarmless(self, page, where):
        """No element and no attribute of a page comes from what was said."""
        if not (page or "").strip():
            return
        tree = html.fromstring(f"<div>{page}</div>")
        for each in tree.iter(etree.Element):
            if (each.get("src") or "").startswith("/web/assets/"):
                continue  # Odoo's own scripts
            self.assertNotEqual(each.get("src"), "x", where)
            self.assertFalse([name for name in each.attrib if name.startswith("on")], where)
            self.assertNotIn("owned", each.text or "" if each.tag == "script" else "", where)
            self.assertFalse(each.tag == "b" and each.text == "bold", where)
        self.assertNotIn(str(1337 * 1337), tree.text_content(), where)

    def assertSaid(self, page, where):
        """It is there, as text."""
        self.assertIn(
            " ".join(SAID.split()), " ".join(html.fromstring(f"<div>{page}</div>").text_content().split()), where
        )

    # Where it was said

    def test_it_was_said_in_every_text(self):
        silent = [f"{model._name}.{name}" for model, name in self.texts() if not self._says(model, name)]
        self.assertFalse(silent, "texts that people can say and that the house does not")

    def _says(self, model, name):
        return model.sudo().with_context(active_test=False).search_count([(name, "ilike", "window.owned")], limit=1)

    # Where it is shown

    def test_html_fields(self):
        shown = 0
        for name in sorted(self.env.registry):
            model = self.env[name].with_user(self.gm)
            ours = not model._abstract and not model._transient
            for field in [field for field in model._fields.values() if ours and self._is_our_page(field)]:
                for record in model.sudo().search([("create_uid", "!=", False)], order="id desc", limit=20):
                    page = record.with_user(self.gm)[field.name]
                    self.assertHarmless(page, f"{name}.{field.name}")
                    shown += "window.owned" in (page or "")
        self.assertGreater(shown, 3)

    def _is_our_page(self, field):
        return field.type == "html" and field._module == "showroom_ownership"

    def test_every_paper(self):
        reports = self.env["ir.model.data"].search([
            ("module", "=", "showroom_ownership"), ("model", "=", "ir.actions.report")
        ])  # fmt: skip
        self.assertGreater(len(reports), 3)
        self.sign_in(self.gm)
        for report in self.env["ir.actions.report"].browse(reports.mapped("res_id")):
            ids = self.env[report.model].search([], order="id desc", limit=20).ids
            address = f"/report/html/{report.report_name}/{','.join(map(str, ids))}"
            answer = self.url_open(address, timeout=60)
            self.assertEqual(answer.status_code, 200, address)
            page = html.fromstring(answer.text)
            body = html.tostring(page.find("body"), encoding="unicode")
            self.assertHarmless(body, report.report_name)
            self.assertSaid(body, report.report_name)

    def test_mails_and_notes(self):
        self.env.flush_all()
        self.scheduled(self.env["showroom.morning"]._cron_mail)
        self.main._today()
        pages = self.env["showroom.register.page"].search([("outlet_id", "=", self.main.id)])
        self.scheduled(pages._cron_close_pages)
        self.env["showroom.failure"].search([])._tell_managers()
        self.moving.transfer_ids.approval_id._tell_role("director")
        said = 0
        for name, field in (("mail.message", "body"), ("mail.mail", "body_html"), ("mail.activity", "note")):
            for record in self.env[name].sudo().search([("id", ">", self.before[name])]):
                self.assertHarmless(record[field], f"{name} {record[field]}")
                said += "window.owned" in (record[field] or "")
        self.assertGreater(said, 5)

    def test_every_screen(self):
        """A browser opens them; what was said is seen, no script of it ran, and the console is clean."""
        self.browser_js("/odoo", SCREENS % json.dumps(list(self._screens())), READY, login=self.gm.login, timeout=180)

    def _screens(self):
        """The pipeline, the desk, and lists and forms of all that was said."""
        yield "showroom_ownership.crm_lead_action_cards"
        yield "showroom_ownership.showroom_desk_action"
        for name in sorted({model._name for model, _field in self.texts()} | {"showroom.danger", "crm.lead"}):
            record = self.ours if name == "crm.lead" else self.env[name].with_user(self.gm).search([], limit=1)
            if record and self.env["ir.ui.view"].search_count([("model", "=", name), ("type", "=", "form")]):
                yield from ({"res_model": name, "res_id": res_id, "type": "ir.actions.act_window",
                    "views": [[False, "form" if res_id else "list"]]} for res_id in (False, record.id))  # fmt: skip

    def test_answers_of_remote_calls_are_texts(self):
        """What the desk, the badge and the timeline are given is data: the browser escapes it."""
        self.sign_in(self.chen)
        page, _error = self.remote("showroom.reception", "desk_page", self.main.id)
        self.assertIn(SAID, [line["name"] for line in page["lines"]] + [line["by"] for line in page["lines"]])
        match, _error = self.remote("showroom.reception", "match", "+86 138 1000 0001", self.main.id)
        self.assertEqual(match["outlet"], SAID)
