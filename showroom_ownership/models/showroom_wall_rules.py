from odoo import api, models

# The grounds whose rulings can be appealed: without one of them there is nothing to say about appeals.
APPEALABLE = {"more_diligent", "holder_lapsed", "awaiting_appeal"}


class ShowroomWallRules(models.AbstractModel):
    """The policy in force in plain words, for a page on the showroom's wall (2 to 5).

    Every sentence follows from the policy's own fields, so that the page says what the system does.
    """

    _name = "showroom.wall.rules"
    _description = "Rules for the Wall"

    @api.model
    def _page(self, policy):
        """What the page says, in the reader's language and with the reader's rights.

        :param policy: one ``showroom.policy``
        :return: dict of ``grades`` (code, expectation, rhythm) and, for every other part, its sentences in order
        """
        parts = {
            "register": self._register_texts(policy) + self._line_texts(policy),
            "rhythm": self._rhythm_texts(policy),
            "lapse": [self._notice_text(policy), self._grace_text(policy), self._lapse_text(policy)],
            "principles": [self._principle_text(line) for line in self._principles(policy)],
            "appeal": self._appeal_texts(policy) + self._settlement_texts(policy),
            "transfer": self._transfer_texts(policy) + self._leave_texts(policy),
        }
        said = {name: [text for text in texts if text] for name, texts in parts.items()}
        return {"grades": [self._grade_row(grade) for grade in policy.grade_ids], **said}

    @api.model
    def _principles(self, policy):
        return policy.principle_ids.filtered("active").sorted(lambda line: (line.sequence, line.id))

    @api.model
    def _principle_text(self, line):
        return self.env["showroom.wording"]._rule(line.ground, line.policy_id)

    @api.model
    def _days(self, number):
        return self.env._("one day") if number == 1 else self.env._("%s days", number)

    # Grades and rhythm

    @api.model
    def _grade_row(self, grade):
        days = self._days(grade.period)
        rhythm = self.env._("%(count)s times in %(days)s", count=grade.count, days=days)
        if grade.count == 1:
            rhythm = self.env._("once in %s", days)
        if not grade.count:
            rhythm = self.env._("no follow-up asked for")
        return grade.code, grade.name, rhythm

    @api.model
    def _rhythm_texts(self, policy):
        grade = policy._default_grade()
        answered = self.env._("An attempt without an answer does not count.")
        if policy.unanswered_counts:
            answered = self.env._("An attempt without an answer counts too.")
        visits = self.env._("Every third follow-up in town, and every fourth out of town, is a visit.")
        return [
            grade and self.env._("A card without a grade is followed up like grade %s.", grade.code),
            self._recording_text(policy),
            answered,
            policy.visit_rhythm and visits,
        ]

    @api.model
    def _recording_text(self, policy):
        days = policy.followup_recording_days
        if not days:
            return self.env._("A follow-up counts if it is recorded on the day it was made.")
        return self.env._("A follow-up counts if it is recorded within %s.", self._days(days))

    # The register

    @api.model
    def _register_texts(self, policy):
        """What is asked of whoever receives, and what makes the card theirs."""
        days = policy.filing_validity_days
        return [
            self.env._("Whoever comes or calls is registered the same day, with name and phone number."),
            self.env._("Everybody is asked: have you been here before, who received you, whom do you want to see?"),
            self._filing_text(policy),
            days and self.env._("It holds for %s.", self._days(days)),
            self.env._("Is it a colleague's customer? Speak with the colleague before you close, and record it."),
            self.env["showroom.wording"]._told_text(policy),
        ]

    @api.model
    def _filing_text(self, policy):
        """Which lines of the register are a filing."""
        first = self.env._("The first line in the register that counts makes the card its consultant's.")
        calls = self.env._("A call alone does not.")
        if policy.call_counts_as_filing:
            calls = self.env._("A call counts like a visit.")
        by_hand = policy.outreach_counts_as_filing and self.env._("So does a card opened by hand.")
        return " ".join(text for text in (first, calls, by_hand) if text)

    @api.model
    def _line_texts(self, policy):
        """Until when a line and a card are put right."""
        days = policy.card_due_days
        corrected = self.env._("A mistake is corrected the same day; the earlier text stays readable.")
        if policy.same_day_correction == "voids":
            corrected = self.env._("A line that is corrected does not count any more.")
        return [
            self.env._("Registered on a later day, or without name or number, it does not count."),
            corrected,
            days and self.env._("The card is completed within %s of the reception.", self._days(days)),
        ]

    # Lapse

    @api.model
    def _notice_text(self, policy):
        if policy.notice_mode == "automatic":
            return self.env._("The day after the due date the card is overdue, and the system gives notice.")
        return self.env._("The day after the due date the card is overdue; notice is given by a manager.")

    @api.model
    def _grace_text(self, policy):
        if not policy.grace_days:
            return self.env._("Whoever follows up on the day of the notice keeps the card.")
        days = self._days(policy.grace_days)
        return self.env._("Then there is %s to follow up and keep the card, the day of the notice not counted.", days)

    @api.model
    def _lapse_text(self, policy):
        ordered = self.env._("A card with an order never lapses.")
        passed = self.env._("After that it goes to a colleague if a manager approves; a follow-up before keeps it.")
        if policy.lapse_transfer == "automatic":
            passed = self.env._("After that it goes to a colleague at once.")
        return f"{passed} {ordered}"

    # Appeals and settlements

    @api.model
    def _appeal_texts(self, policy):
        """Until when a ruling is contested and with what; nothing if no principle leaves one open."""
        if not APPEALABLE & set(self._principles(policy).mapped("ground")):
            return []
        days = policy.appeal_days
        until = self.env._("Whoever may appeal does so on the day of the deal.")
        if days:
            until = self.env._("Whoever may appeal does so within %s after the day of the deal.", self._days(days))
        decided = self.env._("A manager who is no party decides. Without an appeal the ruling stands.")
        return [until, self._tracking_text(policy), decided]

    @api.model
    def _tracking_text(self, policy):
        days = policy.tracking_days
        if not days:
            return self.env._("It needs a contact with the customer on the day of the deal, on record.")
        return self.env._(
            "It needs a contact with the customer on record, in the %s before the deal.", self._days(days)
        )

    @api.model
    def _settlement_texts(self, policy):
        days = policy.reopen_days
        reopened = self.env._("The general manager alone reopens a final ruling, before %s are over.", self._days(days))
        return [
            self.env._("Until a ruling is final, those involved can agree on shares; a manager approves."),
            days and reopened,
        ]

    # Transfers, departures, leaves

    @api.model
    def _transfer_texts(self, policy):
        approved = self.env._("Who else gets a card, and what is withdrawn, is approved by the showroom manager.")
        if policy.approval_tiers == "2":
            approved = self.env._(
                "Who else gets a card, and what is withdrawn, is approved by showroom manager and sales director."
            )
        days = policy.escalation_days
        later = self.env._("What is not decided within %s may be decided by the next superior too.", self._days(days))
        asked = policy.cancellation_check and self.env._("Before a card is withdrawn, a manager asks the customer.")
        return [approved, self.env._("Nobody approves what they asked for themselves."), days and later, asked]

    @api.model
    def _leave_texts(self, policy):
        days = self._days(policy.long_leave_days)
        return [
            self.env._("Whoever leaves the house leaves open cards to colleagues; deals closed before stay theirs."),
            self.env._("A leave of more than %s is arranged beforehand, with a substitute for the cards.", days),
        ]
