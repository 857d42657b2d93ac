import uuid
from datetime import timedelta

from odoo import SUPERUSER_ID, api, sql_db
from odoo.modules.registry import Registry
from odoo.service.model import retrying
from odoo.tests.common import BaseCase, get_db_name
from odoo.tools import mute_logger

from ..models import clock

CARDS = "SELECT id FROM crm_lead WHERE team_id = %(outlet)s"
EVIDENCE = f"""
DELETE FROM showroom_transfer WHERE approval_id IN (SELECT id FROM showroom_approval WHERE outlet_id = %(outlet)s);
DELETE FROM showroom_settlement_share WHERE settlement_id IN (SELECT s.id FROM showroom_settlement s
    JOIN showroom_approval a ON a.id = approval_id WHERE outlet_id = %(outlet)s);
DELETE FROM showroom_settlement WHERE approval_id IN
    (SELECT id FROM showroom_approval WHERE outlet_id = %(outlet)s);
DELETE FROM showroom_cancellation WHERE approval_id IN
    (SELECT id FROM showroom_approval WHERE outlet_id = %(outlet)s);
DELETE FROM showroom_approval_step WHERE approval_id IN
    (SELECT id FROM showroom_approval WHERE outlet_id = %(outlet)s);
DELETE FROM showroom_approval WHERE outlet_id = %(outlet)s;
DELETE FROM showroom_ownership WHERE lead_id IN ({CARDS});
DELETE FROM showroom_grade_change WHERE lead_id IN ({CARDS});
DELETE FROM showroom_notice WHERE lead_id IN ({CARDS});
DELETE FROM showroom_followup WHERE outlet_id = %(outlet)s;
DELETE FROM showroom_reception WHERE outlet_id = %(outlet)s;
DELETE FROM showroom_register_page WHERE outlet_id = %(outlet)s;
DELETE FROM showroom_ledger_entry WHERE outlet_id = %(outlet)s;
DELETE FROM showroom_ledger_head WHERE outlet_id = %(outlet)s;
UPDATE crm_lead SET pending_transfer_id = NULL, notice_id = NULL, filing_id = NULL WHERE team_id = %(outlet)s;
"""
REST = f"""
DELETE FROM showroom_failure WHERE res_id IN ({CARDS});
DELETE FROM mail_activity WHERE res_model = 'crm.lead' AND res_id IN ({CARDS});
DELETE FROM mail_message WHERE model = 'crm.lead' AND res_id IN ({CARDS});
DELETE FROM mail_followers WHERE res_model = 'crm.lead' AND res_id IN ({CARDS});
DELETE FROM mail_message WHERE model = 'crm.team' AND res_id = %(outlet)s;
DELETE FROM mail_followers WHERE res_model = 'crm.team' AND res_id = %(outlet)s;
DELETE FROM crm_lead WHERE team_id = %(outlet)s;
DELETE FROM crm_team_member WHERE crm_team_id = %(outlet)s;
DELETE FROM crm_team WHERE id = %(outlet)s;
UPDATE showroom_policy SET default_grade_id = NULL, version_id = NULL WHERE id = %(policy)s;
DELETE FROM showroom_policy_version WHERE policy_id = %(policy)s;
DELETE FROM showroom_policy WHERE id = %(policy)s;
DELETE FROM res_users_settings WHERE user_id IN %(users)s;
DELETE FROM res_users WHERE id IN %(users)s;
"""


class EnforcementCase(BaseCase):
    """An outlet of its own, committed, with cards of one consultant; removed afterwards with the triggers off."""

    CARDS = 6

    def setUp(self):
        super().setUp()
        # Who loses a race begins again; Odoo notes the query all the same.
        self.enterContext(mute_logger("odoo.sql_db"))
        self.registry = Registry(get_db_name())
        with self.cursor() as cr:
            self._stage(api.Environment(cr, SUPERUSER_ID, {}))
        self.addCleanup(self._clean)
        self.registry.clear_all_caches()
        only = {self.outlet: "Asia/Shanghai"}  # what else the database has is left alone
        self.patch(self.registry["crm.team"], "_outlet_zones", lambda _team: only)

    def cursor(self):
        """A connection of its own, as every worker has."""
        return sql_db.db_connect(get_db_name()).cursor()

    def env_of(self, cr, user=SUPERUSER_ID):
        return api.Environment(cr, user, {})

    def _stage(self, env):
        code = f"X{uuid.uuid4().hex[:8].upper()}"
        self.policy = env.ref("showroom_ownership.policy_six_principles").copy({"name": code})
        grade = env.ref("showroom_ownership.policy_six_principles").default_grade_id
        self.policy.default_grade_id = self.policy.grade_ids.filtered(lambda each: each.code == grade.code)
        vals = {"name": code, "outlet_code": code, "outlet_kind": "showroom", "tz": "Asia/Shanghai", "user_id": False}
        outlet = env["crm.team"].create({**vals, "policy_id": self.policy.id})
        roles = {"li": "consultant", "wang": "consultant", "sun": "consultant", "chen": "manager", "dong": "manager"}
        users = {name: self._user(env, outlet, f"{name}-{code}", role) for name, role in roles.items()}
        self.outlet, self.policy, self.users = outlet.id, self.policy.id, users
        self.cards = self._receive(env, outlet, users["li"]).ids

    def _user(self, env, outlet, name, role):
        group = env.ref(f"showroom_ownership.group_{role}")
        vals = {"name": name, "login": f"{name}@x", "email": f"{name}@x.example", "group_ids": [(6, 0, group.ids)]}
        user = env["res.users"].with_context(no_reset_password=True).create(vals)
        env["crm.team.member"].create({"crm_team_id": outlet.id, "user_id": user.id})
        return user.id

    def _receive(self, env, outlet, user):
        vals = {"customer_name": "Zhao", "outlet_id": outlet.id, "channel": "visit"}
        phones = [f"+86 139{uuid.uuid4().int % 10**8:08d}" for _each in range(self.CARDS)]
        Reception = env["showroom.reception"].with_user(user)
        return Reception.create([{**vals, "phone": phone} for phone in phones]).with_env(env).lead_id

    def _clean(self):
        """Evidence goes with the triggers off, what hangs on the rest goes with it."""
        made = {"outlet": self.outlet, "policy": self.policy, "users": tuple(self.users.values())}
        with self.cursor() as cr:
            cr.execute("SET session_replication_role = replica")
            cr.execute(EVIDENCE, made)
            cr.execute("SET session_replication_role = DEFAULT")
            cr.execute(REST, made)
        self.registry.clear_all_caches()

    # What happens

    def policy_says(self, **vals):
        with self.cursor() as cr:
            self.env_of(cr)["showroom.policy"].browse(self.policy).write(vals)

    def let_lapse(self, noticed=True):
        """The cards are overdue since days; where they were noticed, the grace is over."""
        with self.cursor() as cr:
            env = self.env_of(cr)
            cards, today = env["crm.lead"].browse(self.cards), env["crm.team"].browse(self.outlet)._today()
            cards._update_card({"followup_due": today - timedelta(days=5), "reminded_due": False})
            if noticed:
                env["showroom.notice"]._issue(cards)
                cards.notice_id.write({"until": today - timedelta(days=2)})

    def run_lapses(self):
        """The scheduled action, as a worker runs it."""
        with self.cursor() as cr:
            self.env_of(cr)["crm.lead"]._cron_lapses()

    def follow_up(self, card, user):
        """A request of a consultant's browser, retried by Odoo where the database says so."""
        with self.cursor() as cr:
            env = self.env_of(cr, self.users[user])
            vals = {"lead_id": card, "happened_at": clock.now(env)}
            retrying(lambda: env["showroom.followup"].create(vals).id, env)

    # What is there

    def rows(self, query, *params):
        with self.cursor() as cr:
            cr.execute(query, params or [tuple(self.cards)])
            return cr.fetchall()

    def owners(self):
        return dict(self.rows("SELECT id, user_id FROM crm_lead WHERE id IN %s"))

    def history(self, card):
        rows = self.rows("SELECT reason FROM showroom_ownership WHERE lead_id = %s ORDER BY id", card)
        return [row[0] for row in rows]

    def requests(self, card):
        query = "SELECT a.state FROM showroom_approval a JOIN showroom_transfer t ON t.approval_id = a.id"
        return [row[0] for row in self.rows(f"{query} WHERE a.lead_id = %s ORDER BY a.id", card)]
