"""Is the module's .pot up to date, and is every term translated?

``translations.py check DATABASE`` tells, ``translations.py update DATABASE`` writes the
new terms into the files. The .pot is exported, as Odoo does it, from a database with the
module installed.
"""

import io
import sys
from pathlib import Path

import polib

MODULE = "showroom_ownership"
LANGUAGES = ("zh_CN", "zh_TW")
I18N = Path(__file__).parents[1] / MODULE / "i18n"


# ---------------------------------------------------------------- pure


def key(entry):
    return (entry.msgctxt, entry.msgid, entry.msgid_plural)


def shape(entry):
    """What of an entry of the .pot must not be stale: where it is used, and as what."""
    return (entry.comment, tuple(sorted(entry.occurrences)))


def differences(wanted, found):
    """What makes the .pot ``found`` stale, beside ``wanted``; headers do not count."""
    wanted = {key(entry): shape(entry) for entry in wanted}
    found = {key(entry): shape(entry) for entry in found}
    return (
        [f"missing: {k[1]!r}" for k in wanted if k not in found]
        + [f"no longer used: {k[1]!r}" for k in found if k not in wanted]
        + [f"used elsewhere now: {k[1]!r}" for k in wanted if k in found and wanted[k] != found[k]]
    )


def gaps(wanted, translated):
    """The terms of ``wanted`` that ``translated`` has not, or not for certain."""
    entries = {key(entry): entry for entry in translated if not entry.obsolete}
    problems = []
    for entry in wanted:
        match entries.get(key(entry)):
            case None:
                problems.append(f"missing: {entry.msgid!r}")
            case found if found.fuzzy:
                problems.append(f"fuzzy: {entry.msgid!r}")
            case found if not found.translated():
                problems.append(f"empty: {entry.msgid!r}")
    return problems


def merged(template, translated, language):
    """``translated`` with exactly the terms of ``template``, keeping translations."""
    translated.merge(template)
    for entry in translated.obsolete_entries():
        translated.remove(entry)
    translated.header = translated.header or template.header
    translated.metadata = {**template.metadata, **translated.metadata}
    translated.metadata["Language"] = language
    return translated


# ---------------------------------------------------------------- Odoo and files


def export(database):
    import odoo.init  # noqa: F401  (what odoo-bin does first)
    from odoo.api import SUPERUSER_ID, Environment
    from odoo.modules.registry import Registry
    from odoo.tools import config
    from odoo.tools.translate import trans_export

    options = ["-d", database, "--no-http", "--log-level", "warn"]
    config.parse_config(options, setup_logging=True)
    target = io.BytesIO()
    with Registry(database).cursor(readonly=True) as cr:
        trans_export(False, [MODULE], target, "po", Environment(cr, SUPERUSER_ID, {}))
    return polib.pofile(target.getvalue().decode())


def read(path):
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def check(template):
    stale = differences(template, read(I18N / f"{MODULE}.pot"))
    problems = [f"{MODULE}.pot: {problem}" for problem in stale]
    for language in LANGUAGES:
        found = gaps(template, read(I18N / f"{language}.po"))
        problems += [f"{language}.po: {problem}" for problem in found]
    return problems


def update(template):
    path = I18N / f"{MODULE}.pot"
    I18N.mkdir(exist_ok=True)
    # Else every run would change the date in the header.
    if differences(template, read(path)):
        template.save(str(path))
    for language in LANGUAGES:
        path = I18N / f"{language}.po"
        merged(template, read(path), language).save(str(path))


def main(action, database):
    template = export(database)
    if action == "update":
        update(template)
    problems = check(template)
    for problem in problems:
        print(problem)
    print(f"{len(template)} terms, {len(problems)} problems ('make pot' adds new terms)")
    return 1 if problems and action == "check" else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
