from odoo.exceptions import AccessError
from odoo.tests import tagged

from .attack_hand_case import HandCase

VICTIM = "13910000004"


@tagged("post_install", "-at_install")
class TestAttacksCluster(HandCase):
    """li opens cards by hand and joins them with others, so that Qian, whom wang filed after `self.old`, is theirs."""

    number = VICTIM

    def setUp(self):
        super().setUp()
        self.old = self.other
        with self.at("2026-03-02 11:00"):
            self.foo = self.receive(self.li, phone="13910000079", name="Foo")
        with self.at("2026-03-02 12:00"):
            self.qian = self.card(self.wang, phone=VICTIM, name="Qian")
        self.enter("li")

    def assertWangs(self):
        """Whatever was tried, the deal of Qian is wang's."""
        with self.undone():
            self.enter("wang")
            self.assertDone(self.put(self.qian, stage_id=self.won.id))
            ruling = self.qian.ruling_id
            self.assertEqual((ruling.ground, ruling.share_ids.user_id), ("sole_claimant", self.wang))
        self.enter("li")

    # Orders (1)

    def test_an_order_on_a_card_beside_the_holders_is_refused(self):
        card = self.new()
        self.assertRefused(self.rpc("showroom.order", "create", {"lead_id": card.id}), "earlier filing")
        self.assertWangs()

    def test_an_order_waits_on_no_card_without_a_number(self):
        card = self.new(False)
        self.assertRefused(self.rpc("showroom.order", "create", {"lead_id": card.id}), "phone first")
        spare = self.new("13910000066")
        self.assertDone(self.rpc("showroom.order", "create", {"lead_id": spare.id}))
        self.assertRefused(self.put(spare, phone=VICTIM), "stands in the register")

    def test_an_order_on_a_card_that_is_linked_afterwards_does_not_count(self):
        spare = self.new("13910000066")
        self.assertDone(self.rpc("showroom.order", "create", {"lead_id": spare.id}))
        self.assertDone(self.link(spare, self.qian))  # nobody filed it: it gives li nothing
        self.assertWangs()

    def test_who_holds_the_customer_takes_the_order(self):
        self.enter("wang")
        self.assertDone(self.rpc("showroom.order", "create", {"lead_id": self.qian.id}))
        self.assertDone(self.put(self.qian, stage_id=self.won.id))
        self.assertEqual(self.qian.ruling_id.ground, "order_customer")

    # Merging (2)

    def test_an_older_card_takes_no_number_by_a_merge(self):
        for card in (self.new(), self.new("13910000066")):
            self.assertRefused(self.merge(card, self.old), "Ask a manager")
            self.assertRefused(self.merge(self.old, card), "Ask a manager")
        self.assertWangs()

    def test_a_lead_of_no_outlet_brings_no_number_either(self):
        lead = self.env["crm.lead"].create(
            {"name": "x", "phone": VICTIM, "user_id": self.li.id, "team_id": self.plain_team.id}
        )
        self.assertRefused(self.merge(lead, self.old), "Ask a manager")

    def test_ones_own_cards_are_merged(self):
        double = self.new("13910000077")
        self.assertDone(self.merge(double, self.old))
        self.assertEqual((self.old | double).exists().user_id, self.li)
        self.assertDone(self.merge(self.zhao, self.new(False)))
        self.assertDone(self.merge(self.office, (self.old | double).exists()))

    # Win first, say later who it was (3)

    def test_a_card_is_not_won_without_a_number(self):
        card = self.new(False)
        self.assertRefused(self.put(card, stage_id=self.won.id), "phone first")
        self.assertRefused(self.rpc("crm.lead", "action_set_won_rainbowman", card.ids), "phone first")
        known = self.new()
        self.assertRefused(self.put(known, phone=False), "remove it")
        self.assertRefused(self.put(known, phone="12", stage_id=self.won.id), "remove it|phone first")
        vals = {"name": "Won", "team_id": self.main.id, "stage_id": self.won.id}
        self.assertRefused(self.rpc("crm.lead", "create", [vals]), "phone first")

    def test_whose_deal_it_was_stays(self):
        contact = self.env["res.partner"].create({"name": "Somebody"})
        for card in (self.new("13910000066"), self.new("13910000067", partner_id=contact.id)):
            self.assertDone(self.put(card, stage_id=self.won.id))
            self.assertRefused(self.put(card, phone=VICTIM), "stands in the register")
            self.assertRefused(self.put(card, partner_id=False if card.partner_id else contact.id), "ruled on")
            self.assertRefused(self.merge(card, self.new()))
        self.rpc("res.partner", "write", contact.ids, {"phone": VICTIM})
        self.assertNotEqual(card.phone_sanitized, self.qian.phone_sanitized)
        self.enter("chen")
        self.assertDone(self.put(card, phone="13910000068"))

    def test_the_country_completes_no_other_number(self):
        card = self.new("2025550123", country_id=self.env.ref("base.us").id)
        self.assertEqual(card.phone_sanitized, "+12025550123")
        self.assertDone(self.put(card, stage_id=self.won.id))
        self.assertRefused(self.put(card, country_id=self.env.ref("base.cn").id), "stands in the register")

    def test_a_line_that_is_corrected_changes_no_deal(self):
        line = self.receive(self.li, phone="13910000066", name="Spare")
        self.assertDone(self.put(line.lead_id, stage_id=self.won.id))
        card, call = line.lead_id, ("showroom.reception", "action_correct", line.ids, {"phone": "13910000067"})
        self.assertRefused(self.rpc(*call), "a deal was closed")
        self.enter("chen")
        self.assertDone(self.rpc(*call))
        self.assertEqual(card.phone_sanitized, "+8613910000066")

    def test_a_card_with_a_number_is_won_and_ruled_on(self):
        card = self.new(False)
        self.assertDone(self.put(card, phone="13910000066", stage_id=self.won.id))
        self.assertEqual(card.ruling_id.ground, "no_valid_filing")

    # Links (4, 5)

    def test_a_name_that_was_corrected_is_not_the_name_it_was_filed_under(self):
        self.assertDone(self.rpc("showroom.reception", "action_correct", self.foo.ids, {"customer_name": "Qian"}))
        self.assertRefused(self.link(self.foo.lead_id, self.qian), "different names")
        self.assertWangs()

    def test_a_chain_of_cards_makes_nobody_the_holder(self):
        card = self.new(False)
        self.assertDone(self.link(card, self.old))
        self.assertRefused(self.put(card, phone=VICTIM), "lose their customer")
        self.assertRefused(self.link(card, self.qian), "different names")
        double = self.new()
        self.assertRefused(self.link(double, self.old), "different names")
        self.assertWangs()

    def test_a_contact_makes_nobody_the_holder(self):
        [contact] = self.assertDone(self.rpc("res.partner", "create", [{"name": "Somebody"}]))
        double = self.new(partner_id=contact)
        self.assertRefused(self.put(self.old, partner_id=contact), "colleague's customer")
        self.assertRefused(self.rpc("crm.lead", "write", (self.old | double).ids, {"partner_id": contact}))
        [other] = self.assertDone(self.rpc("res.partner", "create", [{"name": "Else"}]))
        self.assertDone(self.put(self.old, partner_id=other))
        vals = {"name": "x", "phone": VICTIM, "partner_id": other, "team_id": self.main.id}
        self.assertRefused(self.rpc("crm.lead", "create", [vals]), "lose their customer")
        bare = self.new(False, partner_id=other)
        self.assertRefused(self.put(bare, phone=VICTIM), "lose their customer")
        self.assertRefused(self.rpc("res.partner", "write", [other], {"phone": VICTIM}), "lose their customer")
        self.assertWangs()

    def test_merged_contacts_make_nobody_the_holder(self):
        contacts = self.env["res.partner"].create([{"name": "Somebody"}, {"name": "Else"}])
        self.new(partner_id=contacts[0].id)
        self.assertDone(self.put(self.old, partner_id=contacts[1].id))
        self.li.group_ids += self.env.ref("base.group_partner_manager")
        values = {"dst_partner_id": contacts[0].id, "partner_ids": [[6, 0, contacts.ids]], "state": "selection"}
        [wizard] = self.assertDone(self.rpc("base.partner.merge.automatic.wizard", "create", [values]))
        self.assertRefused(self.rpc("base.partner.merge.automatic.wizard", "action_merge", [wizard]))
        with self.refused(AccessError, "lose their customer"):  # also where both contacts can be seen
            self.env["base.partner.merge.automatic.wizard"].with_user(self.li).create({})._merge(contacts.ids)

    def test_a_branchs_manager_takes_no_customer_of_the_showroom(self):
        with self.at("2026-03-02 11:30"):
            far = self.card(self.sun, phone="13910000065", name="Far")
        contact = self.env["res.partner"].create({"name": "Somebody"})
        self.enter("branch")
        vals = {"name": "x", "phone": VICTIM, "team_id": self.east.id, "partner_id": contact.id}
        self.assertDone(self.rpc("crm.lead", "create", [vals]))
        self.assertRefused(self.put(far, partner_id=contact.id), "lose their customer")

    def test_a_number_that_only_the_register_knows_is_taken_over_by_no_card(self):
        with self.at("2026-03-02 13:00"):
            office = self.card(self.wang, phone="13910000003", name="Qian")
        self.enter("chen")
        self.assertDone(self.merge(self.qian, office))
        lost = "13910000003" if (self.qian | office).exists().phone_sanitized.endswith(VICTIM) else VICTIM
        self.enter("li")
        vals = {"name": "x", "phone": lost, "team_id": self.main.id}
        self.assertRefused(self.rpc("crm.lead", "create", [vals]), "The register knows")
        card = self.new(False)
        self.assertRefused(self.put(card, phone=lost), "The register knows")

    def test_what_was_prepared_on_a_card_that_a_colleague_files_falls_away(self):
        contact = self.env["res.partner"].create({"name": "Somebody"})
        self.assertDone(self.put(self.old, partner_id=contact.id))
        linked, shared = self.new("13910000061"), self.new("13910000062", partner_id=contact.id)
        self.assertDone(self.link(linked, self.old))
        with self.at("2026-03-02 16:00"):
            for card in linked | shared:
                self.assertEqual(self.receive(self.wang, phone=card.phone_sanitized, name="Walk In").lead_id, card)
                self.assertEqual((card.user_id, card._same_customer()), (self.wang, card))

    def test_who_gains_nothing_links_and_completes(self):
        self.assertDone(self.link(self.new("13910000066"), self.qian))
        contact = self.env["res.partner"].create({"name": "Zhao"})
        self.assertDone(self.put(self.office | self.old, partner_id=contact.id))
        self.assertDone(self.put(self.new(False, partner_id=contact.id), phone="13910000055"))
        self.assertWangs()
