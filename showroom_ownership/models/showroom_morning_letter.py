from functools import partial

from odoo import SUPERUSER_ID, api, models

from .crm_lead_warning import DUE_WHEN

LIMIT = 30  # lines of a list; the rest is a number and a link


class ShowroomMorningLetter(models.AbstractModel):
    """What the morning mail says, in the language of who gets it.

    Consultants read of their own cards only, managers the numbers of each consultant and what waits for their approval:
    no customer's name or phone leaves the circle of those who may see the card.
    """

    _name = "showroom.morning.letter"
    _description = "What the Morning Mail Says"

    @api.model
    def _letters(self, users, places, days):
        """Values of a mail for each user who has something to read; constant number of queries."""
        told = self._told(users, places, days)
        letters = []
        for user in users:
            if any(told[user].values()):
                lang = user.lang or self.env.lang
                mine = {name: records.with_context(lang=lang) for name, records in told[user].items()}
                letters.append(self.with_context(lang=lang)._letter(user, days[user], mine))
        return letters

    @api.model
    def _told(self, users, places, days):
        """{user: their cards; if they manage, who of their outlets is in danger, and what waits for them}."""
        outlets = {user: told for user, (_home, told) in places.items()}
        own = self._own_cards(users)
        managers = users & self.env.ref("showroom_ownership.group_manager").all_user_ids
        dangers, waiting = self._dangers(managers, outlets), self.env["showroom.approval"]._waiting(managers)
        no_approvals = self.env["showroom.approval"]
        return {
            user: {
                "cards": own.get(user, self.env["crm.lead"]),
                "dangers": dangers.filtered(
                    lambda line, user=user: user in managers and line.outlet_id in outlets[user]
                ),
                "approvals": waiting.get(user, no_approvals).filtered(partial(self._is_told_of, outlets[user], user)),
            }
            for user in users
        }

    @api.model
    def _is_told_of(self, outlets, user, approval):
        """A first approval is asked of the outlet's managers, a second one of the directors of its company."""
        company = approval.outlet_id.company_id
        second = approval.tier and (not company or company in user.company_ids)
        return bool(second or approval.outlet_id in outlets)

    @api.model
    def _own_cards(self, users):
        """{user: their cards that are overdue, due today or tomorrow}, the most urgent first."""
        words = [word for word, _label in DUE_WHEN if word != "later"]
        domain = [("user_id", "in", users.ids), ("won_status", "=", "pending"), ("due_when", "in", words)]
        return self.env["crm.lead"].sudo().search(domain, order="followup_due, id").grouped("user_id")

    @api.model
    def _dangers(self, managers, outlets):
        ids = {outlet for user in managers for outlet in outlets[user].ids}
        return self.env["showroom.danger"].sudo().search([("outlet_id", "in", list(ids))])

    # One letter

    def _letter(self, user, today, told):
        body = self.env["ir.qweb"]._render("showroom_ownership.morning_mail", self._words_of(user, told))
        day = self.env["crm.lead"]._day_text(today)
        html = self.env["mail.render.mixin"]._render_encapsulate(
            "mail.mail_notification_light",
            body,
            add_context={
                "company": user.company_id,
                "model_description": self.env._("Follow-ups"),
                "record_name": day,
            },
        )
        return self._mail_vals(user, html, self._subject(day, told))

    def _mail_vals(self, user, html, subject):
        robot = self.env["res.users"].browse(SUPERUSER_ID)
        sender = user.company_id.partner_id.email_formatted or robot.email_formatted
        return {
            "subject": subject, "body_html": html, "email_to": user.email_formatted, "email_from": sender,
            "reply_to": sender, "author_id": robot.partner_id.id, "auto_delete": True,
            "headers": {"X-Auto-Response-Suppress": "OOF"},
        }  # fmt: skip

    def _subject(self, day, told):
        """The day, and what is most urgent, so that it need not be opened to be understood."""
        by_word = told["cards"].grouped("due_when")
        late, today = by_word.get("overdue"), by_word.get("today")
        lost = told["dangers"]._lost_within_two_days()
        parts = [
            late and self.env._("%s overdue", len(late)),
            today and self.env._("%s due today", len(today)),
            lost and self.env._("%s about to be lost in the team", lost),
            told["approvals"] and self.env._("%s waiting for approval", len(told["approvals"])),
            told["lookups"] and self.env._("unusual look-ups"),
        ]
        parts = [part for part in parts if part] or [self.env._("what is due tomorrow")]
        return self.env._("%(day)s: %(what)s", day=day, what=" · ".join(parts))

    def _words_of(self, user, told):
        """What the template needs."""
        base, approvals = self.get_base_url(), told["approvals"]
        return {
            "user": user,
            "base": base,
            "greeting": self.env._("Good morning, %s.", user.name),
            "lists": self._lists_of(told["cards"].grouped("due_when"), base),
            "dangers": told["dangers"],
            "approvals_title": self.env._("Waiting for your approval: %s", len(approvals)),
            "approvals": approvals[:LIMIT],
            "more_approvals": self._more(approvals),
        }

    def _lists_of(self, by_word, base):
        """A list for each word that is true of cards: its title, its lines, and what is said of those left out."""
        number = {word: len(cards) for word, cards in by_word.items()}
        titles = {
            "overdue": self.env._("Overdue: %s", number.get("overdue")),
            "today": self.env._("Due today: %s", number.get("today")),
            "tomorrow": self.env._("Due tomorrow: %s", number.get("tomorrow")),
        }
        return [
            (title, [card._morning_line(base) for card in by_word[word][:LIMIT]], self._more(by_word[word]))
            for word, title in titles.items()
            if word in by_word
        ]

    def _more(self, records):
        return len(records) > LIMIT and self.env._("and %s more", len(records) - LIMIT)


class CrmLead(models.Model):
    _inherit = "crm.lead"

    def _morning_line(self, base):
        """A card as its owner reads of it in the mail."""
        return {
            "url": f"{base}/mail/view?model=crm.lead&res_id={self.id}",
            "number": self.card_number,
            "name": self.partner_id.name or self.contact_name or self.name,
            "due": self._day_text(self.followup_due),
            "text": self.due_when != "tomorrow" and self._loss_sentence(),
        }
