"""What `make` fetches is what was looked at: every package by version and hash, Odoo by apt's signatures."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
LISTS = {
    ROOT / "requirements.txt": ROOT / "dev" / "requirements-run.in",
    ROOT / "dev" / "requirements-odoo.txt": ROOT / "dev" / "requirements-odoo.in",
    ROOT / "dev" / "requirements-tools.txt": ROOT / "dev" / "requirements-tools.in",
}
PIN = re.compile(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([0-9][\w.!+]*)\s*(;.*?)?\s*")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def normal(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def entries(path):
    """The requirements of a list, each as one line."""
    return [line for line in path.read_text().replace("\\\n", "").splitlines() if line.strip() and line[0] != "#"]


def pins(path):
    return {(normal(PIN.match(entry)[1]), PIN.match(entry)[2]) for entry in entries(path)}


def test_every_package_has_a_version_and_hashes():
    for path in LISTS:
        assert entries(path)
        for entry in entries(path):
            requirement, *hashes = re.split(r"\s+(?=--hash)", entry.strip())
            assert PIN.fullmatch(requirement), (path.name, entry[:80])
            assert hashes and all(HASH.fullmatch(each.strip()) for each in hashes), (path.name, requirement)


def test_the_lists_hold_what_was_asked_for():
    for path, asked in LISTS.items():
        assert pins(asked) <= pins(path), path.name


def test_both_lists_name_the_same_versions():
    odoo, tools = (pins(path) for path in list(LISTS)[1:])
    shared = {name for name, _version in odoo} & {name for name, _version in tools}
    assert {pin for pin in odoo if pin[0] in shared} == {pin for pin in tools if pin[0] in shared}


def test_pip_insists_on_the_hashes():
    setup = (ROOT / "dev" / "setup.sh").read_text()
    installs = [line for line in setup.splitlines() if re.search(r"/pip\"? install", line)]
    assert installs and all("--require-hashes" in line for line in installs)


def test_apt_checks_signatures():
    scripts = "".join(path.read_text() for path in (ROOT / "dev").glob("*.sh"))
    assert "Signed-By" in scripts
    assert not re.search(
        r"allow-unauthenticated|AllowUnauthenticated|trusted=yes|Trusted: *yes|allow-insecure", scripts, re.I
    )
    assert not re.search(r"\b(curl|wget)\b", scripts)


def test_no_address_is_written_down():
    for path in [*LISTS, *LISTS.values(), *(ROOT / "dev").glob("*.sh")]:
        addresses = set(re.findall(r"https?://[^\s\"')/:]+", path.read_text())) - {
            "http://127.0.0.1",
            "http://localhost",
        }
        assert not {each for each in addresses if not each.startswith(("http://$", "https://$"))}, (
            path.name,
            addresses,
        )


def test_what_the_addons_need_is_on_the_list():
    known = {name for name, _version in pins(ROOT / "requirements.txt")}
    for manifest in ROOT.glob("*/__manifest__.py"):
        needed = ast.literal_eval(manifest.read_text()).get("external_dependencies", {}).get("python", [])
        assert {normal(name) for name in needed} <= known, manifest
