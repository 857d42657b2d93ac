#!/usr/bin/env bash
# The project's tests: the pure ones without Odoo, then the module's on a fresh database, browser tours included, then
# those of the glue addons on one with Odoo's employees and time off.

# shellcheck source=dev/db.sh
. "$(dirname "${BASH_SOURCE[0]}")/db.sh"

# Without Odoo on the path: the core must not need it.
core_tests() {
    env -u PYTHONPATH -u ODOO_RC "$python" -m pytest -p no:odoo tests_core
}

module_tests() {
    "$python" -m pytest -p cleanlog --odoo-log-level=warn --odoo-database=test --odoo-http "$MODULE/tests" "$@"
}

glue_tests() {
    template stock_hr
    step "Installing $MODULE beside Employees and Time Off" db_make test_hr "" install_module_with_hr
    "$python" dev/cleanlog.py "$LOGS/install_hr.log"
    "$python" -m pytest -p cleanlog --odoo-log-level=warn --odoo-database=test_hr "${GLUE[@]/%//tests}"
}

cd "$(dirname "${BASH_SOURCE[0]}")/.."
setup test
need_module
cluster
[ ! -d tests_core ] || core_tests
template stock
step "Installing $MODULE in a fresh database" db_make test "" install_module
"$python" dev/cleanlog.py "$LOGS/install.log"
# First, so that the run ends with the closing lines of most tests; a choice of tests is one of the module's.
[ $# -gt 0 ] || glue_tests
module_tests "$@"
