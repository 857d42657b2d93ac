"""A dealership in which everybody says the same thing wherever they can say anything."""

from datetime import timedelta

from .common import ShowroomCase, frozen

# What the system writes into texts by itself; nobody can say it.
OF_THE_SYSTEM = {
    "number", "salt", "phone_key", "hash", "prev_hash", "payload", "about", "tz", "last_hash", "flaw", "card_number",
    "request_key", "preset", "code", "outlet_code", "parameters", "model", "step", "shares", "phone",
    "showroom.ownership.note",
}  # fmt: skip


class FullHouse(ShowroomCase):
    """One record of every kind, each text of it said by those who may."""

    def stage(self, said):
        """Say it everywhere: as the names of people and places, of the customer, and as the reason of everything."""
        self.said = said
        self._name_everybody()
        with self._days_ago(5):
            self.theirs = self.receive(self.li, name=said, interest=said)
            self.ours = self.theirs.lead_id
            self.ours.with_user(self.li).write({"contact_name": said, "partner_name": said, "interest": said})
        with self._days_ago(4):
            self._record(self.ours)
        with self._days_ago(3):
            self.line = self.receive(self.wang, asked="no", name=said)
            self._change(self.line)
        self._ask()
        self._rule()
        self._manage()

    def _days_ago(self, days):
        return frozen(self.env, f"{self.main._today() - timedelta(days=days)} 10:00")

    def _name_everybody(self):
        names = self.li | self.wang | self.sun | self.chen | self.desk
        names.write({"name": self.said})
        for each in names | self.gm | self.dir:
            each.email = each.login.replace("@test", "@example.com")
        self.main.name = self.policy.name = self.said
        self.policy.grade_ids.write({"name": self.said})

    def _record(self, card):
        """Follow-up, communication, order."""
        self.env["showroom.followup"].with_user(self.li).create({"lead_id": card.id, "outcome": self.said})
        order = self.env["showroom.order"].with_user(self.li).create({"lead_id": card.id, "note": self.said})
        order.action_cancel()
        other = self.card(self.wang, phone="13910000001", name="Qian")
        card.with_user(self.chen).action_link([other.card_number], "same_customer")
        talk = {"lead_id": other.id, "with_id": self.li.id, "note": self.said}
        self.env["showroom.communication"].with_user(self.wang).create(talk)

    def _change(self, line):
        line.with_user(self.wang).action_correct({"interest": self.said, "customer_name": f"{self.said}."})
        void = self.receive(self.wang, phone="13910000002", name=self.said)
        void.with_user(self.chen).action_void(self.said)

    def _ask(self):
        """Requests of each kind, and what is said when they are decided on."""
        cards = [self.card(phone=f"1391000001{at}", name=self.said) for at in range(5)]
        self.moving, self.leaving, self.shared, self.given, self.refused_one = cards
        for card in (self.moving, self.refused_one):
            card.with_user(self.li).action_request_transfer(self.wang.id, "customer_request", self.said)
        self.refused_one.transfer_ids.with_user(self.chen).action_refuse(self.said)
        self.leaving.with_user(self.li).action_request_cancellation(self.said)
        self.leaving.cancellation_ids.with_user(self.chen).action_verify("call", "confirmed", self.said)
        self.shared.with_user(self.li).action_settle({self.li.id: 100})
        self.given.with_user(self.chen).action_reassign(self.wang.id, self.said)
        announced = {"customer_name": self.said, "phone": "13910000030", "outlet_id": self.east.id, "text": self.said}
        self.env["showroom.preregistration"].with_user(self.sun).create(announced)

    def _rule(self):
        """A deal, its appeal, its decision, and reopened."""
        with self._days_ago(2):
            self.line.with_user(self.wang).action_confirm_deal()
            ruling = self.ruling = self.ours.ruling_id
            if self.li in ruling.appellant_ids and ruling.state == "provisional":
                ruling.with_user(self.li).action_appeal(self.said)
            if ruling.state in ("appealed", "arbitration"):
                ruling.with_user(self.chen).action_decide({self.wang.id: 100}, self.said)
        self.ruling.with_user(self.gm).action_reopen(self.said)

    def _manage(self):
        """Spot check, delegation, leave, and what a scheduled action could not do."""
        today = self.main._today()
        self.policy.spot_check_cards = 50
        self.check = self.env["showroom.spot.check"].sudo()._draw(self.main, self.chen)
        self.check.line_ids.with_user(self.dir).action_record("incomplete", self.said)
        days = {"date_from": today, "date_to": today + timedelta(days=3)}
        who = {"delegator_id": self.dir.id, "delegate_id": self.gm.id, "note": self.said}
        self.env["showroom.delegation"].with_user(self.dir).create({**who, **days})
        leave = self.env["showroom.leave"].with_user(self.li)
        leave._arrange(self.li, today, today + timedelta(days=30), {}, self.said)
        failed = {"model": "crm.lead", "res_id": self.ours.id, "step": "_lapse", "message": self.said}
        self.env["showroom.failure"].sudo().create(failed)

    def texts(self):
        """(model, field) of all stored texts of the module that people can say."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            ours = name.startswith("showroom.") and not model._transient and not model._abstract
            for field in model._fields.values() if ours else ():
                stored = field.store and not field.inherited and field.type in ("char", "text")
                said = not OF_THE_SYSTEM & {field.name, f"{name}.{field.name}"}
                if stored and said and not field.related:
                    yield model, field.name
