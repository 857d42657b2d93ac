from unittest.mock import patch

from .test_queries import QueryCase

TEXT = "Lent <by> Li & Wang"


class TestNotesAndFollowers(QueryCase):
    """Notes and followers of many cards are inserted in a statement, as Odoo makes them one by one."""

    OWN = frozenset(["id", "res_id", "message_id", "date", "create_date", "write_date"])

    def cards(self, number, start=0):
        return self.env["crm.lead"].browse(self._receive_many(number, start)[0].lead_id.ids)

    def extended(self, model, method):
        """Somebody extends a method of a model."""
        original = getattr(type(self.env[model]), method)

        def extended(records, *args, **kwargs):
            return original(records, *args, **kwargs)

        vars(extended).update(vars(original))
        extended.__module__ = "odoo.addons.somebody"
        return patch.object(type(self.env[model]), method, extended)

    def stored(self, record):
        names = [name for name, field in record._fields.items() if field.store and field.column_type]
        return {name: record[name] for name in names if name not in self.OWN}

    def assert_alike(self, ours, odoos):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual([self.stored(note) for note in ours], [self.stored(note) for note in odoos])

    # Notes

    def test_notes_are_those_that_odoo_makes(self):
        cards = self.cards(4).with_user(self.chen)
        texts = dict(zip(cards.ids, (TEXT, TEXT, "Second", ""), strict=True))
        ours, odoos = cards._log_notes(texts), cards._message_log_batch(texts)
        self.assert_alike(ours, odoos)
        self.assertEqual(ours.mapped("res_id"), cards.ids)
        self.assertIn("&lt;by&gt;", ours[1].body)
        self.assertEqual(ours.author_id, self.chen.partner_id)
        self.assertFalse(ours.notification_ids)

    def test_a_note_stands_on_its_card_at_once(self):
        cards = self.cards(3)
        before = {card: card.message_ids for card in cards}
        notes = cards._log_notes(dict.fromkeys(cards.ids, TEXT))
        for card, note in zip(cards, notes, strict=True):
            self.assertEqual(card.message_ids - before[card], note)

    def test_notes_of_any_number_ask_as_much(self):
        counts = []
        for number, start in ((5, 0), (5, 100), (60, 200)):
            cards = self.cards(number, start)
            with self._queries() as seen:
                cards._log_notes(dict.fromkeys(cards.ids, TEXT))
            counts.append(len(seen))
        self.assertEqual(counts[1], counts[2], counts)

    def test_whoever_extends_messages_makes_all_of_them(self):
        cards = self.cards(3)
        texts = dict.fromkeys(cards.ids, TEXT)
        for model, method in (("mail.message", "create"), ("crm.lead", "_message_create")):
            with self.extended(model, method), patch.object(type(cards), "_log_like") as at_once:
                notes = cards._log_notes(texts)
            at_once.assert_not_called()
            self.assert_alike(notes, cards._message_log_batch(texts))

    # Followers

    def test_followers_are_those_that_odoo_makes(self):
        ours, odoos = self.cards(2), self.cards(2, 100)
        for cards in (ours, odoos):
            cards.message_follower_ids.unlink()
        ours._subscribe(dict.fromkeys(ours, self.wang))
        with self.extended("mail.followers", "create"):
            odoos._subscribe(dict.fromkeys(odoos, self.wang))
        for cards in (ours, odoos):
            self.assertEqual(cards.message_partner_ids, self.wang.partner_id)
            self.assertEqual(len(cards.message_follower_ids), 2)
        self.assertTrue(ours.message_follower_ids.subtype_ids)
        self.assertEqual(ours.message_follower_ids.subtype_ids, odoos.message_follower_ids.subtype_ids)

    def test_who_left_does_not_follow(self):
        cards = self.cards(2)
        self.wang.active = False
        cards._subscribe(dict.fromkeys(cards, self.wang))
        self.assertEqual(cards.message_partner_ids, self.li.partner_id)
