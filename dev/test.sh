#!/usr/bin/env bash
# The project's tests: the pure ones without Odoo, then the module's on a fresh database, browser tours included.

# shellcheck source=dev/db.sh
. "$(dirname "${BASH_SOURCE[0]}")/db.sh"

# Without Odoo on the path: the core must not need it.
core_tests() {
    env -u PYTHONPATH -u ODOO_RC "$python" -m pytest -p no:odoo tests_core
}

module_tests() {
    "$python" -m pytest -p cleanlog --odoo-log-level=warn --odoo-database=test --odoo-http "$MODULE/tests" "$@"
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
setup test
need_module
cluster
[ ! -d tests_core ] || core_tests
template stock
step "Installing $MODULE in a fresh database" db_make test "" install_module
"$python" dev/cleanlog.py "$LOGS/install.log"
module_tests "$@"
