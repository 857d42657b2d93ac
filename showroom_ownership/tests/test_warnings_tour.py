from datetime import timedelta

from odoo.tests import tagged
from odoo.tests.common import HttpCase

from .common import ShowroomCase, frozen


@tagged("post_install", "-at_install")
class TestWarningsTour(ShowroomCase, HttpCase):
    """Warnings in the browser: the activity menu, and who is about to lose cards."""

    def setUp(self):
        super().setUp()
        day = self.main._today() - timedelta(days=16)
        with frozen(self.env, f"{day} 10:00"):
            self.card()

    def test_the_activity_menu_opens_what_is_due(self):
        self.start_tour("/odoo/showroom-my-cards", "showroom_activity_menu", login=self.li.login)

    def test_who_is_about_to_lose_cards_opens_the_cards(self):
        self.start_tour("/odoo/showroom-about-to-lose", "showroom_about_to_lose", login=self.chen.login)
