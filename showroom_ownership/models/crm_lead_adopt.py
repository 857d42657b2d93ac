import logging

from odoo import api, fields, models
from odoo.tools import SQL

from . import clock, said
from .crm_lead_kept import KEPT
from .crm_lead_owner import DOOR

BATCH = 1000
OPEN = [("won_status", "=", "pending"), ("active", "=", True)]

_logger = logging.getLogger(__name__)


class CrmLead(models.Model):
    """A team with leads becomes an outlet: what it has is adopted and counts (2, going live)."""

    _inherit = "crm.lead"

    @api.model
    def _adopt_leads(self, outlets):
        """Adopt every open lead of new outlets: owner, creation, done activities and former owners."""
        for outlet in outlets:
            leads = self.with_context(active_test=False).search([("team_id", "=", outlet.id)], order="id")
            leads._set_outlet(outlet)
            opened = leads.search([("team_id", "=", outlet.id), *OPEN], order="id").ids
            for start in range(0, len(opened), BATCH):
                leads.browse(opened[start : start + BATCH])._adopt(outlet)
                self.env.flush_all()
                self.env.invalidate_all(flush=False)  # of a hundred thousand leads nobody looks at an earlier one again
                done = min(start + BATCH, len(opened))
                _logger.info("%s: %s of %s open leads are cards", outlet.outlet_code, done, len(opened))

    def _set_outlet(self, outlet):
        """All leads of the team belong to the outlet now; closed ones are cards without a filing."""
        self.flush_recordset(["outlet_id"])
        self.env.cr.execute(
            """UPDATE crm_lead SET outlet_id = team_id, owner_since = create_date, card_kind = 'a',
                      card_number = coalesce(card_number, %s || '-' || lpad(id::text, 6, '0'))
               WHERE team_id = %s""",
            [outlet.outlet_code, outlet.id],
        )
        self.invalidate_model(["outlet_id", "owner_since", "card_number", "card_kind"])
        self.fetch(["outlet_id", "partner_id"])  # nothing else is asked of all of them

    @api.model
    def _unset_outlets(self, teams):
        """Teams that are no outlets any more, and never registered anything, have leads as stock Odoo has them."""
        if not teams:
            return
        self.flush_model()
        leads = self.with_context(active_test=False).search([("outlet_id", "in", teams.ids)])
        for model in ("showroom.ownership", "showroom.grade.change", "showroom.notice"):
            self.env[model].search([("lead_id", "in", leads.ids)]).unlink()
        blank = SQL(", ").join(SQL("%s = NULL", SQL.identifier(name)) for name in sorted(KEPT | {"grade_id"}))
        self.env.cr.execute(SQL("UPDATE crm_lead SET %s WHERE id = ANY(%s)", blank, leads.ids))
        self.invalidate_model()

    def _adopt(self, outlet):
        now = clock.now(self.env)
        lines = self._adopt_filings(outlet, now)
        self._adopt_followups(outlet, now)
        self._adopt_history()
        self._adopt_state(outlet, lines, now)

    def _adopt_filings(self, outlet, now):
        """The owner is taken to have received the customer when the lead was created."""
        owned = self.filtered("user_id")
        Reception = self.env["showroom.reception"]
        vals_list = [lead._adopted_line(outlet) for lead in owned]
        lines = owned._keep_adopted(Reception, outlet, vals_list)
        return {line.lead_id.id: line for line in lines}

    def _adopted_line(self, outlet):
        name = said.beginning(self.contact_name or self.partner_name or self.name)
        who = {
            "consultant_id": self.user_id.id,
            "customer_name": name,
            "phone": self.phone,
            "phone_key": self.phone_sanitized,
        }
        live = fields.Date.add(outlet.live_since, days=1)
        how = {"channel": "adopted", "asked": "not_asked", "attested_before": live, "is_evidence": True}
        return {**who, **how, "outlet_id": outlet.id, "lead_id": self.id, "arrived_at": self.create_date}

    def _keep_adopted(self, model, outlet, vals_list):
        vals_list = [model._salted(vals) for vals in vals_list]
        facts = [model._evidence(vals) for vals in vals_list]
        entries = self.env["showroom.ledger.entry"]._append(outlet, "adoption", facts)
        stamped = [{**vals, **model._stamp(entry)} for vals, entry in zip(vals_list, entries, strict=True)]
        return model._keep(stamped)

    def _adopt_followups(self, outlet, now):
        """Completed activities of the owner become follow-ups."""
        domain = [("res_model", "=", "crm.lead"), ("res_id", "in", self.ids), ("active", "=", False)]
        reminder = self.env["mail.activity"]._type_id("showroom_ownership.mail_activity_type_overdue")
        domain += [("activity_type_id", "!=", reminder)]  # ends as done by whatever contact there was
        done = (
            self.env["mail.activity"]
            .sudo()
            .with_context(active_test=False)
            .search([*domain, ("date_done", "!=", False)])
        )
        by_lead = {lead.id: lead for lead in self}
        vals_list = [
            activity._adopted_vals(by_lead[activity.res_id], outlet, now) for activity in done if activity.user_id
        ]
        self._keep_adopted(self.env["showroom.followup"], outlet, vals_list)

    def _adopt_history(self):
        """Former owners, as Odoo's tracking has them, then the present one."""
        field = self.env["ir.model.fields"]._get("crm.lead", "user_id")
        domain = [("field_id", "=", field.id), ("mail_message_id.model", "=", "crm.lead")]
        changes = self.env["mail.tracking.value"].sudo().search(
            [*domain, ("mail_message_id.res_id", "in", self.ids)], order="id"
        )  # fmt: skip
        changed = {}
        for change in changes:
            changed.setdefault(change.mail_message_id.res_id, []).append(change)
        former = {change.old_value_integer for change in changes} - {0}
        known = set(self.env["res.users"].sudo().with_context(active_test=False).browse(former).exists().ids)
        lines = [line for lead in self for line in lead._adopted_owners(changed.get(lead.id, []), known)]
        self.env["showroom.ownership"].sudo()._append_lines(lines)

    def _adopted_owners(self, changes, known):
        line = {"lead_id": self.id, "outlet_id": self.outlet_id.id, "reason": "adopted", "by_id": self.env.uid}
        since, lines = self.create_date, []
        for change in changes:
            former = change.old_value_integer if change.old_value_integer in known else False
            lines.append({**line, "user_id": former, "at": since})
            since = change.mail_message_id.date
        return [*lines, {**line, "user_id": self.user_id.id, "at": since}]

    def _adopt_state(self, outlet, lines, now):
        """Grade, filing and a rhythm that starts with the adoption: nobody is overdue for what nobody asked before."""
        grade = outlet.policy_id._default_grade()
        for owned, leads in self.grouped(lambda lead: bool(lead.user_id)).items():
            leads.with_context(showroom_door=DOOR, tracking_disable=True).write(
                {"grade_id": grade.id, "rhythm_start": now if owned else False}
            )
        filed = [(lead, lines[lead.id]) for lead in self if lead.id in lines]
        self._update_cards({lead: {"filing_id": line.id, "filing_at": line.arrived_at} for lead, line in filed})
        self._regrade()
        self._refresh_protection()
