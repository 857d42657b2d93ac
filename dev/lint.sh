#!/usr/bin/env bash
# Style, Odoo conventions and complete translations. "lint.sh pot" writes the translation files, "lint.sh format" the code.

# shellcheck source=dev/db.sh
. "$(dirname "${BASH_SOURCE[0]}")/db.sh"

failed=()
check() {  # check TEXT COMMAND...: all checks run, so that one run shows everything
    local text=$1
    shift
    say "$text"
    "$@" 9>&- || failed+=("$text")
}

shell_syntax() {
    local file
    for file in dev/*.sh dev/odoo dev/psql dev/pytest dev/fresh .ci/run; do bash -n "$file" || return 1; done
}

# They have no screens and no messages, hence no translations: the day one of them does, it needs an i18n folder.
no_terms() { ! grep -rnE '\b_\(|fields\.[A-Z]|<record|<template' "${GLUE[@]}" --include=*.py --include=*.xml --exclude-dir=tests; }

translations() { "$python" dev/translations.py "$1" module; }

pot() {
    translations update
    # In the one form that the check asks for.
    oca-checks-po --fix --no-exit "$MODULE"/i18n/*.po* >/dev/null 2>&1 || true
}

lint() {
    check "ruff" ruff check .
    check "ruff format" ruff format --check .
    check "shell syntax" shell_syntax
    check "pylint-odoo" pylint --rcfile=.pylintrc-mandatory "$MODULE" "${GLUE[@]}"
    # Advice, not law.
    check "pylint-odoo, advisory" pylint --rcfile=.pylintrc --exit-zero --score=n "$MODULE" "${GLUE[@]}"
    check "oca-checks-odoo-module" oca-checks-odoo-module "$MODULE" "${GLUE[@]}"
    check "glue addons without words of their own" no_terms
    check "oca-checks-po" oca-checks-po "$MODULE"/i18n/*.po*
    module_db
    check "translations" translations check
    [ ${#failed[@]} = 0 ] || { printf 'Failed: %s\n' "${failed[@]}"; exit 1; }
    say "All checks passed."
}

cd "$ROOT"
setup run
need_module
cluster
case ${1:-lint} in
    lint) lint ;;
    pot) module_db; pot ;;
    format) ruff check --fix . ; ruff format . ;;
esac
