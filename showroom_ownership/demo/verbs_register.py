"""At the desk and on the phone: receptions, their corrections, follow-ups."""

from datetime import time

from odoo import Command

from .people import CARS, EXPECTED, OUTCOMES

ASIDE = {"prior": "prior_id", "named": "named_id", "instead": "on_behalf_of_id", "with": "accompanied_by_id"}


class RegisterVerbs:
    """``to``: who receives, if the receptionist writes; ``instead``: the absent holder; ``with``: who came along."""

    def do_visit(self, step):
        self._received(step, "visit")

    def do_phoned(self, step):
        self._received(step, "call")

    def _received(self, step, channel):
        consultant = self.people[step.options.get("to", step.who)]
        vals = {"consultant_id": consultant.id, "outlet_id": consultant._outlets()[:1].id, "channel": channel}
        line = self.as_(step, "showroom.reception").create({**vals, **self._what_was_said(step)}).with_env(self.env)
        self.lines[step.customer.name, consultant.login] = line.id
        if line.lead_id:
            self._keep_card(step, line.lead_id)

    def _what_was_said(self, step):
        options, customer = step.options, step.customer
        people = {field: self.people[options[word]].id for word, field in ASIDE.items() if word in options}
        said = {"customer_name": step.text or customer.name, "interest": CARS[customer.car][0]}
        said.update(asked=options.get("asked", "no"), party_size=int(options.get("party", 1)))
        said["phone"] = False if "no_phone" in step.words else customer.phone
        if "arrived" in options:
            said["arrived_at"] = self.almanac.at(int(options["arrived"]), time(17, 40))
        return {**said, **people}

    def _keep_card(self, step, card):
        """Remember the card; its owner puts the price and a star on it, the grade if the step says one, and
        completes it where the principles ask for that, unless it stays ``unfinished``."""
        self.cards[step.customer.name] = card.id
        if not card.expected_revenue and card.won_status == "pending":
            card.with_user(card.user_id).write({"expected_revenue": CARS[step.customer.car][1], "priority": "1"})
        self._after_contact(step, card)
        if card.card_due and not card.completed_at and "unfinished" not in step.words:
            card.with_user(card.user_id).action_complete_card()

    def _after_contact(self, step, card):
        """What the owner notes on the card after a contact: how soon the customer buys, and the stage."""
        mine = card.with_user(card.user_id or self.person(step))
        if "grade" in step.options:
            mine.write(self._grade_vals(card, step))
        if "stage" in step.options:
            mine.stage_id = self.env["crm.stage"].search([("name", "=", step.options["stage"])], limit=1)

    def _grade_vals(self, card, step):
        code = step.options["grade"]
        grade = card.outlet_id.policy_id.grade_ids.filtered(lambda each: each.code == code)
        stars, days = EXPECTED[code]
        return {"grade_id": grade.id, "priority": stars, "date_deadline": self.almanac.day(step.day + days)}

    # What stays beside it

    def do_correct(self, step):
        """``liu correct: Peng Lin 彭琳`` — the name was misheard."""
        line = self._line(step)
        line.action_correct({"customer_name": step.text})
        line.sudo().lead_id.write({"name": step.text, "contact_name": step.text})

    def do_void(self, step):
        self._line(step).action_void(step.text)

    def _line(self, step):
        """The customer's latest line, or with ``line`` the one of that consultant."""
        mine = [line for (name, login), line in self.lines.items() if name == step.customer.name]
        line = self.lines.get((step.customer.name, step.options.get("line")), mine[-1])
        return self.as_(step, "showroom.reception").browse(line)

    def do_close_page(self, step):
        outlet = self.person(step)._outlets()[:1]
        domain = [("outlet_id", "=", outlet.id), ("day", "=", outlet._today())]
        self.as_(step, "showroom.register.page").search(domain).action_close()

    # Follow-ups

    def do_call(self, step):
        self._followed_up(step)

    def do_home_visit(self, step):
        self._followed_up(step, "visit")

    def do_message(self, step):
        self._followed_up(step)

    def do_email(self, step):
        self._followed_up(step)

    def do_test_drive(self, step):
        self._followed_up(step)

    def _followed_up(self, step, method=None):
        """``missed``: nobody answered; ``instead``: on behalf of the owner; ``happened``: on an earlier day."""
        method = method or step.verb
        vals = {"lead_id": self.cards[step.customer.name], "method": method, "reached": "missed" not in step.words}
        vals["outcome"] = step.text or ("No answer." if "missed" in step.words else self._phrase(step, method))
        if "instead" in step.options:
            vals["on_behalf_of_id"] = self.people[step.options["instead"]].id
        if "happened" in step.options:
            vals["happened_at"] = self.almanac.at(int(step.options["happened"]), time(16))
        self.as_(step, "showroom.followup").create(vals)
        self._after_contact(step, self.env["crm.lead"].browse(vals["lead_id"]))

    def _phrase(self, step, method):
        """What was said, the same at every installation."""
        texts = OUTCOMES[method]
        return texts[(len(step.customer.name) + int(step.customer.phone[-1]) - step.day // 2) % len(texts)]

    # Activities and meetings

    def do_plan(self, step):
        """``plan call +2: …`` — an activity in two days."""
        kind, days = step.words
        deadline = self.almanac.day(step.day + int(days))
        self.card(step).activity_schedule(
            f"mail.mail_activity_data_{kind}", deadline, summary=step.text, user_id=self.person(step).id
        )

    def do_done(self, step):
        """The oldest planned activity of the person, or one made for it, is completed."""
        mine = self.card(step).activity_ids.filtered(lambda each: each.user_id == self.person(step))
        if not mine:
            mine = self.card(step).activity_schedule("mail.mail_activity_data_call", self.almanac.day(step.day))
        mine[:1].action_feedback(feedback=step.text or self._phrase(step, "call"))

    def do_meet(self, step):
        """``meet +1 14:00: …`` — a meeting in the calendar, which is a follow-up once it has been held."""
        days, clock = step.words
        start = self.almanac.at(step.day + int(days), time.fromisoformat(clock))
        people = [Command.link(self.person(step).partner_id.id)]
        vals = {"name": step.text, "start": start, "duration": 1, "stop": start, "partner_ids": people}
        self.as_(step, "calendar.event").create({**vals, "opportunity_id": self.cards[step.customer.name]})
