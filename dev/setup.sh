# shellcheck shell=bash
# Gets what is needed to run Odoo 19: Debian programs, the unpacked Odoo, a virtual environment.
# Each step leaves a finished thing under its final name or nothing: an interrupted set-up goes on where it stopped.

# shellcheck source=dev/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# ---------------------------------------------------------------- Debian programs

# packages_missing WHAT: the Debian packages for programs that are not here. "run" or "test".
packages_missing() {
    local missing=()
    pg_bin >/dev/null || missing+=(postgresql)
    [ -n "$PYTHON_FOUND" ] || missing+=(python3 python3-venv)
    if [ "$1" = test ] && ! chromium_found; then missing+=(chromium); fi
    echo "${missing[*]-}"
}

# Reports (PDF) want these two; everything else works without them.
packages_optional() {
    local missing=()
    have wkhtmltopdf || missing+=(wkhtmltopdf)
    have fc-list && [ -n "$(fc-list :lang=zh family)" ] || missing+=(fontconfig fonts-wqy-microhei)
    echo "${missing[*]-}"
}

chromium_found() { have chromium || have google-chrome || have google-chrome-stable; }

# The folder of initdb and pg_ctl: Debian keeps them off the PATH.
pg_bin() {
    local folder
    for folder in $(find /usr/lib/postgresql -mindepth 2 -maxdepth 2 -name bin 2>/dev/null | sort -Vr); do
        [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] && { echo "$folder"; return; }
    done
    have initdb && have pg_ctl && dirname "$(readlink -f "$(command -v initdb)")"
}

# Prints the first interpreter that Odoo 19 supports and that can make a virtual environment.
python_found() {
    local name
    for name in "${PYTHON:-python3.12}" python3.12 python3.11 python3.13 python3.10 python3; do
        "$name" - <<'PY' 2>/dev/null && return
import ensurepip, os, sys, venv
if not (3, 10) <= sys.version_info[:2] <= (3, 13):
    sys.exit(1)
# Always the same name for the same interpreter, also from inside a virtual environment.
print(os.path.realpath(sys._base_executable))
PY
    done
    true
}

as_root() {
    if is_root; then "$@"
    elif [ -t 0 ]; then sudo "$@"
    else sudo -n "$@"; fi
}

can_install() { have apt-get && { is_root || have sudo; }; }

apt_install() {
    as_root apt-get update -q
    # The package would start a server of its own on the machine; we only want the programs.
    as_root mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.d/showroom.conf
    local status=0
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 \
        install -q -y --no-install-recommends "$@" || status=$?
    as_root rm -f /etc/postgresql-common/createcluster.d/showroom.conf
    return $status
}

setup_programs() {
    local missing optional
    PYTHON_FOUND=$(python_found)
    missing=$(packages_missing "$1")
    optional=$(packages_optional)
    [ -n "$missing$optional" ] || return 0
    if ! can_install; then
        [ -z "$missing" ] || die "These Debian packages are missing and this user cannot install them: $missing. Have them installed (apt-get install $missing), then run the same command again."
        warn "without $optional, PDF reports are not available."
        return 0
    fi
    # Ask for the password now, while the terminal is ours.
    is_root || as_root true 2>/dev/null || die "sudo is needed to install $missing $optional: run the same command in a terminal, or have them installed with apt-get."
    # shellcheck disable=SC2086  # lists of package names
    [ -z "$missing" ] || step "Installing with apt: $missing" apt_install $missing
    PYTHON_FOUND=${PYTHON_FOUND:-$(python_found)}
    [ -n "$PYTHON_FOUND" ] || die "Odoo 19 needs a Python from 3.10 to 3.13: install one and name it, for example 'make run PYTHON=/path/of/python3.12'."
    # shellcheck disable=SC2086
    [ -z "$optional" ] || attempt "Installing with apt: $optional" apt_install $optional
    [ -z "$optional" ] || [ "$status" = 0 ] || warn "without $optional, PDF reports are not available."
}

# ---------------------------------------------------------------- Odoo

# Which Odoo: "path" ($ODOO_PATH), "system" (what python3 imports) or "own" (fetched by us).
find_odoo() {
    if [ -n "${ODOO_PATH:-}" ]; then
        [ -f "$ODOO_PATH/odoo/release.py" ] ||
            die "ODOO_PATH=$ODOO_PATH has no odoo/release.py: it must be the folder of an Odoo $ODOO_SERIES source tree."
        ODOO_KIND=path
        ODOO_SOURCE=$(cd "$ODOO_PATH" && pwd -P)
    elif ODOO_SOURCE=$(cd / && python3 -c "
import odoo.release, os, sys
print(os.path.dirname(os.path.dirname(odoo.release.__file__)))
sys.exit(not odoo.release.version.startswith('$ODOO_SERIES'))" 2>/dev/null); then
        ODOO_KIND=system
        PYTHON_FOUND=$(python3 -c 'import sys; print(sys.executable)')
    else
        ODOO_KIND=own
        ODOO_SOURCE=$(odoo_tree)/usr/lib/python3/dist-packages
    fi
}

odoo_tree() { echo "$CACHE/odoo-$ODOO_SERIES"; }

os_release() { sed -nE "s/^$1=\"?([^\"]*)\"?\$/\1/p" /etc/os-release; }

# The mirror is whatever this machine's apt uses; no address is written down in this repository.
debian_mirror() {
    apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        awk -v suite="$(os_release VERSION_CODENAME)" '$2 == suite && $3 == "main" && !found++ {print $1}'
}

# apt with a private source and private lists: signatures and checksums are verified as ever,
# the machine's own sources are neither read nor changed.
apt_private() {
    apt-get -q -o Dir::Etc::sourcelist="$1/odoo.sources" -o Dir::Etc::sourceparts=/dev/null \
        -o Dir::State::lists="$1/lists" -o Dir::Cache="$1/cache" -o APT::Sandbox::User= -o APT::Update::Error-Mode=any "${@:2}"
}

# Odoo itself is only in Debian unstable; of the shared assets the versions of stable are the ones that fit.
ASSETS="fonts-font-awesome fonts-roboto-unhinted libjs-jquery libjs-jquery-form libjs-underscore"

write_source() {  # write_source FOLDER SUITE
    local mirror
    mirror=$(debian_mirror)
    [ -n "$mirror" ] || { echo "no Debian mirror in apt's configuration"; return 1; }
    mkdir -p "$1/lists/partial" "$1/cache/archives/partial"
    printf 'Types: deb\nURIs: %s\nSuites: %s\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\n' \
        "$mirror" "$2" >"$1/odoo.sources"
}

fetch_from() {  # fetch_from SUITE PACKAGE...: into $CACHE/debs
    local suite=$1 apt=$CACHE/apt-$1 part=$CACHE/debs.part-$1
    shift
    write_source "$apt" "$suite"
    apt_private "$apt" update
    mkdir -p "$part" "$CACHE/debs"
    (cd "$part" && apt_private "$apt" download "$@")
    mv "$part"/*.deb "$CACHE/debs/"
    rm -rf "$part" "$apt"
}

fetch_odoo() {
    # Without the machine's own lists apt does not tell its mirrors.
    [ -n "$(debian_mirror)" ] || as_root apt-get update -q
    fetch_from sid odoo-19
    # shellcheck disable=SC2086
    fetch_from bookworm $ASSETS
    touch "$CACHE/debs/.complete"
}

unpack_odoo() {
    local tree part deb packages
    tree=$(odoo_tree)
    part=$tree.part
    rm -rf "$part"
    for deb in "$CACHE"/debs/odoo-19_*.deb "$CACHE"/debs/fonts-*.deb "$CACHE"/debs/libjs-*.deb; do
        dpkg -x "$deb" "$part"
    done
    packages=$part/usr/lib/python3/dist-packages
    # Leftovers of the packaging that would be importable as "addons" and "setup".
    rm -rf "$packages/addons" "$packages/setup" "$packages/doc"
    # The packagers dropped this file (it blurs the background of video calls); an asset bundle names it,
    # and a browser test fails on any missing asset.
    local blur=$packages/odoo/addons/mail/static/lib/selfie_segmentation
    mkdir -p "$blur"
    echo '/* not packaged by Debian: no background blur in calls */' >"$blur/selfie_segmentation.js"
    rm -rf "$tree"
    mv "$part" "$tree"
}

setup_odoo() {
    if [ "$ODOO_KIND" != own ] || [ -d "$(odoo_tree)" ]; then return 0; fi
    have apt-get && have dpkg && [ "$(os_release ID)" = debian ] || die "Odoo 19 can only be fetched on Debian: elsewhere set ODOO_PATH to the folder of an Odoo $ODOO_SERIES source tree."
    need_disk "$CACHE" 3000
    [ -e "$CACHE/debs/.complete" ] || step "Fetching Odoo 19 (123 MB, signature checked by apt)" fetch_odoo
    step "Unpacking Odoo 19" unpack_odoo
}

# ---------------------------------------------------------------- Python

# Another Odoo, Python or list of packages has another environment.
venv() {
    echo "$CACHE/venv-$(cat "$ROOT"/requirements.txt "$ROOT"/dev/requirements-*.txt \
        <(echo "$ODOO_KIND $PYTHON_FOUND") <("$PYTHON_FOUND" -V) | short_hash)"
}

make_venv() {
    local lists=(-r "$ROOT/requirements.txt" -r "$ROOT/dev/requirements-tools.txt")
    rm -rf "$VENV"
    "$PYTHON_FOUND" -m venv "$VENV"
    if [ "$ODOO_KIND" = system ]; then
        # That Odoo comes with its packages: see them, wherever that Python keeps them.
        "$PYTHON_FOUND" -c 'import sys; print(*(p for p in sys.path if p.endswith("-packages")), sep="\n")' \
            >"$("$VENV/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/system.pth"
    else
        lists+=(-r "$ROOT/dev/requirements-odoo.txt")
    fi
    # What comes from an index is what was looked at when the lists were made, or it is refused.
    "$VENV/bin/pip" install -q --disable-pip-version-check --require-hashes "${lists[@]}"
    touch "$VENV/.complete"
}

setup_python() {
    VENV=$(venv)
    [ -e "$VENV/.complete" ] || step "Installing Python packages" make_venv
}

# ---------------------------------------------------------------- all of it

# The environment of every Odoo process of ours.
use_odoo() {
    local path=$ROOT/dev
    [ "$ODOO_KIND" = system ] || path=$ODOO_SOURCE:$path
    export PYTHONPATH=$path${PYTHONPATH:+:$PYTHONPATH}
    export PATH=$VENV/bin:$PATH
    export ODOO_RC=$STATE/odoo.conf
    export VENV ODOO_KIND ODOO_SOURCE
}

setup() {  # setup run|test
    make_state
    # A script of ours that another one has started finds all of this done.
    if [ "${SHOWROOM_READY:-}" != "$ROOT test" ] && [ "${SHOWROOM_READY:-}" != "$ROOT $1" ]; then
        setup_all "$1"
        export SHOWROOM_READY="$ROOT $1"
    fi
    python=$VENV/bin/python
}

setup_all() {
    lock_cache
    setup_programs "$1"
    find_odoo
    setup_odoo
    setup_python
    exec 9>&-
    use_odoo
}
