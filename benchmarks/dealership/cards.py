"""What a card has beside its evidence: the lead itself, its history, grade, notice, activities, chatter."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from odoo import SUPERUSER_ID

from odoo.addons.showroom_ownership.core import rhythm
from odoo.addons.showroom_ownership.core.dossier import local_day
from odoo.addons.showroom_ownership.core.facts import GradeSpell

UTC = ZoneInfo("UTC")
MADE = {"create_uid": SUPERUSER_ID, "write_uid": SUPERUSER_ID}
ZEROS = dict.fromkeys(
    "expected_revenue prorated_revenue recurring_revenue recurring_revenue_monthly color message_bounce "
    "recurring_revenue_monthly_prorated recurring_revenue_prorated priority day_open day_close".split(), 0
)  # fmt: skip
PLANNED_EACH = 5  # one card in so many has a call planned


class Cards:
    """Rows of leads, be they cards or not, as Odoo and the module leave them."""

    def __init__(self, env, tables):
        self.env, self.tables = env, tables
        self.grade = env.ref("showroom_ownership.policy_six_principles")._default_grade()
        self.stages = env["crm.stage"].search([("is_won", "=", False)])
        self.subtypes = env["mail.message.subtype"].default_subtypes("crm.lead")[0].ids
        self.overdue = env.ref("showroom_ownership.mail_activity_type_overdue")
        self.call = env.ref("mail.mail_activity_data_call")
        self.model = env["ir.model"]._get_id("crm.lead")
        self.note = env.ref("mail.mt_note").id

    def keep(self, card, outlet):
        """All rows of a card whose evidence is kept already."""
        moments = [event["at"] for event in card["events"]]
        opened = moments[0]
        spell = GradeSpell(opened, self.grade.code, self.grade.count, self.grade.period)
        due = rhythm.due_date(moments, [spell], outlet._day_of())
        self._history(card, outlet, opened)
        self.follow(card, opened, f"<p>Opened by reception {card['number']}.</p>")
        noticed = self._notice(card, outlet, due) if card["state"] == "lapsed" else {}
        filed = {"filing_id": card["filing"], "filing_at": card["filed_at"], "followup_due": due}
        self.lead(
            card, outlet, opened, outlet_id=outlet.id, grade_id=self.grade.id, card_kind="a", in_town=True,
            owner_since=opened, last_contact_at=max(moments), card_number=f"{outlet.outlet_code}-{card['id']:06d}",
            **(filed if card["state"] != "lost" else {}), **noticed,
        )  # fmt: skip

    def _history(self, card, outlet, opened):
        by, grade = card["owner"].id, self.grade
        made = {"lead_id": card["id"], "by_id": by, "at": opened, **self._made(card, opened)}
        self.tables.add("showroom_ownership", user_id=by, outlet_id=outlet.id, reason="filing", **made)
        self.tables.add(
            "showroom_grade_change", grade_id=grade.id, count=grade.count, period=grade.period, code=grade.code, **made
        )

    def _made(self, card, at):
        return {"create_uid": card["owner"].id, "write_uid": card["owner"].id, "create_date": at, "write_date": at}

    # Lapses

    def _notice(self, card, outlet, due):
        """A lapsed card was pointed out, and its grace is over."""
        at = midnight(due, outlet) + timedelta(minutes=15)
        until = due + timedelta(days=2)
        self.activity(card, self.overdue, f"Follow-up was due on {due}", due, at)
        notice = self.tables.add(
            "showroom_notice", lead_id=card["id"], outlet_id=outlet.id, user_id=card["owner"].id, until=until,
            issued_by=SUPERUSER_ID, issued_at=at, create_date=at, write_date=at, **MADE,
        )  # fmt: skip
        return {"notice_id": notice, "notice_until": until, "reminded_due": due}

    # Leads

    def lead(self, card, team, opened, **columns):
        """The lead; one open card in five has a call planned."""
        closed = card.get("closed_at")
        lost = {"day_close": (closed - opened).days, "probability": 0, "automated_probability": 0} if closed else {}
        email = self._email(card)
        self.tables.add(
            "crm_lead", id=card["id"], user_id=card["owner"].id, team_id=team.id, company_id=self.env.company.id,
            stage_id=self.stages[card["serial"] % len(self.stages)].id, phone=card["phone"], name=card["name"],
            phone_sanitized=card["phone"], phone_state="correct", contact_name=card["name"], type="opportunity",
            email_from=email, email_normalized=email, email_domain_criterion=self._domain(email), email_state="correct",
            won_status="lost" if closed else "pending", active=not closed, date_closed=closed, date_open=opened,
            date_last_stage_update=opened, **self._made(card, opened), **{**ZEROS, **lost}, **columns,
        )  # fmt: skip
        if not closed and card["serial"] % PLANNED_EACH == 0:
            day = local_day(opened, team.tz or "UTC")
            self.activity(card, self.call, "Call", day + timedelta(days=14), opened)

    @staticmethod
    def _email(card):
        """Three in ten write from a free mail provider."""
        serial = card["serial"]
        return f"customer.{serial}@{'gmail.com' if serial % 10 < 3 else f'company{serial % 5000}.example'}"

    @staticmethod
    def _domain(email):
        """As Odoo keeps it: the domain of a company, the whole address of free mail."""
        return email if email.endswith("@gmail.com") else email[email.index("@") :]

    def activity(self, card, kind, summary, deadline, at):
        self.tables.add(
            "mail_activity", res_model_id=self.model, res_id=card["id"], activity_type_id=kind.id, summary=summary,
            res_model="crm.lead", res_name=card["name"], date_deadline=deadline, automated=False, active=True,
            user_id=card["owner"].id, **self._made(card, at),
        )  # fmt: skip

    def follow(self, card, opened, body):
        """The owner follows, and a note tells where the lead came from."""
        partner = card["owner"].partner_id
        follower = self.tables.add("mail_followers", res_id=card["id"], partner_id=partner.id, res_model="crm.lead")
        for subtype in self.subtypes:
            self.tables.add("mail_followers_mail_message_subtype_rel", mail_followers_id=follower,
                            mail_message_subtype_id=subtype)  # fmt: skip
        sender, number = partner.email_formatted, f"<{card['serial']}.{opened:%s}-openerp-message-notify@bench>"
        self.tables.add(
            "mail_message", res_id=card["id"], subtype_id=self.note, author_id=partner.id, model="crm.lead",
            message_type="notification", email_from=sender, reply_to=sender, message_id=number, is_internal=True,
            email_add_signature=False, body=body, date=opened, **self._made(card, opened),
        )  # fmt: skip


def midnight(day, outlet):
    """A minute after the end of an outlet's local day, in UTC."""
    after = datetime.combine(day + timedelta(days=1), time(0, 1), ZoneInfo(outlet.tz))
    return after.astimezone(UTC).replace(tzinfo=None)
