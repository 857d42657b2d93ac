import inspect
import re
from pathlib import Path

from lxml import etree

from odoo.modules import Manifest
from odoo.tests import tagged
from odoo.tests.common import HttpCase

from .. import controllers
from ..controllers import export, pivot, unfollow, webclient

MODULE = "showroom_ownership"
HOME = Path(__file__).parents[1]
# What a module could bring along that lets somebody in, or out.
DOORS = {
    "res.users", "res.users.apikeys", "res.partner", "ir.config_parameter", "ir.mail_server", "fetchmail.server",
    "mail.alias", "auth.oauth.provider", "ir.default", "ir.attachment",
}  # fmt: skip
# Odoo's own routes that the module changes; it opens none.
ROUTES = {"MailController.mail_action_unfollow", "TableExporter.export_xlsx"}
BUNDLES = ("web.assets_backend", "web.assets_web", "web.assets_frontend", "web.report_assets_common")
SECRET = re.compile(r"(password|passwd|secret|api_?key|access_?token)\w*[\"']?\s*[:=]\s*[\"'][^\"']+", re.I)


@tagged("post_install", "-at_install")
class TestProduction(HttpCase):
    """What a production database gets: no way in, no test, no demo."""

    def _data(self):
        return [HOME / name for name in Manifest.for_addon(MODULE)["data"] if name.endswith(".xml")]

    def test_the_data_brings_no_user_and_no_key(self):
        files = self._data()
        self.assertGreater(len(files), 40)
        for path in files:
            made = {record.get("model") for record in etree.parse(path).iter("record")}
            self.assertFalse(made & DOORS, path.name)

    def test_the_database_has_none_either(self):
        """For a database without demo data, as `make test` makes it."""
        brought = self.env["ir.model.data"].search([("module", "=", MODULE), ("model", "in", list(DOORS))])
        self.assertFalse(brought.mapped("complete_name"))
        known = self.env["res.users"].with_context(active_test=False).search([("login", "in", self._demo_logins())])
        self.assertFalse(known.mapped("login"))

    def _demo_logins(self):
        """Every word of the demo's cast that could be a login."""
        words = set(re.findall(r"\b[a-z]{2,12}\b", (HOME / "demo" / "people.py").read_text()))
        self.assertIn("wang", words)
        return list(words - {"admin", "demo", "portal", "public"})

    def test_no_secret_is_written_down(self):
        for path in HOME.rglob("*"):
            inner = path.relative_to(HOME).parts
            if path.suffix in (".py", ".xml", ".js", ".csv") and not {"tests", "demo"} & set(inner):
                self.assertFalse(SECRET.findall(path.read_text()), path)

    def test_no_test_and_no_demo_in_what_browsers_get(self):
        for bundle in BUNDLES:
            paths = [path for path, *_rest in self.env["ir.asset"]._get_asset_paths(bundle, {})]
            ours = [path for path in paths if path.lstrip("/").startswith(f"{MODULE}/")]
            self.assertTrue(paths, bundle)
            self.assertFalse([path for path in ours if "/tests/" in path or "/demo/" in path], bundle)

    def test_no_route_but_those_listed(self):
        found = {
            f"{name}.{method}"
            for module in (controllers, export, pivot, unfollow, webclient)
            for name, cls in vars(module).items()
            if inspect.isclass(cls) and cls.__module__.startswith(f"odoo.addons.{MODULE}.")
            for method, function in vars(cls).items()
            if hasattr(function, "original_routing")
        }
        self.assertEqual(found, ROUTES)
        files = {path.stem for path in (HOME / "controllers").glob("*.py")}
        self.assertEqual(
            files,
            {"__init__", "export", "pivot", "formulas", "unfollow", "webclient"},
            "a new file of controllers is looked at here",
        )

    def test_strangers_get_nothing(self):
        """Without a session, what the module changed or added answers nothing."""
        for address in ("/web/pivot/export_xlsx", "/web/export/csv", "/web/export/xlsx"):
            answer = self.url_open(address, data={"data": "{}"}, allow_redirects=False)
            self.assertNotEqual(answer.status_code, 200, address)
        call = {"model": "showroom.reception", "method": "desk_open", "args": [], "kwargs": {}}
        answer = self.url_open("/web/dataset/call_kw", json={"params": call}).json()
        self.assertIn("Session", answer["error"]["data"]["name"])
