"""The register of one outlet: what happened on its days, in order, each with its entry in the chain."""

import hashlib
import random
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import SUPERUSER_ID

from odoo.addons.showroom_ownership.core import ledger, rhythm
from odoo.addons.showroom_ownership.core.dossier import local_day
from odoo.addons.showroom_ownership.core.facts import GradeSpell
from odoo.addons.showroom_ownership.models import clock

UTC = ZoneInfo("UTC")
RECEPTION = "accompanied_by_id asked channel consultant_id named_id on_behalf_of_id prior_id told_holder_id".split()
MADE = {"create_uid": SUPERUSER_ID, "write_uid": SUPERUSER_ID}


class Register:
    """Fills outlets with cards whose contacts lie so that as many as wanted have lapsed."""

    def __init__(self, env, tables, options):
        self.env, self.tables, self.options = env, tables, options
        self.random = random.Random(options.seed)
        self.now = clock.now(env)
        self.grade = env.ref("showroom_ownership.policy_six_principles")._default_grade()
        self.stages = env["crm.stage"].search([("is_won", "=", False)])
        self.subtypes = env["mail.message.subtype"].default_subtypes("crm.lead")[0].ids
        self.overdue = env.ref("showroom_ownership.mail_activity_type_overdue").id
        self.model = env["ir.model"]._get_id("crm.lead")
        self.note = env.ref("mail.mt_note").id

    def fill(self, place, count, number):
        self.outlet, sellers = place
        self.zone, self.today = ZoneInfo(self.outlet.tz), local_day(self.now, self.outlet.tz)
        owners = self._owners(sellers, count)
        made = [self._card(index, owners[index], number) for index in range(count)]
        events = [event for card in made for event in card["events"]]
        self._record(sorted(events + self._midnights(events), key=lambda event: event["at"]))
        for card in made:
            self._keep(card)

    def _owners(self, sellers, count):
        """The first consultant of an outlet has many cards, the others share the rest."""
        big = min(self.options.big, count // 2) if len(sellers) > 1 else 0
        rest = sellers[1:] or sellers
        return [sellers[0]] * big + [rest[index % len(rest)] for index in range(count - big)]

    # Cards

    def _card(self, index, owner, number):
        """A card with its contacts: the last one says whether it has lapsed."""
        serial = number * 1_000_000 + index
        state = self._state(index)
        back = {"lapsed": self.random.randrange(20, 30), "overdue": self.random.randrange(16, 20)}
        last = self.today - timedelta(days=back.get(state) or self.random.randrange(1, 14))
        first = last - timedelta(days=self.random.choice([0, 0, 3, 9, 12]))
        card = {"id": self.tables.id("crm_lead"), "owner": owner, "serial": serial, "state": state}
        days = [first] + ([last] if last != first else [])
        kinds = ["reception", "followup"]
        card["events"] = [
            {"kind": kind, "card": card, "at": self._moment(day)} for kind, day in zip(kinds, days, strict=False)
        ]
        return card

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
        return [{"kind": "close", "day": day, "at": self._midnight(day)} for day in days]

    def _midnight(self, day):
        after = datetime.combine(day + timedelta(days=1), time(0, 1), self.zone)
        return after.astimezone(UTC).replace(tzinfo=None)

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
        card.update(name=name, phone=phone)
        salt = hashlib.md5(name.encode()).hexdigest()
        texts = {"customer_name": ledger.commitment(salt, name), "phone_key": ledger.commitment(salt, phone)}
        said = {"consultant_id": by, "channel": "visit", "asked": "not_asked"}
        facts = {**dict.fromkeys(RECEPTION), **said, "arrived_at": str(at), **texts}
        stamp, line_no, day = self._append(event, facts, by)
        self.counts[day] = self.counts.get(day, 0) + 1
        card["filing"], card["filed_at"] = self.tables.add(
            "showroom_reception", outlet_id=self.outlet.id, page_id=self._page(day), line_no=line_no, party_size=1,
            lead_id=card["id"], salt=salt, customer_name=name, phone=phone, phone_key=phone, is_evidence=True,
            is_late=False, arrived_at=at, create_date=at, write_date=at, **said, **stamp, **MADE,
        ), at  # fmt: skip

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

    # What a card has beside its evidence

    def _keep(self, card):
        moments = [event["at"] for event in card["events"]]
        opened, by = moments[0], card["owner"]
        spell = GradeSpell(opened, self.grade.code, self.grade.count, self.grade.period)
        due = rhythm.due_date(moments, [spell], self.outlet._day_of())
        at, where = {"create_date": opened, "write_date": opened, **MADE}, {"lead_id": card["id"]}
        self.tables.add(
            "showroom_ownership", user_id=by.id, outlet_id=self.outlet.id, by_id=by.id, reason="filing", at=opened,
            **where, **at,
        )  # fmt: skip
        self.tables.add(
            "showroom_grade_change", grade_id=self.grade.id, count=self.grade.count, period=self.grade.period,
            by_id=by.id, code=self.grade.code, at=opened, **where, **at,
        )  # fmt: skip
        self._follow(card, opened)
        notice = self._notice(card, due) if card["state"] == "lapsed" else None
        self._lead(card, due, moments, notice)

    def _notice(self, card, due):
        """A lapsed card was pointed out, and its grace is over."""
        at = self._midnight(due) + timedelta(minutes=15)
        made = {"create_date": at, "write_date": at, **MADE, "user_id": card["owner"].id}
        self.tables.add(
            "mail_activity", res_model_id=self.model, res_id=card["id"], activity_type_id=self.overdue,
            res_model="crm.lead", res_name=card["name"], summary=f"Follow-up was due on {due}", date_deadline=due,
            automated=False, active=True, **made,
        )  # fmt: skip
        return self.tables.add(
            "showroom_notice", lead_id=card["id"], outlet_id=self.outlet.id, issued_by=SUPERUSER_ID, issued_at=at,
            until=due + timedelta(days=2), **made,
        )  # fmt: skip

    def _follow(self, card, opened):
        partner = card["owner"].partner_id
        follower = self.tables.add("mail_followers", res_id=card["id"], partner_id=partner.id, res_model="crm.lead")
        for subtype in self.subtypes:
            self.tables.add("mail_followers_mail_message_subtype_rel", mail_followers_id=follower,
                            mail_message_subtype_id=subtype)  # fmt: skip
        self.tables.add(
            "mail_message", res_id=card["id"], record_company_id=self.env.company.id, subtype_id=self.note,
            author_id=partner.id, model="crm.lead", message_type="notification", email_from=partner.email_formatted,
            body="<p>A new lead has been created.</p>", date=opened, create_date=opened, write_date=opened, **MADE,
        )  # fmt: skip

    def _lead(self, card, due, moments, notice):
        opened, nothing = moments[0], dict.fromkeys(
            "expected_revenue prorated_revenue recurring_revenue recurring_revenue_monthly color message_bounce "
            "recurring_revenue_monthly_prorated recurring_revenue_prorated priority day_open day_close".split(), 0
        )  # fmt: skip
        self.tables.add(
            "crm_lead", id=card["id"], user_id=card["owner"].id, team_id=self.outlet.id, outlet_id=self.outlet.id,
            company_id=self.env.company.id, stage_id=self.stages[card["serial"] % len(self.stages)].id,
            phone=card["phone"], phone_sanitized=card["phone"], phone_state="correct", name=card["name"],
            contact_name=card["name"], type="opportunity", won_status="pending", active=True, in_town=True,
            date_open=opened, date_last_stage_update=opened, create_date=opened, write_date=opened,
            filing_id=card["filing"], filing_at=card["filed_at"], grade_id=self.grade.id, followup_due=due,
            card_number=f"{self.outlet.outlet_code}-{card['id']:06d}", owner_since=opened, last_contact_at=max(moments),
            notice_id=notice, card_kind="a", **nothing, **MADE,
        )  # fmt: skip
