"""Deals of the last days, won one batch after the other by the module's own methods: each has its ruling."""

from time import perf_counter

BATCH = 500
CARDS = """
SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY outlet_id ORDER BY id DESC) AS place FROM crm_lead
                WHERE outlet_id IS NOT NULL AND won_status = 'pending' AND notice_id IS NULL
                      AND followup_due > now()::date + 1) AS card
ORDER BY place, id LIMIT %s
"""


def win(env, count):
    """Win cards that are followed up, the same number at each outlet."""
    won = env["crm.stage"].search([("is_won", "=", True)], limit=1)
    env.cr.execute(CARDS, [count])
    ids, start = [row[0] for row in env.cr.fetchall()], perf_counter()
    for first in range(0, len(ids), BATCH):
        env["crm.lead"].browse(ids[first : first + BATCH]).write({"stage_id": won.id})
        env.flush_all()
        env.cr.precommit.run()
        env.invalidate_all()
        done = min(first + BATCH, len(ids))
        print(f"{done} of {len(ids)} deals: {perf_counter() - start:.0f} s", flush=True)
