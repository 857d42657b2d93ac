"""What happens to a card between the first visit and the deal."""

from .people import CARS


class CardVerbs:
    """Opening, ordering, handing over, withdrawing; ``approve`` and ``refuse`` are about whatever waits."""

    def do_opens(self, step):
        """By hand, without a reception."""
        self._open(step, self.person(step))

    def do_online(self, step):
        """The website opens a card for a consultant."""
        self._open(step, self.people[step.options["to"]])

    def _open(self, step, owner):
        customer = step.customer
        vals = {"name": customer.name, "contact_name": customer.name, "phone": customer.phone, "type": "opportunity"}
        vals.update(user_id=owner.id, team_id=owner.crm_team_ids[:1].id, company_id=self.company.id)
        leads = self.as_(step, "crm.lead")
        vals.update(expected_revenue=CARS[customer.car][1], priority="1", description=step.text or False)
        card = leads.create(vals)
        self.cards[customer.name] = card.id
        self._after_contact(step, card.with_env(self.env))

    def do_order(self, step):
        note = step.text or "Deposit of ¥5,000 received."
        self.as_(step, "showroom.order").create({"lead_id": self.cards[step.customer.name], "note": note})

    def do_cancel_order(self, step):
        orders = self.as_(step, "showroom.order").search([("lead_id", "=", self.cards[step.customer.name])])
        orders.action_cancel()

    def do_told(self, step):
        """``wang told li``: Wang spoke with Li about the customer."""
        vals = {"lead_id": self.cards[step.customer.name], "with_id": self.people[step.words[0]].id, "note": step.text}
        self.as_(step, "showroom.communication").create(vals)

    def do_note(self, step):
        self.card(step).message_post(body=step.text)

    def do_moves(self, step):
        """On the pipeline, to another stage."""
        self.card(step).stage_id = self.env["crm.stage"].search([("name", "=", step.words[0])], limit=1)

    def do_lost(self, step):
        reason = self.env.ref(f"crm.lost_reason_{step.options.get('reason', 1)}")
        self.card(step).action_set_lost(lost_reason_id=reason.id)

    def do_family(self, step):
        """``li family: Lu Hao 陆浩`` — the two cards are of one family."""
        other = self.env["crm.lead"].browse(self.cards[step.text])
        self.card(step).action_link([other.card_number], "family")

    # Notices, transfers, cancellations

    def do_notice(self, step):
        self.card(step).action_notice()

    def do_transfer(self, step):
        """``li transfer zhang reason=long_leave: …``"""
        reason = step.options.get("reason", "customer_request")
        self.card(step).action_request_transfer(self.people[step.words[0]].id, reason, step.text)

    def do_reassign(self, step):
        self.card(step).action_reassign(self.people[step.words[0]].id, step.text)

    def do_withdraw_card(self, step):
        """A cancellation is asked for."""
        self.card(step).action_request_cancellation(step.text)

    def do_departs(self, step):
        """``admin departs zhao``: their login is archived."""
        self.people[step.words[0]].with_user(self.person(step)).write({"active": False})

    def do_approve(self, step):
        """``to``: a transfer goes to somebody else than proposed."""
        if "to" in step.options:
            transfer = self._waiting(step, "showroom.transfer")
            return transfer.action_approve_to(self.people[step.options["to"]].id, step.text)
        return self._waiting(step).action_approve(step.text or False)

    def do_refuse(self, step):
        self._waiting(step).action_refuse(step.text)

    def _waiting(self, step, model="showroom.approval"):
        domain = [("lead_id", "=", self.cards[step.customer.name]), ("state", "=", "pending")]
        return self.as_(step, model).search(domain, limit=1)

    # After the deal, and the manager's audits

    def do_delivered(self, step):
        self.card(step).action_deliver()

    def do_audits(self, step):
        """``he audits: …`` — the open spot checks of the manager's outlets; the text is an objection to one card."""
        outlets = self.person(step)._outlets()
        checks = self.as_(step, "showroom.spot.check").search(
            [("state", "=", "open"), ("outlet_id", "in", outlets.ids)]
        )
        checks.line_ids.action_in_order()
        if step.text and checks.line_ids:
            checks.line_ids[0].action_record("incomplete", step.text)
        checks.action_close()

    # Pre-registrations

    def do_announces(self, step):
        """A pre-registration: ``sun announces until=+20``."""
        outlet = self.person(step)._outlets()[:1]
        vals = {"customer_name": step.customer.name, "phone": step.customer.phone, "outlet_id": outlet.id}
        vals["text"] = step.text or False
        if "until" in step.options:
            vals["valid_until"] = self.almanac.day(int(step.options["until"]))
        self.announced[step.customer.name] = self.as_(step, "showroom.preregistration").create(vals).id

    def do_accepts(self, step):
        self.as_(step, "showroom.preregistration").browse(self.announced[step.customer.name]).action_approve()
