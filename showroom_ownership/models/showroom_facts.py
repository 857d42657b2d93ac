from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ..core import codec, facts
from ..core.facts import SAME

NONE = Domain.FALSE
# What people told beside receptions and follow-ups: kept in the ledger, and to be compared with it.
EVIDENCE = {
    "communications": "showroom.communication",
    "orders": "showroom.order",
    "preregistrations": "showroom.preregistration",
}
DECIDED = {"transfers": "showroom.transfer", "settlements": "showroom.settlement"}
TOLD = ("receptions", "followups")
ON_CARDS = [*TOLD, *EVIDENCE, *DECIDED]


class ShowroomFacts(models.AbstractModel):
    """Gathers the facts of deals for the pure core: the only place that reads, always as a batch."""

    _name = "showroom.facts"
    _description = "Facts of a Deal"

    @api.model
    def _gather(self, deals):
        """The facts of each deal, in the same order, with a constant number of queries.

        :param deals: a list of `facts.Deal`.
        """
        return self._gather_cited(deals)[0]

    @api.model
    def _gather_cited(self, deals, around=None):
        """The same, and the ids of the ledger entries that can be cited, by their number.

        :param around: what `_around` found around the cards of the deals, if somebody has asked already.
        """
        this = self.sudo().with_context(active_test=False)
        around = around or this._around(this.env["crm.lead"].browse([deal.card for deal in deals]))
        cards = this.env["crm.lead"].browse({card for cluster in around.clusters.values() for card in cluster})
        records = this._records(cards, around)
        return this._assemble(deals, around.clusters, records), records["entries"]

    # Records

    @api.model
    def _records(self, cards, around):
        """Everything on the cards, by kind and card, as facts."""
        told = self._on_cards(cards)
        kept = {kind: self._told(kind, cards, around.there[kind]) for kind in EVIDENCE}
        rows = self._rows_about([record.number for records in kept.values() for record in records])
        found = {kind: self._by_card(records, rows, cards) for kind, records in kept.items()}
        found.update({kind: self._decided(kind, cards, around.there[kind]) for kind in DECIDED})
        entries = {row.number: row.id for about in rows.values() for row in about} | told.entries
        known = {"cards": {card.id: card for card in cards}, "grades": around.grades, "told": told, "entries": entries}
        return {**known, "filings": self._filings(cards, told), **told.facts, **found}

    @api.model
    def _rows_about(self, numbers):
        return self.env["showroom.evidence.mixin"]._rows_about(numbers) if numbers else {}

    @api.model
    def _told(self, kind, cards, there):
        """The records of a kind, from those cards that have any."""
        Model, concerned = self.env[EVIDENCE[kind]], cards.browse(there)
        if kind == "preregistrations":  # they name a phone number, and not a card
            return Model._accepted(concerned.mapped("phone_sanitized"))
        standing = Domain("cancelled_at", "=", False) if kind == "orders" else Domain.TRUE
        return Model.search_fetch(Domain("lead_id", "in", concerned.ids) & standing) if concerned else Model

    @api.model
    def _filings(self, cards, told):
        """The filings of cards, by the id of the reception; none for one whose entry does not verify."""
        known = {line.id: line for lines in told.facts["receptions"].values() for line in lines}
        found = {line.id: (line.ref, line.outlet) if line.intact else None for line in known.values()}
        for line in cards.filing_id.filtered(lambda each: each.id not in known):  # it is on another card by now
            found[line.id] = (line.number or "", line.outlet_id.id)
            told.entries[line.number] = line.entry_id.id
        return found

    @api.model
    def _by_card(self, records, rows, cards):
        found, intact = defaultdict(list), records._intact(rows) if records else ()
        by_phone = cards.grouped("phone_sanitized") if records._name == "showroom.preregistration" else None
        for record in records:
            for card in record.lead_id if by_phone is None else by_phone.get(record.phone_key, ()):
                found[card.id].append(record._fact(record.id in intact))
        return found

    @api.model
    def _decided(self, kind, cards, there):
        domain = [("lead_id", "in", list(there)), ("state", "=", "approved")]
        found = defaultdict(list)
        for record in self.env[DECIDED[kind]].search(domain if there else NONE):
            found[record.lead_id.id].append(record._fact())
        return found

    # Deals

    @api.model
    def _assemble(self, deals, clusters, records):
        """The facts of each deal; people and outlets are read once for all of them."""
        parts = [self._parts(clusters[deal.card], records) for deal in deals]
        told = records["told"]
        involved = [self._involved(deal, told, *found) for deal, found in zip(deals, parts, strict=True)]
        people = self._people(set().union(*involved))
        outlets = {outlet.id: outlet._fact() for outlet in self._outlets_of(deals, told, parts)}
        made = zip(deals, parts, involved, strict=True)
        return [
            self._facts(deal, told, outlets, *found, [people[user] for user in sorted(users)])
            for deal, found, users in made
        ]

    @api.model
    def _people(self, users):
        """Who works where, and who has left; by user. Of those who left, where they worked."""
        places = self.env["res.users"]._workplaces()
        found = self.env["res.users"].browse(users)
        return {user.id: self._person(user, *places.get(user.id, ((), (), ()))) for user in found}

    @api.model
    def _person(self, user, where, once, _led):
        here = user.active and bool(where or user._is_here())
        return facts.Person(user.id, here, tuple(sorted(where or once)))

    @api.model
    def _parts(self, cluster, records):
        """The cards of a cluster, and what is on them."""
        customer = {card: relation for card, relation in cluster.items() if relation == SAME}
        about_customer = {"communications", "preregistrations"}  # what was said of a relative is not of the customer
        found = {
            name: self._of_cluster(records[name], customer if name in about_customer else cluster) for name in ON_CARDS
        }
        cards = tuple(self._card(records["cards"][card], relation, records) for card, relation in cluster.items())
        return cards, found

    @api.model
    def _of_cluster(self, by_card, cluster):
        """The facts of a kind on the cards of a cluster; what is on one card alone is left as it was told."""
        found = [by_card[card] for card in cluster if by_card.get(card)]
        if len(found) == 1:
            return found[0] if isinstance(found[0], codec.Told) else tuple(found[0])
        unique = {fact.id: fact for facts_list in found for fact in facts_list}
        return tuple(unique.values())

    @api.model
    def _card(self, card, relation, records):
        filing = records["filings"].get(card.filing_id.id)
        return facts.Card(
            id=card.id,
            number=card.card_number or "",
            outlet=card.outlet_id.id,
            customer=relation,
            owner=card.user_id.id or None,
            departed=card.owner_departed,
            filing=filing and facts.Filing(filing[0], card.filing_at, filing[1]),
            rhythm_start=card.rhythm_start or None,
            grades=tuple(records["grades"].get(card.id, ())),
        )

    @api.model
    def _facts(self, deal, told, outlets, cards, found, people):
        places = tuple(outlets[each] for each in self._places(deal, told, cards, found))
        where = {"outlets": places, "people": tuple(people), "cards": cards, "kind": facts.KIND}
        return facts.Facts(deal=deal, **where, **found)

    @api.model
    def _places(self, deal, told, cards, found):
        """The outlets that the facts of a deal tell of."""
        on_cards = [told.outlets[card.id] for card in cards]
        others = {fact.outlet for name in EVIDENCE for fact in found[name] if hasattr(fact, "outlet")}
        return others.union({deal.outlet}, {card.outlet for card in cards}, *on_cards)

    @api.model
    def _outlets_of(self, deals, told, parts):
        places = [self._places(deal, told, *found) for deal, found in zip(deals, parts, strict=True)]
        return self.env["crm.team"].browse(sorted(set().union(*places)))

    @api.model
    def _involved(self, deal, told, cards, found):
        """Whom the facts of a deal tell of."""
        names, kinds = ("consultant", "by", "with_", "to"), [*EVIDENCE, *DECIDED]
        people = {getattr(fact, name, None) for kind in kinds for fact in found[kind] for name in names}
        on_cards = [told.people[card.id] for card in cards]
        return people.union({deal.closer}, {card.owner for card in cards}, *on_cards) - {None}
