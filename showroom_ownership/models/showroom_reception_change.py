from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from . import said

# Whom the answers of the customer speak for or against (5.3, 5.6 to 5.8).
ON_ARRIVAL = {"asked", "prior_id", "named_id", "on_behalf_of_id", "accompanied_by_id"}


class ShowroomReception(models.Model):
    """Corrections and voids: what was said stays beside what is said now (2.3, 2.5)."""

    _inherit = "showroom.reception"

    @said.takes(one=True, values=said.values)
    def action_correct(self, values):
        """Correct a line on its own day; one at a time, for each is an entry of its own and told to the holder.

        :param values: new values of the fields a person may correct.
        :raise UserError: after the page is closed, or for a field that cannot be corrected.
        """
        self._check_correctable(values)
        line = self.sudo()
        line._correct(line._clean({**values, "outlet_id": line.outlet_id.id}))
        return True

    def _check_correctable(self, values):
        self.check_access("read")
        wrong = set(values) - self._correctable
        if wrong:
            raise UserError(
                self.env._(
                    "These cannot be corrected: %s. Void the line and register anew.", format_list(self.env, wrong)
                )
            )
        for line in self:
            line._check_may_change()
            if line.is_void:
                raise UserError(self.env._("Line %s is void and stays as it is.", line.number))
            if not line.page_id or line.page_id.sudo()._is_closed():
                raise UserError(self.env._("The page of %s is closed: its lines cannot be changed.", line.number))

    def _check_may_change(self):
        mine = self.env.user in (self.consultant_id, self.recorded_by)
        if not mine and not self.env.user._manages(self.outlet_id):
            raise UserError(self.env._("Ask the consultant of line %s, or a manager, to correct it.", self.number))

    def _correct(self, vals):
        vals.pop("outlet_id")
        before = {name: self[name] for name in vals}
        changed = {name: value for name, value in vals.items() if self._plain(before[name]) != value}
        if not changed:
            return
        self._check_may_say(changed)
        self._check_managers_word(changed)
        self._check_takes_nothing_back(changed)
        self._check_keeps_deal(changed)
        self._check_keeps_filing(changed)
        known = self.env["crm.lead"]._cards_by_phone([changed.get("phone_key")], self.outlet_id.company_id)
        self._check_speaks_for_itself(known.get(changed.get("phone_key")))
        self._check_comes_after(known.get(changed.get("phone_key")))
        entry = self._append_change("correction", {**self._evidence_vals(), **changed})
        texts = {"before": self._told(before, changed), "after": self._told(changed, changed)}
        keep = {"reception_id": self.id, "entry_id": entry.id, "at": entry.recorded_at, "user_id": self.env.uid}
        self.env["showroom.correction"].create({**keep, **texts})
        since = {"identified_at": entry.recorded_at} if self._is_identified_by(changed) else {}
        self.write({**changed, **since, "is_corrected": True, "text_entry_id": entry.id})
        if changed.get("phone_key"):
            self._change_card(known.get(self.phone_key))
        self._after_change()

    def _is_identified_by(self, changed):
        """Whether it says only now whose line it is: it takes nothing back from who received the customer since (2)."""
        named = changed.get("customer_name") and not self.customer_name
        return bool(changed.get("phone_key") or named) and not self.env.user._manages(self.outlet_id)

    def _check_may_say(self, changed):
        """What the customer said on arrival is who recorded it that heard it: nobody whom it concerns puts it right.

        A line that speaks for a colleague, or of a colleague's customer, keeps its customer, too; names and numbers of
        all others are mended as ever.
        """
        if self._is_own_word():
            return
        told = self.prior_id | self.named_id | self.on_behalf_of_id | self.accompanied_by_id | self.lead_id.user_id
        keeps = {"phone_key"} if told - self.env.user else set()
        if (ON_ARRIVAL | keeps) & changed.keys() or (keeps and not changed.get("customer_name", True)):
            text = self.env._(
                "Ask who recorded line %s, or a manager, to correct what was said on arrival.", self.number
            )
            raise UserError(text)

    def _check_takes_nothing_back(self, changed):
        """What consultants wrote in favour of whose customer it is, no second line of theirs takes back: nor does a
        correction (5.7, 5.8)."""
        user = self.env.user & self.consultant_id
        owner = user and self.lead_id.user_id - user
        spoke = {name for name in ("on_behalf_of_id", "prior_id") if owner and self[name] == owner}
        told = spoke | ({"asked"} if "prior_id" in spoke else set())
        if spoke and (self._moves(changed) or told & changed.keys()) and not user._manages(self.outlet_id):
            text = self.env._(
                "Line %(line)s speaks for %(owner)s, whose customer it is. Ask a manager to correct it.",
                line=self.number, owner=owner.name,
            )  # fmt: skip
            raise UserError(text)

    def _check_keeps_deal(self, changed):
        """What a ruling may rest on stays on its card, where those concerned read it (5)."""
        if self.lead_id.ruling_id and self._moves(changed) and not self.env.user._manages(self.outlet_id):
            text = self.env._("Line %s is of a customer with whom a deal was closed. Ask a manager to correct it.",
                              self.number)  # fmt: skip
            self.lead_id._asked_about(self.lead_id)
            raise UserError(text)

    @staticmethod
    def _moves(changed):
        """Whether a correction may make the line another customer's."""
        return "phone_key" in changed or not changed.get("customer_name", True)

    def _check_managers_word(self, changed):
        """What a manager put right is put back by nobody whom it may help."""
        said = ON_ARRIVAL & changed.keys() or self._moves(changed)
        managers = self.correction_ids.user_id - self.consultant_id - self.recorded_by
        if said and managers and not self.env.user._manages(self.outlet_id):
            raise UserError(self.env._("A manager corrected line %s. Ask a manager to change it again.", self.number))

    def _is_own_word(self):
        """Whoever recorded the line, and managers, say what was said on arrival."""
        return self.env.user == self.recorded_by or self.env.user._manages(self.outlet_id)

    def _check_keeps_filing(self, changed):
        """The line by which a colleague holds a customer, whose customer ordered, or for whom a colleague asked, gives
        the customer to nobody else.

        Who sells nothing mends the number that they recorded until the card is worked with.
        """
        card, user = self.lead_id, self.env.user
        if card.filing_id != self or user._manages(self.outlet_id):
            return
        empties = not changed.get("customer_name", True) or not changed.get("phone_key", True)
        moves = self._moves(changed)
        ends = self.outlet_id.policy_id.same_day_correction == "voids"
        theirs = card.user_id != user and (moves or ends or ON_ARRIVAL & changed.keys())
        worked = moves and (card.followup_ids or card.reception_ids - self)
        waits = card.pending_transfer_id and (moves or ends or empties)
        if theirs and (user._is_consultant() or empties or worked) or card.order_date and moves or waits:
            text = self.env._(
                "Card %(card)s stands on line %(line)s. Ask a manager to correct it.",
                card=card.card_number, line=self.number,
            )  # fmt: skip
            raise UserError(text)

    def _check_comes_after(self, card):
        """A line that is given the number of a customer whom another outlet filed since would make this outlet the
        first that received them: not at the word of whom it helps (2.3, 5.5, 5.6). Within one, the filing decides."""
        if not card or not card.filing_id or self.env.user._manages(self.outlet_id):
            return
        if card.filing_id.outlet_id != self.outlet_id and card.filing_at >= self._moment():
            text = self.env._(
                "Another outlet received the customer with this number after line %s. Register the reception anew, or"
                " ask a manager to correct the line.", self.number
            )  # fmt: skip
            self._refuse_asked(card, text)

    def _check_speaks_for_itself(self, card):
        """What somebody else wrote down is made to speak of no colleague's customer by whom it may help (5.3, 5.8)."""
        if card and card.user_id - self.env.user and not self._is_own_word():
            text = self.env._(
                "This is the number of a colleague's customer, and line %s was recorded by somebody else. Ask them or a"
                " manager to correct it, or register the reception yourself.", self.number
            )  # fmt: skip
            self._refuse_asked(card, text)

    def _refuse_asked(self, card, text):
        """Refused in words that tell whose customer it is: a look-up like any other."""
        outlet = self.with_env(self.env)._asked_at(self.outlet_id.id)
        self.env["showroom.lookup"]._record_refused([(outlet, card._looked_up_as(), card)])
        raise UserError(text)

    def _change_card(self, known):
        """A line with another number tells of another customer; if it alone made the card, the card was mistyped."""
        card = self.lead_id
        if not card or known == card:
            return
        if not known and card.reception_ids == self and not card.ruling_id:  # whose deal it was stays
            card.phone = self.phone_key
        else:
            self.lead_id = False
            card._refile()

    def _name_as_filed(self):
        """The customer's name, to be compared with others; False if it was another customer's line, by name or number,
        when it was recorded."""
        line = self.sudo()
        filed = self.env["showroom.ledger.entry"]._facts_of(line.entry_id.payload) or {}
        texts = {name: line[name] for name in self._committed}
        now = self._commitments({"salt": line.salt or "", **texts})
        same = line.customer_name and all(filed.get(name) == now[name] for name in self._committed)
        return self.env["crm.lead"]._name_key(line.customer_name) if same else False

    def _append_change(self, kind, vals):
        facts = {**self._evidence(vals), "of": self.number}
        return self.env["showroom.ledger.entry"]._append(self.outlet_id, kind, [facts])

    def _state_as(self, rows):
        """A void cannot be undone, nor a correction forgotten, without the ledger telling."""
        kinds = {row.kind for row in rows}
        mine = (self.is_void, self.is_corrected, self.text_entry_id.id)
        corrected = [row.id for row in rows if row.kind == "correction"]
        return super()._state_as(rows) and mine == (
            "void" in kinds,
            bool(corrected),
            corrected[-1] if corrected else False,
        )

    def _stamped_as(self, row):
        """The line is on the page of the day on which it was recorded, in its place."""
        page = not self.page_id or self.page_id.id == row.page_id
        return super()._stamped_as(row) and page and self.line_no == row.line_no

    @api.model
    def _joins_sql(self):
        return "LEFT JOIN showroom_register_page page ON page.outlet_id = e.outlet_id AND page.day = e.day"

    @api.model
    def _stamped_sql(self):
        in_place = "(r.page_id IS NULL OR r.page_id = page.id) AND coalesce(r.line_no, 0) = e.line_no"
        return f"{super()._stamped_sql()} AND {in_place}"

    @api.model
    def _untouched_sql(self):
        unchanged = "r.is_void IS NOT TRUE AND r.is_corrected IS NOT TRUE AND r.text_entry_id IS NULL"
        return f"{super()._untouched_sql()} AND {unchanged}"

    def _text_row(self, rows, own):
        return next((row for row in reversed(rows) if row.kind == "correction"), own)

    def _told(self, values, names):
        return ", ".join(self._told_as(name, values[name]) for name in sorted(names) if name != "phone_key")

    def _told_as(self, name, value):
        """One value as people read it: names and numbers by themselves, all others with what they are of."""
        field = self._fields[name]
        if field.type == "many2one":
            value = self.env[field.comodel_name].browse(self._plain(value)).display_name
        elif field.type == "selection":
            value = dict(field._description_selection(self.env)).get(value)
        told = str(value or "-")
        return told if name in ("customer_name", "phone") else f"{field._description_string(self.env)}: {told}"

    @staticmethod
    def _plain(value):
        return value.id if isinstance(value, models.BaseModel) else value

    @said.takes(reason=said.text)
    def action_void(self, reason):
        """Withdraw lines for good, with a reason. For managers; nobody can unvoid (2.5)."""
        if not self.env.user._manages(self.sudo().outlet_id):
            raise UserError(self.env._("Ask a manager to void the line."))
        if not (reason or "").strip():
            raise UserError(self.env._("Give a reason for voiding the line."))
        for line in self.filtered(lambda each: not each.is_void).sudo():
            line.env["showroom.ledger.entry"]._append(line.outlet_id, "void", [{"of": line.number, "reason": reason}])
            line.write({"is_void": True, "void_reason": reason})
            line._after_change()
        return True

    def _after_change(self):
        """A changed line may gain or lose its place as evidence, and with it the card."""
        self._judge()
        known = self.env["crm.lead"]._cards_by_phone([self.phone_key], self.outlet_id.company_id)
        self._place(known)
        self.lead_id._refile()
