from unittest.mock import patch

from markupsafe import Markup

from ..models import crm_lead_followers
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

    def test_odoo_makes_the_first_note_alone(self):
        """So that no extension of stock Odoo's own sends all notes the long way unseen."""
        cards, made = self.cards(5), []
        create = type(self.env["mail.message"]).create

        def counting(records, vals_list):
            made.append(len(vals_list))
            return create(records, vals_list)

        counting._api_model, counting.__module__ = True, "odoo.addons.mail."
        with patch.object(type(self.env["mail.message"]), "create", counting):
            notes = cards._log_notes(dict.fromkeys(cards.ids, TEXT))
        self.assertEqual((made, len(notes)), ([1], 5))

    def test_notes_of_any_number_ask_as_much(self):
        counts = []
        for number, start in ((5, 0), (5, 100), (160, 200)):
            cards = self.cards(number, start)
            with self._queries() as seen:
                cards._log_notes(dict.fromkeys(cards.ids, TEXT))
            counts.append(len(seen))
        self.assertEqual(counts[1], counts[2], counts)

    def test_what_depends_on_messages_is_worked_out_again(self):
        cards, Message = self.cards(3), type(self.env["mail.message"])
        with patch.object(Message, "modified", autospec=True, side_effect=Message.modified) as modified:
            notes = cards._log_notes(dict.fromkeys(cards.ids, TEXT))
        told = [call for call in modified.call_args_list if call.kwargs.get("create") and "res_id" in call.args[1]]
        self.assertEqual(Message.union(*(call.args[0] for call in told)), notes)

    def test_formatted_notes_are_left_to_odoo(self):
        cards = self.cards(2)
        notes = cards._log_notes(dict(zip(cards.ids, ("<b>", Markup("<b>bold</b>")), strict=True)))
        self.assertEqual([str(note.body) for note in notes], ["<p>&lt;b&gt;</p>", "<b>bold</b>"])

    def test_whoever_extends_messages_makes_all_of_them(self):
        cards = self.cards(3)
        texts = dict.fromkeys(cards.ids, TEXT)
        for model, method in (("mail.message", "create"), ("crm.lead", "_message_create")):
            with self.extended(model, method), patch.object(type(cards), "_log_like") as at_once:
                notes = cards._log_notes(texts)
            at_once.assert_not_called()
            self.assert_alike(notes, cards._message_log_batch(texts))

    # Followers

    def followed(self, card):
        """What is known of who follows, without reading anew."""
        told, is_follower = card.message_follower_ids, card.with_user(self.wang).message_is_follower
        return told.partner_id, card.message_partner_ids, told.subtype_ids, is_follower

    def test_followers_are_those_that_odoo_makes(self):
        ours, odoos = self.cards(2), self.cards(2, 100)
        (ours | odoos).message_follower_ids.unlink()
        for card in ours | odoos:
            self.assertFalse(any(self.followed(card)))
        ours._subscribe(dict.fromkeys(ours, self.wang))
        with self.extended("mail.followers", "create"):
            odoos._subscribe(dict.fromkeys(odoos, self.wang))
        for _time in ("known", "read"):
            self.assertEqual([self.followed(card) for card in ours], [self.followed(card) for card in odoos])
            self.assertEqual(ours.message_partner_ids, self.wang.partner_id)
            self.env.flush_all()
            self.env.invalidate_all()
        self.assertTrue(ours.message_follower_ids.subtype_ids)

    def test_a_new_card_is_followed_at_once(self):
        """Odoo remembers of a new lead that nobody follows it."""
        card = self._receive_many(1, 900)[0].lead_id
        self.assertIn(self.li.partner_id, card.message_partner_ids)

    def test_followers_are_made_in_a_statement(self):
        cards = self.cards(2)
        cards.message_follower_ids.unlink()
        extended = patch.object(crm_lead_followers, "is_create_extended", return_value=False)
        with patch.object(type(self.env["mail.followers"]), "create") as create, extended:
            cards._subscribe(dict.fromkeys(cards, self.wang))
        create.assert_not_called()
        self.assertFalse(self.env["mail.followers"]._is_extended())
        self.assertEqual(cards.message_partner_ids, self.wang.partner_id)

    def test_who_left_does_not_follow(self):
        cards = self.cards(2)
        self.wang.active = False
        cards._subscribe(dict.fromkeys(cards, self.wang))
        self.assertEqual(cards.message_partner_ids, self.li.partner_id)
