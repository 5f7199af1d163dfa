"""The router and the sandbox operators as two processes."""

import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]


def free_port():
    """A port that is free now, below those that the system gives to outgoing connections."""
    for _ in range(200):
        port = random.randrange(12_000, 32_000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError("no port is free")


class Process:
    """A command that says when it is ready."""

    def __init__(self, log, *command):
        self.log = pathlib.Path(log)
        with open(self.log, "wb") as out:
            self.running = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)

    def wait(self, word, seconds=60):
        end = time.monotonic() + seconds
        while word not in self.log.read_text(errors="replace"):
            if self.running.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"it is not ready: {self.log.read_text(errors='replace')}")
            time.sleep(0.05)

    def stop(self):
        if self.running.poll() is None:
            self.running.send_signal(signal.SIGTERM)
            try:
                self.running.wait(20)
            except subprocess.TimeoutExpired:
                self.running.kill()
                self.running.wait()


class Router:
    """A router in the sandbox, with sandbox operators that run beside it."""

    key = "sk_sandbox_demo"

    def __init__(self, binary):
        self.folder = tempfile.mkdtemp(prefix="payrouter-clients-")
        self.processes = []
        try:
            # Another process may take a port meanwhile; that costs another try.
            for attempt in range(5):
                try:
                    self.start(binary, attempt)
                    return
                except RuntimeError:
                    self.stop_processes()
                    if attempt == 4:
                        raise
        except BaseException:
            self.close()
            raise

    def start(self, binary, attempt):
        at, port = free_port(), free_port()
        place = os.path.join(self.folder, str(attempt))
        os.mkdir(place)
        self.sandbox = f"http://127.0.0.1:{at}"
        self.url = f"http://127.0.0.1:{port}"
        operators = Process(
            f"{place}/sandbox.log", binary, "sandbox", "--port", str(at), "--data", f"{place}/sandbox"
        )
        self.processes.append(operators)
        operators.wait("ready at")
        router = Process(
            f"{place}/router.log", binary, "serve", "--sandbox", "--sandbox-url", self.sandbox, "--port", str(port),
            "--config", str(ROOT / "providers.json"), "--data", f"{place}/data", "--drain-seconds", "1",
        )
        self.processes.append(router)
        router.wait("is ready")

    def stop_processes(self):
        for process in reversed(self.processes):
            process.stop()
        self.processes = []

    def close(self):
        self.stop_processes()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, method, path, body=None):
        """One call of the API; the answer's status and object."""
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        if method == "POST":
            headers["Idempotency-Key"] = str(uuid.uuid4())
        return ask(method, self.url + path, body, headers)

    def register(self, operator, account, url, secret=None):
        """Where a sandbox operator sends an account's callbacks."""
        body = {"operator": operator, "account": account, "callback_url": url}
        if secret is not None:
            body["secret"] = secret
        status, answer = ask("PUT", self.sandbox + "/_registrations", body)
        if status != 200:
            raise RuntimeError(f"not registered: {answer}")

    def books(self, reference):
        """What the sandbox operators really executed under a reference."""
        return ask("GET", f"{self.sandbox}/_books?reference={reference}")[1]["movements"]


def ask(method, url, body=None, headers=None):
    """One HTTP call; the answer's status and object."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers or {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.status, json.loads(reply.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"{}")


def until(found, seconds=20):
    """Asks until there is an answer that counts, or time is up; the last answer."""
    end = time.monotonic() + seconds
    while True:
        answer = found()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.1)
