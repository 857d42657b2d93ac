from odoo import api, models

from ..core import claims


class ShowroomRulingLetter(models.AbstractModel):
    """Why not to whom: the sentences that a consultant who was not credited reads (5)."""

    _inherit = "showroom.ruling.letter"

    @api.model
    def _why_not(self, known, findings, since, links, reader):
        """For each party who is not credited, the reader first: the plain sentences why."""
        credited = set(known.share_ids.user_id.ids)
        people = claims.losers(known._core_facts(), known._core_policy(), credited)
        told = [self._why_not_to(known, findings, links, person) for person in people]
        for letter in told:
            letter["title"] = self._why_not_title(letter["person"], reader)
            letter["points"][:0] = self._lost_since_point(findings, since, letter["person"])
        return sorted(told, key=lambda letter: letter["person"] != reader)

    @api.model
    def _lost_since_point(self, findings, since, person):
        """Whom the principles had credited is told first what ended it."""
        had = next((each.get("shares", ()) for each in findings if each["verdict"] == "decided"), ())
        lost = since and any(user == person for user, _percent in had)
        return [self._point(since["text"], self.env._("Credited at first"), since["cites"])] if lost else []

    @api.model
    def _why_not_title(self, person, reader):
        name = self.env["res.users"].sudo().browse(person).name
        return self.env._("Why not to you") if person == reader else self.env._("Why not to %s", name)

    @api.model
    def _why_not_to(self, known, findings, links, person):
        facts, policy = known._core_facts(), known._core_policy()
        who = self.env["res.users"].sudo().browse(person).name
        standing = claims.standing(facts, policy, person)
        points = [*self._standing_point(standing, who), *self._asked_points(findings, standing, person, who)]
        if standing == "holder":
            points += self._lapse_point(facts, policy, links)
        points += self._uncounted_points(facts, policy, person, links)
        return {"person": person, "points": points, "remedy": self._remedy(known, person, links)}

    @api.model
    def _point(self, text, head=False, cites=()):
        return {"head": head, "text": text, "cites": list(cites)}

    @api.model
    def _standing_point(self, standing, who):
        """What somebody without a claim of their own is told first."""
        texts = {
            "departed": self.env._("%s has left; with that, their claims to open deals ended.", who),
            "other": self.env._("%s neither holds the customer nor closed the deal.", who),
        }
        return [self._point(texts[standing])] if standing in texts else []

    @api.model
    def _asked_points(self, findings, standing, person, who):
        """The principles that could have spoken for the person, and why they did not."""
        first = next((each for each in findings if each["verdict"] == "decided"), None)
        hopes = claims.HOPES.get(standing, ())
        points = []
        for finding in findings:
            speaks = any(user == person for user, _percent in finding.get("shares", ()))
            if finding["verdict"] == "outranked" and speaks:
                points.append(self._outranked_point(finding, first, who))
            elif self._is_telling(finding) and finding["ground"] in hopes:
                points.append(self._point(finding["text"], finding["label"], finding["cites"]))
        return points

    @api.model
    def _is_telling(self, finding):
        """Did not apply for a reason that is worth a sentence: that there is no family at all is none."""
        return finding["verdict"] in ("not_met", "off") and finding["reason"] != "no_family"

    @api.model
    def _outranked_point(self, finding, first, who):
        text = self.env._(
            "This would speak for %(who)s, but it comes as number %(number)s. Number %(first)s, “%(label)s”, is asked "
            "before it and decides.",
            who=who, number=finding["number"], first=first["number"], label=first["label"],
        )  # fmt: skip
        return self._point(f"{finding['text']} {text}", finding["label"], finding["cites"])

    @api.model
    def _lapse_point(self, facts, policy, links):
        """What the grade asked for and what was done."""
        lapse = claims.lapse(facts, policy)
        if not lapse:
            return []
        day = self.env["showroom.wording"]._day
        words = {"count": lapse.count, "period": lapse.period, "last": day(lapse.last), "due": day(lapse.due)}
        text = self.env._(
            "The grade's rhythm is %(count)s in %(period)s days. The last contact that counts was on %(last)s, so the "
            "next one was due on %(due)s at the latest.",
            **words,
        )
        cites = self._cites([lapse.last_ref], links) if lapse.last_ref else ()
        return [self._point(text, self.env._("Follow-up rhythm"), cites)]

    @api.model
    def _uncounted_points(self, facts, policy, person, links):
        """The person's own records that do not count, each with the reason."""
        head = self.env._("Does not count")
        return [
            self._point(f"{self._flaw(each)}.", head, self._cites([each.ref], links))
            for each in claims.uncounted(facts, policy, person)
        ]

    @api.model
    def _flaw(self, uncounted):
        field = self.env[f"showroom.{uncounted.kind}"]._fields["flaw"]
        return dict(field._description_selection(self.env))[uncounted.flaw]

    @api.model
    def _remedy(self, known, person, links):
        """What the person can still do, and what would come of it."""
        if known.state != "provisional" or person not in known.appellant_ids.ids:
            return False
        advice = known._recommendation()
        days = known._core_policy().tracking_days
        texts = {
            "appeal_tracked": self.env._(
                "An appeal would be recommended: contacts in the %s days before the deal are on record.", days
            ),
            "appeal_untracked": self.env._(
                "An appeal would not be recommended: no contact in the %s days before the deal counts. A manager can "
                "decide otherwise, with a reason.",
                days,
            ),
        }
        text = texts.get(advice.ground) or self.env._("After an appeal, a manager decides on the shares.")
        return self._point(text, self._status(known), self._cites(advice.cites, links))
