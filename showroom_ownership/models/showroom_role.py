from odoo import api, models, tools

from .memory import forget

# Who decides, from the first to the last; each implies those before it.
ROLES = [
    ("manager", "Showroom Manager"),
    ("director", "Sales Director"),
    ("general_manager", "General Manager"),
]
NAMES = [role for role, _label in ROLES]
TOP = len(ROLES) - 1


class ResUsers(models.Model):
    """The role in which somebody decides: their own, not those it implies (4, approvals)."""

    _inherit = "res.users"

    @api.model_create_multi
    def create(self, vals_list):
        users = super().create(vals_list)
        forget(self.env)
        return users

    def _role_rank(self):
        """The place of the user's own role in ROLES; -1 for who does not decide."""
        held = (rank for rank, role in enumerate(NAMES) if self.has_group(f"showroom_ownership.group_{role}"))
        return max(held, default=-1)

    def _lowest_rank(self):
        """From which place on requests wait for the user: a role that nobody holds falls to the next one."""
        rank = self._role_rank()
        while rank > 0 and rank - 1 not in self._held_ranks():
            rank -= 1
        return rank

    @api.model
    @tools.ormcache()
    def _held_ranks(self):
        """The places in ROLES that somebody active holds; asked at every look at My Approvals, so kept in memory."""
        return frozenset(rank for rank in range(TOP + 1) if self._holders(rank))

    @api.model
    def _holders(self, rank):
        """The active users whose own role is at this place in ROLES."""
        groups = [self.env.ref(f"showroom_ownership.group_{role}").sudo() for role in NAMES[rank:]]
        above = self.browse().union(*(group.all_user_ids for group in groups[1:]))
        return (groups[0].all_user_ids - above).filtered("active")
