import re

from lxml import html

from .common import ShowroomCase


class MorningCase(ShowroomCase):
    """People with e-mail addresses, cards that become due, and the mails of a morning."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Nobody but the people of the story.
        group = cls.env.ref("showroom_ownership.group_consultant")
        people = cls.li | cls.wang | cls.sun | cls.chen | cls.dir | cls.gm
        (group.all_user_ids - people).write({"morning_mail": False})
        for user in people | cls.desk:
            user.email = user.login.replace("@test", "@example.com")
        cls.env["res.lang"]._activate_lang("zh_CN")

    def setUp(self):
        super().setUp()
        self.cards = self.env["crm.lead"]

    def cards_of(self, user, day, number=1, **said):
        with self.at(f"{day} 10:00"):
            start = len(self.cards)
            for each in range(start, start + number):
                self.cards |= self.card(user, phone=f"+86 139{each:08d}", name=f"Customer {each}", **said)
        return self.cards[-number:]

    def morning(self):
        """The mails that a run of the scheduled action makes, by login."""
        last = self.env["mail.mail"].sudo().search([], order="id desc", limit=1).id
        self.scheduled(self.env["showroom.morning"]._cron_mail)
        mails = self.env["mail.mail"].sudo().search([("id", ">", last)])  # those about failures name no address
        return {re.search(r"<?([a-z]+)@example", mail.email_to)[1]: mail for mail in mails if mail.email_to}

    def text(self, mail):
        return " ".join(html.fromstring(mail.body_html).text_content().split())

    def lapses(self):
        self.scheduled(self.env["crm.lead"]._cron_lapses)
