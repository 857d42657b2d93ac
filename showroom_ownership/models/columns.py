# The columns of a card that few screens and no deal ask for are read together, apart from Odoo's own: leads of other
# teams, whose columns are all read at once, do not pay for them.
CARD = "showroom_card"
