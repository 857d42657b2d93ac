"""The register of one outlet: what happened on its days, in order, each with its entry in the chain."""

import hashlib
import random
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import SUPERUSER_ID

from odoo.addons.showroom_ownership.core import ledger
from odoo.addons.showroom_ownership.core.dossier import local_day
from odoo.addons.showroom_ownership.models import clock

from .cards import MADE, UTC, Cards, midnight

RECEPTION = "accompanied_by_id asked channel consultant_id named_id on_behalf_of_id prior_id told_holder_id".split()
CLOSED_AFTER = 20  # days, for lost cards


class Register:
    """Fills outlets with cards whose contacts lie so that as many as wanted have lapsed."""

    def __init__(self, env, tables, options):
        self.env, self.tables, self.options = env, tables, options
        self.random = random.Random(options.seed)
        self.now = clock.now(env)
        self.cards = Cards(env, tables)

    def fill(self, place, counts, number):
        """The cards of one outlet.

        :param counts: how many cards are open, and how many lost.
        """
        self.outlet, sellers = place
        self.zone, self.today = ZoneInfo(self.outlet.tz), local_day(self.now, self.outlet.tz)
        count, lost = counts
        owners = [*self._owners(sellers, count), *self._owners(sellers, lost)]
        states = [*map(self._state, range(count)), *["lost"] * lost]
        made = [self._card(at, owners[at], number, state) for at, state in enumerate(states)]
        self._thicken(made, number)
        events = [event for card in made for event in card["events"]]
        self._record(sorted(events + self._midnights(events), key=lambda event: event["at"]))
        for card in made:
            self.cards.keep(card, self.outlet)

    def _owners(self, sellers, count):
        """The first consultant of an outlet has many cards, the others share the rest."""
        big = min(self.options.big, count // 2) if len(sellers) > 1 else 0
        rest = sellers[1:] or sellers
        return [sellers[0]] * big + [rest[index % len(rest)] for index in range(count - big)]

    # Cards

    def _card(self, index, owner, number, state):
        """A card with its contacts: the last one says whether it has lapsed."""
        serial = number * 1_000_000 + index
        last = self.today - timedelta(days=self._back(state))
        first = last - timedelta(days=self.random.choice([0, 0, 3, 9, 12]))
        card = {"id": self.tables.id("crm_lead"), "owner": owner, "serial": serial, "state": state}
        days = [first] + ([last] if last != first else [])
        kinds = ["reception", "followup"]
        card["events"] = [
            {"kind": kind, "card": card, "at": self._moment(day)} for kind, day in zip(kinds, days, strict=False)
        ]
        if state == "lost":
            card["closed_at"] = card["events"][-1]["at"] + timedelta(days=self.random.randrange(1, CLOSED_AFTER))
        return card

    def _back(self, state):
        """How many days ago the last contact was; closed cards go back as far as the register does."""
        back = {"lapsed": (20, 30), "overdue": (16, 20), "lost": (CLOSED_AFTER + 1, self.options.days)}
        return self.random.randrange(*back.get(state, (1, 14)))

    def _thicken(self, made, number):
        """One card has many more follow-ups than any other."""
        card = next((each for each in made if each["state"] == "current" and len(each["events"]) == 2), None)
        if number or not card:
            return
        first, last = card["events"]
        for at in range(self.options.thick):
            moment = first["at"] + (last["at"] - first["at"]) * at / self.options.thick
            card["events"].insert(1, {"kind": "followup", "card": card, "at": moment.replace(microsecond=0)})
        card["events"].sort(key=lambda event: event["at"])

    def _state(self, index):
        """Every so many cards are lapsed or overdue, spread over the consultants."""
        each = self.options.cards
        lapsed, overdue = self.options.lapsed / each, self.options.overdue / each
        point = (index * 0.6180339887) % 1
        return "lapsed" if point < lapsed else "overdue" if point < lapsed + overdue else "current"

    def _moment(self, day):
        """Some second of the opening hours of a local day, in UTC."""
        local = datetime.combine(day, time(9), self.zone) + timedelta(seconds=self.random.randrange(9 * 3600))
        return local.astimezone(UTC).replace(tzinfo=None)

    # Entries

    def _midnights(self, events):
        """The seals of all days up to yesterday, each a minute after midnight."""
        self.first = min(event["at"] for event in events).replace(tzinfo=UTC).astimezone(self.zone).date()
        days = [self.first + timedelta(days=number) for number in range((self.today - self.first).days)]
        return [{"kind": "close", "day": day, "at": midnight(day, self.outlet)} for day in days]

    def _record(self, events):
        """Append the events to the chain; the page of a day is opened by its first line or by its seal."""
        self.head = {"seq": 0, "hash": ledger.GENESIS, "day": None, "lines": 0, "entries": 0, "at": self.now}
        self.pages, self.counts = {}, {}
        for event in events:
            getattr(self, f"_{event['kind']}")(event)
        self._store_head()

    def _append(self, event, facts, by):
        head, day, kind = self.head, local_day(event["at"], self.outlet.tz), event["kind"]
        if head["day"] != day:
            head.update(day=day, lines=0, entries=0)
        counter, mark = ("lines", "") if kind == "reception" else ("entries", "E")
        head[counter] += 1
        number = f"{self.outlet.outlet_code}/{day}/{mark}{head[counter]:03d}"
        line_no = head["lines"] if kind == "reception" else 0
        stamp = {"outlet": self.outlet.outlet_code, "tz": self.outlet.tz, "seq": head["seq"] + 1, "number": number}
        at = {"at": event["at"].isoformat(), "day": day.isoformat(), "by": by, "kind": kind, "facts": facts}
        payload, previous = ledger.canonical({**stamp, **at}), head["hash"]
        head.update(seq=head["seq"] + 1, hash=ledger.chain_hash(previous, payload), at=event["at"])
        entry = self.tables.add(
            "showroom_ledger_entry", outlet_id=self.outlet.id, seq=head["seq"], line_no=line_no, user_id=by,
            number=number, tz=self.outlet.tz, kind=kind, prev_hash=previous, hash=head["hash"], day=day,
            payload=payload, recorded_at=event["at"], create_date=event["at"], write_date=event["at"], **MADE,
        )  # fmt: skip
        return {"entry_id": entry, "number": number, "recorded_at": event["at"], "recorded_by": by}, line_no, day

    def _reception(self, event):
        card, at = event["card"], event["at"]
        by, name, phone = card["owner"].id, f"Customer {card['serial']}", f"+861{3_900_000_000 + card['serial']}"
        salt = hashlib.md5(name.encode()).hexdigest()
        texts = {"customer_name": ledger.commitment(salt, name), "phone_key": ledger.commitment(salt, phone)}
        said = {"consultant_id": by, "channel": "visit", "asked": "not_asked"}
        facts = {**dict.fromkeys(RECEPTION), **said, "arrived_at": str(at), **texts}
        stamp, line_no, day = self._append(event, facts, by)
        self.counts[day] = self.counts.get(day, 0) + 1
        card["filing"], card["filed_at"] = self.tables.add(
            "showroom_reception", outlet_id=self.outlet.id, page_id=self._page(day), line_no=line_no, party_size=1,
            lead_id=card["id"], salt=salt, customer_name=name, phone=phone[3:], phone_key=phone, is_evidence=True,
            is_late=False, arrived_at=at, create_date=at, write_date=at, **said, **stamp, **MADE,
        ), at  # fmt: skip
        card.update(name=name, phone=phone, number=stamp["number"])

    def _followup(self, event):
        card, at = event["card"], event["at"]
        by, salt = card["owner"].id, hashlib.md5(card["name"].encode()).hexdigest()
        said = {"consultant_id": by, "method": "call", "reached": True}
        facts = {**said, "on_behalf_of_id": None, "outcome": None, "at": str(at)}
        stamp, _line, _day = self._append(event, facts, by)
        self.tables.add(
            "showroom_followup", outlet_id=self.outlet.id, lead_id=card["id"], salt=salt, is_valid=True,
            happened_at=at, create_date=at, write_date=at, **said, **stamp, **MADE,
        )  # fmt: skip

    def _close(self, event):
        day, lines = event["day"], self.counts.get(event["day"], 0)
        page = f"{self.outlet.outlet_code}/{day}"
        last = f"{page}/{lines:03d}" if lines else None
        facts = {"page": page, "day": day.isoformat(), "lines": lines, "last": last, "head": self.head["hash"]}
        stamp, _line, _day = self._append(event, facts, SUPERUSER_ID)
        self.tables.add(
            "showroom_register_page", id=self._page(day), outlet_id=self.outlet.id, entry_id=stamp["entry_id"],
            closed_by=SUPERUSER_ID, day=day, closed_at=event["at"], mailed_at=event["at"], create_date=event["at"],
            write_date=event["at"], **MADE,
        )  # fmt: skip

    def _page(self, day):
        if day not in self.pages:
            self.pages[day] = self.tables.id("showroom_register_page")
        return self.pages[day]

    def _store_head(self):
        head, sealed = self.head, self.today - timedelta(days=1)
        self.env.cr.execute("SET LOCAL session_replication_role = replica")
        self.env.cr.execute(
            """UPDATE showroom_ledger_head SET last_seq = %s, last_hash = %s, last_at = %s, day = %s, day_lines = %s,
               day_entries = %s, sealed_to = %s WHERE outlet_id = %s""",
            [
                head["seq"],
                head["hash"],
                head["at"],
                head["day"],
                head["lines"],
                head["entries"],
                sealed,
                self.outlet.id,
            ],
        )
        self.env.cr.execute("UPDATE crm_team SET live_since = %s WHERE id = %s", [self.first, self.outlet.id])
