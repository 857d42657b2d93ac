import threading

from odoo.exceptions import AccessError, UserError
from odoo.service.model import retrying
from odoo.tests import tagged

from .enforcement import EnforcementCase
from .processes import at_once


@tagged("post_install", "-at_install")
class TestEnforcementRaces(EnforcementCase):
    """People and the scheduled action at the same card at the same moment, on real connections (4.4)."""

    CARDS = 2

    def setUp(self):
        super().setUp()
        self.card = self.cards[0]

    def file_requests(self):
        self.policy_says(lapse_transfer="request")
        self.let_lapse()
        self.run_lapses()
        self.assertEqual(self.requests(self.card), ["pending"])
        self.filed = dict(self.rows("SELECT lead_id, id FROM showroom_approval WHERE lead_id IN %s"))

    def approve(self, user="chen", cards=None):
        """A manager's request for what was pending on the screen, retried by Odoo."""
        with self.cursor() as cr:
            env = self.env_of(cr, self.users[user])
            requests = env["showroom.approval"].browse(self.filed[card] for card in cards or [self.card])
            retrying(lambda: requests.action_approve(), env)

    def depart(self, user):
        with self.cursor() as cr:
            env = self.env_of(cr)
            retrying(lambda: env["res.users"].browse(self.users[user]).write({"active": False}), env)

    def assert_counted(self):
        rows = self.rows("SELECT consultant_id, is_valid FROM showroom_followup WHERE lead_id = %s", self.card)
        self.assertEqual(rows, [(self.users["li"], True)])

    def assert_consistent(self):
        """Either the follow-up came first and the card stayed, or the transfer did and the card moved."""
        owner, states = self.owners()[self.card], self.requests(self.card)
        if owner == self.users["li"]:
            self.assertNotIn("approved", states)
            self.assertNotIn("pending", states)
            self.assertEqual(self.history(self.card), ["filing"])
        else:
            self.assertEqual(states[-1], "approved")
            self.assertEqual(self.history(self.card), ["filing", "lapsed"])
        pending = self.rows("SELECT pending_transfer_id, notice_id FROM crm_lead WHERE id = %s", self.card)
        self.assertEqual(pending, [(None, None)])

    # The scheduled action and a follow-up

    def test_a_follow_up_that_is_being_saved_keeps_the_card(self):
        """The worker began before the follow-up was committed, and takes the card after: it must look again."""
        self.policy_says(lapse_transfer="automatic")
        self.let_lapse()
        with self.cursor() as cr:
            env = self.env_of(cr)
            cr.execute("SELECT 1")  # the worker sees the database as it is now
            claimed = env["crm.lead"]._claim_lapsed
            original = claimed.__func__
            taken = []

            def late(lead, limit):
                if not taken:
                    lead.env.cr.execute("SELECT count(*) FROM crm_lead")
                    taken.append(self.follow_up(self.card, "li"))
                return original(lead, limit)

            self.patch(type(env["crm.lead"]), "_claim_lapsed", late)
            env["crm.lead"]._cron_lapses()
        self.assertEqual(self.owners()[self.card], self.users["li"])
        self.assertNotEqual(self.owners()[self.cards[1]], self.users["li"])
        self.assert_counted()
        self.assert_consistent()

    def test_a_follow_up_during_the_transfer_is_recorded_after_it(self):
        """The transfer is written and not committed when the follow-up comes: it waits, and is recorded on the card."""
        self.policy_says(lapse_transfer="automatic")
        self.let_lapse()
        with self.cursor() as cr:
            env = self.env_of(cr)
            env["crm.lead"]._claim_lapsed(1000).filtered(lambda card: card.id in self.cards)._enforce()
            env.flush_all()
            saving = threading.Thread(target=self.follow_up, args=(self.card, "li"))
            saving.start()
            saving.join(1)
            self.assertTrue(saving.is_alive(), "the follow-up waits for the transfer")
        saving.join()  # leaving the cursor has committed the transfer
        self.assertNotEqual(self.owners()[self.card], self.users["li"])
        self.assert_counted()
        self.assert_consistent()

    def test_a_follow_up_that_changes_nothing_on_the_card_conflicts_too(self):
        """Two transactions that write different rows would both go through; the contact therefore writes its card."""
        self.let_lapse()
        with self.cursor() as cr:
            env = self.env_of(cr)
            cr.execute("SELECT xmin FROM crm_lead WHERE id = %s", [self.card])
            [before] = cr.fetchone()
            env["crm.lead"].browse(self.card)._touch()
            env.flush_all()
            cr.execute("SELECT xmin FROM crm_lead WHERE id = %s", [self.card])
            self.assertNotEqual(cr.fetchone()[0], before)

    def test_lapses_and_follow_ups_at_random(self):
        self.policy_says(lapse_transfer="automatic")
        for _round in range(3):
            self.let_lapse()
            jobs = [self.run_lapses, lambda: self.follow_up(self.card, "li"), self.run_lapses]
            self.assertFalse(at_once(*jobs))
            if self.owners()[self.card] != self.users["li"]:
                break
        owner = self.owners()[self.card]
        moved = owner != self.users["li"]
        self.assertEqual(self.history(self.card), ["filing", "lapsed"] if moved else ["filing"])

    # A manager and a follow-up

    def test_an_approval_and_a_follow_up_at_the_same_time(self):
        self.file_requests()
        errors = at_once(self.approve, lambda: self.follow_up(self.card, "li"))
        self.assertFalse([error for error in errors if not isinstance(error, UserError)], errors)
        self.assert_counted()
        self.assert_consistent()

    def test_an_approval_of_what_was_followed_up_meanwhile_is_refused(self):
        self.file_requests()
        with self.cursor() as cr:
            env = self.env_of(cr, self.users["chen"])
            request = env["showroom.approval"].search([("lead_id", "=", self.card)])
            self.follow_up(self.card, "li")
            with self.assertRaises(UserError):
                retrying(lambda: request.action_approve(), env)
        self.assertEqual(self.owners()[self.card], self.users["li"])
        self.assertEqual(self.requests(self.card), ["withdrawn"])

    # Managers

    def test_two_managers_approve_the_same_requests(self):
        self.file_requests()
        errors = at_once(lambda: self.approve("chen", self.cards), lambda: self.approve("dong", self.cards))
        self.assertFalse([error for error in errors if not isinstance(error, UserError)], errors)
        for card in self.cards:
            self.assertEqual(self.history(card), ["filing", "lapsed"])
            steps = "SELECT count(*) FROM showroom_approval_step s JOIN showroom_approval a ON a.id = s.approval_id"
            self.assertEqual(self.rows(f"{steps} WHERE a.lead_id = %s AND s.verdict = 'approved'", card), [(1,)])

    # One request of a kind waits for a card

    def ask(self, user, method, *said, meanwhile=None):
        """A request of a consultant's browser that has begun before another one is done."""
        with self.cursor() as cr:
            cr.execute("SELECT count(*) FROM crm_lead")  # what it sees is how it is now
            if meanwhile:
                meanwhile()
            env = self.env_of(cr, self.users[user])
            retrying(lambda: getattr(env["crm.lead"].browse(self.card), method)(*said) and True, env)

    def test_of_two_proposals_at_the_same_moment_the_second_is_refused(self):
        said = ("action_settle", {self.users["li"]: 100})
        with self.assertRaisesRegex(UserError, "not decided yet"):
            self.ask("li", *said, meanwhile=lambda: self.ask("li", *said))
        self.assert_asked_once()

    def test_of_two_cancellations_at_the_same_moment_the_second_is_refused(self):
        said = ("action_request_cancellation", "Gone abroad")
        with self.assertRaisesRegex(UserError, "pending already"):
            self.ask("li", *said, meanwhile=lambda: self.ask("chen", *said))
        self.assert_asked_once()

    def test_of_many_transfers_at_once_one_goes_through(self):
        transfer = ("action_request_transfer", self.users["wang"], "customer_request", "Dialect")
        errors = at_once(*[lambda: self.ask("li", *transfer)] * 3)
        self.assertEqual([type(error) for error in errors], [UserError] * 2, errors)
        self.assert_asked_once()

    def assert_asked_once(self):
        query = "SELECT count(*) FROM showroom_approval WHERE lead_id = %s AND state IN ('draft', 'pending')"
        self.assertEqual(self.rows(query, self.card), [(1,)])

    # Departures

    def test_a_departure_while_a_transfer_is_approved(self):
        """The cards of the one who leaves are with the new owner or in the pool, with one request."""
        self.file_requests()
        errors = at_once(lambda: self.approve("chen", self.cards), lambda: self.depart("li"))
        self.assertFalse([error for error in errors if not isinstance(error, (UserError, AccessError))], errors)
        for card, owner in self.owners().items():
            last = self.history(card)[-1]
            self.assertEqual(last, "lapsed" if owner else "departure")
            self.assertEqual(self.requests(card)[-1], "approved" if owner else "pending")
            self.assertNotEqual(owner, self.users["li"])

    def test_who_leaves_while_being_given_a_card_does_not_keep_it(self):
        """Both can go through at once: the scheduled action finds the card with its departed owner."""
        self.file_requests()
        proposed = self.rows(
            "SELECT to_id FROM showroom_transfer t JOIN showroom_approval a ON a.id = t.approval_id WHERE lead_id = %s",
            self.card,
        )[0][0]
        name = next(name for name, user in self.users.items() if user == proposed)
        at_once(self.approve, lambda: self.depart(name))
        with self.cursor() as cr:
            self.env_of(cr)["crm.lead"]._cron_departures()
        self.assertNotEqual(self.owners()[self.card], proposed)
