import re
from pathlib import Path

from lxml import etree, html

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import HttpCase
from odoo.tools import file_open, file_path

from .common import ShowroomCase

NAMED = ("aria-hidden", "aria-label", "title")
ICON = re.compile(r"(^|[\s{'\"])fa\s")
TEMPLATES = ("approvals", "desk", "fields", "widgets")


@tagged("post_install", "-at_install")
class TestScreens(ShowroomCase):
    """Every screen of ours says what it is for, and says it to those who cannot see it too."""

    def _ours(self, model):
        known = self.env["ir.model.data"].search([("module", "=", "showroom_ownership"), ("model", "=", model)])
        return self.env[model].browse(known.mapped("res_id"))

    def test_every_empty_screen_says_what_it_is_and_what_to_do(self):
        actions = self._ours("ir.actions.act_window").filtered(lambda action: action.target != "new")
        self.assertGreater(len(actions), 20)
        for action in actions:
            with self.subTest(action=action.name):
                told = html.fragment_fromstring(action.help or "", create_parent=True)
                self.assertEqual(len(told.xpath(".//p[@class='o_view_nocontent_smiling_face']")), 1, "A title")
                below = "".join(told.xpath(".//p[not(@class)]//text()"))
                self.assertRegex(below, r"\w+.*[.]", "What it is and what to do, in a sentence below the title")

    def test_figures_show_what_they_will_look_like(self):
        for view in self._ours("ir.ui.view").filtered(lambda view: view.type in ("graph", "pivot") and view.model):
            with self.subTest(view=view.name):
                self.assertEqual(etree.fromstring(view.arch).get("sample"), "1")

    def test_views_kept_in_memory_are_those_of_the_readers_role_and_rights(self):
        self.assertFalse(self._list_of_leads("//field[@name='ownership_badge']"))
        self.seller.group_ids += self.env.ref("showroom_ownership.group_consultant")
        self.assertTrue(self._list_of_leads("//field[@name='ownership_badge']"))
        self.assertFalse(self._list_of_leads("/list[@create='False']"))
        self.env["ir.model.access"].search([("model_id.model", "=", "crm.lead")]).perm_create = False
        self.assertTrue(self._list_of_leads("/list[@create='False']"))
        self.env["ir.model.access"].search([("model_id.model", "=", "crm.lead")]).perm_read = False
        with self.assertRaises(AccessError):
            self._list_of_leads("/list")

    def _list_of_leads(self, path):
        view = self.env.ref("crm.crm_case_tree_view_oppor").id
        return etree.fromstring(self.env["crm.lead"].with_user(self.seller).get_view(view, "list")["arch"]).xpath(path)

    def test_every_menu_opens_for_the_general_manager_without_a_broken_view(self):
        for action in self._ours("ir.actions.act_window").filtered(lambda action: action.target != "new"):
            views = [(view.get("view_id"), view["type"]) for view in self._views(action)]
            with self.subTest(action=action.name):
                got = self.env[action.res_model].with_user(self.gm).get_views(views, {"toolbar": False})["views"]
                self.assertEqual({kind for _view, kind in views}, set(got))

    def _views(self, action):
        search = {"view_id": action.search_view_id.id, "type": "search"}
        return [{"view_id": view, "type": kind} for view, kind in action.views] + [search]

    def test_icons_have_a_name_or_are_hidden_from_screen_readers(self):
        for view in self._ours("ir.ui.view"):
            self._check_icons(etree.fromstring(view.arch), view.name)

    def test_icons_of_the_desk_and_the_widgets_too(self):
        for path in self._template_files():
            with file_open(path, "rb") as file:
                self._check_icons(etree.parse(file).getroot(), path)

    def _template_files(self):
        root = file_path("showroom_ownership/static/src")
        files = [path for folder in TEMPLATES for path in sorted(self._xml_in(f"{root}/{folder}"))]
        self.assertGreater(len(files), len(TEMPLATES))
        return files

    def _xml_in(self, folder):
        return (str(path) for path in Path(folder).glob("*.xml"))

    def _check_icons(self, arch, where):
        for node in arch.iter("i", "span"):
            looks = node.get("class") or node.get("t-attf-class") or ""
            if ICON.search(looks):
                self.assertTrue(self._is_named(node), f"{where}: {etree.tostring(node)[:200]}")
        for node in arch.iter("button", "a"):
            if node.tag == "button" or node.get("icon"):
                self._check_button(node, where)

    def _is_named(self, node):
        return any(node.get(name) or node.get(f"t-att-{name}") or node.get(f"t-attf-{name}") for name in NAMED)

    def _check_button(self, node, where):
        shown = node.get("string") or "".join(node.itertext()).strip()
        shown = shown or node.xpath(".//*[@t-esc or @t-out or self::field or self::widget]")
        spoken = shown or self._is_named(node)
        self.assertTrue(spoken, f"{where}: nobody can say what this button does: {etree.tostring(node)[:200]}")


@tagged("post_install", "-at_install")
class TestOnboarding(ShowroomCase, HttpCase):
    def test_the_first_reception_is_shown_to_newcomers(self):
        self.assertTrue(self.env["web_tour.tour"].search([("name", "=", "showroom_tour")]))
        self.start_tour("/odoo", "showroom_tour", login=self.desk.login)
        line = self.env["showroom.reception"].search([("customer_name", "=", "Lin Tao")])
        self.assertEqual((line.asked, line.outlet_id, line.is_evidence), ("no", self.main, True))
        self.assertTrue(line.lead_id)


class TestAppealResult(ShowroomCase):
    """Appeals are counted by what the appellant has in the end."""

    def setUp(self):
        super().setUp()
        with self.at("2026-03-02 10:00"):
            self.asked = self.card()
        for day in ("04", "05"):
            with self.at(f"2026-03-{day} 10:00"):
                line = self.receive(self.wang, asked="no")
        self.enterContext(self.at("2026-03-05 11:00"))
        line.with_user(self.wang).action_confirm_deal()
        self.ruling = self.asked.ruling_id
        self.ruling.with_user(self.li).action_appeal("I called her")
        self.appeal = self.ruling.appeal_ids

    def _decide(self, shares, reason):
        self.assertEqual(self.appeal.result, "open")
        self.ruling.with_user(self.chen).action_decide(shares, reason)
        self.assertEqual(self.ruling.state, "final")

    def test_won_when_the_appellant_is_credited_with_a_part(self):
        self._decide({self.li.id: 30, self.wang.id: 70}, "Li prepared the deal")
        self.assertEqual(self.appeal.result, "won")

    def test_lost_when_the_closer_keeps_all(self):
        self._decide({self.wang.id: 100}, "The customer said so")
        self.assertEqual(self.appeal.result, "lost")

    def test_taken_back_with_the_deal(self):
        self.asked.write({"stage_id": self.env["crm.stage"].search([("is_won", "=", False)], limit=1).id})
        self.assertEqual((self.ruling.state, self.appeal.result), ("cancelled", "void"))

    def test_they_are_counted_by_result(self):
        self._decide({self.wang.id: 100}, "The customer said so")
        counted = self.env["showroom.appeal"]._read_group([("id", "=", self.appeal.id)], ["result"], ["__count"])
        self.assertEqual(counted, [("lost", 1)])
