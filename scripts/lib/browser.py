"""Drives a headless Chromium over its DevTools protocol; standard library only."""
import base64
import json
import os
import socket
import struct
import subprocess
import tempfile
import time
import urllib.request


class Browser:
    """One Chromium with a profile of its own; `page()` opens tabs."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory(prefix="browser-")
        self.process = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0",
             "--disable-background-networking", "--no-first-run", f"--user-data-dir={self.folder.name}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        marker = os.path.join(self.folder.name, "DevToolsActivePort")
        deadline = time.monotonic() + 60
        while not (os.path.exists(marker) and open(marker).read().strip()):
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise RuntimeError("chromium did not start")
            time.sleep(0.05)
        self.port = int(open(marker).read().split()[0])

    def page(self, width=360, height=800):
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/json/new?about:blank", method="PUT")
        info = json.load(urllib.request.urlopen(request, timeout=10))
        return Page(info["webSocketDebuggerUrl"], width, height)

    def private_page(self, width=360, height=800):
        """A tab with cookies of its own."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/json/version", timeout=10) as answer:
            root = Page(json.load(answer)["webSocketDebuggerUrl"], None, None)
        context = root.send("Target.createBrowserContext")["browserContextId"]
        target = root.send("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        root.socket.close()
        return Page(f"ws://127.0.0.1:{self.port}/devtools/page/{target}", width, height)

    def close(self):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
        for _ in range(20):
            try:
                self.folder.cleanup()
                return
            except OSError:
                time.sleep(0.1)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


class Page:
    def __init__(self, url, width, height):
        host, path = url[len("ws://"):].split("/", 1)
        name, port = host.split(":")
        self.socket = socket.create_connection((name, int(port)), timeout=30)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n").encode())
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += self.socket.recv(1)
        self.number = 0
        self.events = []
        if width is None:
            return
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=2, mobile=False)

    def _read(self, count):
        data = b""
        while len(data) < count:
            piece = self.socket.recv(count - len(data))
            if not piece:
                raise RuntimeError("the browser is gone")
            data += piece
        return data

    def _message(self):
        text = b""
        while True:
            first, second = self._read(2)
            length = second & 127
            if length == 126:
                length = struct.unpack(">H", self._read(2))[0]
            elif length == 127:
                length = struct.unpack(">Q", self._read(8))[0]
            text += self._read(length)
            if first & 128:
                return json.loads(text)

    def send(self, method, **parameters):
        self.number += 1
        data = json.dumps({"id": self.number, "method": method, "params": parameters}).encode()
        mask = os.urandom(4)
        head = bytes([0x81])
        if len(data) < 126:
            head += bytes([0x80 | len(data)])
        elif len(data) < 65536:
            head += bytes([0x80 | 126]) + struct.pack(">H", len(data))
        else:
            head += bytes([0x80 | 127]) + struct.pack(">Q", len(data))
        self.socket.sendall(head + mask + bytes(b ^ mask[i % 4] for i, b in enumerate(data)))
        while True:
            message = self._message()
            if message.get("id") == self.number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message.get("result", {})
            self.events.append(message)

    def js(self, expression):
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"].get("text", "script failed") + ": " + expression)
        return answer["result"].get("value")

    def scripts(self, allowed):
        self.send("Emulation.setScriptExecutionDisabled", value=not allowed)

    def go(self, url):
        self.send("Page.navigate", url=url)
        self.wait("document.readyState==='complete'&&location.href!=='about:blank'")

    def wait(self, expression, seconds=20):
        deadline = time.monotonic() + seconds
        while True:
            try:
                if self.js(f"!!({expression})"):
                    return
            except RuntimeError:
                pass
            if time.monotonic() > deadline:
                raise RuntimeError("never came true: " + expression + "\n" + str(self.text())[:500])
            time.sleep(0.05)

    def close(self):
        try:
            self.send("Page.close")
        except (RuntimeError, OSError):
            pass
        self.socket.close()

    def text(self):
        return self.js("document.body?document.body.innerText:''")

    def key(self, name, text=None):
        codes = {"Tab": 9, "Enter": 13, "ArrowDown": 40, " ": 32}
        extra = {"text": text or ("\r" if name == "Enter" else " " if name == " " else "")}
        base = {"key": name, "code": "Space" if name == " " else name, "windowsVirtualKeyCode": codes[name]}
        self.send("Input.dispatchKeyEvent", type="keyDown", **base, **{k: v for k, v in extra.items() if v})
        self.send("Input.dispatchKeyEvent", type="keyUp", **base)

    def type(self, text):
        self.send("Input.insertText", text=text)

    @property
    def loads(self):
        """How many pages were loaded."""
        try:
            self.send("Runtime.evaluate", expression="1")
        except RuntimeError:  # Between two pages there is none.
            pass
        return sum(event["method"] == "Page.loadEventFired" for event in self.events)

    def loaded(self, before, seconds=20):
        """Waits until one more page is loaded; works without scripts, too."""
        deadline = time.monotonic() + seconds
        while self.loads <= before:
            if time.monotonic() > deadline:
                raise RuntimeError("no page was loaded")
            time.sleep(0.02)

    def picture(self, path, whole=False):
        data = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))

    def outside_requests(self, origin):
        """Addresses asked for beyond one origin, and what the browser complained of."""
        self.send("Runtime.evaluate", expression="1")
        asked = [e["params"]["request"]["url"] for e in self.events if e["method"] == "Network.requestWillBeSent"]
        complaints = [e["params"]["entry"]["text"] for e in self.events
                      if e["method"] == "Log.entryAdded" and e["params"]["entry"]["level"] == "error"]
        return [u for u in asked if not u.startswith((origin, "about:", "data:"))], complaints
