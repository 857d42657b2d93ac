from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

from ..core import facts
from ..core.codec import Told

KINDS = {"receptions": facts.Reception, "followups": facts.FollowUp}
MODELS = {"receptions": "showroom.reception", "followups": "showroom.followup"}


def _text(column):
    """A text of our own making: a number, a choice. The ledger has hashed the very same between quotes."""
    return f"""'"' || {column} || '"'"""


def _moment(column):
    return f"""'"' || replace({column}::text, ' ', 'T') || '"'"""


def _or_null(column):
    return f"coalesce({column}::text, 'null')"


def _committed(column):
    """What binds to a text without showing it, as `core.ledger.commitment` makes it; nothing for no text."""
    bound = f"encode(sha256(convert_to(r.salt || E'\\x1f' || normalize({column}, NFC), 'UTF8')), 'hex')"
    return f"CASE WHEN {column} <> '' THEN {_text(bound)} ELSE 'null' END"


def _said(**facts):
    """The facts of a payload, as `core.ledger.canonical` tells them."""
    return _object(facts, sorted(facts))


def _fact(plain, **others):
    """A fact as `core.codec` dumps it: its plain values, and of the others what is not as it mostly is.

    :param others: the value and the condition on which it is told.
    """
    told = [f"CASE WHEN {when} THEN ',\"{name}\":' || {value} ELSE '' END" for name, (value, when) in others.items()]
    return _object(plain, plain, *told)


def _object(values, names, *more):
    pairs = " || ',".join([f'"{name}":\' || {values[name]}' for name in names])
    return " || ".join([f"'{{{pairs}", *more, "'}'"])


def _unless_nothing(column, value=None):
    return value or column, f"{column} IS NOT NULL"


# What the ledger must have said of a record (`_evidence`), and the record as a fact (`_fact`). What is not as plain as
# this is asked of the record itself.
PLAIN = {"id": "r.id", "ref": _text("r.number"), "outlet": "r.outlet_id", "card": "r.lead_id"}
FOLLOWUP_SAID = _said(
    at=_text("r.happened_at"), consultant_id=_or_null("r.consultant_id"), method=_text("r.method"),
    on_behalf_of_id=_or_null("r.on_behalf_of_id"), outcome=_committed("r.outcome"), reached="(r.reached IS TRUE)",
)  # fmt: skip
FOLLOWUP = _fact(
    {**PLAIN, "consultant": "r.consultant_id", "happened_at": _moment("r.happened_at"),
     "recorded_at": _moment("r.recorded_at")},
    method=(_text("r.method"), "r.method <> 'call'"), on_behalf_of=_unless_nothing("r.on_behalf_of_id"),
    reached=("'false'", "r.reached IS NOT TRUE"), adopted=("'true'", "r.is_adopted"),
)  # fmt: skip
RECEPTION_SAID = _said(
    arrived_at=_text("r.arrived_at"), channel=_text("r.channel"), asked=_text("r.asked"),
    customer_name=_committed("r.customer_name"), phone_key=_committed("r.phone_key"),
    **{name: _or_null(f"r.{name}") for name in
       "accompanied_by_id consultant_id named_id on_behalf_of_id prior_id told_holder_id".split()},
)  # fmt: skip
RECEPTION = _fact(
    {**PLAIN, "consultant": _or_null("r.consultant_id"), "recorded_at": _moment("r.recorded_at"),
     "arrived_at": _moment("r.arrived_at")},
    channel=(_text("r.channel"), "r.channel <> 'visit'"), asked=(_text("r.asked"), "r.asked <> 'not_asked'"),
    has_name=("'false'", "r.channel <> 'adopted' AND coalesce(r.customer_name, '') = ''"),
    has_phone=("'false'", "r.channel <> 'adopted' AND coalesce(r.phone_key, '') = ''"),
    recorded_by=("r.recorded_by", "r.recorded_by IS DISTINCT FROM r.consultant_id"),
    changed_after_close=("'true'", "r.changed_after_close"), told_by_match=_unless_nothing("r.told_holder_id"),
    attested_before=_unless_nothing("r.attested_before", _text("to_char(r.attested_before, 'YYYY-MM-DD')")),
    **{name: _unless_nothing(f"r.{name}_id") for name in ("on_behalf_of", "prior", "named", "accompanied_by")},
)  # fmt: skip

# `stands`: the entry is as it was written, where it was, says what the record says, and no later one is about it.
# Payloads are compared as text: they are canonical. The number is compared too, so that a fact tells nothing that was
# not hashed. One join for both kinds: to plan this query takes longer than to run it. Materialized: hashed once.
# Lateral, and kept so by its offset: of a customer of years PostgreSQL would read the whole ledger, and hash that.
TOLD = f"""
WITH record AS (
    SELECT 'receptions' AS kind, r.lead_id AS card, r.id, r.number, r.entry_id, r.outlet_id, r.recorded_at,
           r.recorded_by, CASE WHEN r.attested_before IS NULL THEN r.recorded_at ELSE r.arrived_at END AS moment,
           ARRAY[r.consultant_id, r.on_behalf_of_id, r.prior_id, r.named_id, r.accompanied_by_id] AS people,
           r.line_no, r.page_id, (r.is_erased OR r.is_void OR r.is_corrected OR r.text_entry_id IS NOT NULL)
               IS TRUE AS is_changed, {RECEPTION_SAID} AS said, {RECEPTION} AS fact
    FROM showroom_reception r WHERE r.lead_id = ANY(%(cards)s)
    UNION ALL
    SELECT 'followups', r.lead_id, r.id, r.number, r.entry_id, r.outlet_id, r.recorded_at, r.recorded_by,
           r.happened_at, ARRAY[r.consultant_id, r.on_behalf_of_id], 0, NULL, r.is_erased IS TRUE,
           {FOLLOWUP_SAID}, {FOLLOWUP}
    FROM showroom_followup r WHERE r.lead_id = ANY(%(cards)s)
), told AS MATERIALIZED (
    SELECT r.*, CASE WHEN NOT r.is_changed
        AND e.hash = encode(sha256(convert_to(e.prev_hash || e.payload, 'UTF8')), 'hex')
        AND strpos(e.payload, ',"facts":' || said || ',"kind":"' || e.kind || '","number":"' || r.number || '",') > 0
        AND (e.number, e.recorded_at, e.outlet_id, e.user_id) = (r.number, r.recorded_at, r.outlet_id, r.recorded_by)
        AND e.about IS NULL
        AND (SELECT count(*) FROM showroom_ledger_entry later WHERE later.about = r.number) = 0
        AND e.prev_hash = coalesce((SELECT hash FROM showroom_ledger_entry p
                                    WHERE p.outlet_id = e.outlet_id AND p.seq = e.seq - 1), repeat('0', 64))
        AND (r.kind = 'followups' OR coalesce(e.line_no, 0) = coalesce(r.line_no, 0))
        AND (r.page_id IS NULL OR r.page_id = (
            SELECT id FROM showroom_register_page page WHERE page.outlet_id = e.outlet_id AND page.day = e.day))
    THEN fact END AS standing
    FROM record r LEFT JOIN LATERAL (SELECT * FROM showroom_ledger_entry WHERE id = r.entry_id OFFSET 0) e ON true
)
SELECT kind, card, '[' || string_agg(standing, ', ' ORDER BY moment, id) || ']',
       array_agg(id) FILTER (WHERE standing IS NULL), array_agg(DISTINCT outlet_id),
       (SELECT array_agg(DISTINCT person) FROM unnest(array_agg(people)) AS person WHERE person IS NOT NULL),
       array_agg(number) FILTER (WHERE kind = 'receptions'), array_agg(entry_id) FILTER (WHERE kind = 'receptions')
FROM told GROUP BY kind, card
"""
READ_FROM = ("showroom.reception", "showroom.followup", "showroom.ledger.entry", "showroom.register.page")


class OnCards(NamedTuple):
    """What was told on cards.

    :param facts: by kind and card: `Told`, or a tuple of facts where a record had to be looked at.
    :param people, outlets: by card, whom and which outlets they tell of, by id.
    :param entries: the ids of the ledger entries of receptions, by number.
    """

    facts: dict
    people: dict
    outlets: dict
    entries: dict


class ShowroomFacts(models.AbstractModel):
    """Receptions and follow-ups as facts: checked against the ledger and told by the database itself, because a
    customer of years has a thousand of them. One query for any number of cards."""

    _inherit = "showroom.facts"

    @api.model
    def _on_cards(self, cards):
        found = OnCards({kind: {} for kind in KINDS}, defaultdict(set), defaultdict(set), {})
        unsure = defaultdict(list)
        for kind, card, told, doubtful, outlets, people, numbers, entries in self._told_rows(cards):
            found.facts[kind][card] = Told(KINDS[kind], told) if told else ()
            found.outlets[card].update(outlets)
            found.people[card].update(people or ())
            found.entries.update(zip(numbers or (), entries or (), strict=True))
            unsure[kind] += doubtful or ()
        for kind, ids in unsure.items():
            self._look_at(self.env[MODELS[kind]].browse(ids), found.facts[kind])
        return found

    @api.model
    def _told_rows(self, cards):
        for model in READ_FROM:
            self.env[model].flush_model()
        return self.env.execute_query(SQL(TOLD, cards=cards.ids)) if cards else ()

    @api.model
    def _look_at(self, records, told):
        """Records that were changed since, or are not as they were recorded: asked one by one whether they stand."""
        intact = records._intact() if records else ()
        for card, some in records.grouped("lead_id").items():
            looked_at = [record._fact(record.id in intact) for record in some]
            told[card.id] = (*told[card.id], *looked_at)
