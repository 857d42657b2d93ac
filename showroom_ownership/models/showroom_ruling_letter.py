from odoo import api, fields, models
from odoo.tools import format_date, format_list, format_time

from ..core.evidence import left_out


class ShowroomRulingLetter(models.AbstractModel):
    """A ruling as its reader is told it, on the screen and on paper alike: the deal, who is credited, why, why not to
    the others, and every record it rests on (5)."""

    _name = "showroom.ruling.letter"
    _description = "Ruling as a Letter"

    @api.model
    def _html(self, ruling):
        """The letter for the screen."""
        values = {"letter": self._letter(ruling), "on_paper": False}
        return self.env["ir.qweb"]._render("showroom_ownership.ruling_letter", values)

    @api.model
    def _letter(self, ruling, on_paper=False):
        """What the letter says, in the reader's language, with what the reader may see.

        :param on_paper: others will read it, so it says nobody's name as "you".
        :raise AccessError: if the reader may not read the ruling.
        """
        ruling.check_access("read")
        known = ruling.sudo()
        links = self._links(known)
        findings, since = self._findings(known, links), self._decided_since(known, links)
        return {
            "ruling": ruling, "title": ruling.card_name, "phone": self._phone(ruling),
            "opening": self._opening(ruling, known), "shares": self._shares(known), "status": self._status(known),
            "decided": next((each for each in findings if each["verdict"] == "decided"), None),
            "since": since, "noted": self._noted(known), "findings": findings, "steps": self._steps(known),
            "why_not": self._why_not(known, findings, since, links, not on_paper and self.env.uid),
            "left_out": self._left_out(known), "policy": known.policy_version_id, "records": self._records(known),
        }  # fmt: skip

    # The deal

    @api.model
    def _opening(self, ruling, known):
        """The deal and the card in sentences."""
        at = self._moment(known.dealt_at, known.outlet_id.tz)
        customer = self._customer(ruling, known)
        names = {"closer": known.closer_id.name, "outlet": known.outlet_id.name, "at": at}
        deal = self.env._(
            "On %(at)s, %(closer)s closed the deal with %(customer)s at %(outlet)s.", customer=customer, **names
        )
        return f"{deal} {self._holder_text(known)}"

    @api.model
    def _holder_text(self, known):
        if not known.holder_id:
            return self.env._("Nobody held the customer.")
        if known.holder_id == known.closer_id:
            return self.env._("%s also held the customer.", known.holder_id.name)
        return self.env._("%s held the customer.", known.holder_id.name)

    @api.model
    def _customer(self, ruling, known):
        """The customer by name, for those who know it, and by card."""
        number, name = known.lead_id.card_number, ruling._customer_names().get(known.lead_id.id)
        return self.env._("%(name)s (card %(number)s)", name=name, number=number) if name else number

    @api.model
    def _phone(self, ruling):
        """The customer's number, for those who may see the card."""
        card = self.env["crm.lead"].browse(ruling.sudo().lead_id.id)
        return card.has_access("read") and card.phone

    @api.model
    def _shares(self, known):
        return [(share.user_id.name, f"{share.percent:g} %") for share in known.share_ids]

    @api.model
    def _status(self, known):
        """Where the ruling stands and what can still be done, in a sentence."""
        until = self.env["showroom.wording"]._day(known.until)
        who = format_list(self.env, known.appellant_ids.mapped("name"))
        return {
            "provisional": self.env._("Provisional: %(who)s may appeal until the end of %(day)s.", who=who, day=until),
            "negotiation": self.env._("The parties may agree until the end of %s; then a manager decides.", until),
            "appealed": self.env._("Appealed: a manager who is no party decides."),
            "arbitration": self.env._("A manager who is no party has to decide."),
            "final": self.env._("Final since %s.", self._moment(known.final_at, known.outlet_id.tz)),
            "cancelled": self.env._("The deal was taken back: this ruling has no effect any more."),
        }[known.state]  # fmt: skip

    @api.model
    def _noted(self, known):
        kinds = dict(self.env["showroom.conduct"]._fields["kind"]._description_selection(self.env))
        return [(each.user_id.name, kinds[each.kind]) for each in known.conduct_ids]

    # The principles

    @api.model
    def _findings(self, known, links):
        """Every principle in its order: what it says, its verdict and reason in words, its evidence."""
        policy = known._core_policy()
        return [
            {**finding, "number": number, **self._finding(finding, policy, number, links)}
            for number, finding in enumerate(known.findings or (), start=1)
        ]

    @api.model
    def _finding(self, finding, policy, number, links):
        words = self.env["showroom.wording"]
        label, family = words._label("ground", finding["ground"]), words._label("principle", finding["principle"])
        names = {"number": number, "label": label, "family": family}
        return {
            "label": label,
            "title": self.env._("No. %(number)s, %(label)s (%(family)s).", **names),
            "says": words._rule(finding["ground"], policy),
            "text": words._reason(finding),
            "look": words._verdict_look(finding["verdict"]),
            "cites": self._cites(finding.get("cites", ()), links),
        }

    @api.model
    def _left_out(self, known):
        return ", ".join(left_out(known._core_facts()))

    # Evidence

    @api.model
    def _links(self, known):
        """Every ledger entry of the deal by its number; a link where the reader may open it."""
        Entry = self.env["showroom.ledger.entry"]
        domain = [("number", "in", list(self._refs(known)))]
        mine = set(Entry.search(domain).ids)
        return {entry.number: self._link(entry, entry.id in mine) for entry in Entry.sudo().search(domain)}

    @api.model
    def _link(self, entry, may_open):
        kinds = dict(entry._fields["kind"]._description_selection(self.env))
        address = f"/odoo/showroom.ledger.entry/{entry.id}" if may_open else False
        what = f"{kinds[entry.kind]}, {entry.user_id.name}"
        return {"number": entry.number, "url": address, "what": what, "entry": entry}

    @api.model
    def _cites(self, refs, links):
        nothing = {"url": False, "what": False, "entry": False}
        return [links.get(ref) or {"number": ref, **nothing} for ref in refs]

    @api.model
    def _refs(self, known):
        """The numbers of all records that were known about the deal."""
        facts = known._core_facts()
        kinds = (facts.receptions, facts.followups, facts.communications, facts.orders, facts.preregistrations)
        cited = {ref for finding in known.findings or () for ref in finding.get("cites", ())}
        return cited | {fact.ref for kind in kinds for fact in kind}

    @api.model
    def _records(self, known):
        """What the findings cite, in the order of the ledger: the index of the printed ruling."""
        entries = known.cited_ids.sorted(lambda entry: (entry.recorded_at, entry.id))
        tz = known.outlet_id.tz
        return [{**self._link(entry, True), "at": self._moment(entry.recorded_at, tz)} for entry in entries]

    # Days

    @api.model
    def _moment(self, at, tz):
        """A moment in the outlet's time, as the reader writes it."""
        if not at:
            return "-"
        local = fields.Datetime.context_timestamp(self.with_context(tz=tz), at)
        day = format_date(self.env, local.date(), date_format="long")
        return f"{day} {format_time(self.env, local.time(), time_format='HH:mm')}"
