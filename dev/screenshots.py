"""Takes the pictures of the guide: ``screenshots.py URL DATABASE FOLDER``, of a server with the demo dealership.

Chromium is driven through its DevTools protocol with websocket-client and Pillow, which Odoo's own tests need too.
"""

import base64
import io
import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import NamedTuple

import websocket
from PIL import Image

LANGUAGES = {"en": "en_US", "zh_CN": "zh_CN"}
PATIENCE = 40  # seconds for a page; the first one builds the assets


class Screen(NamedTuple):
    """Who looks at what: the address or, to find a record, its model and domain; then what to do, and what to await."""

    name: str
    login: str
    path: str
    awaited: str
    find: tuple = ()
    act: str = ""
    width: int = 1200
    height: int = 760


# What a person does with the mouse or the keyboard before the picture is taken.
TYPE_PHONE = """
    document.querySelector("#o_desk_phone").focus();
    document.execCommand("insertText", false, "15900216150");
"""
OPEN_TIMELINE = """
    const tab = document.querySelector(".nav-link[name=showroom_timeline]");
    tab.click();
    tab.scrollIntoView();
"""

SCREENS = [
    Screen("desk", "liu", "/odoo/reception-desk", "#o_desk_phone", act=TYPE_PHONE, width=1024, height=768),
    Screen("pipeline", "li", "/odoo/crm", ".o_kanban_record .o_showroom_badge, .o_kanban_record"),
    Screen(
        "card", "li", "/odoo/showroom-my-cards/%s", ".o_form_view .o_notebook",
        ("crm.lead", [("name", "ilike", "Shen Jia")]), height=940,
    ),
    Screen(
        "timeline", "li", "/odoo/showroom-my-cards/%s", ".o_form_view .o_notebook",
        ("crm.lead", [("name", "ilike", "Ling Feng")]), act=OPEN_TIMELINE,
    ),
    Screen(
        "ruling", "li", "/odoo/showroom-rulings/%s", ".o_showroom_ruling_letter",
        ("showroom.ruling", [("lead_id.name", "ilike", "Ling Feng")]), height=900,
    ),
    Screen("approvals", "huang", "/odoo/showroom-approvals", ".o_list_view .o_data_row, .o_kanban_record"),
    Screen(
        "policy", "guo", "/odoo/showroom-principles/%s", ".o_form_view .o_data_row",
        ("showroom.policy", [("preset", "=", False)]), height=820,
    ),
    Screen("losing", "huang", "/odoo/showroom-about-to-lose", ".o_list_view .o_data_row, .o_kanban_record", height=480),
]  # fmt: skip


class Browser:
    """One tab of a headless Chromium."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="screenshots-")
        names = ("chromium", "google-chrome", "google-chrome-stable")
        program = next(found for found in map(shutil.which, names) if found)
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
        ours = [f"--user-data-dir={self.folder}", "--remote-debugging-port=0", "--disable-background-networking"]
        command = [program, *arguments, *ours, "about:blank"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.number = 0
        self.socket = websocket.create_connection(self._address(), suppress_origin=True, timeout=PATIENCE)

    def _address(self):
        """Where the tab listens: Chromium writes its port into a file."""
        file = Path(self.folder, "DevToolsActivePort")
        until(lambda: file.exists() and file.read_text(), "Chromium")
        port = file.read_text().splitlines()[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json", timeout=PATIENCE) as answer:
            tabs = json.load(answer)
        return next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")

    def ask(self, method, **params):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == self.number:
                return answer.get("result", {})

    def run(self, code):
        """The value of a piece of JavaScript; it may await."""
        code = f"(async () => {{ {code} }})()"
        answer = self.ask("Runtime.evaluate", expression=code, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(f"{code}: {answer['exceptionDetails'].get('exception')}")
        return answer.get("result", {}).get("value")

    def open(self, url, awaited):
        self.ask("Page.navigate", url=url)
        until(lambda: self._shows(awaited), f"{awaited} on {url}")

    def _shows(self, selector):
        try:
            return self.run(f"return !!document.querySelector({json.dumps(selector)})")
        except RuntimeError:  # between two pages
            return False

    def post(self, path, params):
        """What the server answers to a remote call of whoever is logged in."""
        body = json.dumps(json.dumps({"params": params}))
        return self.run(f"""
            const headers = {{"Content-Type": "application/json"}};
            const response = await fetch("{path}", {{method: "POST", headers, body: {body}}});
            const answer = await response.json();
            if (answer.error) throw new Error(answer.error.data.message);
            return answer.result;""")

    def call(self, model, method, *args):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        return self.post(f"/web/dataset/call_kw/{model}/{method}", params)

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def until(is_true, what):
    """Wait until something is true.

    :raise TimeoutError: after PATIENCE seconds
    """
    end = time.monotonic() + PATIENCE
    while not is_true():
        if time.monotonic() > end:
            raise TimeoutError(f"Waited in vain for {what}")
        time.sleep(0.2)


def server_answers(url):
    try:
        with urllib.request.urlopen(f"{url}/web/login", timeout=PATIENCE):
            return True
    except OSError:
        return False


def log_in(browser, url, database, login, language):
    """The password is the login; the language is one that everybody may choose for themselves."""
    browser.ask("Network.clearBrowserCookies")
    browser.open(f"{url}/web/login", "input[name=password]")
    person = {"db": database, "login": login, "password": login}
    user = browser.post("/web/session/authenticate", person)["uid"]
    browser.call("res.users", "write", [user], {"lang": language})


def take(browser, url, screen):
    """The picture of a screen, as PNG of 128 colours."""
    size = {"width": screen.width, "height": screen.height, "deviceScaleFactor": 1, "mobile": False}
    browser.ask("Emulation.setDeviceMetricsOverride", **size)
    path = screen.path
    if screen.find:
        model, domain = screen.find
        path %= browser.call(model, "search", domain, 0, 1)[0]
    browser.open(url + path, screen.awaited)
    if screen.act:
        browser.run(screen.act)
    time.sleep(2.5)  # pictures and people's faces come after the page
    return base64.b64decode(browser.ask("Page.captureScreenshot", format="png")["data"])


def save(picture, file):
    file.parent.mkdir(parents=True, exist_ok=True)
    small = Image.open(io.BytesIO(picture)).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    small.save(file, optimize=True)


def main(url, database, folder):
    until(lambda: server_answers(url), "the server")
    browser = Browser()
    try:
        browser.ask("Emulation.setTimezoneOverride", timezoneId="Asia/Shanghai")
        for short, language in LANGUAGES.items():
            for screen in SCREENS:
                log_in(browser, url, database, screen.login, language)
                save(take(browser, url, screen), Path(folder, short, f"{screen.name}.png"))
                print(f"{short}/{screen.name}.png")
    finally:
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
