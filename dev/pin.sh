#!/usr/bin/env bash
# Writes the lists of Python packages with their versions and hashes, for all Pythons that Odoo 19 runs on: after a change
# of a .in file, or to take what is new. The index is the one that this machine's pip uses.
# shellcheck source=dev/setup.sh
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

compile() {  # compile LIST FILE: dev/requirements-LIST.in to FILE
    "$WORK/bin/uv" pip compile -q --universal --python-version 3.10 --generate-hashes --no-annotate --no-header \
        "${INDEX[@]}" "${@:3}" -o "$2" "dev/requirements-$1.in"
}

cd "$ROOT"
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
"$(python_found)" -m venv "$WORK"
"$WORK/bin/pip" install -q --disable-pip-version-check uv
INDEX=()
url=$("$WORK/bin/pip" config get global.index-url 2>/dev/null) && INDEX=(--default-index "$url")
compile run requirements.txt
compile odoo dev/requirements-odoo.txt
# Beside Odoo, the tools use its versions of what both need.
compile tools dev/requirements-tools.txt -c dev/requirements-odoo.txt
