"""The company, its teams and its people, as an administrator would set them up."""

from odoo import Command

from .people import COMPANY, OUTLETS, PEOPLE, TZ


class Stage:
    """One company; three teams, which become outlets when the company goes live; their people."""

    def is_set(self):
        """Whether somebody of the demo is there already, for example from an earlier installation."""
        logins = [("login", "in", list(PEOPLE))]
        return bool(self.env["res.users"].with_context(active_test=False).search_count(logins, limit=1))

    def set_the_stage(self):
        self._learn_chinese()
        self.company = self._make_company()
        self.teams = {code: self._make("crm.team", self._team_vals(code)) for code in OUTLETS}
        self.people = {login: self._make("res.users", self._user_vals(login)) for login in PEOPLE}
        self.people.update(root=self.env.ref("base.user_root"), admin=self._let_admin_in())
        for login, (_name, _role, outlet, _lang) in PEOPLE.items():
            self._join(login, outlet)

    def _learn_chinese(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        # This module is still being installed; the house's own principles are copied from a preset in both languages.
        here = [("state", "in", ("installed", "to install", "to upgrade"))]
        self.env["ir.module.module"].search(here)._update_translations(["zh_CN"])

    def _make(self, model, vals):
        """Without an external identifier: uninstalling the module leaves the company, its people and their leads."""
        quietly = self.env[model].with_context(no_reset_password=True, mail_create_nolog=True)
        return quietly.create(vals).with_env(self.env)

    def _make_company(self):
        china, yuan = self.env.ref("base.cn"), self.env.ref("base.CNY")
        yuan.active = True
        company = self._make("res.company", {**COMPANY, "country_id": china.id, "currency_id": yuan.id})
        company.partner_id.tz = TZ
        return company

    def _team_vals(self, code):
        return {
            "name": OUTLETS[code][0],
            "company_id": self.company.id,
            "user_id": False,
            "sequence": list(OUTLETS).index(code),
        }

    def _user_vals(self, login):
        """Without an e-mail address: the demo sends nothing to anybody, people find their messages in Odoo."""
        name, role, _outlet, lang = PEOPLE[login]
        groups = self.env.ref(f"showroom_ownership.group_{role}")
        who = {"name": name, "login": login, "password": login}
        where = {"company_id": self.company.id, "company_ids": [Command.set(self.company.ids)], "tz": TZ, "lang": lang}
        return {**who, **where, "group_ids": [Command.set(groups.ids)], "notification_type": "inbox"}

    def _let_admin_in(self):
        """The administrator sees the dealership first; the stock company is one click away."""
        admin = self.env.ref("base.user_admin")
        admin.write({"company_ids": [Command.link(self.company.id)], "company_id": self.company.id})
        return admin

    def _join(self, login, outlet):
        if outlet:
            self.env["crm.team.member"].create({"crm_team_id": self.teams[outlet].id, "user_id": self.people[login].id})

    # Going live

    def do_open_outlets(self, _step):
        """The teams become outlets; what they have is adopted."""
        for code, (_name, kind, leader, preset) in OUTLETS.items():
            policy = self.env.ref(f"showroom_ownership.policy_{preset}")
            vals = {"outlet_kind": kind, "outlet_code": code, "tz": TZ, "policy_id": policy.id}
            self.teams[code].write({**vals, "user_id": self.people[leader].id})

    def do_principles(self, _step):
        """The showroom's own principles, copied from the preset by the sales director."""
        preset = self.env.ref("showroom_ownership.policy_six_principles").with_user(self.people["guo"])
        policy = preset.copy({"name": "Pujiang Principles 浦江六原则", "notice_mode": "manual", "appeal_days": 2})
        policy.default_grade_id = policy.grade_ids.filtered(lambda grade: grade.code == "B")
        self.teams["MAIN"].policy_id = policy

    def do_policy(self, step):
        """A change of the principles: a new version, in force from then on."""
        changes = {name: int(value) for name, value in step.options.items()}
        self.teams["MAIN"].policy_id.with_user(self.person(step)).write(changes)

    # Looking things up

    def person(self, step):
        """Who does it; ``owner`` is whoever has the card by then."""
        if step.who == "owner":
            return self.env["crm.lead"].browse(self.cards[step.customer.name]).user_id
        return self.people[step.who]

    def as_(self, step, model):
        """A model as the person at the screen sees it, in their company and language."""
        user = self.person(step)
        screen = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": self.company.ids}
        return self.env[model].with_user(user).with_context(**screen)

    def card(self, step):
        """The customer's card, as the person at the screen sees it."""
        return self.as_(step, "crm.lead").browse(self.cards[step.customer.name])
