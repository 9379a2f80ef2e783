"""A headless Chromium, steered by its DevTools protocol over two pipes.

Needs nothing but the browser: no driver, no port, no package.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import tempfile
import time


class Failure(Exception):
    """The browser did not do what it was told."""


def find():
    """The path of a Chromium, or None."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    return None


def _environment():
    """The environment, without what is preloaded for the sanitizers."""
    env = dict(os.environ)
    env.pop("LD_PRELOAD", None)
    return env


class Browser:
    """A browser with one page.  What it tells of its own accord stays in
    events: (method, parameters)."""

    def __init__(self, path, width=1280, height=900):
        self.events = []
        self.told = b""
        self.number = 0
        self.folder = tempfile.mkdtemp(prefix="cables-browser-")
        ours_in, self.to = os.pipe()
        self.back, theirs_out = os.pipe()
        self.process = self._start(path, ours_in, theirs_out)
        os.close(ours_in)
        os.close(theirs_out)
        self.session = None
        target = self.call("Target.createTarget", url="about:blank")
        self.session = self.call("Target.attachToTarget", flatten=True,
                                 targetId=target["targetId"])["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(domain + ".enable")
        self.size(width, height)

    def _start(self, path, commands, answers):
        """Starts it.  It reads descriptor 3 and writes descriptor 4: a shell
        puts the pipes there."""
        options = [
            "--headless", "--remote-debugging-pipe", "--disable-gpu",
            "--disable-dev-shm-usage", "--disable-extensions",
            "--disable-background-networking", "--no-first-run",
            "--hide-scrollbars", "--user-data-dir=" + self.folder,
        ]
        if os.getuid() == 0:
            options.append("--no-sandbox")  # it refuses to run as root with
        line = f'exec "$@" 3<&{commands} 4>&{answers}'
        return subprocess.Popen(
            ["sh", "-c", line, "sh", path, *options],
            pass_fds=(commands, answers), env=_environment(),
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self.to)
        os.close(self.back)
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- The protocol -------------------------------------------------------

    def _message(self, patience):
        """The next message of the browser."""
        until = time.monotonic() + patience
        while b"\0" not in self.told:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.back], [], [], left)[0]:
                raise Failure(f"silent for {patience} seconds")
            more = os.read(self.back, 1 << 20)
            if not more:
                raise Failure("the browser has ended")
            self.told += more
        message, _, self.told = self.told.partition(b"\0")
        return json.loads(message)

    def _take(self, message):
        if "method" in message:
            self.events.append((message["method"], message["params"]))

    def call(self, method, **parameters):
        """Gives a command and waits for its result."""
        self.number += 1
        command = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            command["sessionId"] = self.session
        data = json.dumps(command).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        while True:
            message = self._message(60)
            if message.get("id") == self.number:
                if "error" in message:
                    raise Failure(f"{method}: {message['error']['message']}")
                return message["result"]
            self._take(message)

    def wait(self, method):
        """Waits for an event that has not been seen since the last open()."""
        while not any(name == method for name, _ in self.events):
            self._take(self._message(60))

    # --- What a person does -------------------------------------------------

    def size(self, width, height, phone=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width,
                  height=height, deviceScaleFactor=1, mobile=phone)

    def prefers(self, scheme):
        """Sets the colour scheme: light or dark."""
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": scheme}])

    def open(self, url):
        self.events = []
        self.call("Page.navigate", url=url)
        self.wait("Page.loadEventFired")

    def run(self, expression):
        """The value of a JavaScript expression, awaited if it is a promise."""
        answer = self.call("Runtime.evaluate", expression=expression,
                           returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            details = answer["exceptionDetails"]
            raise Failure(details.get("exception", details).get(
                "description", details["text"]))
        return answer["result"].get("value")

    def point(self, x, y):
        """Moves the pointer to a place of the window."""
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def screenshot(self, path):
        """Writes the whole page, however long, as a PNG."""
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        with open(path, "wb") as out:
            out.write(base64.b64decode(shot["data"]))

    def print(self, path):
        """Writes the page as a PDF, as it would be printed."""
        made = self.call("Page.printToPDF", printBackground=False)
        with open(path, "wb") as out:
            out.write(base64.b64decode(made["data"]))

    def complaints(self):
        """Errors and warnings since the last open(): exceptions, the console,
        what the page's own policy refused."""
        found = []
        for name, told in self.events:
            if name == "Runtime.exceptionThrown":
                details = told["exceptionDetails"]
                found.append(details.get("exception", {}).get(
                    "description", details["text"]))
            elif (name == "Runtime.consoleAPICalled"
                  and told["type"] in ("error", "warning", "assert")):
                found.append(" ".join(
                    str(a.get("value", a.get("description")))
                    for a in told["args"]))
            elif name == "Log.entryAdded" and told["entry"]["level"] in (
                    "error", "warning"):
                found.append(told["entry"]["text"])
        return found

    def requests(self):
        """What was asked for since the last open(), the page itself too."""
        return [told["request"]["url"] for name, told in self.events
                if name == "Network.requestWillBeSent"]
