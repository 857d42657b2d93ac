from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..core import evidence, facts
from . import clock, said

CHANNELS = [
    ("visit", "Visit"),
    ("call", "Call"),
    ("online", "Online"),
    ("outreach", "Opened by hand"),
    ("paper", "Paper register"),
    ("adopted", "Adopted at go-live"),
]
FLAWS = [
    ("void", "The line is void"),
    ("not_intact", "Its ledger entry does not verify"),
    ("no_consultant", "No consultant received the customer"),
    ("no_name", "The customer has no name"),
    ("no_phone", "No phone number that can be dialled"),
    ("recorded_late", "Recorded after the day of arrival"),
    ("not_attested", "Dated on or after the day of going live"),
    ("changed_after_close", "Changed after the page was closed"),
    ("corrected", "Corrected on the same day"),
    ("call_is_no_filing", "Calls do not count here"),
    ("outreach_is_no_filing", "Cards opened by hand do not count here"),
]
PARTY_LIMIT = 999
PEOPLE = ("prior", "named", "accompanied_by", "on_behalf_of")


class ShowroomReception(models.Model):
    _name = "showroom.reception"
    _description = "Reception"
    _inherit = ["showroom.evidence.mixin"]
    _entry_kind = "reception"
    _user_fields = frozenset(
        "outlet_id consultant_id channel arrived_at customer_name phone asked prior_id named_id on_behalf_of_id "
        "accompanied_by_id party_size interest request_key".split()
    )
    _committed = ("customer_name", "phone_key")
    _told_columns = {
        name: name
        for name in "consultant_id channel asked prior_id named_id on_behalf_of_id accompanied_by_id told_holder_id "
        "arrived_at".split()
    }
    _correctable = frozenset(
        "customer_name phone asked prior_id named_id on_behalf_of_id accompanied_by_id party_size interest".split()
    )

    outlet_id = fields.Many2one(default=lambda self: self.env.user._outlets()[:1])
    page_id = fields.Many2one("showroom.register.page", readonly=True, index=True, ondelete="restrict")
    line_no = fields.Integer("Line", readonly=True)
    consultant_id = fields.Many2one(
        "res.users", "Received By", index=True, ondelete="restrict", domain="[('share', '=', False)]",
        default=lambda self: self.env.user if self.env.user.has_group("showroom_ownership.group_consultant") else False,
    )  # fmt: skip
    channel = fields.Selection(CHANNELS, required=True, default="visit")
    arrived_at = fields.Datetime("Arrived", required=True, default=lambda self: clock.now(self.env))
    customer_name = fields.Char("Customer", help="Up to 200 characters, as every text of the register.")
    phone = fields.Char(help="As it was said; the customer is recognised by it however it is typed.")
    phone_key = fields.Char("Phone, normalised", readonly=True, index="btree_not_null")
    asked = fields.Selection(
        [("yes", "Yes"), ("no", "No"), ("not_asked", "Not asked")],
        "Been Here Before?", required=True, default="not_asked",
        help="The customer's answer to whether they have been here before (5.8).",
    )  # fmt: skip
    prior_id = fields.Many2one("res.users", "Received Before By", ondelete="restrict", help="Whom they named (5.8).")
    named_id = fields.Many2one("res.users", "Asked For", ondelete="restrict", help="Asked for on arrival (5.3).")
    on_behalf_of_id = fields.Many2one("res.users", "On Behalf Of", ondelete="restrict", help="The absent holder (5.7).")
    accompanied_by_id = fields.Many2one(
        "res.users", "Accompanied By", ondelete="restrict", help="Of another outlet (5.6)."
    )
    told_holder_id = fields.Many2one(
        "res.users", "Holder Shown", readonly=True, ondelete="restrict", help="Whom the match named on the screen."
    )
    party_size = fields.Integer(default=1, help="How many people came, up to 999.")
    interest = fields.Char("Model of Interest")
    lead_id = fields.Many2one("crm.lead", "Card", readonly=True, index=True, ondelete="restrict")
    is_evidence = fields.Boolean("Valid Evidence", readonly=True)
    flaw = fields.Selection(FLAWS, "Why Not", readonly=True)
    is_late = fields.Boolean("Late", readonly=True)
    is_void = fields.Boolean("Void", readonly=True)
    void_reason = fields.Char(readonly=True)
    is_corrected = fields.Boolean("Corrected", readonly=True)
    changed_after_close = fields.Boolean(readonly=True)
    identified_at = fields.Datetime(
        readonly=True,
        help="When a consultant or the reception said whose line it is by a correction: it counts from then.",
    )
    attested_before = fields.Date(readonly=True, help="Go-live day of an adopted card or paper line (2).")
    correction_ids = fields.One2many("showroom.correction", "reception_id", "Corrections", readonly=True)
    text_entry_id = fields.Many2one(
        "showroom.ledger.entry", "Entry of the Text", readonly=True, index=True, ondelete="restrict"
    )

    @api.depends("number")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.number or ""

    # Values

    @api.model
    def _user_vals(self, vals):
        vals = super()._user_vals(vals)
        self._check_who(vals)
        if vals.get("channel") not in ("visit", "call"):
            vals.update(self._paper_vals(vals))
        return self._clean(vals)

    @api.model
    def _clean(self, vals):
        """Texts and numbers in one form, refused with a sentence where they cannot be kept."""
        vals = said.fit(self, vals)
        for name in ("customer_name", "interest", "phone"):
            if name in vals:
                vals[name] = said.text(self.env, vals[name])
        if "phone" in vals:
            vals["phone_key"] = self.env["crm.lead"]._showroom_phone(vals["phone"], vals.get("outlet_id"))
        self._check_absent(vals, lambda: self._cards_of(vals))
        if not 0 <= vals.get("party_size", 1) <= PARTY_LIMIT:
            raise ValidationError(self.env._("A party has up to %s people. Correct their number.", PARTY_LIMIT))
        if vals.get("arrived_at"):
            vals["arrived_at"] = self._check_arrival(fields.Datetime.to_datetime(vals["arrived_at"]))
        return vals

    @api.model
    def _cards_of(self, vals):
        """The cards of who is told to have come; of a line that is corrected, those of its customer."""
        if "phone_key" not in vals:
            return self.sudo().lead_id
        outlet = self.env["crm.team"].sudo().browse(vals.get("outlet_id"))
        found = self.env["crm.lead"]._cards_by_phone([vals["phone_key"]], outlet.company_id)
        [card] = found.values() or [self.sudo().lead_id]
        self._asked_on_behalf(outlet, card)
        return card._same_customer() if card else card

    @api.model
    def _asked_on_behalf(self, outlet, card):
        """Whether somebody of elsewhere can be named tells whose customer it is, whatever comes of the line."""
        user, shown = self.env.user, card._kept_from_user()
        if user._is_limited() and not user._manages(outlet) and (shown or not card):
            where = self.sudo(False)._asked_at(outlet.id)
            self.env["showroom.lookup"]._record_refused([(where, card._looked_up_as(), card)])

    @api.model
    def _check_arrival(self, arrived_at):
        if arrived_at > clock.now(self.env):
            raise ValidationError(self.env._("The customer cannot arrive in the future. Correct the time of arrival."))
        return arrived_at

    @api.model
    def _check_who(self, vals):
        """A consultant registers for themselves, at an outlet of theirs; reception and managers for anybody."""
        user, outlet = self.env.user, self.env["crm.team"].sudo().browse(vals.get("outlet_id"))
        if not outlet.outlet_kind:
            raise UserError(self.env._("Choose the outlet that received the customer."))
        if self.env.su or user._manages(outlet):
            return
        if outlet not in user._outlets():
            raise UserError(
                self.env._("You do not work at %s. Ask somebody there to register the customer.", outlet.name)
            )
        if user._is_consultant() and vals.get("consultant_id") != user.id:
            raise UserError(self.env._("Register the customers you received yourself; ask reception for the others."))
        received = self.env["res.users"].browse(vals.get("consultant_id") or ())
        if received and outlet not in received._outlets():
            name = received.sudo().display_name
            text = self.env._("%(who)s does not work at %(outlet)s. Choose who received the customer there.",
                              who=name, outlet=outlet.name)  # fmt: skip
            raise UserError(text)

    # Ledger

    @api.model
    def _evidence(self, vals):
        facts = {name: vals.get(name) or None for name in ("consultant_id", "channel", "asked", "prior_id", "named_id")}
        facts.update(
            {name: vals.get(name) or None for name in ("on_behalf_of_id", "accompanied_by_id", "told_holder_id")}
        )
        facts["arrived_at"] = fields.Datetime.to_string(vals["arrived_at"])
        return {**facts, **self._commitments(vals)}

    def _evidence_vals(self):
        names = "consultant_id prior_id named_id on_behalf_of_id accompanied_by_id told_holder_id".split()
        plain = "channel asked arrived_at customer_name phone_key salt".split()
        return {**{name: self[name].id for name in names}, **{name: self.sudo()[name] for name in plain}}

    def _current_entry(self):
        """The entry that holds what the line says now."""
        return self.text_entry_id or self.entry_id

    # Facts

    def _fact(self, intact=True):
        """The line as the pure core takes it."""
        self.ensure_one()
        people = {name: self[f"{name}_id"].id or None for name in PEOPLE}
        known = self.channel == "adopted"
        has_name, has_phone = self._has("customer_name"), self._has("phone_key")
        state = {"void": self.is_void, "corrected": self.is_corrected, "changed_after_close": self.changed_after_close}
        where = {"id": self.id, "ref": self.number or "", "outlet": self.outlet_id.id, "card": self.lead_id.id or 0}
        when = {
            "recorded_at": self.recorded_at,
            "arrived_at": self.arrived_at,
            "attested_before": self.attested_before or None,
            "identified_at": self.identified_at or None,
        }
        return facts.Reception(
            **where, **when, **people, **state, recorded_by=self._written_by().id or None,
            consultant=self.consultant_id.id or None, channel=self.channel, asked=self.asked,
            told_by_match=self.told_holder_id.id or None, intact=intact,
            has_name=known or has_name, has_phone=known or has_phone,
        )  # fmt: skip

    def _written_by(self):
        """Who wrote the line down, or put it right, other than its consultant."""
        people = self.recorded_by | self.correction_ids.user_id if self.is_corrected else self.recorded_by
        return (people - self.consultant_id)[:1]

    def _has(self, name):
        """Whether the line tells a name or a number; what was erased is known to have been there by its commitment."""
        if not self.is_erased:
            return bool(self[name])
        entry = self.sudo()._current_entry()
        return bool((entry._facts_of(entry.payload) or {}).get(name))

    def _judge(self):
        """Store whether each line is evidence under its outlet's policy, and if not, why not (2)."""
        intact = self._intact()
        for line in self:
            line.write(line._judgement(line.id in intact))

    def _judgement(self, intact=True):
        return self._judged(self.outlet_id, self._fact(intact))

    @api.model
    def _judged(self, outlet, fact):
        flaw = evidence.reception_flaw(fact, outlet.policy_id._in_force(), outlet._day_of())
        return {"is_evidence": not flaw, "flaw": flaw or False}

    @api.model
    def _verdict(self, stamped):
        outlet = self.env["crm.team"].sudo().browse(stamped["outlet_id"])
        return self._judged(outlet, self._fact_said(stamped))

    @api.model
    def _fact_said(self, vals):
        """The line that is being recorded with these values, as the pure core takes it: it is on no card yet."""
        people = {name: vals.get(f"{name}_id") or None for name in PEOPLE}
        known = vals["channel"] == "adopted"
        where = {"id": 0, "ref": vals["number"], "outlet": vals["outlet_id"], "card": 0}
        when = {"recorded_at": vals["recorded_at"], "arrived_at": vals["arrived_at"]}
        how = {"channel": vals["channel"], "asked": vals.get("asked") or "not_asked"}
        return facts.Reception(
            **where, **when, **people, **how, attested_before=vals.get("attested_before") or None,
            consultant=vals.get("consultant_id") or None, told_by_match=vals.get("told_holder_id") or None,
            has_name=known or bool(vals.get("customer_name")), has_phone=known or bool(vals.get("phone_key")),
        )  # fmt: skip

    def _moment(self):
        """When a line counts from."""
        return self.arrived_at if self.attested_before else self.identified_at or self.recorded_at

    def _credited(self):
        """Whom a line counts for: who received, or the holder they stood in for."""
        return self.on_behalf_of_id or self.consultant_id
