from collections import defaultdict
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.tools import SQL

from ..core import rhythm
from ..core.facts import GradeSpell
from .columns import CARD
from .showroom_ruling import STATES as RULING_STATES

BADGES = [
    ("appealed", "Appealed"),
    ("arbitration", "Arbitration"),
    ("negotiation", "Negotiation"),
    ("provisional", "Provisional ruling"),
    ("cancelled", "Cancelled"),
    ("transfer_pending", "Transfer pending"),
    ("pool", "Pool"),
    ("noticed", "Noticed"),
    ("overdue", "Overdue"),
    ("ordered", "Ordered"),
    ("contested", "Contested"),
    ("protected", "Protected"),
    ("due_today", "Due today"),
    ("filed", "Filed"),
    ("unfiled", "Not filed"),
    ("settled", "Settled"),
]
FOLLOWUP_STATES = [
    ("none", "None asked for"),
    ("on_time", "On time"),
    ("due_today", "Due today"),
    ("overdue", "Overdue"),
    ("noticed", "Noticed"),
]


# The senior card of each number. A number may be known to the register alone: of merged cards, or changed since.
CARDS_BY_PHONE = """
SELECT DISTINCT ON (number) number, id
FROM (SELECT phone_sanitized AS number, id, 0 AS rank, filing_id, filing_at FROM crm_lead
      WHERE outlet_id IS NOT NULL AND phone_sanitized IN %(numbers)s AND (company_id = %(company)s) IS NOT FALSE
      UNION ALL
      SELECT line.phone_key, card.id, 1, card.filing_id, card.filing_at
      FROM showroom_reception line JOIN crm_lead card ON card.id = line.lead_id
      WHERE line.phone_key IN %(numbers)s AND line.is_void IS NOT TRUE
        AND (card.company_id = %(company)s) IS NOT FALSE) AS found
ORDER BY number, rank, filing_id IS NULL, filing_at, filing_id, id
"""


class CrmLead(models.Model):
    """A lead of an outlet is a customer's card (1)."""

    _inherit = "crm.lead"

    outlet_id = fields.Many2one(
        "crm.team", "Outlet", compute="_compute_outlet_id", store=True, index="btree_not_null",
        ondelete="restrict", help="The sales team, if it is an outlet; empty for leads that are no cards.",
    )  # fmt: skip
    card_number = fields.Char(readonly=True, copy=False, index="btree_not_null", help="Never changes.")
    filing_id = fields.Many2one(
        "showroom.reception", "Filing", readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        help="The reception by which the card was filed (1).",
    )  # fmt: skip
    filing_at = fields.Datetime("Filed", readonly=True, copy=False, help="When the filing counts from.")
    owner_since = fields.Datetime(readonly=True, copy=False)
    owner_departed = fields.Boolean("Owner Has Left", readonly=True, copy=False)
    rhythm_start = fields.Datetime(readonly=True, copy=False, help="An approved transfer starts the rhythm (3).")
    grade_id = fields.Many2one(
        "showroom.grade", "Grade", copy=False, ondelete="restrict", index="btree_not_null", tracking=True,
        domain="[('policy_id.version_ids', '!=', False)]", help="How soon the customer is expected to buy (3).",
    )  # fmt: skip
    followup_due = fields.Date(
        "Follow-up Due", readonly=True, copy=False, index="btree_not_null", help="Overdue on every local day after (3)."
    )
    followup_state = fields.Selection(FOLLOWUP_STATES, "Follow-up", compute="_compute_badge")
    last_contact_at = fields.Datetime("Last Contact", readonly=True, copy=False)
    in_town = fields.Boolean(default=True, help="Decides how often a follow-up must be a visit (3).", prefetch=CARD)
    next_method = fields.Selection([("call", "Call"), ("visit", "Visit")], compute="_compute_next_method")
    order_date = fields.Datetime("Ordered", readonly=True, copy=False, help="An ordered card never lapses (4.5).")
    closer_id = fields.Many2one(
        "res.users", "Closer", copy=False, index="btree_not_null", ondelete="restrict", tracking=True,
        domain="[('share', '=', False)]", help="Who closed the deal; empty: who marks it won (5).",
    )  # fmt: skip
    is_cancelled = fields.Boolean("Cancelled", readonly=True, copy=False)
    is_contested = fields.Boolean("Contested", readonly=True, copy=False)
    protected_until = fields.Date(readonly=True, copy=False, help="Last day of a pre-registration in force.")
    pending_transfer_id = fields.Many2one(
        "showroom.transfer", "Pending Transfer", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    notice_id = fields.Many2one(
        "showroom.notice", "Notice", readonly=True, copy=False, index="btree_not_null", ondelete="set null"
    )
    ruling_id = fields.Many2one(
        "showroom.ruling", "Ruling in Force", readonly=True, copy=False, index="btree_not_null", ondelete="restrict"
    )
    ruling_state = fields.Selection(RULING_STATES, "Ruling", readonly=True, copy=False)
    ownership_badge = fields.Selection(
        BADGES, "Ownership", compute="_compute_badge", help="The state of ownership, the most urgent first."
    )
    reception_ids = fields.One2many("showroom.reception", "lead_id", "Receptions", readonly=True)
    followup_ids = fields.One2many("showroom.followup", "lead_id", "Follow-ups", readonly=True)
    communication_ids = fields.One2many("showroom.communication", "lead_id", "Communications", readonly=True)
    order_ids = fields.One2many("showroom.order", "lead_id", "Orders", readonly=True)
    ownership_ids = fields.One2many("showroom.ownership", "lead_id", "Owners", readonly=True)
    transfer_ids = fields.One2many("showroom.transfer", "lead_id", "Transfers", readonly=True)
    ruling_ids = fields.One2many("showroom.ruling", "lead_id", "Rulings", readonly=True)

    _phone_card_idx = models.Index("(phone_sanitized) WHERE outlet_id IS NOT NULL")

    # Computes

    @api.depends("team_id")
    def _compute_outlet_id(self):
        outlets = self.env["crm.team"]._outlet_ids()
        for lead in self:
            lead.outlet_id = lead.team_id if lead.team_id.id in outlets else False

    @api.depends(
        "outlet_id", "followup_due", "notice_id", "ruling_state", "is_cancelled", "pending_transfer_id", "user_id",
        "order_date", "is_contested", "protected_until", "filing_id",
    )  # fmt: skip
    def _compute_badge(self):
        """Written for all cards of a badge at once: a pipeline shows hundreds."""
        outlets = self.env["crm.team"]._outlet_terms() if any(lead.outlet_id for lead in self) else {}
        badges, states = defaultdict(list), defaultdict(list)
        for lead in self:
            terms = outlets.get(lead.outlet_id.id)
            state = rhythm.state(lead.followup_due or None, terms.today) if terms else False
            badges[badge_of(lead, state, terms.today) if terms else False].append(lead.id)
            states["noticed" if terms and lead.notice_id else state].append(lead.id)
        for badge, ids in badges.items():
            self.browse(ids).ownership_badge = badge
        for state, ids in states.items():
            self.browse(ids).followup_state = state

    def _is_card(self):
        """Whether this is a lead of an outlet that there is; reads what was read already."""
        try:
            return bool(self.outlet_id)
        except MissingError:
            return False

    @api.depends("followup_ids.is_valid", "in_town", "outlet_id")
    def _compute_next_method(self):
        for lead in self:
            lead.next_method = lead._next_method() if lead.outlet_id.sudo().policy_id.visit_rhythm else False

    def _next_method(self):
        made = self.followup_ids.filtered("is_valid").sorted("happened_at")
        return rhythm.next_method(made.mapped("method"), self.in_town)

    # Recognising a customer

    @api.model
    def _showroom_phone(self, phone, outlet_id=False):
        """A phone number in international form by Odoo's own means, False if it is none."""
        company = self.env["crm.team"].sudo().browse(outlet_id).company_id or self.env.company
        return self._phone_format(number=phone, country=self._country_of(company.sudo())) if phone else False

    @api.model
    def _country_of(self, company):
        """A company's country, without the rest of its address: a desk asks with every number that is typed."""
        contact = company.partner_id
        contact.fetch(["country_id", "type"])
        return contact.country_id if contact.type == "contact" else company.country_id

    @api.model
    def _cards_by_phone(self, numbers, company=None):
        """The senior card of each normalised number, also lost ones; one query for any number of numbers.

        :param company: whose customers are looked for, with those of no company; None: everybody's.
        """
        cards = self.sudo().with_context(active_test=False)
        numbers = [number for number in set(numbers) if number]
        if not numbers:
            return {}
        self.flush_model(["phone_sanitized", "outlet_id", "company_id", "filing_id", "filing_at"])
        self.env["showroom.reception"].flush_model(["phone_key", "lead_id", "is_void"])
        whose = company.id or None if company else None
        rows = self.env.execute_query(SQL(CARDS_BY_PHONE, numbers=tuple(numbers), company=whose))
        return {number: cards.browse(card) for number, card in rows}

    def _seniority(self):
        """Orders cards of one customer: filed ones first, the earliest filing first."""
        return (not self.filing_id, self.filing_at or fields.Datetime.now(), self.filing_id.id, self.id)

    def _card_values(self, line=None):
        """What every card has from its first moment; filed if it was opened by a valid reception."""
        grade = self.outlet_id.policy_id._default_grade()
        values = {"card_number": self.card_number or self._own_number(), "grade_id": self.grade_id.id or grade.id}
        return {**values, **(self._filed_values(line, grade) if line and line.is_evidence else {})}

    def _own_number(self):
        return f"{self.outlet_id.outlet_code}-{self.id:06d}"

    def _number(self):
        new = self.filtered(lambda card: not card.card_number)
        self._update_cards({card: {"card_number": card._own_number()} for card in new})

    def _filed_values(self, line, grade):
        """The filing that opened a card, which also starts its rhythm."""
        spell = GradeSpell(line.recorded_at, grade.code or "-", grade.count, grade.period)
        filed = {"filing_id": line.id, "filing_at": line._moment()}
        return {**filed, **self._rhythm_vals([line._moment()], [spell])}

    @api.model
    def _open_cards_by_owner(self, users):
        """How many open cards each user has."""
        domain = [("user_id", "in", users.ids), ("outlet_id", "!=", False), ("won_status", "=", "pending")]
        counts = {user.id: count for user, count in self._read_group(domain, ["user_id"], ["__count"])}
        return {user.id: counts.get(user.id, 0) for user in users}

    # Contest and protection

    def _refresh_contested(self, clusters=None):
        """Another active consultant received the customer in their own name since the owner last changed, by a line
        that is evidence, or holds another card of the same customer.

        :param clusters: what is around the cards, if it is known already.
        """
        cards = self.sudo()
        rivals = cards._rival_receptions()
        same = self.env["showroom.facts"]._customer_cards(cards, clusters)
        values = {card: bool(rivals[card.id]) or card._has_rival(same[card.id]) for card in cards}
        changed = {card: {"is_contested": value} for card, value in values.items() if card.is_contested != value}
        cards._update_cards(changed)
        self.browse(card.id for card in changed if card.is_contested)._look_up_rivals()

    @api.model
    def _end_contests(self, users):
        """Those who left contest nothing any more."""
        domain = [("is_contested", "=", True), ("reception_ids.consultant_id", "in", users.ids)]
        self.search(domain)._refresh_contested()

    def _rival_receptions(self):
        """For each card, who else received the customer in their own name, validly, since the owner last changed."""
        domain = [
            ("lead_id", "in", self.ids), ("is_evidence", "=", True), ("on_behalf_of_id", "=", False),
            ("consultant_id", "!=", False), ("channel", "not in", ("adopted", "paper")),
            "|", ("channel", "!=", "outreach"), ("is_evidence", "=", True),  # else nobody was received
        ]  # fmt: skip
        Reception, rivals = self.env["showroom.reception"].sudo(), {card.id: self.env["res.users"] for card in self}
        owners = {card.id: card.user_id for card in self}
        for card, user, last in Reception._read_group(domain, ["lead_id", "consultant_id"], ["recorded_at:max"]):
            if user != owners[card.id] and last >= card._owned_since() and user._is_here():
                rivals[card.id] |= user
        return rivals

    def _owned_since(self):
        return self.owner_since or self.create_date

    def _has_rival(self, cards):
        """Whether somebody else holds one of these cards by a filing: one opened beside it puts nothing in question."""
        others = (cards - self).filtered(lambda card: card.active and card.user_id.active and card.filing_id)
        return any(card.user_id != self.user_id for card in others)

    def _same_customer(self):
        """All cards of the customer: same number, same contact, or linked as the same (5, cluster)."""
        return self.env["showroom.facts"]._customer_cards(self)[self.id]

    def _cluster(self):
        """All cards of the customer and of the family (5, cluster)."""
        cards = self.sudo().with_context(active_test=False)
        return cards.browse(cards.env["showroom.facts"]._clusters(cards)[self.id])

    def _refresh_protection(self):
        """The last day on which an accepted pre-registration protects the card."""
        entries = self.env["showroom.preregistration"].sudo()._in_force([card.phone_sanitized for card in self])
        last_days = {}
        for entry in entries:
            last_days.setdefault(entry.phone_key, []).append(entry.valid_until or date.max)
        values = {card: max(last_days.get(card.phone_sanitized, ()), default=False) for card in self.sudo()}
        changed = {card: {"protected_until": day} for card, day in values.items() if card.protected_until != day}
        self._update_cards(changed)


def badge_of(card, state, today):
    """The first of the badges, in the order of their urgency, that fits a card, or what is known of one."""
    if card.ruling_state:
        return "settled" if card.ruling_state == "final" else card.ruling_state
    fits = (
        ("cancelled", card.is_cancelled),
        ("pool", not card.user_id),
        ("transfer_pending", card.pending_transfer_id),
        ("noticed", card.notice_id),
        ("overdue", state == rhythm.OVERDUE),
        ("ordered", card.order_date),
        ("contested", card.is_contested),
        ("protected", card.protected_until and card.protected_until >= today),
        ("due_today", state == rhythm.DUE_TODAY),
        ("filed", card.filing_id),
    )
    return next((badge for badge, fit in fits if fit), "unfiled")
