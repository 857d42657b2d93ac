from odoo import models

from . import said


class CrmLead(models.Model):
    """Who wins a card that the ruling gives to somebody else is shown the ruling, and the card no more (5)."""

    _inherit = "crm.lead"

    def _has_left(self):
        """The user has just won a card which is a colleague's now, by its ruling."""
        card = self.sudo()
        if self.env.su or len(card) != 1 or not card.ruling_id or card.user_id == self.env.user:
            return False
        return not self.has_access("read")

    @said.takes(one=True)
    def action_set_won_rainbowman(self):
        """The ruling takes the place of the card, which the screen could not read again."""
        result = super().action_set_won_rainbowman()
        return self._open_ruling() if self._has_left() else result

    def _get_rainbowman_message(self):
        return False if self._has_left() else super()._get_rainbowman_message()

    def _open_ruling(self):
        return {**self.sudo().action_open_ruling(), "target": "main"}  # there is no way back to the card

    @said.takes(one=True)
    def get_rainbowman_message(self):
        return False if self._has_left() else super().get_rainbowman_message()

    @said.takes(vals=said.values, specification=said.values, next_id=said.record)
    def web_save(self, vals, specification, next_id=None):
        """A form or kanban that saves a card which the ruling takes away gets its number, and the ruling as a note."""
        if not self or next_id or not {"stage_id", "probability"} & vals.keys() or not self.filtered("outlet_id"):
            return super().web_save(vals, specification, next_id=next_id)
        self.write(vals)
        if not self._has_left():
            return self.with_context(bin_size=True).web_read(specification)
        self._note_ruling()
        return self._shown_without(specification)

    def _note_ruling(self):
        """On the screen of who won the card: what became of it, and where to read more."""
        ruling, where = self.sudo().ruling_id, self.env._("You find the ruling under Showroom, Rulings.")
        note = {"title": self.env._("Deal confirmed"), "message": f"{ruling._summary()} {where}"}
        self.env.user._bus_send("simple_notification", {**note, "type": "info", "sticky": True})

    def _shown_without(self, specification):
        """An empty record in place of the card: its number and its stage, nothing of the customer."""
        card = self.sudo()
        blank = self.new({"name": card.card_number, "stage_id": card.stage_id.id, "team_id": False, "user_id": False})
        [values] = blank.web_read(specification)
        return [{**values, "id": self.id}]
