"""Deals and what people say about their rulings."""


class DealVerbs:
    def do_deal(self, step):
        """The owner wins the card; who has no access to it confirms from the reception."""
        card = self.card(step)
        if not card.has_access("write"):
            return self._deal_from_reception(step)
        if self.person(step)._is_showroom_manager():
            card.closer_id = self.person(step)
        return card.action_set_won()

    def _deal_from_reception(self, step):
        mine = [("lead_id", "=", self.cards[step.customer.name]), ("consultant_id", "=", self.person(step).id)]
        lines = self.as_(step, "showroom.reception").search([*mine, ("is_void", "=", False)], order="id desc", limit=1)
        return lines.action_confirm_deal()

    def do_undo_deal(self, step):
        stage = self.env["crm.stage"].search([("is_won", "=", False)], order="sequence desc, id", limit=1)
        self.card(step).stage_id = stage

    # Rulings

    def _ruling(self, step):
        domain = [("lead_id", "=", self.cards[step.customer.name]), ("state", "!=", "cancelled")]
        return self.as_(step, "showroom.ruling").search(domain, limit=1)

    def do_appeal(self, step):
        self._ruling(step).action_appeal(step.text)

    def do_decide(self, step):
        """``huang decide li=70 wang=30: …``, or as recommended."""
        self._ruling(step).action_decide(self._shares(step) or None, step.text or False)

    def do_reopen(self, step):
        self._ruling(step).action_reopen(step.text)

    # Settlements

    def do_settle(self, step):
        """``li settle li=60 wang=40``: Li proposes it and has signed."""
        self.settled[step.customer.name] = self.card(step).action_settle(self._shares(step)).id

    def do_sign(self, step):
        self.as_(step, "showroom.settlement").browse(self.settled[step.customer.name]).action_sign()

    def _shares(self, step):
        return {self.people[login].id: float(percent) for login, percent in step.options.items()}
