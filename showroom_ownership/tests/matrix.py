"""What is expected of the matrix role x model x verb (docs/attackers.md). Every model has to be in it.

Marks, one for each role in the order of `ROLES`: what reading brings.

====  ==========================================================
 x    refused
 .    allowed, but there is nothing of theirs
 \\+   the records, and never more than what their rules let them see
====  ==========================================================
"""

from .matrix_world import ROLES

#                   portal plain desk li sun branch chen dir gm admin
OF_THE_PARTIES = "  x      x     x    +  .   .      +    +   +  x"
OF_THE_REGISTER = " x      x     +    +  .   .      +    +   +  x"
OF_MANAGERS = "     x      x     x    x  x   .      +    +   +  x"
OF_EACH_OUTLET = "  x      x     x    x  x   +      +    +   +  x"
DELEGATIONS = "     x      x     x    .  .   +      +    +   +  x"
CONFIGURATION = "   x      x     +    +  +   +      +    +   +  x"
CARDS = "           x      x     x    +  .   .      +    +   +  +"
TEAMS = "           x      +     +    +  +   +      +    +   +  +"
#                   dialogs are one's own: nobody finds anything in them, and who may open them may fill them in
OPEN_TO_DESK = "    x      x     .    .  .   .      .    .   .  x"
OPEN_TO_SELLERS = " x      x     x    .  .   .      .    .   .  x"
OPEN_TO_MANAGERS = "x      x     x    x  x   .      .    .   .  x"
OPEN_TO_DIRECTORS = "x     x     x    x  x   x      x    .   .  x"
OPEN_TO_GENERAL = " x      x     x    x  x   x      x    x   .  x"
NOBODYS = "         x      x     x    x  x   x      x    x   x  x"

READS = {
    OF_THE_PARTIES: """
        showroom.appeal showroom.approval showroom.approval.step showroom.cancellation showroom.cancellation.check
        showroom.card.link showroom.communication showroom.conduct showroom.followup showroom.grade.change
        showroom.leave showroom.leave.line showroom.notice showroom.order showroom.ownership showroom.preregistration
        showroom.ruling showroom.ruling.share showroom.ruling.step showroom.settlement showroom.settlement.share
        showroom.transfer""",
    OF_THE_REGISTER: """
        showroom.reception showroom.correction showroom.ledger.entry showroom.register.page""",
    OF_MANAGERS: """
        showroom.danger showroom.failure showroom.lookup showroom.lookup.day showroom.spot.check
        showroom.spot.check.line""",
    OF_EACH_OUTLET: "showroom.ledger.head",
    DELEGATIONS: "showroom.delegation",
    CONFIGURATION: "showroom.policy showroom.policy.principle showroom.policy.version showroom.grade",
    CARDS: "crm.lead",
    TEAMS: "crm.team crm.team.member",
    OPEN_TO_DESK: "showroom.correction.wizard showroom.receipt.check",
    OPEN_TO_SELLERS: """
        showroom.appeal.wizard showroom.approval.wizard showroom.approval.wizard.line showroom.cancellation.wizard
        showroom.card.link.wizard showroom.communication.wizard showroom.delivery.wizard showroom.followup.wizard
        showroom.leave.wizard showroom.leave.wizard.line showroom.order.wizard showroom.settlement.wizard
        showroom.settlement.wizard.line showroom.transfer.wizard""",
    OPEN_TO_MANAGERS: """
        showroom.decision.wizard showroom.finding.wizard showroom.forecast.wizard showroom.reassign.wizard
        showroom.verification.wizard showroom.void.wizard""",
    OPEN_TO_DIRECTORS: "showroom.outlet.wizard showroom.policy.start.wizard",
    OPEN_TO_GENERAL: "showroom.erasure.wizard showroom.reopen.wizard",
    NOBODYS: """
        showroom.batch showroom.card.wizard showroom.composer.mixin showroom.demo showroom.evidence.mixin
        showroom.append.mixin showroom.facts showroom.kept.mixin showroom.kept.name showroom.log.mixin showroom.morning
        showroom.read.mixin
        showroom.morning.letter showroom.request.mixin showroom.ruling.letter showroom.timeline
        showroom.wall.rules showroom.wording report.showroom_ownership.transfer_record_of_approval""",
}  # fmt: skip

# Who may do what to a record of MAIN, beyond reading it. What is not here is refused to everybody, in every way.
MAY = {
    "showroom.reception": {"create": "desk li chen dir gm"},
    "showroom.followup": {"create": "li chen dir gm"},
    "showroom.communication": {"create": "li chen dir gm"},
    "showroom.order": {"create": "li chen dir gm"},
    "showroom.preregistration": {"create": "li chen dir gm"},
    "showroom.delegation": {"create": "branch chen dir gm"},
    "showroom.failure": {"unlink": "chen dir gm"},
    "showroom.policy": {"create": "dir gm", "write": "dir gm"},
    "showroom.policy.principle": {"create": "dir gm", "write": "dir gm", "unlink": "dir gm"},
    "showroom.grade": {"create": "dir gm", "write": "dir gm", "unlink": "dir gm"},
    "crm.lead": {"create": "li sun branch chen dir gm admin", "write": "li chen dir gm admin"},
    "crm.team": {"create": "dir gm admin", "write": "dir gm admin"},
    "crm.team.member": {"create": "dir gm admin", "write": "dir gm admin", "unlink": "dir gm admin"},
}

# The verbs of a remote call by what they would do; `MAY` speaks of the first of each line.
VERBS = {
    "create": ("create", "web_save", "load", "name_create", "copy"),
    "write": (
        "write", "web_save", "web_save_multi", "load", "action_archive", "action_unarchive", "web_resequence",
        "web_override_translations", "update_field_translations",
    ),
    "unlink": ("unlink",),
}  # fmt: skip

IN_WORDS = {
    f"odoo.exceptions.{name}" for name in ("AccessError", "UserError", "ValidationError", "MissingError")
}  # fmt: skip


def reads():
    """{model: {role: mark}}"""
    rows = {}
    for marks, models in READS.items():
        for model in models.split():
            assert model not in rows, f"{model} is in the table twice"
            rows[model] = dict(zip(ROLES, marks.split(), strict=True))
    return rows


def may(role, model, verb):
    return role in MAY.get(model, {}).get(verb, "").split()
