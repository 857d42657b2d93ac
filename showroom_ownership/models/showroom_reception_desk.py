from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_datetime, format_time

from . import said

DESK_CHANNEL = "showroom_ownership.desk_"
DESK_CHANGED = "showroom_ownership.desk_changed"
INTEREST_DAYS = 30
INTERESTS = 30
LINES = 200  # of a page are sent to each desk whenever somebody registers


class ShowroomReception(models.Model):
    """What the reception desk asks of the server. Each call checks that the user works at that desk."""

    _inherit = "showroom.reception"

    # Calls

    @api.model
    @said.takes(outlet_id=said.record)
    def desk_open(self, outlet_id=False):
        """What the desk offers: outlets, consultants with the next in turn first, colleagues, recent interests.

        :param outlet_id: an outlet of the user; empty: their first.
        :return: a dict; `outlet` is False for a user who works at none.
        :raise UserError: at another outlet's desk.
        """
        outlets = self._desk_outlets()
        if not outlets:
            return {"outlet": False}
        outlet = self._desk_outlet(outlet_id) if outlet_id else outlets[0]
        offers = {"consultants": self._desk_consultants(outlet), "colleagues": self._desk_colleagues(outlet)}
        chosen = {"outlet": {"id": outlet.id, "name": outlet.name, "tz": outlet.tz}}
        places = [{"id": each.id, "name": each.name} for each in outlets]
        mine = self.env.user.id if self.env.user._is_consultant() else False
        return {**chosen, **offers, "outlets": places, "self": mine, "interests": self._desk_interests(outlet)}

    @api.model
    @said.takes(outlet_id=said.record)
    def desk_page(self, outlet_id):
        """Today's page of an outlet, the newest 200 lines first: who received, when, and whether the line counts.

        Names are shown of the lines that the user may read; the others are there without. `total` counts all lines.

        :raise UserError: at another outlet's desk.
        """
        outlet = self._desk_outlet(outlet_id)
        Page = self.env["showroom.register.page"].sudo()
        page = Page.search([("outlet_id", "=", outlet.id), ("day", "=", outlet._today())])
        domain = [("page_id", "=", page.id)]
        lines = self.sudo().search(domain, order="line_no desc", limit=LINES) if page else self.browse()
        known = set(self.search([("id", "in", lines.ids)]).ids) if lines else set()
        total = self.sudo().search_count(domain) if len(lines) == LINES else len(lines)
        shown = [line._desk_line(line.id in known) for line in lines]
        return {"closed": bool(page.closed_at), "lines": shown, "total": total}

    @api.model
    @said.takes(vals=said.values)
    def desk_register(self, vals):
        """Register a customer and let every desk of the outlet know that its page has changed.

        :param vals: what a person may say of a reception, with the key of the form: saved again, it is the same line.
        :return: what the desk hands out: number, receipt, and whose customer it is now.
        :raise UserError: at another outlet's desk, or for what cannot be registered.
        """
        outlet = self._desk_outlet(vals.get("outlet_id"))
        line = self.create([vals])
        self.env["bus.bus"]._sendone((outlet, "desk"), DESK_CHANGED, {"outlet_id": outlet.id})
        return line._desk_receipt()

    # Who stands where

    @api.model
    def _desk_outlets(self):
        """The outlets whose desk the user may stand at: where they belong; for managers, all of their companies."""
        self.check_access("create")
        mine = self.env.user._outlets().filtered("active")
        if not self.env.user._is_showroom_manager():
            return mine
        seen = self.env.user._seen_outlets()
        return mine | seen.filtered("active")

    @api.model
    def _desk_outlet(self, outlet_id):
        outlet = self._desk_outlets().filtered(lambda each: each.id == outlet_id)
        if not outlet:
            raise UserError(self.env._("You do not work at this desk. Choose an outlet of yours."))
        return outlet

    @api.model
    def _desk_consultants(self, outlet):
        """Who can receive at an outlet, the next in turn first, then by name."""
        chosen = [user.id for user in outlet._pick_owners()]
        users = outlet._consultants().sorted(lambda user: (user.id not in chosen, user.name))
        user = self.env.user
        if user._is_consultant():
            users = user
        elif user._is_showroom_manager() and outlet in user._outlets():
            users |= user
        return [{"id": user.id, "name": user.name, "next": user.id in chosen} for user in users]

    @api.model
    def _desk_colleagues(self, outlet):
        """The staff of all outlets of the company, whom a customer may name or come with."""
        domain = [("outlet_kind", "!=", False), ("company_id", "in", [False, *self.env.companies.ids])]
        places = outlet | outlet.search(domain)
        members = self.env["crm.team.member"].sudo().search([("crm_team_id", "in", places.ids)])
        staff = {(place, place.user_id) for place in places if place.user_id.active}
        staff |= {(member.crm_team_id, member.user_id) for member in members if member.user_id.active}
        rows = sorted(staff, key=lambda pair: (pair[0] != outlet, pair[0].name, pair[1].name, pair[1].id))
        return [{"id": user.id, "name": user.name, "outlet_id": at.id, "outlet": at.name} for at, user in rows]

    @api.model
    def _desk_interests(self, outlet):
        """What several customers asked for lately, the most frequent first; what only one said stays with the line."""
        since = outlet._today() - timedelta(days=INTEREST_DAYS)
        pages = self.env["showroom.register.page"].sudo().search([("outlet_id", "=", outlet.id), ("day", ">=", since)])
        domain = [("page_id", "in", pages.ids), ("interest", "!=", False)]
        having, order = [("__count", ">", 1)], "__count desc, interest"
        groups = self.sudo()._read_group(domain, ["interest"], having=having, order=order, limit=INTERESTS)
        return [interest for (interest,) in groups]

    # What is shown

    def _desk_line(self, known):
        """A line of today's page; its number can be opened and its name read by those who may read the line."""
        flaw = dict(self._fields["flaw"]._description_selection(self.env)).get(self.flaw, "")
        shown = {"id": self.id, "line": self.line_no, "number": self.number, "time": self._desk_time()}
        shown.update(known=known, name=known and self.customer_name, by=self.consultant_id.name, flaw=flaw)
        return {**shown, "state": self._desk_state()}

    def _desk_state(self):
        if self.is_void:
            return "void"
        return "evidence" if self.is_evidence else "late" if self.is_late else "no_evidence"

    def _desk_time(self):
        """When the customer arrived, by the outlet's clock; with the day if it was another one."""
        if self.is_late:
            return format_datetime(self.env, self.arrived_at, tz=self.outlet_id.tz, dt_format="MM-dd HH:mm")
        return format_time(self.env, self.arrived_at, tz=self.outlet_id.tz, time_format="short")

    def _desk_receipt(self):
        """What is handed out, and whose customer it is now."""
        card, flaws = self.sudo().lead_id, dict(self._fields["flaw"]._description_selection(self.env))
        shown = {"id": self.id, "number": self.number, "receipt": self.receipt, "qr": self.receipt_qr}
        whose = {"owner": card.user_id.name, "owner_id": card.user_id.id, "outlet": card.outlet_id.name}
        may = {"card": card.card_number, "card_id": self.can_open_card and card.id}
        return {**shown, **whose, **may, "state": self._desk_state(), "flaw": flaws.get(self.flaw, "")}
