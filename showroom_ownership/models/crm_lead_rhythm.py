from datetime import datetime

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..core import rhythm
from ..core.facts import GradeSpell
from . import clock

# What the rhythm of cards is made of: valid receptions and follow-ups of their owners since the rhythm started, and
# grades. A line without anybody on whose behalf it was counts for a card without an owner, too.
RHYTHM = """
WITH card AS (
    SELECT * FROM unnest(%(cards)s::int[], %(owners)s::int[], %(starts)s::timestamp[]) AS card (id, owner, since)
), contact (card, at) AS (
    SELECT card.id, CASE WHEN line.attested_before IS NULL THEN line.recorded_at ELSE line.arrived_at END
    FROM card JOIN showroom_reception line ON line.lead_id = card.id AND line.is_evidence AND (
        owner IS NOT DISTINCT FROM line.consultant_id OR owner IS NOT DISTINCT FROM line.on_behalf_of_id)
    UNION ALL
    SELECT card.id, call.happened_at FROM card JOIN showroom_followup call
    ON call.lead_id = card.id AND call.is_valid AND coalesce(call.on_behalf_of_id, call.consultant_id) = owner
)
SELECT card, at, NULL AS code, NULL AS count, NULL AS period FROM contact JOIN card ON card.id = card AND at > since
UNION ALL
SELECT card.id, change.at, code, count, period FROM card JOIN showroom_grade_change change
    ON change.lead_id = card.id AND change.is_merged IS NOT TRUE
"""

OPEN_ACTIVITIES = """
SELECT id FROM mail_activity
WHERE res_model = 'crm.lead' AND res_id IN %(cards)s AND activity_type_id = %(kind)s AND active ORDER BY id
"""


class CrmLead(models.Model):
    """When the next follow-up is due, and what happens when it is not made (3, 4)."""

    _inherit = "crm.lead"

    def _regrade(self):
        """Keep the grade the cards have from now on, and what it does to the due date."""
        self._keep_grades()
        self._refresh_rhythm()
        self._at_rest()._tell_of_rest()

    def _at_rest(self):
        """Of which no contact is asked, by their grade alone."""
        return self.filtered(lambda card: not card._grade().count and not card.order_date)

    def _leave_foreign_grades(self):
        """What a lead was graded elsewhere, by other principles than the outlet's, does not come along (3)."""
        graded = self.sudo().filtered("grade_id")
        foreign = graded.filtered(lambda card: card.grade_id.policy_id != card.outlet_id.policy_id)
        foreign._update_card({"grade_id": False})

    def _grade(self):
        """The grade that counts: the card's own, else the policy's (3)."""
        return self.grade_id.sudo() or self._usual_grade()

    def _usual_grade(self):
        return self.outlet_id.sudo().policy_id._default_grade()

    def _tell_of_rest(self):
        """Managers hear of cards that are asked for no contact without an order: nobody hides one unseen (3)."""
        for card in self if not self.env.user._is_showroom_manager() else self.browse():
            card._tell_managers(lambda told: told._words_of_rest())

    def _words_of_rest(self):
        text = self.env._("%(who)s graded card %(number)s as %(grade)s without an order.",
            who=self.env.user.name, number=self.card_number, grade=self._grade().code or "-")  # fmt: skip
        return self.env._("A card that asks for no follow-up"), text

    def _keep_grades(self):
        now = clock.now(self.env)
        changes = [card._grade_vals(now) for card in self.sudo() if card.outlet_id]
        self.env["showroom.grade.change"].sudo()._append_lines(changes)

    def _grade_vals(self, now):
        grade = self._grade()
        rhythm_vals = {"code": grade.code or "-", "count": grade.count, "period": grade.period}
        return {"lead_id": self.id, "grade_id": grade.id, "at": now, "by_id": self.env.uid, **rhythm_vals}

    @api.constrains("grade_id")
    def _check_grade(self):
        for card in self.filtered(lambda each: each.grade_id and each.outlet_id):
            policy = card.outlet_id.sudo().policy_id
            if card.grade_id.sudo().policy_id != policy:
                text = self.env._(
                    "Grade %(grade)s is not one of %(policy)s.", grade=card.grade_id.code, policy=policy.name
                )
                raise UserError(text)

    def _refresh_rhythm(self):
        """Store due date and last contact as the contacts of the owner make them; constant number of queries."""
        cards = self.sudo().filtered("outlet_id")
        late = cards._perhaps_reminded()
        contacts, grades = cards._contacts_and_grades()
        values = {card: card._rhythm_vals(contacts[card.id], grades[card.id]) for card in cards}
        changed = {card: vals for card, vals in values.items() if any(card[name] != vals[name] for name in vals)}
        cards._update_cards(changed)
        (late - late._perhaps_reminded())._close_overdue_activities()  # whatever moved the date ahead

    def _resume_rhythm(self, since):
        """Who gets a card back is again in the rhythm that the transfer to them started (3).

        A date that passed while the card was a colleague's is nobody's lapse: the rhythm begins anew then.

        :param since: when the card was closed by the deal that is taken back.
        """
        mine = self.transfer_ids.filtered(lambda each: each.state == "approved" and each.to_id == self.user_id)
        self._update_card({"rhythm_start": mine.sorted("decided_at")[-1:].decided_at})
        self._refresh_rhythm()
        outlet = self.outlet_id
        if self.followup_due and outlet._day_of()(since) <= self.followup_due < outlet._today():
            self._update_card({"rhythm_start": clock.now(self.env)})
            self._refresh_rhythm()

    def _rhythm_vals(self, moments, grades):
        """Due date and last contact of a card; closed, ordered and pooled cards have no due date."""
        paced = self.won_status == "pending" and not self.order_date and self.user_id
        due = rhythm.due_date(moments, grades, self.outlet_id._day_of()) if paced else None
        return {"followup_due": due or False, "last_contact_at": max(moments, default=False)}

    def _contacts_and_grades(self):
        """The moments of the owners' valid contacts with the customers, and the grades, both by card.

        Owners are those of the transaction, written or not; what was before their rhythm started is not even read.
        """
        if not self:
            return {}, {}
        contacts = {card.id: [card.rhythm_start] if card.rhythm_start else [] for card in self}
        grades = {card.id: [] for card in self}
        for model in ("showroom.reception", "showroom.followup", "showroom.grade.change"):
            self.env[model].flush_model()
        starts = [card.rhythm_start or datetime.min for card in self]
        owners = [card.user_id.id or None for card in self]
        for card, at, *spell in self.env.execute_query(SQL(RHYTHM, cards=self.ids, owners=owners, starts=starts)):
            if spell[0] is None:
                contacts[card].append(at)
            else:
                grades[card].append(GradeSpell(at, *spell))
        return contacts, grades

    @api.model
    def _after_contacts(self, records):
        """Contacts move the due dates of their cards; the owners' own also save them.

        :param records: receptions or follow-ups that count, all of one kind.
        """
        late = records.lead_id.sudo()._perhaps_reminded()
        records.lead_id._refresh_rhythm()
        for credited, contacts in records.grouped(lambda record: record._credited()).items():
            contacts.lead_id._contacted_by(credited, late)

    def _contacted_by(self, credited, late):
        """A contact of the owner ends the notice and withdraws a request for lapse (4.4).

        :param late: the cards that may have had an activity for being overdue.
        """
        mine = self.sudo().filtered(lambda card: card.user_id == credited)
        mine._touch()  # a transfer at the same moment starts over and finds the contact, or this one the transfer
        mine = mine.filtered(lambda card: card.notice_id or card.pending_transfer_id or card.followup_due)
        mine._end_notices()
        if lapsed := mine.pending_transfer_id.filtered(lambda transfer: transfer.reason == "lapsed"):
            lapsed._withdraw(self.env._("The customer was followed up."))
        (mine & late)._close_overdue_activities()

    def _perhaps_reminded(self):
        """The cards that can have an activity for being overdue: those whose due date has passed or was taken away
        since. It ends when the date moves ahead (`_refresh_rhythm`), or with the owner's contact.
        """
        ahead = lambda card: card.followup_due and card.followup_due >= card.outlet_id._today()  # noqa: E731
        return self.filtered(lambda card: card.notice_id or not ahead(card))

    def _close_overdue_activities(self):
        kind = self.env["mail.activity"]._type_id("showroom_ownership.mail_activity_type_overdue")
        if kind and self:
            self._open_activities(kind).write({"active": False})  # done, with whatever Odoo writes on activities

    def _open_activities(self, kind):
        """As the table has them, less those that this transaction ended: a search would first write those."""
        rows = self.env.execute_query(SQL(OPEN_ACTIVITIES, cards=tuple(self.ids), kind=kind))
        activities = self.env["mail.activity"].sudo().browse([each for (each,) in rows])
        return activities.filtered("active")
