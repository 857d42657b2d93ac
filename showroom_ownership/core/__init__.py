"""Who owns a showroom customer: pure rules, without Odoo, clock or database.

Facts go in, decisions come out. Numbers in docstrings refer to the rulebook.
"""
