"""Processes: sandbox operators and a router, each with a data folder and a free port of its own on 127.0.0.1."""
import atexit
import http.client
import json
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import tempfile
import time
import uuid

from local import free_port

KEY, PUBLISHABLE = "sk_sandbox_demo", "pk_sandbox_demo"
# A sandbox payer who approves after a second, and one who never answers by himself.
APPROVES, SILENT = "+22890000001", "+22890778899"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
# What a client sees instead of an answer.
NO_ANSWER = (OSError, ValueError, http.client.HTTPException)
LIVE, READY, PAYMENTS = "/health/live", "/health/ready", "/v1/payments"


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        """The body as JSON, an empty object if it is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return {}


def exchange(link, method, path, body=None, key=KEY, headers=None):
    """One request over an open `http.client` connection. Raises one of `NO_ANSWER` without a whole answer."""
    fields = {"Content-Type": "application/json", **({"Authorization": f"Bearer {key}"} if key else {}),
              **(headers or {})}
    data = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
    link.request(method, path, body=data, headers=fields)
    answer = link.getresponse()
    return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())


def connection(port, timeout=30, source=None):
    return http.client.HTTPConnection("127.0.0.1", port, timeout=timeout, source_address=(source, 0) if source else None)


def ask(port, method, path, body=None, key=KEY, headers=None, timeout=30, source=None):
    """One request over a connection of its own."""
    link = connection(port, timeout, source)
    try:
        return exchange(link, method, path, body, key, headers)
    finally:
        link.close()


def order(phone=APPROVES, amount=5_000, **more):
    return {"amount": amount, "currency": "XOF", "channel": "tmoney", "customer": {"phone": phone}, **more}


def fresh_key():
    return {"Idempotency-Key": str(uuid.uuid4())}


class Bench:
    """Where checks run: a binary, a folder that goes away, and how much of the full length they have."""

    def __init__(self, root, binary, scale=1.0):
        self.root, self.binary, self.scale = pathlib.Path(root), binary, scale
        self.folder = tempfile.mkdtemp(prefix="payrouter-hostile-")
        self._processes, self._mounts, self._made = [], [], 0
        atexit.register(self.close)

    def times(self, full, least=1):
        """How often something is done that a full run does `full` times."""
        return max(least, round(full * self.scale))

    def lasts(self, full, least):
        """How many seconds something takes that takes `full` seconds in a full run."""
        return max(least, full * self.scale)

    def place(self, name):
        """A new folder."""
        self._made += 1
        path = f"{self.folder}/{self._made}-{name}"
        os.makedirs(path)
        return path

    def spawn(self, arguments, log, hard=None, soft=None):
        def limited():
            if hard or soft:
                above = hard or resource.getrlimit(resource.RLIMIT_NOFILE)[1]
                resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft or above, above), above))

        with open(log, "ab") as file:
            process = subprocess.Popen(
                [self.binary, *arguments], stdout=file, stderr=file, cwd=self.root, preexec_fn=limited)
        self._processes.append(process)
        return process

    def mount(self, size):
        """A file system of its own of `size` MiB; `None` where this machine does not allow it."""
        path = self.place("disk")
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", path], capture_output=True)
        if done.returncode != 0:
            return None
        self._mounts.append(path)
        return path

    def tidy(self):
        """Ends what a check left behind, and its files."""
        for process in self._processes:
            if process.poll() is None:
                process.kill()
                process.wait()
        for path in self._mounts:
            subprocess.run(["umount", path], capture_output=True)
        self._processes, self._mounts = [], []
        for name in os.listdir(self.folder):
            shutil.rmtree(f"{self.folder}/{name}", ignore_errors=True)

    def close(self):
        if os.path.isdir(self.folder):
            self.tidy()
            shutil.rmtree(self.folder, ignore_errors=True)


class Process:
    """What both kinds of processes share."""

    process = log = None

    def wait_ready(self, path, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise Ended(f"ended with {self.process.returncode}: {self.said()[-400:]}")
            try:
                if ask(self.port, "GET", path, key=None, timeout=2).status == 200:
                    return self
            except NO_ANSWER:
                pass
            time.sleep(0.02)
        raise Ended(f"did not become ready: {self.said()[-400:]}")

    def said(self, since=0):
        with open(self.log, errors="replace") as file:
            file.seek(since)
            return file.read()

    def end(self, sign=signal.SIGTERM):
        """Ends the process; its exit code, `None` if it had to be killed."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(sign)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                return None
        return self.process.returncode if self.process else None


class Ended(Exception):
    """A process that should run does not."""


class Operators(Process):
    """The sandbox operators and their books."""

    def __init__(self, bench):
        self.port, self.data = free_port(), bench.place("operators")
        self.log = f"{self.data}/log"
        self.process = bench.spawn(["sandbox", "--port", str(self.port), "--data", self.data], self.log)
        self.wait_ready("/_books", 30)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def movements(self):
        return ask(self.port, "GET", "/_books", key=None, timeout=120).json["movements"]

    def fault(self, **what):
        answer = ask(self.port, "PUT", "/_faults", what, key=None)
        if answer.status >= 300:
            raise ValueError(f"the sandbox operators refuse the fault {what}: {answer.body.decode(errors='replace')}")

    def no_fault(self):
        ask(self.port, "DELETE", "/_faults", key=None)


class Router(Process):
    """The router under test; `hard` and `soft` limit its descriptors."""

    def __init__(self, bench, operators, data=None, hard=None, soft=None, config=None):
        self.bench, self.operators, self.hard, self.soft, self.config = bench, operators, hard, soft, config
        self.port, own = free_port(), bench.place("router")
        self.data, self.log = data or f"{own}/data", f"{own}/log"

    def start(self, seconds=30):
        self.process = self.bench.spawn(
            ["serve", "--sandbox", "--sandbox-url", self.operators.url, "--port", str(self.port), "--data", self.data,
             "--config", str(self.config or self.bench.root / "providers.json")], self.log, self.hard, self.soft)
        return self.wait_ready(READY, seconds)

    @property
    def alive(self):
        return self.process.poll() is None

    def ask(self, method, path, body=None, **more):
        return ask(self.port, method, path, body, **more)

    def create(self, body=None, path=PAYMENTS, **more):
        headers = {**fresh_key(), **more.pop("headers", {})}
        return ask(self.port, "POST", path, body or order(), headers=headers, **more)

    def hosted(self):
        """A payment whose payer chooses on the hosted page: its JSON, the page's path, and the link's secret."""
        made = self.create({"amount": 5_000, "currency": "XOF", "hosted": True}).json
        path, secret = made["hosted_url"].split(f":{self.port}", 1)[1].split("?t=")
        return made, path, secret

    def command(self, *arguments):
        return subprocess.run([self.bench.binary, *arguments, "--data", self.data], capture_output=True, text=True,
                              timeout=60)

    def status(self, name):
        """A figure of /proc: `VmRSS` in kB, `Threads`."""
        with open(f"/proc/{self.process.pid}/status") as file:
            for line in file:
                if line.startswith(name + ":"):
                    return int(line.split()[1])

    @property
    def memory(self):
        """Resident memory in MB."""
        return self.status("VmRSS") / 1_024

    @property
    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    @property
    def processor(self):
        """Seconds of processor time used so far, of kernel and user."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def quiet(self, seconds=60):
        """Waits until the router uses less than a tenth of a core for a second."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            before = self.processor
            time.sleep(1)
            if self.processor - before < 0.1:
                return True
        return False

    def disk(self):
        """Bytes of all files in the data folder."""
        total = 0
        for folder, _, names in os.walk(self.data):
            for name in names:
                try:
                    total += os.lstat(f"{folder}/{name}").st_size
                except OSError:
                    pass
        return total


def pair(bench, **more):
    """Operators and a router that is ready."""
    operators = Operators(bench)
    return operators, Router(bench, operators, **more).start()
