from odoo import api, fields, models
from odoo.exceptions import UserError

from ..core import facts
from . import clock


class ShowroomPreregistration(models.Model):
    """An outlet announces a customer in advance; a manager accepts (1, 5.4, 5.6)."""

    _name = "showroom.preregistration"
    _description = "Pre-registration"
    _inherit = ["showroom.request.mixin", "showroom.evidence.mixin"]
    _order = "id desc"
    _entry_kind = "preregistration"
    _user_fields = frozenset("customer_name phone valid_until outlet_id text".split())
    _committed = ("customer_name", "phone_key")
    _at_once = 50  # a manager decides on each
    _told_columns = {"by": "consultant_id", "until": "valid_until"}

    outlet_id = fields.Many2one(default=lambda self: self.env.user._outlets()[:1])
    consultant_id = fields.Many2one("res.users", "Announced By", readonly=True, index=True, ondelete="restrict")
    customer_name = fields.Char("Customer")
    phone = fields.Char()
    phone_key = fields.Char("Phone, normalised", readonly=True, index="btree_not_null")
    valid_until = fields.Date(help="The last local day on which it protects; empty: without end.")

    def _subject(self):
        return self.env._("%(outlet)s announces %(name)s", outlet=self.outlet_id.name, name=self.customer_name)

    def _parties(self):
        return self.consultant_id

    def _concerned(self):
        """Also whose customer it is, and who has received the customer: their deal may go by it (5.4, 5.6)."""
        among, people = self.mapped("phone_key"), super()._concerned()
        for model, phone, who in (
            ("crm.lead", "phone_sanitized", "user_id"),
            ("showroom.reception", "phone_key", "consultant_id"),
        ):
            everything = self.env[model].sudo().with_context(active_test=False)
            found = dict(everything._read_group([(phone, "in", among)], [phone], [f"{who}:recordset"]))
            people = {each: known | found.get(each.phone_key, known) for each, known in people.items()}
        return people

    @api.model
    def _user_vals(self, vals):
        vals = {**super()._user_vals(vals), "consultant_id": self.env.uid}
        Reception = self.env["showroom.reception"]
        Reception._check_who({**vals, "consultant_id": self.env.uid})
        vals = Reception._salted(
            {**vals, **Reception._clean({k: vals.get(k) for k in ("customer_name", "phone", "outlet_id")})}
        )
        if not vals["customer_name"] or not vals["phone_key"]:
            raise UserError(
                self.env._("A pre-registration needs the customer's name and a phone number that can be dialled.")
            )
        self._look_up(vals)  # first: what is refused tells, too
        self._check_in_time(vals)
        self._check_announced_once(vals)
        return vals

    @api.model
    def _look_up(self, vals):
        """An announcement asks whose customer a number is, as the desk does: it is recorded, too."""
        outlet = self.env["showroom.reception"]._asked_at(vals["outlet_id"])
        card = self._announced_card(vals)
        if self.env.user._is_limited() and not self.env.user._manages(outlet):
            self.env["showroom.lookup"]._record(outlet, card._looked_up_as(), card)

    @api.model
    def _check_announced_once(self, vals):
        """A colleague may announce the same customer: the first in force counts (5.4). Nobody waits twice."""
        domain = [
            ("phone_key", "=", vals["phone_key"]),
            ("outlet_id", "=", vals["outlet_id"]),
            ("state", "=", "pending"),
        ]
        if self.sudo().search_count([*domain, ("requested_by", "=", self.env.uid)], limit=1):
            raise UserError(self.env._("You have announced this customer already; it waits for a manager's approval."))

    @api.model
    def _check_in_time(self, vals):
        """After the deal it is too late (5); in the past it cannot end."""
        card = self._announced_card(vals)
        if card and card.won_status == "won":
            raise UserError(
                self.env._("This customer has bought already: a pre-registration after the deal is refused.")
            )
        outlet = self.env["crm.team"].sudo().browse(vals["outlet_id"])
        until = fields.Date.to_date(vals.get("valid_until"))
        if until and until < outlet._today():
            raise UserError(self.env._("The last day of a pre-registration cannot be in the past."))

    @api.model
    def _announced_card(self, vals):
        """The customer's card in the outlet's company, if there is one; announcements come one by one."""
        company = self.env["crm.team"].sudo().browse(vals["outlet_id"]).company_id
        found = self.env["crm.lead"]._cards_by_phone([vals["phone_key"]], company)
        return found.get(vals["phone_key"], self.env["crm.lead"])

    @api.model
    def _record(self, vals_list):
        stamp = {
            "kind": self._name,
            "state": "pending",
            "requested_by": self.env.uid,
            "requested_at": clock.now(self.env),
        }
        cards = [self._announced_card(vals) for vals in vals_list]
        told = [(card - card._kept_from_user()).id for card in cards]  # it does not tell of a colleague's
        entries = super()._record(
            [{**vals, **stamp, "lead_id": card} for vals, card in zip(vals_list, told, strict=True)]
        )
        for entry, card in zip(entries, cards, strict=True):
            entry.approval_id.outlet_id = entry.outlet_id
            card._tell_of_announcement(entry)
        return entries

    @api.model
    def _evidence(self, vals):
        until = vals.get("valid_until") and fields.Date.to_string(fields.Date.to_date(vals["valid_until"]))
        return {**self._commitments(vals), "by": vals["consultant_id"], "until": until or None}

    def _evidence_vals(self):
        names = ("customer_name", "phone_key", "salt", "valid_until")
        return {"consultant_id": self.consultant_id.id, **{name: self.sudo()[name] for name in names}}

    def _approved(self):
        self._protect()
        for company, entries in self.grouped(lambda entry: entry.outlet_id.company_id).items():
            found = self.env["crm.lead"]._cards_by_phone(entries.mapped("phone_key"), company)
            for entry in entries.filtered(lambda each, found=found: each.phone_key in found):
                card = found[entry.phone_key].sudo()
                if card.filing_at and card.filing_at > entry.recorded_at:  # whose customer it has become since
                    card._tell_of_announcement(entry)

    def _withdrawn(self):
        self._protect()

    def _protect(self):
        domain = [("phone_sanitized", "in", self.mapped("phone_key")), ("outlet_id", "!=", False)]
        self.env["crm.lead"].sudo().with_context(active_test=False).search(domain)._refresh_protection()

    @api.model
    def _accepted(self, phones):
        phones = [phone for phone in phones if phone]
        return self.search([("phone_key", "in", phones), ("state", "=", "approved")]) if phones else self.browse()

    @api.model
    def _in_force(self, phones):
        """Accepted announcements whose last day has not passed at their outlet."""
        return self._accepted(phones).filtered(lambda entry: not entry._is_expired())

    def _is_expired(self):
        return bool(self.valid_until) and self.valid_until < self.outlet_id._today()

    @api.model
    def _cron_expire(self):
        """Take the protection off cards whose pre-registration has ended."""
        Lead = self.env["crm.lead"]
        self.env["showroom.batch"]._run(Lead._claim_unprotected, type(Lead)._refresh_protection)

    def _fact(self, intact=True):
        where = {"id": self.id, "ref": self.number, "outlet": self.outlet_id.id, "by": self.consultant_id.id}
        when = {"made_at": self.recorded_at, "accepted_at": self.decided_at, "valid_until": self.valid_until or None}
        return facts.Preregistration(**where, **when, intact=intact)
